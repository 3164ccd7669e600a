import { heightOf, widthOf } from "./components.js";

// How much of a side must have ink near it, and how near, as a part of the other sides.
const COVERED = 0.85;
const NEAR = 0.1;

// How much of a box what lies in it must take, across or down, to be its digit.
const CONTENT = 0.2;

// Whether a thing is a frame around another: it has a straight stroke along at least three sides
// of its bounding box, and something as large as a digit lies in it: image.Frames.
export function isFrame(frame, things) {
  const width = widthOf(frame);
  const height = heightOf(frame);
  return frame.area <= 0.5 * width * height
    && things.some((thing) => thing !== frame && isContent(thing, frame))
    && coveredSides(frame, width, height) >= 3;
}

function isContent(thing, frame) {
  return thing.left > frame.left - 2
    && thing.right < frame.right + 2
    && thing.top > frame.top - 2
    && thing.bottom < frame.bottom + 2
    && Math.max(heightOf(thing) / heightOf(frame), widthOf(thing) / widthOf(frame)) >= CONTENT;
}

// By how far the outermost ink in each row and column is from the sides.
function coveredSides(frame, width, height) {
  const left = new Array(height).fill(width);
  const right = left.slice();
  const top = new Array(width).fill(height);
  const bottom = top.slice();
  for (const run of frame.runs) {
    const y = run.row - frame.top;
    left[y] = Math.min(left[y], run.start - frame.left);
    right[y] = Math.min(right[y], frame.right - run.end);
    for (let x = run.start - frame.left; x < run.end - frame.left; x++) {
      top[x] = Math.min(top[x], y);
      bottom[x] = Math.min(bottom[x], height - 1 - y);
    }
  }
  const isCovered = (depths, near) =>
    depths.filter((depth) => depth <= near).length >= COVERED * depths.length;
  return [left, right].filter((depths) => isCovered(depths, NEAR * width)).length
    + [top, bottom].filter((depths) => isCovered(depths, NEAR * height)).length;
}
