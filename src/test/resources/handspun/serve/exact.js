// What ExactIT runs in the browser. Every function compares numbers with those of Java, to the last
// bit, and tells how many it has compared and what has differed.

import { bits, exp, fma } from "./exact/single.js";
import { Network } from "./exact/network.js";
import { prepare } from "./exact/prepare.js";
import { fitted, raster, SIZE } from "./exact/raster.js";
import { normalize } from "./exact/ink.js";
import { png } from "./exact/png.js";
import { sha256 } from "./exact/sha256.js";
import { verdict } from "./exact/verdict.js";

const PIXELS = 784;

async function bytes(name) {
  const response = await fetch(`/expected/${name}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function singles(name) {
  return new Float32Array((await bytes(name)).buffer);
}

class Comparison {
  compared = 0;
  differences = [];

  // To the last bit: a NaN is a NaN, and -0 is not 0.
  same(what, found, expected) {
    this.compared++;
    if (!Object.is(found, expected) && this.differences.length < 10) {
      this.differences.push(`${what()}: ${found}, but the server has ${expected}`);
    }
  }

  sameArrays(what, found, expected) {
    this.same(() => `length of ${what}`, found.length, expected.length);
    for (let i = 0; i < expected.length; i++) {
      this.same(() => `${what} [${i}]`, found[i], expected[i]);
    }
  }

  result() {
    return { compared: this.compared, differences: this.differences };
  }
}

export async function fusedMultiplyAdds() {
  const triples = await singles("triples");
  const results = await singles("results");
  const comparison = new Comparison();
  let hard = 0;
  results.forEach((result, i) => {
    const [a, b, c] = [triples[3 * i], triples[3 * i + 1], triples[3 * i + 2]];
    comparison.same(() => `${a} * ${b} + ${c}`, fma(a, b, c), result);
    hard += Object.is(Math.fround(a * b + c), result) ? 0 : 1;
  });
  return { ...comparison.result(), hard };
}

export async function exponentials() {
  const inputs = await singles("inputs");
  const results = await singles("exponentials");
  const comparison = new Comparison();
  inputs.forEach((x, i) => comparison.same(() => `exp(${x})`, exp(x), results[i]));
  return comparison.result();
}

export async function hashes(expected) {
  const comparison = new Comparison();
  const pixels = await bytes("images");
  Object.entries(expected).forEach(([length, hash]) =>
    comparison.same(() => `SHA-256 of ${length}`, sha256(pixels.subarray(0, length)), hash));
  comparison.same(() => "bits of -1.5", bits(-1.5), 0xbfc00000);
  return comparison.result();
}

export async function straightened() {
  const images = await bytes("images");
  const expected = await bytes("straightened");
  const comparison = new Comparison();
  for (let at = 0; at < images.length; at += PIXELS) {
    const { pixels } = prepare("straighten", images.subarray(at, at + PIXELS));
    comparison.sameArrays(`image ${at / PIXELS}`, pixels, expected.subarray(at, at + PIXELS));
  }
  return comparison.result();
}

function sameActivations(comparison, what, { a }, expected, at) {
  let next = at;
  a.slice(1).forEach((layer, l) => {
    const layers = expected.subarray(next, next + layer.length);
    comparison.sameArrays(`${what}, layer ${l + 1}`, layer, layers);
    next += layer.length;
  });
  return next;
}

// All images by one network, prepared and judged as its model says.
export async function readings(model, count) {
  const images = await bytes("images");
  const network = new Network(model, await singles("parameters"));
  const activations = await singles("activations");
  const verdicts = await singles("verdicts");
  const kinds = ["digit", "unsure", "none", "several"];
  const comparison = new Comparison();
  const said = {};
  let next = 0;
  for (let i = 0; i < count; i++) {
    const { pixels } = prepare(model.preprocessing, images.subarray(i * PIXELS, (i + 1) * PIXELS));
    const forward = network.forward(pixels);
    next = sameActivations(comparison, `image ${i}`, forward, activations, next);
    const { reading, candidates, digit, score } = verdict(network, forward.a.at(-1), 1);
    said[reading] = (said[reading] ?? 0) + 1;
    const [first = -1, second = -1] = candidates;
    comparison.sameArrays(`image ${i}, verdict`,
      [kinds.indexOf(reading), first, second, digit, score],
      verdicts.subarray(5 * i, 5 * i + 5));
    if (i % 1000 === 0) {
      replay(comparison, network, forward);
    }
  }
  comparison.same(() => "activations", next, activations.length);
  return { ...comparison.result(), said };
}

// The outputs of a network, as the server has told them for every image.
export async function outputs(model) {
  const images = await bytes("images");
  const expected = await singles("outputs");
  const network = new Network(model, await singles("parameters"));
  const comparison = new Comparison();
  const count = images.length / PIXELS;
  for (let i = 0; i < count; i++) {
    const { pixels } = prepare(model.preprocessing, images.subarray(i * PIXELS, (i + 1) * PIXELS));
    const own = network.forward(pixels).a.at(-1);
    comparison.sameArrays(`image ${i}`, own, expected.subarray(i * own.length, (i + 1) * own.length));
  }
  comparison.same(() => "outputs", expected.length, 10 * count);
  return { ...comparison.result(), images: count };
}

export function refusal(expected) {
  const comparison = new Comparison();
  try {
    verdict({ outputs: "sigmoid" }, Float32Array.of(0.5, -Infinity, NaN), 1);
  } catch (error) {
    comparison.same(() => "the refusal", error.message, expected);
  }
  return comparison.result();
}

// Adds the sums of all units up again, as they are told.
function replay(comparison, network, forward) {
  for (let l = 1; l < network.topology.length; l++) {
    for (let unit = 0; unit < network.topology[l]; unit++) {
      const what = () => `layer ${l}, unit ${unit}`;
      const told = network.sum(l, unit, forward);
      const sums = told.parts.map((part) => {
        const sum = part.terms.reduce((sum, term) => {
          const next = fma(term.value, term.weight, sum);
          comparison.same(what, term.sum, next);
          comparison.same(what, term.weight, network.weight(l, term.input, unit));
          comparison.same(what, term.value, forward.a[l - 1][term.input]);
          return next;
        }, part.start);
        comparison.same(what, part.sum, sum);
        return sum;
      });
      comparison.same(what, told.parts[0].start, told.bias);
      comparison.same(what, told.bias, network.bias(l, unit));
      const z = sums.length === 1
        ? sums[0]
        : Math.fround(Math.fround(sums[0] + sums[1]) + Math.fround(sums[2] + sums[3]));
      told.joins.forEach(({ left, right, sum }) =>
        comparison.same(what, sum, Math.fround(left + right)));
      comparison.same(what, told.joins.at(-1)?.sum ?? sums[0], z);
      comparison.same(what, told.z, z);
      comparison.same(what, forward.z[l][unit], z);
    }
  }
}

// As in RandomNetworks.
class Xorshift {
  #state;

  constructor(seed) {
    this.#state = Math.imul(seed, 0x9e3779b9) | 1;
  }

  next() {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return this.#state;
  }

  part() {
    return (this.next() >>> 8) / 2 ** 24;
  }
}

function randomNetwork({ number, amplitude, parameters, ...model }) {
  const random = new Xorshift(number + 1);
  const weights = new Float32Array(parameters);
  for (let p = 0; p < parameters; p++) {
    weights[p] = random.next() * amplitude;
  }
  return new Network(model, weights);
}

// Each reads so many images, the first of which are added up again.
export async function networks(described, images) {
  const pixels = await bytes("images");
  const activations = await singles("activations");
  const comparison = new Comparison();
  let next = 0;
  for (const each of described) {
    const network = randomNetwork(each);
    for (let i = 0; i < images; i++) {
      const image = (images * each.number + i) * PIXELS;
      const forward = network.forward(pixels.subarray(image, image + PIXELS));
      next = sameActivations(comparison, `network ${each.number}`, forward, activations, next);
      if (each.number < 60 && i === 0) {
        replay(comparison, network, forward);
      }
    }
  }
  comparison.same(() => "activations", next, activations.length);
  return comparison.result();
}

// Weighted inputs of all kinds: those of a network without weights are its biases.
export async function activations(model) {
  const biases = await singles("biases");
  const parameters = new Float32Array((PIXELS + 1) * biases.length + 10 * (biases.length + 1));
  parameters.set(biases, PIXELS * biases.length);
  const { a } = new Network(model, parameters).forward(new Uint8Array(PIXELS));
  const comparison = new Comparison();
  comparison.sameArrays(model.hidden, a[1], await singles("activations"));
  return comparison.result();
}

/* Drawings. */

const line = (...numbers) => Array.from({ length: numbers.length / 2 },
  (_, i) => ({ x: numbers[2 * i], y: numbers[2 * i + 1] }));
const moved = (strokes, scale, right, down) => strokes.map((stroke) =>
  stroke.map(({ x, y }) => ({ x: scale * x + right, y: scale * y + down })));

const THREE = [line(0.3, 0.22, 0.4, 0.15, 0.55, 0.15, 0.66, 0.22, 0.66, 0.34, 0.58, 0.44, 0.45,
  0.48, 0.6, 0.52, 0.7, 0.62, 0.68, 0.76, 0.56, 0.85, 0.4, 0.84, 0.29, 0.77)];
const ONE = [line(0.53, 0.15, 0.52, 0.3, 0.51, 0.5, 0.5, 0.7, 0.49, 0.85)];
const FRAME = [line(0, 0, 1, 0, 1, 1, 0, 1, 0, 0)];
const ruled = (from, to, apart) => Array.from({ length: Math.floor((to - from) / apart) + 1 },
  (_, i) => line(0, from + i * apart, 1, from + i * apart));
const scribble = Array.from({ length: 60 }, (_, i) => line(0, i / 59, 1, (i + 0.5) / 59));

const ODD = {
  dot: [line(0.2, 0.7)],
  "trembling dot": [line(0.2, 0.7, 0.205, 0.71, 0.2, 0.7)],
  "no larger than a dot": [line(0.2, 0.7, 0.22, 0.7)],
  "just larger than a dot": [line(0.2, 0.7, 0.2201, 0.7)],
  "scribble over all": scribble,
  "scribble and a three": [...scribble, ...THREE],
  frame: FRAME,
  "frame around a three": [...FRAME, ...moved(THREE, 0.6, 0.2, 0.2)],
  "open frame around a three": [line(0, 1, 0, 0, 1, 0, 1, 1), ...moved(THREE, 0.6, 0.2, 0.2)],
  "frame in four lines": [line(0, 0, 1, 0.02), line(1, 0, 1, 1), line(0, 1, 1, 0.98),
    line(0.01, 0, 0, 1), ...moved(THREE, 0.6, 0.2, 0.2)],
  "two frames": [...FRAME, ...moved(FRAME, 0.7, 0.15, 0.15), ...moved(ONE, 0.3, 0.35, 0.35)],
  "tall frame": [...FRAME.map((s) => s.map(({ x, y }) => ({ x: 0.5 * x, y }))),
    ...moved(ONE, 0.6, -0.05, 0.2)],
  "frame around a speck": [...FRAME, line(0.5, 0.5, 0.53, 0.5)],
  "frame beside a three": [...moved(FRAME, 0.4, 0, 0.3), ...moved(THREE, 0.6, 0.4, 0.2)],
  "two digits": [...moved(THREE, 0.6, -0.1, 0.2), ...moved(ONE, 0.6, 0.45, 0.2)],
  "three digits": [0, 0.33, 0.66].flatMap((right) => moved(THREE, 0.35, right - 0.1, 0.3)),
  "two digits, one lower": [...moved(THREE, 0.5, -0.1, 0), ...moved(ONE, 0.3, 0.6, 0.6)],
  "four digits": [0, 0.25, 0.5, 0.75].flatMap((right) => moved(ONE, 0.3, right, 0.3)),
  "a digit above another": [...moved(THREE, 0.4, 0, 0), ...moved(THREE, 0.4, 0, 0.55)],
  "ruled lines": ruled(0.1, 0.9, 0.2),
  "ruled lines and a three": [...ruled(0.05, 0.95, 0.3), ...moved(THREE, 0.3, 0.3, 0.3)],
  "upright rules": ruled(0.1, 0.9, 0.2).map((s) => s.map(({ x, y }) => ({ x: y, y: x }))),
  squares: [...ruled(0, 1, 0.25), ...ruled(0, 1, 0.25).map((s) => s.map(({ x, y }) => (
    { x: y, y: x })))],
  "rules askew": ruled(0.1, 0.9, 0.2).map((s) => s.map(({ x, y }) => ({ x, y: y + 0.05 * x }))),
  "a three and a speck": [...THREE, line(0.02, 0.95)],
  "a three and many specks": [...THREE,
    ...Array.from({ length: 30 }, (_, i) => line(((i * 37) % 100) / 100, ((i * 61) % 100) / 100))],
  "a line along the left edge": [line(0, 0, 0, 1)],
  "a line along the lower edge": [line(0, 1, 1, 1)],
  "a straight line": [line(0.2, 0.5, 0.8, 0.5)],
  "an oblique line": [line(0.2, 0.3, 0.8, 0.5)],
  "a line there and back": [line(0.2, 0.3, 0.8, 0.3, 0.2, 0.3)],
  "very small": moved(THREE, 0.05, 0.9, 0.9),
  "smallest": moved(THREE, 0.03, 0, 0),
  "the whole paper": moved(THREE, 2, -0.5, -0.5).map((stroke) => stroke.map(({ x, y }) => (
    { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) }))),
  "the same point again": [[...THREE[0], ...THREE[0]].flatMap((point) => [point, point, point])],
  "points in place of strokes": THREE[0].map((point) => [point]),
  "a dot in the hole of a scribble": [line(0.5, 0.5),
    ...Array.from({ length: 101 }, (_, i) => i / 100).flatMap((y) => (y < 0.42 || y > 0.58
      ? [line(0, y, 1, y)]
      : [line(0, y, 0.42, y), line(0.58, y, 1, y)]))],
  dashes: Array.from({ length: 12 }, (_, i) => line(0.5, i / 12, 0.5, (i + 0.4) / 12)),
};

// A pen that wanders, changing its direction a little, or jumps.
function wandering(seed) {
  const random = new Xorshift(seed);
  const step = 0.005 + 0.1 * random.part() ** 2;
  return Array.from({ length: 1 + Math.floor(5 * random.part() ** 2) }, () => {
    const at = { x: random.part(), y: random.part(), right: random.part() - 0.5,
      down: random.part() - 0.5 };
    return Array.from({ length: 1 + Math.floor(60 * random.part() ** 2) }, () => {
      at.right = 0.8 * at.right + random.part() - 0.5;
      at.down = 0.8 * at.down + random.part() - 0.5;
      at.x = Math.min(1, Math.max(0, at.x + step * at.right));
      at.y = Math.min(1, Math.max(0, at.y + step * at.down));
      return { x: at.x, y: at.y };
    });
  });
}

// Each as the browser and as the server make 28 x 28 pixels of it.
async function normalized(drawings) {
  const comparison = new Comparison();
  let largest = 0;
  await Promise.all(drawings.map(async ([name, strokes, pen]) => {
    const ink = raster(fitted(strokes, pen));
    const file = await png(ink, SIZE, SIZE);
    largest = Math.max(largest, file.size);
    const response = await fetch("/normalized",
      { method: "POST", body: await file.arrayBuffer() });
    comparison.same(() => `status for ${name}`, response.status, 200);
    const server = new Uint8Array(await response.arrayBuffer());
    const own = normalize(ink, SIZE, SIZE);
    comparison.same(() => `${name}: blank`, own === null, server.length === 0);
    if (own !== null && server.length > 0) {
      comparison.same(() => `${name}: digits`, own.digits, server[0]);
      comparison.sameArrays(name, [...own.pixels], [...server.subarray(1)]);
    }
  }));
  return { ...comparison.result(), largest };
}

const PENS = [1, 0.5, 1.5];

export const oddDrawings = () =>
  normalized(PENS.flatMap((pen) =>
    Object.entries(ODD).map(([name, strokes]) => [`${name}, pen ${pen}`, strokes, pen])));

export const wanderingDrawings = (count) =>
  normalized(Array.from({ length: count }, (_, i) =>
    [`drawing ${i}`, wandering(i + 1), PENS[i % PENS.length]]));

// Of MNIST's digits, which have 28 pixels on a side.
const ofPoints = (traced) => traced.map((strokes) =>
  strokes.map((stroke) => stroke.map(([x, y]) => ({ x: x / 28, y: y / 28 }))));

export const tracedDigits = (traced) =>
  normalized(ofPoints(traced).map((strokes, i) => [`digit ${i}`, strokes]));

function predictionOf(strokes) {
  const body = JSON.stringify({ strokes: strokes.map((stroke) => stroke.map(({ x, y }) => [x, y])) });
  return fetch("/api/predict", { method: "POST", body, headers: { "Content-Type": "application/json" } });
}

// What the page says and what the server says to the picture that the page sends.
export async function predictions(model, traced) {
  const parameters = await fetch("/api/parameters").then((response) => response.arrayBuffer());
  const network = new Network(model, new Float32Array(parameters));
  const comparison = new Comparison();
  const drawings = [...ofPoints(traced), ...Object.values(ODD)];
  await Promise.all(drawings.map(async (strokes, d) => {
    const ink = raster(fitted(strokes));
    const body = await png(ink, SIZE, SIZE);
    const response = await fetch("/api/predict",
      { method: "POST", body, headers: { "Content-Type": "image/png" } });
    const said = await response.json();
    const own = normalize(ink, SIZE, SIZE);
    comparison.same(() => `drawing ${d}: blank`, own === null, response.status === 422);
    if (own !== null && response.ok) {
      const { pixels } = prepare(model.preprocessing, own.pixels);
      const { a } = network.forward(pixels);
      const judged = verdict(network, a.at(-1), own.digits);
      comparison.sameArrays(`drawing ${d}: input`, [...pixels], said.input);
      comparison.sameArrays(`drawing ${d}: outputs`, [...a.at(-1)], said.outputs.map(Math.fround));
      comparison.same(() => `drawing ${d}: score`, judged.score, Math.fround(said.score));
      comparison.same(() => "threshold", judged.threshold,
        said.threshold === null ? null : Math.fround(said.threshold));
      comparison.sameArrays(`drawing ${d}: candidates`, judged.candidates, said.candidates);
      comparison.same(() => `drawing ${d}: reading`, judged.reading, said.reading);
      comparison.same(() => `drawing ${d}: digit`, judged.digit, said.digit);
      // Strokes on the paper are read as the picture that the page makes of them.
      if (strokes.flat().every(({ x, y }) => Math.min(x, y) >= 0 && Math.max(x, y) <= 1)) {
        const ofStrokes = await predictionOf(strokes).then((answer) => answer.json());
        comparison.same(() => `drawing ${d}: strokes`, JSON.stringify(ofStrokes), JSON.stringify(said));
      }
    }
  }));
  return comparison.result();
}

/* The worker. */

function ask(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(message);
  });
}

export async function workers(model) {
  const comparison = new Comparison();
  const worker = new Worker("/exact/worker.js", { type: "module" });
  const none = await ask(worker, { type: "read", id: 1, strokes: THREE });
  comparison.sameArrays("type and id", [none.type, none.id], ["failed", 1]);
  const parameters = await singles("parameters");
  const network = new Network(model, parameters);
  worker.postMessage({ type: "network", id: 2, model, parameters: parameters.slice().buffer });
  const reading = await ask(worker, { type: "read", id: 3, strokes: THREE });
  comparison.sameArrays("type and id", [reading.type, reading.id], ["reading", 3]);
  const own = normalize(raster(fitted(THREE)), SIZE, SIZE);
  const { a } = network.forward(prepare(model.preprocessing, own.pixels).pixels);
  comparison.sameArrays("pixels", [...reading.normalized.pixels], [...own.pixels]);
  comparison.sameArrays("outputs", [...reading.forward.a.at(-1)], [...a.at(-1)]);
  const blank = await ask(worker, { type: "read", id: 4, strokes: [] });
  comparison.sameArrays("blank", [blank.type, blank.normalized, blank.verdict],
    ["reading", null, null]);
  const pixels = await ask(worker, { type: "read", id: 5, pixels: own.pixels });
  comparison.sameArrays("outputs", [...pixels.forward.a.at(-1)], [...a.at(-1)]);
  comparison.same(() => "digit", pixels.verdict.digit, reading.verdict.digit);
  worker.terminate();
  return comparison.result();
}

/* Times, in milliseconds, for a look. */

// The shortest of some, since others use the machine, too. (Browsers count in tenths of
// milliseconds, so what is short is run several times.)
function time(times, run) {
  let shortest = Infinity;
  for (let i = 0; i < 50; i++) {
    const began = performance.now();
    for (let j = 0; j < times; j++) {
      run();
    }
    shortest = Math.min(shortest, (performance.now() - began) / times);
  }
  return shortest;
}

export async function times() {
  const full = [Array.from({ length: 300 }, (_, i) => {
    const at = (i / 300) * (THREE[0].length - 1);
    const [from, to] = [THREE[0][Math.floor(at)], THREE[0][Math.floor(at) + 1]];
    const part = at % 1;
    return { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
  })];
  const ink = raster(fitted(full));
  const { pixels } = normalize(ink, SIZE, SIZE);
  const network = (...topology) => randomNetwork({ number: 0, amplitude: 2 ** -34, topology,
    parameters: topology.slice(1).reduce((n, size, l) => n + (topology[l] + 1) * size, 0),
    hidden: "relu", outputs: "softmax" });
  const small = network(784, 16, 16, 10);
  const wide = network(784, 700, 250, 10);
  const part = new Uint8Array(3e5);
  const rounded = (milliseconds) => milliseconds.toFixed(2);
  const times = {
    "raster, 300 points": rounded(time(1, () => raster(fitted(full)))),
    normalize: rounded(time(1, () => normalize(ink, SIZE, SIZE))),
    "prepare, straighten": rounded(time(10, () => prepare("straighten", pixels))),
    "forward 784-16-16-10": rounded(time(10, () => small.forward(pixels))),
    "forward 784-700-250-10": rounded(time(1, () => wide.forward(pixels))),
    "sha256 of 3 MB": rounded(10 * time(1, () => sha256(part))),
  };
  return { ...new Comparison().result(), times };
}
