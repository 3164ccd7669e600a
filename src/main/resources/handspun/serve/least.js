// The least ink to add or to rub out, so that the network reads another digit. Pixels are changed as
// the network sees them, by straight strokes of a soft pen that begin on ink, and of an eraser: what
// comes out looks like what a hand would draw. Free pixels would be fewer, and look like dust.

import { prepare } from "./exact/prepare.js";
import { beforePreparation, feed, gradient } from "./gradient.js";
import { changes, drawn, shorter } from "./dabs.js";

const SIDE = 28;

const LONGEST = 14;
const DIRECTIONS = Array.from({ length: 16 }, (_, d) => [Math.cos(d * Math.PI / 8), Math.sin(d * Math.PI / 8)]);

// Strokes begin where there is as much ink.
const DARK = 128;

// In the end, the wished output's exponential is larger than all others' together by this exponent.
const MARGIN = 0.1;

// Of all strokes, so many of the best by gradient are tried, one for each square of pixels.
const TRIED = 14;
const SQUARE = 4;

// Of two ways, twice the ink is worth so much of the wished output's z; less, if nothing is found.
const PRICES = [3, 0.5];

// So many ways are followed at a time, to so many strokes.
const WAYS = 4;
const MOST_STROKES = 12;

// What a stroke costs besides its ink: fewer, rather than many small ones.
const COST = 600;


class Search {
  constructor(network, seen, wished) {
    Object.assign(this, { network, seen, wished });
    this.total = seen.reduce((sum, pixel) => sum + pixel, 0);
    const inked = [...seen.keys()].filter((p) => seen[p] > 0);
    // No longer than the digit is: it would be made smaller before the network sees it.
    const rows = inked.map((p) => Math.floor(p / SIDE));
    const columns = inked.map((p) => p % SIDE);
    const most = Math.max(...[rows, columns].map((all) => Math.max(...all) - Math.min(...all)));
    this.box = [columns, rows].map((all) => {
      const middle = (Math.max(...all) + Math.min(...all)) / 2;
      return [Math.max(0, Math.ceil(middle - most / 2)), Math.min(SIDE - 1, Math.floor(middle + most / 2))];
    });
  }

  /** What the network makes of some strokes, and how far the wished output is above the others. */
  state(strokes, from = null) {
    const pixels = from === null ? drawn(this.seen, this.seen, strokes) : drawn(this.seen, from.pixels, [strokes.at(-1)]);
    const prepared = prepare(this.network.preprocessing, pixels);
    const { z, a } = feed(this.network, prepared.pixels);
    // By how much the wished output is above the others, smoothly, and by which that changes.
    const outputs = z.at(-1);
    const others = outputs.map((value, o) => (o === this.wished ? -Infinity : value));
    const most = Math.max(...others);
    const exponentials = others.map((value) => Math.exp(value - most));
    const sum = exponentials.reduce((so, each) => so + each);
    const above = outputs[this.wished] - most - Math.log(sum);
    const parts = exponentials.map((each, o) => (o === this.wished ? 1 : -each / sum));
    let ink = 0;
    for (let p = 0; p < pixels.length; p++) {
      ink += Math.abs(pixels[p] - this.seen[p]);
    }
    return { strokes, pixels, prepared, z, a, above, parts, ink };
  }

