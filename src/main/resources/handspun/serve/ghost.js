// What lies over the paper like a ghost: a stroke that is switched off, or ink to add and to rub out.

import { byId, fitCanvas, make, onColours } from "./dom.js";
import { state, on, perFrame } from "./state.js";
import { drawStrokes } from "./strokes.js";
import { fitted, PEN, SIZE } from "./exact/raster.js";

const ghost = byId("ghost");
const drawing = byId("drawing");

// Of the longer side of the ink in the 28 x 28 pixels.
const BOX = 20;

let shown = null;

/** Shows {off: number of a stroke} or {strokes: what least.js has found}, or null: nothing. */
export function haunt(next) {
  if (shown !== null || next !== null) {
    shown = next;
    paint();
  }
}

/** Where the 28 x 28 pixels are on the paper: {x, y, side of one}, in parts of the paper's; or null. */
export function placeOnPaper(source, { box, at }) {
  if (source.kind === "image") {
    return { x: 0, y: 0, side: 1 / 28 };
  }
  if (source.kind !== "strokes") {
    return null;
  }
  // From pixels of 28 x 28 to those of the picture that is read, and from there to the paper.
  const side = Math.max(box[2] - box[0], box[3] - box[1]) / BOX;
  const [before, after] = [source.strokes, fitted(source.strokes, source.pen).strokes].map(extent);
  const scale = before.longer > 0 && after.longer > 0 ? before.longer / after.longer : 1;
  return {
    x: before.x + scale * ((box[0] - at[0] * side) / SIZE - after.x),
    y: before.y + scale * ((box[1] - at[1] * side) / SIZE - after.y),
    side: scale * side / SIZE,
  };
}

function extent(strokes) {
  const points = strokes.flat();
  const along = (axis) => points.reduce(([first, last], point) =>
    [Math.min(first, point[axis]), Math.max(last, point[axis])], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [along("x"), along("y")];
  return { x: (left + right) / 2, y: (top + bottom) / 2, longer: Math.max(right - left, bottom - top) };
}

const paint = perFrame(() => {
  const context = fitCanvas(ghost);
  const size = ghost.width;
  context.clearRect(0, 0, size, size);
  if (shown?.off !== undefined) {
    fade(context, size);
  } else if (shown !== null) {
    const place = placeOnPaper(state.source, state.reading.normalized);
    if (place !== null) {
      context.drawImage(layer(size, place, false), 0, 0);
      context.drawImage(layer(size, place, true), 0, 0);
    }
  }
});

// The stroke that is off becomes faint; the others lie over it.
function fade(context, size) {
  const { strokes, pen } = state.source;
  context.globalAlpha = 0.82;
  drawStrokes(context, size, [strokes[shown.off]], PEN * pen, "paper");
  context.globalAlpha = 1;
  drawStrokes(context, size, strokes.filter((_, s) => s !== shown.off), PEN * pen);
}

// What is added where there is no ink yet, or what is rubbed out of the ink.
function layer(size, { x, y, side }, adds) {
  const context = make("canvas", { width: size, height: size }).getContext("2d");
  const onPaper = (column, row) => ({ x: x + (column + 0.5) * side, y: y + (row + 0.5) * side });
  const lines = shown.strokes.filter((stroke) => stroke.adds === adds)
    .map((stroke) => [onPaper(stroke.x, stroke.y), onPaper(stroke.toX, stroke.toY)]);
  drawStrokes(context, size, lines, (adds ? 2.6 : 3.6) * side, adds ? "added" : "rubbed");
  context.globalCompositeOperation = adds ? "destination-out" : "destination-in";
  context.drawImage(drawing, 0, 0, size, size);
  return context.canvas;
}

export function startGhost() {
  on("source network", () => haunt(null));
  onColours(paint);
  new ResizeObserver(paint).observe(ghost);
}
