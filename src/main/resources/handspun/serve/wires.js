// The wires between the columns: activation times weight, of the unit that is pointed at or open.

import { byId, shape } from "./dom.js";
import { state, on, inTurn } from "./state.js";
import { isWide, placeOf } from "./layers.js";
import { outputPlace } from "./answer.js";
import { whenPenRests } from "./paper.js";

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

// Wires of one sign whose strengths are about the same are one path, which is much faster. The
// weakest of all are left out.
const LEVELS = 6;
const FAINTEST = 0.06;

// By sign and level, the strongest last, so that they lie above the others.
const paths = new Map(Array.from({ length: LEVELS }, (_, l) => [-(l + 1), l + 1]).flat().map((level) => {
  const part = Math.abs(level) / LEVELS;
  return [level, shape("path", {
    class: level < 0 ? "minus" : "plus", "stroke-opacity": 0.1 + 0.75 * part, "stroke-width": 0.5 + 3 * part,
  })];
}));

function drawNow() {
  const lines = new Map([...paths.keys()].map((level) => [level, []]));
  if (state.reading?.forward && wires.clientWidth > 0) {
    addLines(lines);
  }
  paths.forEach((path, level) => path.setAttribute("d", lines.get(level).join("")));
}

function addLines(lines) {
  const origin = wires.getBoundingClientRect();
  const places = new Map();
  const placeAt = (layer, unit) => {
    const key = layer * 100000 + unit;
    if (!places.has(key)) {
      places.set(key, place(layer, unit));
    }
    return places.get(key);
  };
  for (const group of chosen()) {
    const most = group.reduce((value, wire) => Math.max(value, Math.abs(wire.value)), 1e-9);
    for (const { layer, from, to, value } of group) {
      const part = Math.abs(value) / most;
      if (part >= FAINTEST) {
        lines.get(Math.sign(value) * Math.ceil(part * LEVELS))
          .push(line(placeAt(layer - 1, from), placeAt(layer, to), origin));
      }
    }
  }
}

function line(start, end, origin) {
  const x = start.right - origin.x;
  const y = start.y + start.height / 2 - origin.y;
  const toX = end.x - origin.x;
  const toY = end.y + end.height / 2 - origin.y;
  const middle = (x + toX) / 2;
  return `M${[x, y].map(inPixels)}C${[middle, y, middle, toY, toX, toY].map(inPixels)}`;
}

const inPixels = (place) => place.toFixed(1);

const draw = whenPenRests(inTurn(drawNow));

export function startWires() {
  wires.append(...paths.values());
  on("reading open hovered network", draw);
  // At once: until then, what was drawn is in the wrong place.
  new ResizeObserver(drawNow).observe(wires);
}