  /** What may come after a state: the best strokes by gradient, tried out. */
  next(state) {
    const last = this.network.topology.length - 1;
    const by = beforePreparation(state.prepared, gradient(this.network, state, last, state.parts));
    const missing = MARGIN - state.above;
    const score = (gain, ink) => Math.min(gain, missing) / Math.max(COST / 2, ink + COST);
    return [...this.#candidates(state, by, score, true), ...this.#candidates(state, by, score, false)]
      .sort((one, other) => other.score - one.score)
      .slice(0, TRIED)
      .map(({ stroke }) => this.state([...state.strokes, stroke], state));
  }

  // By the gradient alone: a stroke counts as dabs, of which neighbours overlap.
  #candidates({ pixels }, by, score, adds) {
    const gains = new Float64Array(pixels.length);
    const inks = new Float64Array(pixels.length);
    const [[left, right], [top, bottom]] = this.box;
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const at = y * SIDE + x;
        changes({ adds, x, y, toX: x, toY: y }, this.seen, pixels, (p, value) => {
          gains[at] += by[p] * (value - pixels[p]) / 255;
          inks[at] += Math.abs(value - this.seen[p]) - Math.abs(pixels[p] - this.seen[p]);
        });
      }
    }
    const best = new Map();
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        if (pixels[y * SIDE + x] < DARK) {
          continue;
        }
        for (const [across, down] of DIRECTIONS) {
          let gain = 0;
          let ink = 0;
          for (let length = 0; length <= LONGEST; length++) {
            const toX = Math.round(x + length * across);
            const toY = Math.round(y + length * down);
            if (toX < left || toX > right || toY < top || toY > bottom) {
              break;
            }
            gain += gains[toY * SIDE + toX];
            ink += inks[toY * SIDE + toX];
            const area = (0.4 * length + 1) / (length + 1);
            const found = score(gain * area, ink * area);
            const square = Math.floor(toY / SQUARE) * SIDE + Math.floor(toX / SQUARE);
            if (gain > 0 && found > (best.get(square)?.score ?? 0)) {
              best.set(square, { score: found, stroke: { adds, x, y, toX, toY } });
            }
          }
        }
      }
    }
    return [...best.values()];
  }

  /** Without the strokes, and the ends of strokes, that are not needed. */
  pruned(state) {
    let best = state;
    for (;;) {
      const fewer = best.strokes.flatMap((stroke, s) => [[], ...shorter(stroke)].map((instead) =>
        this.state([...best.strokes.slice(0, s), ...instead, ...best.strokes.slice(s + 1)])));
      const less = fewer.filter(({ above, ink }) => above >= MARGIN && ink < best.ink);
      if (less.length === 0) {
        return best;
      }
      best = less.reduce((least, one) => (one.ink < least.ink ? one : least));
    }
  }
}

/**
 * Searches the least change of pixels by which the network's largest output is the wished one.
 * After each piece of work it yields the best so far, or null; whoever runs it may stop.
 */
export function* leastChange(network, seen, wished) {
  const search = new Search(network, seen, wished);
  const start = search.state([]);
  if (start.above >= MARGIN) {
    return;
  }
  let best = null;
  for (const price of PRICES) {
    if (best === null) {
      for (best of byPrice(search, start, price)) {
        yield best;
      }
    }
  }
}

// A beam search, stroke by stroke.
function* byPrice(search, start, price) {
  let best = null;
  const isLess = (state) => best === null || state.ink < best.ink;
  const worth = ({ above, ink }) => above - price * ink / search.total;
  let ways = [start];
  for (let strokes = 1; strokes <= MOST_STROKES && ways.length > 0; strokes++) {
    const after = [];
    for (const way of ways) {
      after.push(...search.next(way));
      yield best;
    }
    const found = after.filter((state) => state.above >= MARGIN).sort((one, other) => one.ink - other.ink);
    for (const state of found.slice(0, WAYS)) {
      const less = search.pruned(state);
      if (isLess(less) && isRead(search.network, less.pixels, search.wished)) {
        best = less;
      }
      yield best;
    }
    ways = after.filter((state) => state.above < MARGIN && isLess(state))
      .sort((one, other) => worth(other) - worth(one))
      .filter((state, w, all) => w === 0 || state.ink !== all[w - 1].ink)
      .slice(0, WAYS);
  }
}

// The exact pass decides.
function isRead(network, pixels, wished) {
  const outputs = network.forward(prepare(network.preprocessing, pixels).pixels).a.at(-1);
  return outputs.every((output, o) => o === wished || output < outputs[wished]);
}
