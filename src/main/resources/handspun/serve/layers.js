// The hidden layers: a tile for each unit, or in a wide layer a square.

import {
  byId, button, changingNumber, colourOf, drawSigned, fitCanvas, largest, make, onColours, picture, writeNumber,
} from "./dom.js";
import { state, set, on, inTurn, perFrame } from "./state.js";
import { rounded } from "./numbers.js";
import { say } from "./words.js";

// Wider layers are grids of squares.
const MOST_TILES = 40;

const layers = byId("layers");
let shown = [];
let shows = [];

export const same = (one, other) => one?.layer === other?.layer && one?.unit === other?.unit;

/** Somebody presses a unit: it opens, or closes. */
export function toggle(unit) {
  const open = same(state.open, unit) ? null : unit;
  set({ open, pressed: open });
}

/** What a unit is called: by its layer and its place in it, or by its digit. */
export function nameOf({ layer, unit }) {
  const last = state.network.topology.length - 1;
  return layer === last ? say("outputName", { unit }) : say("unitName", { layer, unit });
}

/** Says that somebody points at a unit, with whatever points. */
export function pointsAt(element, unit) {
  const point = () => set({ hovered: unit });
  const leave = () => same(state.hovered, unit) && set({ hovered: null });
  element.addEventListener("pointerenter", point);
  element.addEventListener("pointerleave", leave);
  element.addEventListener("focus", point);
  element.addEventListener("blur", leave);
}

/** The weights of a unit, one for each unit of the layer before. */
export function weightsOf({ layer, unit }) {
  const { network } = state;
  return Float32Array.from({ length: network.topology[layer - 1] }, (_, i) => network.weight(layer, i, unit));
}

/** How many columns a picture of so many numbers has. */
export const columnsOf = (count) => (count === 784 ? 28 : Math.ceil(Math.sqrt(count)));

function drawWeights(element, unit) {
  const weights = weightsOf(unit);
  drawSigned(element, weights, columnsOf(weights.length));
}

function tiles(layer, size) {
  const list = make("ol", { className: "tiles", id: `layer-${layer}` });
  const units = Array.from({ length: size }, (_, unit) => {
    const weights = picture();
    const value = changingNumber();
    const bar = make("span", { className: "bar" });
    const tile = button("", () => toggle({ layer, unit }), { className: "unit", "aria-pressed": "false" });
    tile.append(make("span", { className: "unseen" }, nameOf({ layer, unit })), weights, bar, value);
    pointsAt(tile, { layer, unit });
    list.append(make("li", {}, tile));
    return { tile, weights, bar, value };
  });
  const draw = () => units.forEach(({ weights }, unit) => drawWeights(weights, { layer, unit }));
  return {
    layer,
    element: list,
    draw,
    place: (unit) => units[unit].tile.getBoundingClientRect(),
    show(activations, most) {
      units.forEach(({ bar, value }, unit) => {
        const a = activations?.[unit];
        const text = a === undefined ? "" : rounded(a);
        if (writeNumber(value, text)) {
          bar.style.setProperty("--a", a === undefined ? 0 : Math.abs(a) / most);
          bar.classList.toggle("negative", a < 0);
        }
      });
    },
    mark() {
      units.forEach(({ tile }, unit) => {
        tile.setAttribute("aria-pressed", `${same(state.open, { layer, unit })}`);
        tile.classList.toggle("hovered", same(state.hovered, { layer, unit }));
      });
    },
  };
}

