// Rubs out what an eraser goes over: parts of strokes, or pixels.

import { onGrid } from "./compact.js";

// Its radius, in parts of the paper's width.
const RADIUS = 0.06;

const SIDE = 28;

/** Whether that can be rubbed out in parts. */
export const isErasable = ({ kind }) => kind === "strokes" || kind === "image";

/** What is left where an eraser has gone from point to point; the same if it has touched nothing. */
export function rubbed(source, way) {
  // A fast eraser leaves nothing standing between two of its points.
  const points = dense(way);
  const isLeft = (point) => points.every(({ x, y }) => Math.hypot(point.x - x, point.y - y) > RADIUS);
  return source.kind === "strokes" ? ofStrokes(source, isLeft) : ofPixels(source, isLeft);
}

// What is rubbed out in the middle leaves two strokes.
function ofStrokes(source, isLeft) {
  const left = source.strokes.flatMap((stroke) => {
    const pieces = [[]];
    for (const point of dense(stroke)) {
      if (isLeft(point)) {
        pieces.at(-1).push(point);
      } else {
        pieces.push([]);
      }
    }
    return pieces.length === 1 ? [stroke] : pieces.filter((piece) => piece.length > 0);
  });
  const isSame = left.length === source.strokes.length && left.every((stroke, s) => stroke === source.strokes[s]);
  return isSame ? source : { ...source, strokes: left };
}

// It is the test image of that number no more.
function ofPixels(source, isLeft) {
  const pixels = source.pixels.map((pixel, p) =>
    (pixel > 0 && isLeft({ x: (p % SIDE + 0.5) / SIDE, y: (Math.floor(p / SIDE) + 0.5) / SIDE }) ? pixel : 0));
  return pixels.every((pixel, p) => pixel === source.pixels[p]) ? source : { ...source, pixels, index: null };
}

// With points so near each other that an eraser does not pass between two of them.
function dense(stroke) {
  return stroke.flatMap((point, i) => {
    const from = stroke[Math.max(0, i - 1)];
    const count = Math.ceil(Math.hypot(point.x - from.x, point.y - from.y) / (RADIUS / 4));
    return count <= 1 ? [point] : Array.from({ length: count }, (_, k) => ({
      x: onGrid(from.x + (point.x - from.x) * (k + 1) / count),
      y: onGrid(from.y + (point.y - from.y) * (k + 1) / count),
    }));
  });
}
