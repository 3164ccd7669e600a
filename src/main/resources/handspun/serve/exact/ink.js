import { components, longerSide } from "./components.js";
import { isFrame } from "./frames.js";
import { countDigits, strokesOf } from "./groups.js";
import { mayHaveRules, rulePixels } from "./rules.js";

const SIDE = 28;

// The longer side of a digit of MNIST's, and where its centre of mass is, counting pixels from 0.
const BOX = 20;
const CENTRE = 14;

// A picture whose pen differs less from its paper is blank, and ink up to so much is noise.
const LEAST_CONTRAST = 24;
const NOISE = 25;

const MOST_TURNS = 6;

// In smaller pictures a pixel or two can be a stroke.
const LEAST_SIDE = 48;

// What the server makes of a picture of transparent paper with black ink, which this is the
// opacity of, to the last bit: image.DigitNormalizer. Null if it is blank; else
// - `pixels`, 28 x 28 as MNIST has them, and how many `digits` lie beside each other;
// - how that came about: the ink's `box` (left, top, right, bottom; the last two are one past),
//   `fitted` into 20 x 20 as the `means` of areas, and put `at` left and top.
export function normalize(ink, width, height) {
  const found = digitOf(ink, width, height);
  if (found === null) {
    return null;
  }
  const fitted = fit(found.amount, width, found.box);
  return { ...place(fitted), digits: found.digits, box: found.box, fitted };
}

// Finds the digit's ink: image.InkSearch, as it goes where the paper is the same everywhere. What
// is no digit's ink (frames, rules, then specks) is wiped off, and then the rest is looked at
// again, since it may be fainter than what was wiped off.
function digitOf(ink, width, height) {
  if (isPaperInked(ink, width, height)) {
    return null;
  }
  const values = Uint8Array.from(ink);
  for (let turn = 1; ; turn++) {
    const contrast = values.reduce((most, value) => Math.max(most, value), 0);
    if (contrast < LEAST_CONTRAST) {
      return null;
    }
    const amount = stretched(values, contrast);
    const found = components(amount, width);
    const again = turn < MOST_TURNS;
    if (again && (wipeFrames(values, found, width, height)
        || wipeRules(values, amount, found.things, width, height))) {
      continue;
    }
    const strokes = strokesAmong(found.things, width, height);
    const specks = new Set(found.things.filter((thing) => !strokes.has(thing)));
    if (again && strokes.size > 0 && peak(specks) > peak(strokes)) {
      wipeThings(values, found, specks, width, height);
      continue;
    }
    return strokes.size === 0 ? null : ofStrokes(strokes, specks, found, amount, width);
  }
}

// Where most of the border is inked, the server takes black for the paper, and sees nothing on it:
// image.FlatPaper.
function isPaperInked(ink, width, height) {
  let pixels = 0;
  let inked = 0;
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(width - 1, 1);
    for (let x = 0; x < width; x += step) {
      pixels++;
      inked += ink[y * width + x] >= 128 ? 1 : 0;
    }
  }
  return 2 * inked >= pixels;
}

// So that the strongest pixel has 255, without noise. Math.round would do it all in doubles, where
// the server has singles.
function stretched(values, contrast) {
  const ofValue = Uint8Array.from({ length: contrast + 1 }, (_, value) => {
    const ink = Math.floor(Math.fround((255 * value) / contrast) + 0.5);
    return ink <= NOISE ? 0 : ink;
  });
  return values.map((value) => ofValue[value]);
}

function wipeFrames(values, found, width, height) {
  if (found.things.length < 2) {
    return false;
  }
  const frames = new Set(
    found.things.filter((_, t) => isFrame(t, found, Math.max(width, height))));
  wipeThings(values, found, frames, width, height);
  return frames.size > 0;
}

function wipeRules(values, amount, things, width, height) {
  const pixels = mayHaveRules(things, width, height) ? rulePixels(amount, width) : [];
  for (const pixel of pixels) {
    const x = pixel % width;
    wipe(values, (pixel - x) / width, x, x + 1, width, height, amount);
  }
  return pixels.length > 0;
}

function wipeThings(values, { runs, things }, wiped, width, height) {
  for (const { row, start, end, thing } of runs) {
    if (wiped.has(things[thing])) {
      wipe(values, row, start, end, width, height, null);
    }
  }
}