function grid(layer, size) {
  const columns = Math.ceil(Math.sqrt(size / 1.8));
  const rows = Math.ceil(size / columns);
  const canvas = make("canvas", { id: `layer-${layer}`, className: "grid", tabIndex: 0, role: "img" });
  canvas.style.aspectRatio = `${columns} / ${rows}`;
  const tip = make("div", { className: "tip", hidden: true });
  const weights = picture();
  const text = make("p", { className: "hint", "aria-live": "polite" });
  tip.append(weights);
  let last = null;
  let at = 0;
  const point = (unit) => {
    if (unit === null) {
      tip.hidden = true;
      text.textContent = say("gridHint");
      set({ hovered: null });
      return;
    }
    at = unit;
    tip.hidden = false;
    drawWeights(weights, { layer, unit });
    const value = last === null ? "" : `: ${rounded(last[unit])}`;
    text.textContent = `${nameOf({ layer, unit })}${value}`;
    set({ hovered: { layer, unit } });
  };
  canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
    const column = Math.floor(offsetX / canvas.clientWidth * columns);
    const row = Math.floor(offsetY / canvas.clientHeight * rows);
    const unit = row * columns + column;
    point(column >= 0 && column < columns && unit >= 0 && unit < size ? unit : null);
  });
  canvas.addEventListener("pointerleave", () => point(null));
  canvas.addEventListener("blur", () => point(null));
  canvas.addEventListener("click", () => state.hovered && toggle(state.hovered));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      point(Math.min(size - 1, Math.max(0, at + step)));
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      toggle({ layer, unit: at });
    }
  });
  canvas.setAttribute("aria-label", say("gridLabel", { layer, size }));
  text.textContent = say("gridHint");
  const paint = () => {
    const context = fitCanvas(canvas);
    const across = canvas.width / columns;
    const down = canvas.height / rows;
    context.clearRect(0, 0, canvas.width, canvas.height);
    const most = last === null ? 1 : largest(last);
    for (let unit = 0; unit < size; unit++) {
      const left = unit % columns * across;
      const top = Math.floor(unit / columns) * down;
      context.globalAlpha = 1;
      context.fillStyle = colourOf("track");
      context.fillRect(left + 0.5, top + 0.5, across - 1, down - 1);
      if (last !== null) {
        context.globalAlpha = Math.abs(last[unit]) / most;
        context.fillStyle = colourOf(last[unit] < 0 ? "minus" : "plus");
        context.fillRect(left + 0.5, top + 0.5, across - 1, down - 1);
      }
      if (same(state.open, { layer, unit }) || same(state.hovered, { layer, unit })) {
        context.globalAlpha = 1;
        context.strokeStyle = colourOf("accent");
        context.lineWidth = 2 * devicePixelRatio;
        context.strokeRect(left, top, across, down);
      }
    }
    context.globalAlpha = 1;
  };
  new ResizeObserver(paint).observe(canvas);
  return {
    layer,
    element: make("div", { className: "grid-box" }, canvas, tip, text),
    draw: paint,
    place: (unit) => {
      const box = canvas.getBoundingClientRect();
      return new DOMRect(
        box.x + unit % columns * box.width / columns,
        box.y + Math.floor(unit / columns) * box.height / rows,
        box.width / columns, box.height / rows);
    },
    show(activations) {
      last = activations ?? null;
      paint();
    },
    mark: paint,
  };
}

/** Where a hidden unit is on the screen. */
export const placeOf = ({ layer, unit }) => shown[layer]?.place(unit);

export const isWide = (layer) => state.network.topology[layer] > MOST_TILES;

function build() {
  const { topology } = state.network;
  if (layers.dataset.topology !== topology.join()) {
    layers.dataset.topology = topology.join();
    shown = topology.map((size, layer) =>
      layer === 0 || layer === topology.length - 1 ? null
        : isWide(layer) ? grid(layer, size) : tiles(layer, size));
    shows = shown.filter((view) => view !== null).map((view) => inTurn(() => showIn(view)));
    layers.replaceChildren(...shown.flatMap((view, layer) => view === null ? [] : [make("section",
      { className: isWide(layer) ? "layer wide" : "layer", "aria-labelledby": `layer-title-${layer}` },
      make("div", { className: "title" },
        make("h2", { id: `layer-title-${layer}` }, say("layerTitle", { layer, size: topology[layer] }))),
      view.element)]));
  }
  draw();
  show();
}

function draw() {
  shown.forEach((view) => view?.draw());
}

function showIn(view) {
  const a = state.reading?.forward?.a[view.layer];
  // What a tanh or sigmoid gives is at most 1.
  view.show(a, state.network.hidden === "relu" && a !== undefined ? largest(a) : 1);
}

const show = () => shows.forEach((each) => each());

on("network", build);
on("reading", show);
on("open hovered", perFrame(() => shown.forEach((view) => view?.mark())));
onColours(draw);
