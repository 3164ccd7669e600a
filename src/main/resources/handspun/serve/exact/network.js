import { exp, fma } from "./single.js";

// Pixels of 0 to 255 as the network's inputs: math.Brightness.
const BRIGHTNESS = Float32Array.from({ length: 256 }, (_, value) => value / 255);

// A first layer of at most so many units has four sums, which take the inked pixels in turn: a
// single one would leave the server's processor waiting for its own additions (math.Kernels).
const ROW = 16;
const SUMS = 4;

// What units make of their weighted input z, each step rounded to a single (network.Activation).
const sigmoid = (z) => Math.fround(1 / Math.fround(1 + exp(-z)));
const ACTIVATIONS = {
  sigmoid,
  tanh: (z) => fma(2, sigmoid(Math.fround(2 * z)), -1),
  relu: (z) => Math.max(z, 0),
};

// A network, computed as the server computes it, to the last bit: the same sums in the same order
// (network.Feedforward, math.ScalarKernels). Parameters are in the order of network.Topology: of
// each layer, the weights of its units from input 0, from input 1, ..., then their biases.
export class Network {
  #weightsAt = [0];

  constructor({ topology, hidden, outputs, preprocessing, acceptance }, parameters) {
    Object.assign(this, { topology, hidden, outputs, preprocessing, acceptance, parameters });
    let at = 0;
    for (let l = 1; l < topology.length; l++) {
      this.#weightsAt[l] = at;
      at += (topology[l - 1] + 1) * topology[l];
    }
    if (at !== parameters.length) {
      throw new Error(`A network ${topology.join("-")} has ${at} weights and biases, `
        + `but ${parameters.length} are given.`);
    }
  }

  weight(layer, input, unit) {
    return this.parameters[this.#row(layer, input) + unit];
  }

  bias(layer, unit) {
    return this.weight(layer, this.topology[layer - 1], unit);
  }

  // Where the weights from an input are; the biases are the row behind the last input's.
  #row(layer, input) {
    return this.#weightsAt[layer] + input * this.topology[layer];
  }

  #hasFourSums(layer) {
    return layer === 1 && this.topology[1] <= ROW;
  }

  #biases(layer) {
    const at = this.#row(layer, this.topology[layer - 1]);
    return this.parameters.slice(at, at + this.topology[layer]);
  }

  // Feeds 784 pixels of 0 to 255 forward. By layer: the weighted inputs z (null for the input
  // layer) and the activations a (brightness 0 to 1 for the input layer).
  forward(seen) {
    const last = this.topology.length - 1;
    const z = [null];
    const a = [Float32Array.from(seen, (value) => BRIGHTNESS[value])];
    for (let l = 1; l <= last; l++) {
      z[l] = this.#weightedInputs(l, a[l - 1]);
      a[l] = l === last && this.outputs === "softmax"
        ? softmax(z[l])
        : z[l].map(ACTIVATIONS[l === last ? "sigmoid" : this.hidden]);
    }
    return { z, a };
  }

  #weightedInputs(layer, inputs) {
    const biases = this.#biases(layer);
    const sums = [biases];
    while (this.#hasFourSums(layer) && sums.length < SUMS) {
      sums.push(new Float32Array(biases.length));
    }
    let inked = 0;
    for (let i = 0; i < inputs.length; i++) {
      if (layer > 1 || inputs[i] !== 0) {
        const sum = sums[inked++ % sums.length];
        addProducts(inputs[i], this.parameters, this.#row(layer, i), sum);
      }
    }
    // Storing to singles rounds, too.
    return sums.length === 1
      ? biases
      : biases.map((_, o) => joined(sums.map((sum) => sum[o])).at(-1).sum);
  }

  // How one unit's weighted input of a pass comes about, to be added up again: parts, each a sum
  // from its start over its terms, one after the other, `sum` being the sum so far; and how parts
  // are joined.
  sum(layer, unit, { a }) {
    const inputs = a[layer - 1];
    const bias = this.bias(layer, unit);
    const parts = Array.from({ length: this.#hasFourSums(layer) ? SUMS : 1 }, (_, part) => {
      const start = part === 0 ? bias : 0;
      return { start, terms: [], sum: start };
    });
    let inked = 0;
    for (let input = 0; input < inputs.length; input++) {
      if (layer > 1 || inputs[input] !== 0) {
        const part = parts[inked++ % parts.length];
        const weight = this.weight(layer, input, unit);
        part.sum = fma(inputs[input], weight, part.sum);
        part.terms.push({ input, value: inputs[input], weight, sum: part.sum });
      }
    }
    const joins = parts.length === 1 ? [] : joined(parts.map((part) => part.sum));
    return { bias, parts, joins, z: parts.length === 1 ? parts[0].sum : joins.at(-1).sum };
  }
}

// sum[o] = fma(x, weights[at + o], sum[o]): as in single.js, but written out, since this is where
// nearly all of the time goes.
function addProducts(x, weights, at, sum) {
  for (let o = 0; o < sum.length; o++) {
    const exact = x * weights[at + o] + sum[o];
    const rounded = Math.fround(exact);
    const rest = exact - rounded;
    sum[o] = rest !== 0 && Math.fround(exact + rest) === exact + rest
      ? fma(x, weights[at + o], sum[o])
      : rounded;
  }
}

// (z0 + z1) + (z2 + z3)
function joined([z0, z1, z2, z3]) {
  const join = (left, right) => ({ left, right, sum: Math.fround(left + right) });
  const first = join(z0, z1);
  const second = join(z2, z3);
  return [first, second, join(first.sum, second.sum)];
}

// The largest z is subtracted first, so that no exponential is too large: network.Outputs.
function softmax(z) {
  const largest = z.reduce((most, each) => Math.max(most, each));
  const a = z.map((each) => exp(Math.fround(each - largest)));
  const sum = a.reduce((sum, each) => Math.fround(sum + each), 0);
  return a.map((each) => each / sum);
}
