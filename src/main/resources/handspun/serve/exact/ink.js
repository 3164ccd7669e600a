import { components } from "./components.js";
import { isFrame } from "./frames.js";
import { countDigits, strokesOf } from "./groups.js";

const SIDE = 28;

// The longer side of a digit of MNIST's, and where its centre of mass is, counting pixels from 0.
const BOX = 20;
const CENTRE = 14;

// What the server makes of the picture that raster.js draws (image.DigitNormalizer), to the last
// bit. Null if it is blank; else `pixels`, 28 x 28 as MNIST has them, how many `digits` lie beside
// each other, and how that came about: the ink's `box` (left, top, and one past right and bottom),
// `fitted` into 20 x 20 as the `means` of areas, and put `at` left and top.
export function normalize(ink, width) {
  const things = withoutFrames(components(ink, width));
  if (things.length === 0) {
    return null;
  }
  const strokes = strokesOf(things);
  const sides = (side) => strokes.map((stroke) => stroke[side]);
  const box = [Math.min(...sides("left")), Math.min(...sides("top")),
    Math.max(...sides("right")), Math.max(...sides("bottom"))];
  const fitted = fit(inkOf(strokes, ink, width), width, box);
  return { ...place(fitted), digits: countDigits(strokes), box, fitted };
}

// image.InkSearch, for a drawing. Unlike in a photograph, paper is the same everywhere; each stroke
// has the pen's width and full ink, so that none is dust or hidden by another; and none comes near
// the picture's edge, as rules do.
function withoutFrames(things) {
  const rest = things.filter((thing) => !isFrame(thing, things));
  // Within a frame there may be another.
  return rest.length === things.length ? things : withoutFrames(rest);
}

function inkOf(things, ink, width) {
  const own = new Uint8Array(ink.length);
  for (const { row, start, end } of things.flatMap(({ runs }) => runs)) {
    own.set(ink.subarray(row * width + start, row * width + end), row * width + start);
  }
  return own;
}

// Into 20 x 20 pixels, each the mean of what it covers: image.AreaAveraging.
function fit(ink, width, [left, top, right, bottom]) {
  const longer = Math.max(right - left, bottom - top);
  const across = new Axis(right - left, (BOX * (right - left)) / longer);
  const down = new Axis(bottom - top, (BOX * (bottom - top)) / longer);
  const means = new Float64Array(across.count * down.count);
  const line = new Float64Array(across.count);
  for (let y = 0; y < down.size; y++) {
    line.fill(0);
    const from = (top + y) * width + left;
    across.parts.forEach(({ pixel, newPixel, part }) => {
      line[newPixel] += part * ink[from + pixel];
    });
    for (let row = down.firstOver(y); row < down.count && down.part(y, row) > 0; row++) {
      const part = down.part(y, row);
      line.forEach((sum, column) => { means[row * across.count + column] += part * sum; });
    }
  }
  return { width: across.count, height: down.count, means };
}

// How so many old pixels share out to new ones along one axis.
class Axis {
  constructor(size, newSize) {
    Object.assign(this, { size, newSize, count: Math.ceil(newSize), parts: [] });
    for (let newPixel = 0; newPixel < this.count; newPixel++) {
      const end = Math.min(size, Math.ceil(((newPixel + 1) * size) / newSize));
      for (let pixel = Math.trunc((newPixel * size) / newSize); pixel < end; pixel++) {
        this.parts.push({ pixel, newPixel, part: this.part(pixel, newPixel) });
      }
    }
  }

  firstOver(pixel) {
    return Math.trunc((pixel * this.newSize) / this.size);
  }

  // The part of a new pixel that an old one fills.
  part(pixel, newPixel) {
    const from = Math.max((pixel * this.newSize) / this.size, newPixel);
    const to = Math.min(((pixel + 1) * this.newSize) / this.size, newPixel + 1);
    return Math.max(0, to - from);
  }
}

// With the centre of mass in the middle, and stretched: thin strokes have become faint.
function place({ width, height, means }) {
  let mass = 0;
  let timesColumn = 0;
  let timesRow = 0;
  const column = (i) => i % width;
  const row = (i) => Math.trunc(i / width);
  means.forEach((ink, i) => {
    mass += ink;
    timesColumn += ink * column(i);
    timesRow += ink * row(i);
  });
  const start = (centre, size) => Math.max(0, Math.min(Math.round(CENTRE - centre), SIDE - size));
  const left = start(timesColumn / mass, width);
  const top = start(timesRow / mass, height);
  const stretch = 255 / Math.max(...means);
  const pixels = new Uint8Array(SIDE * SIDE);
  means.forEach((ink, i) => {
    pixels[(top + row(i)) * SIDE + left + column(i)] = Math.round(stretch * ink);
  });
  return { pixels, at: [left, top] };
}
