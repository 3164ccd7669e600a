// The wires between the columns: activation times weight, of the unit that is pointed at or open.

import { byId, colourOf, fitCanvas, onColours } from "./dom.js";
import { state, on, perFrame } from "./state.js";
import { isWide, placeOf } from "./layers.js";
import { outputPlace } from "./answer.js";

// Of many wires to one unit, so many of the strongest are drawn.
const MOST = 48;

const wires = byId("wires");

function place(layer, unit) {
  const last = state.network.topology.length - 1;
  if (layer > 0) {
    return layer === last ? outputPlace(unit) : placeOf({ layer, unit });
  }
  const box = byId("input").getBoundingClientRect();
  return new DOMRect(
    box.x + unit % 28 * box.width / 28, box.y + Math.floor(unit / 28) * box.height / 28,
    box.width / 28, box.height / 28);
}

// Of the units before one, what each adds to its sum.
function into(layer, unit) {
  const { network, reading } = state;
  const before = reading.forward.a[layer - 1];
  const found = [];
  for (let i = 0; i < before.length; i++) {
    if (before[i] !== 0) {
      found.push({ layer, from: i, to: unit, value: before[i] * network.weight(layer, i, unit) });
    }
  }
  return found;
}

function outOf(layer, unit) {
  const { network, reading } = state;
  const a = reading.forward.a[layer][unit];
  return Array.from({ length: network.topology[layer + 1] }, (_, to) => (
    { layer: layer + 1, from: unit, to, value: a * network.weight(layer + 1, unit, to) }));
}

const strongest = (found) =>
  found.sort((one, other) => Math.abs(other.value) - Math.abs(one.value)).slice(0, MOST);

function chosen() {
  const { topology } = state.network;
  const focus = state.hovered ?? state.open;
  if (focus !== null) {
    const before = strongest(into(focus.layer, focus.unit));
    const behind = focus.layer < topology.length - 1 ? strongest(outOf(focus.layer, focus.unit)) : [];
    return [before, behind];
  }
  // Otherwise all between layers that are not wide.
  return topology.slice(2).map((size, i) => {
    const layer = i + 2;
    return isWide(layer - 1) || isWide(layer) ? []
      : Array.from({ length: size }, (_, unit) => into(layer, unit)).flat();
  });
}

// Wires of one sign whose strengths are about the same are drawn at once, which is much faster.
const LEVELS = 6;

// Of all strengths, the weakest are left out.
const FAINTEST = 0.06;

function drawNow() {
  const context = fitCanvas(wires);
  context.clearRect(0, 0, wires.width, wires.height);
  if (!state.reading?.forward || wires.clientWidth === 0) {
    return;
  }
  const origin = wires.getBoundingClientRect();
  const places = new Map();
  const placeAt = (layer, unit) => {
    const key = layer * 100000 + unit;
    if (!places.has(key)) {
      places.set(key, place(layer, unit));
    }
    return places.get(key);
  };
  const paths = new Map();
  for (const group of chosen()) {
    const most = group.reduce((value, wire) => Math.max(value, Math.abs(wire.value)), 1e-9);
    for (const { layer, from, to, value } of group) {
      const part = Math.abs(value) / most;
      if (part < FAINTEST) {
        continue;
      }
      const level = Math.sign(value) * Math.ceil(part * LEVELS);
      if (!paths.has(level)) {
        paths.set(level, new Path2D());
      }
      const start = placeAt(layer - 1, from);
      const end = placeAt(layer, to);
      const x = start.right - origin.x;
      const y = start.y + start.height / 2 - origin.y;
      const toX = end.x - origin.x;
      const toY = end.y + end.height / 2 - origin.y;
      const bend = (toX - x) / 2;
      paths.get(level).moveTo(x, y);
      paths.get(level).bezierCurveTo(x + bend, y, toX - bend, toY, toX, toY);
    }
  }
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  for (const [level, path] of [...paths].sort(([one], [other]) => Math.abs(one) - Math.abs(other))) {
    const part = Math.abs(level) / LEVELS;
    context.globalAlpha = 0.1 + 0.75 * part;
    context.lineWidth = 0.5 + 3 * part;
    context.strokeStyle = colourOf(level < 0 ? "minus" : "plus");
    context.stroke(path);
  }
  context.resetTransform();
}

const draw = perFrame(drawNow, 120);

export function startWires() {
  on("reading open hovered network", draw);
  onColours(draw);
  // At once: until then, what was drawn is stretched.
  new ResizeObserver(drawNow).observe(wires);
}
