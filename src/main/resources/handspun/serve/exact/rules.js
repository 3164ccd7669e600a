import { components, heightOf, largest, longerSide, widthOf } from "./components.js";

// How near to the picture's edge a rule must begin and end, as a part of its length.
const NEAR = 0.05;

// A digit that takes more of the picture was cut out closely.
const CLOSE = 0.85;

// The thickest line, as a part of the picture's shorter side; the steepest, as a part of its
// length; how much of its way must be seen, and how much where strokes hide some of it.
const THICKEST = 0.05;
const STEEPEST = 0.1;
const SEEN = 0.6;
const COVERED = 0.85;

// With more runs in each place, on the average, this is a texture.
const MOST_RUNS = 60;
const MOST_LINES = 200;

// Whether something is as long as the picture, or several things are long and thin.
export function mayHaveRules(things, width, height) {
  const thin = things.filter((thing) =>
    longerSide(thing) > 8 * Math.min(widthOf(thing), heightOf(thing))
    && longerSide(thing) > 0.1 * Math.min(width, height));
  return thin.length >= 3
    || things.some((thing) => widthOf(thing) >= 0.9 * width || heightOf(thing) >= 0.9 * height);
}

// The pixels that are nothing but rules, thin straight lines from one edge of the picture to the
// other: image.Rules. Of a picture that was cut out closely, the bar of a 4 or 7 is kept.
export function rulePixels(amount, width) {
  const height = amount.length / width;
  const rest = amount.slice();
  const lying = spanning(lines(rest, width, height, 1, width), width, height);
  erase(rest, lying);
  const upright = spanning(lines(rest, height, width, width, 1), height, width);
  erase(rest, upright);
  if (lying.length + upright.length === 0) {
    return [];
  }
  const digit = largest(components(rest, width).things);
  const isSubstantial = digit && longerSide(digit) >= 0.05 * Math.max(width, height);
  if (!isSubstantial && lying.length + upright.length < 3) {
    return [];
  }
  const squares = lying.length >= 2 && upright.length >= 2;
  const rules = [];
  if (!digit || areRules(lying, squares, height, heightOf(digit))) {
    rules.push(...lying);
  }
  if (!digit || areRules(upright, squares, width, widthOf(digit))) {
    rules.push(...upright);
  }
  return rules.flatMap((line) => line.pixels);
}

// There are several, or the rest leaves room beside it; not at the picture's edge alone.
function areRules(lines, squares, size, digit) {
  const inside = lines.filter(({ start, end, thickness }) => {
    const least = Math.max(NEAR * size, 2 * thickness);
    const middle = (start + end) / 2;
    return middle >= least && middle <= size - least;
  }).length;
  return inside >= 1 && (squares || inside >= 2 || digit < CLOSE * size);
}

function spanning(lines, along, across) {
  const leaves = (end) => end < NEAR * across || end > (1 - NEAR) * across;
  return lines
    .filter(({ first, start }) => first <= NEAR * along || leaves(start))
    .filter(({ last, end }) => last >= (1 - NEAR) * along || leaves(end));
}

function erase(amount, lines) {
  lines.forEach((line) => line.pixels.forEach((pixel) => { amount[pixel] = 0; }));
}

// Straight lines that run nearly along one direction, found by a Hough transform in which each
// short run of ink across the direction votes for the lines through its middle:
// image.StraightLines. A line is at `start` where the picture begins and at `end` where it ends.
function lines(amount, along, across, stepAlong, stepAcross) {
  const pixel = (u, v) => u * stepAlong + v * stepAcross;
  const isInked = (u, v) =>
    [v - 1, v, v + 1].some((w) => w >= 0 && w < across && amount[pixel(u, w)] !== 0);
  const bin = Math.max(1, Math.trunc(along / 300));
  let runs = shortRuns(amount, along, across, pixel);
  if (runs.length > MOST_RUNS * along) {
    return [];
  }
  const drifts = Math.trunc(STEEPEST * along / bin);
  const margin = drifts + 2;
  const votes = Array.from({ length: 2 * drifts + 1 },
    () => new Int32Array(Math.trunc(across / bin) + 2 * margin + 2));
  const vote = (run, count) => votes.forEach((row, d) => {
    const start = run.middle - (d - drifts) * bin * run.at / along;
    row[Math.floor(start / bin) + margin] += count;
  });
  runs.forEach((run) => vote(run, 1));
  const found = [];
  while (found.length < MOST_LINES) {
    // Rules that are askew cross the picture's corners.
    const leastPart = found.length < 2 ? 0.5 : 0.12;
    const best = mostVoted(votes);
    if (best.votes < SEEN * along * leastPart) {
      break;
    }
    const drift = (best.d - drifts) * bin;
    const start = (best.b + 1 - margin) * bin;
    const isOwn = (run) =>
      Math.abs(run.middle - start - drift * run.at / along) <= 1.5 + bin;
    const own = runs.filter(isOwn);
    if (own.length === 0) {
      break;
    }
    own.forEach((run) => vote(run, -1));
    runs = runs.filter((run) => !isOwn(run));
    const line = seenLine(start, drift, own, { along, across, leastPart, isInked, pixel });
    if (line !== null) {
      found.push(line);
    }
  }
  return found;
}

function shortRuns(amount, along, across, pixel) {
  const thickest = Math.max(3, Math.trunc(THICKEST * Math.min(along, across)));
  const runs = [];
  for (let at = 0; at < along; at++) {
    for (let v = 0; v < across; v++) {
      const from = v;
      while (v < across && amount[pixel(at, v)] !== 0) {
        v++;
      }
      if (v > from && v - from <= thickest) {
        runs.push({ at, from, to: v, middle: (from + v - 1) / 2 });
      }
    }
  }
  return runs;
}

// A line's runs may fall into two neighbouring bins.
function mostVoted(votes) {
  const best = { d: 0, b: 0, votes: 0 };
  votes.forEach((row, d) => {
    for (let b = 0; b + 1 < row.length; b++) {
      if (row[b] + row[b + 1] > best.votes) {
        Object.assign(best, { d, b, votes: row[b] + row[b + 1] });
      }
    }
  });
  return best;
}

// Null if too little of it is seen. Its pixels are those that are no other stroke's: where a run
// is longer than the line is thick, a stroke crosses, and stays whole.
function seenLine(start, drift, own, { along, across, leastPart, isInked, pixel }) {
  const lengths = own.map(({ from, to }) => to - from).sort((a, b) => a - b);
  const thickness = lengths[Math.trunc(lengths.length / 2)];
  const places = [...new Set(own.map(({ at }) => at))];
  let inked = 0;
  let within = 0;
  for (let u = 0; u < along; u++) {
    const v = start + drift * u / along;
    if (v >= 0 && v <= across - 1) {
      within++;
      inked += isInked(u, Math.round(v)) ? 1 : 0;
    }
  }
  const isSeen = places.length >= SEEN * within
    || (places.length >= SEEN / 2 * within && inked >= COVERED * within);
  if (within < along * leastPart || !isSeen) {
    return null;
  }
  const pixels = own
    .filter(({ from, to }) => to - from <= 1.5 * thickness + 1)
    .flatMap(({ at, from, to }) =>
      Array.from({ length: to - from }, (_, i) => pixel(at, from + i)));
  // Runs come in their order along the line.
  return {
    start, end: start + drift, thickness, first: places[0], last: places.at(-1), pixels,
  };
}
