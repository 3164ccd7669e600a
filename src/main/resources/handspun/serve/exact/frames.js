import { heightOf, widthOf } from "./components.js";

// How much of a side must have ink near it, and how near, as a part of the other sides.
const COVERED = 0.85;
const NEAR = 0.1;

// How much of a box what lies in it must take, across or down, to be its digit.
const CONTENT = 0.2;

// The shorter side of the smallest box, and as a part of the picture's longer side.
const LEAST_SIDE = 8;
const LEAST_PART = 0.05;

// Whether a thing is a frame around another: it has a straight stroke along at least three sides
// of its bounding box, and something as large as a digit lies in it: image.Frames.
export function isFrame(number, { runs, things }, longerSide) {
  const frame = things[number];
  return Math.min(widthOf(frame), heightOf(frame)) >= Math.max(LEAST_SIDE, LEAST_PART * longerSide)
    && frame.area <= 0.5 * widthOf(frame) * heightOf(frame)
    && things.some((thing) => thing !== frame && isContent(thing, frame))
    && coveredSides(frame, runs.filter((run) => run.thing === number)) >= 3;
}

function isContent(thing, frame) {
  return thing.left > frame.left - 2
    && thing.right < frame.right + 2
    && thing.top > frame.top - 2
    && thing.bottom < frame.bottom + 2
    && Math.max(heightOf(thing) / heightOf(frame), widthOf(thing) / widthOf(frame)) >= CONTENT;
}

// By the outermost ink in each row and column, seen from the sides.
function coveredSides(frame, runs) {
  const width = widthOf(frame);
  const height = heightOf(frame);
  const left = new Array(height).fill(width);
  const right = new Array(height).fill(width);
  const top = new Array(width).fill(height);
  const bottom = new Array(width).fill(height);
  for (const run of runs) {
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
