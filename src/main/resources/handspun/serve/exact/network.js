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
// (network.Feedforward, math.Kernels). Parameters are in the order of network.Topology: of each
// layer, the weights of all units from input 0, from input 1, ..., then their biases.
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
      throw new Error(`${parameters.length} numbers are not ${at} weights and biases.`);
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

  #sums(layer) {
    return layer === 1 && this.topology[1] <= ROW ? SUMS : 1;
  }

  // The numbers of the inputs that are added up, in their order: all, but of pixels the inked ones.
  #terms(layer, inputs) {
    return [...inputs.keys()].filter((i) => layer > 1 || inputs[i] !== 0);
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
    const units = this.topology[layer];
    const sums = Array.from({ length: this.#sums(layer) }, () => new Float32Array(units));
    const biases = this.#row(layer, inputs.length);
    sums[0].set(this.parameters.subarray(biases, biases + units));
    this.#terms(layer, inputs).forEach((i, k) =>
      addProducts(inputs[i], this.parameters, this.#row(layer, i), sums[k % sums.length]));
    return sums[0].map((_, unit) => joined(sums.map((sum) => sum[unit])).sum);
  }

  // How one unit's weighted input comes about, to be added up again: parts, each a sum from its
  // start over its terms, whose `sum` is the one so far; and how parts are joined.
  sum(layer, unit, { a }) {
    const inputs = a[layer - 1];
    const bias = this.bias(layer, unit);
    const parts = Array.from({ length: this.#sums(layer) }, (_, part) =>
      ({ start: part === 0 ? bias : 0, terms: [], sum: part === 0 ? bias : 0 }));
    this.#terms(layer, inputs).forEach((input, k) => {
      const part = parts[k % parts.length];
      const term = { input, value: inputs[input], weight: this.weight(layer, input, unit) };
      part.sum = fma(term.value, term.weight, part.sum);
      part.terms.push({ ...term, sum: part.sum });
    });
    const { joins, sum } = joined(parts.map((part) => part.sum));
    return { bias, parts, joins, z: sum };
  }
}

// sum[o] = fma(x, weights[at + o], sum[o]), written out: nearly all of the time goes here.
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

// One sum, or (z0 + z1) + (z2 + z3).
function joined(sums) {
  const joins = [];
  const join = (left, right) => {
    joins.push({ left, right, sum: Math.fround(left + right) });
    return joins.at(-1).sum;
  };
  const [z0, z1, z2, z3] = sums;
  return { sum: sums.length === 1 ? z0 : join(join(z0, z1), join(z2, z3)), joins };
}

// The largest z is subtracted first, so that no exponential is too large: network.Outputs.
function softmax(z) {
  const largest = z.reduce((most, each) => Math.max(most, each));
  const a = z.map((each) => exp(Math.fround(each - largest)));
  const sum = a.reduce((sum, each) => Math.fround(sum + each), 0);
  return a.map((each) => each / sum);
}