// With the pixels around, which have too little ink to count, but are not the paper's: with those
// that have none at least, if `unless` tells each pixel's ink.
function wipe(values, row, start, end, width, height, unless) {
  for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
    for (let x = Math.max(0, start - 1); x < Math.min(width, end + 1); x++) {
      const p = y * width + x;
      const isOwn = y === row && x >= start && x < end;
      if (isOwn || unless === null || unless[p] === 0) {
        values[p] = 0;
      }
    }
  }
}

function strokesAmong(things, width, height) {
  if (Math.min(width, height) < LEAST_SIDE) {
    return new Set(things);
  }
  const side = Math.trunc(Math.max(width, height) / 50);
  return things.some((thing) => longerSide(thing) >= side) ? strokesOf(things) : new Set();
}

function peak(things) {
  return [...things].reduce((most, thing) => Math.max(most, thing.peak), 0);
}

function ofStrokes(strokes, specks, { runs, things }, amount, width) {
  for (const { row, start, end, thing } of runs) {
    if (specks.has(things[thing])) {
      amount.fill(0, row * width + start, row * width + end);
    }
  }
  const all = [...strokes];
  const box = [
    Math.min(...all.map((thing) => thing.left)),
    Math.min(...all.map((thing) => thing.top)),
    Math.max(...all.map((thing) => thing.right)),
    Math.max(...all.map((thing) => thing.bottom)),
  ];
  return { amount, box, digits: countDigits(strokes) };
}

// Into 20 x 20 pixels, with its proportions kept: each is the mean of what it covers, where a pixel
// that is covered in part counts by that part (image.AreaAveraging).
function fit(amount, width, [left, top, right, bottom]) {
  const longer = Math.max(right - left, bottom - top);
  const across = new Axis(right - left, (BOX * (right - left)) / longer);
  const down = new Axis(bottom - top, (BOX * (bottom - top)) / longer);
  const shares = Array.from({ length: across.count }, (_, column) => across.shares(column));
  const means = new Float64Array(across.count * down.count);
  const line = new Float64Array(across.count);
  for (let y = 0; y < down.size; y++) {
    for (let column = 0; column < across.count; column++) {
      const { first, parts } = shares[column];
      const from = (top + y) * width + left + first;
      line[column] = 0;
      for (let i = 0; i < parts.length; i++) {
        line[column] += parts[i] * amount[from + i];
      }
    }
    for (let row = down.firstOver(y); row < down.count && down.part(y, row) > 0; row++) {
      for (let column = 0; column < across.count; column++) {
        means[row * across.count + column] += down.part(y, row) * line[column];
      }
    }
  }
  return { width: across.count, height: down.count, means };
}

// How so many old pixels share out to new ones along one axis.
class Axis {
  constructor(size, newSize) {
    Object.assign(this, { size, newSize, count: Math.ceil(newSize) });
  }

  firstOver(pixel) {
    return Math.trunc((pixel * this.newSize) / this.size);
  }

  // The first old pixel that a new one covers, and the parts of it that that one and the next fill.
  shares(newPixel) {
    const first = Math.trunc((newPixel * this.size) / this.newSize);
    const end = Math.min(this.size, Math.ceil(((newPixel + 1) * this.size) / this.newSize));
    const length = Math.max(0, end - first);
    return { first, parts: Array.from({ length }, (_, i) => this.part(first + i, newPixel)) };
  }

  // The part of a new pixel that an old one fills.
  part(pixel, newPixel) {
    const from = Math.max((pixel * this.newSize) / this.size, newPixel);
    const to = Math.min(((pixel + 1) * this.newSize) / this.size, newPixel + 1);
    return Math.max(0, to - from);
  }
}

// On 28 x 28, with the centre of mass in the middle, and as strong as it can be: thin strokes have
// become faint.
function place({ width, height, means }) {
  let mass = 0;
  let timesColumn = 0;
  let timesRow = 0;
  means.forEach((ink, i) => {
    mass += ink;
    timesColumn += ink * (i % width);
    timesRow += ink * Math.trunc(i / width);
  });
  const start = (centre, size) => Math.max(0, Math.min(Math.round(CENTRE - centre), SIDE - size));
  const left = start(timesColumn / mass, width);
  const top = start(timesRow / mass, height);
  const stretch = 255 / means.reduce((most, ink) => Math.max(most, ink), 0);
  const pixels = new Uint8Array(SIDE * SIDE);
  means.forEach((ink, i) => {
    pixels[(top + Math.trunc(i / width)) * SIDE + left + (i % width)] = Math.round(stretch * ink);
  });
  return { pixels, at: [left, top] };
}
