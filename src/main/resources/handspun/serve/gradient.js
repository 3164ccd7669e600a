// A network in doubles, and how what it computes changes with its pixels: for pictures and searches, not
// for readings, which exact/network.js computes to the last bit.

const SIDE = 28;

const ACTIVATIONS = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
};

const SLOPES = {
  sigmoid: (z, a) => a * (1 - a),
  tanh: (z, a) => 1 - a * a,
  relu: (z) => (z > 0 ? 1 : 0),
};

/** Weighted inputs z and activations a of each layer, but for the outputs' activations. */
export function feed(network, pixels) {
  const { topology, hidden } = network;
  const z = [null];
  const a = [Float64Array.from(pixels, (pixel) => pixel / 255)];
  for (let l = 1; l < topology.length; l++) {
    z[l] = weighted(network, l, a[l - 1]);
    if (l < topology.length - 1) {
      a[l] = z[l].map(ACTIVATIONS[hidden]);
    }
  }
  return { z, a };
}

function weighted({ topology, parameters }, layer, inputs) {
  const size = topology[layer];
  const biases = rowsOf(topology, layer) + size * inputs.length;
  const sums = Float64Array.from(parameters.subarray(biases, biases + size));
  let at = rowsOf(topology, layer);
  for (let i = 0; i < inputs.length; i++, at += size) {
    const input = inputs[i];
    if (input !== 0) {
      for (let o = 0; o < size; o++) {
        sums[o] += input * parameters[at + o];
      }
    }
  }
  return sums;
}

/**
 * The derivatives of a weighted sum of one layer's z (by what `parts` says of each unit), by the
 * inputs of the network, at a pass: backpropagation.
 */
export function gradient(network, { z, a }, layer, parts) {
  let by = parts;
  for (let l = layer; ; l--) {
    const before = times(network, l, by);
    if (l === 1) {
      return before;
    }
    const slope = SLOPES[network.hidden];
    by = before.map((derivative, i) => (derivative === 0 ? 0 : derivative * slope(z[l - 1][i], a[l - 1][i])));
  }
}

// By each unit before a layer: its weights times the derivatives by that layer's z.
function times({ topology, parameters }, layer, by) {
  const at = rowsOf(topology, layer);
  const size = topology[layer];
  const before = new Float64Array(topology[layer - 1]);
  const those = [...by.keys()].filter((unit) => by[unit] !== 0);
  for (let i = 0; i < before.length; i++) {
    let sum = 0;
    for (const unit of those) {
      sum += parameters[at + i * size + unit] * by[unit];
    }
    before[i] = sum;
  }
  return before;
}

// Where a layer's weights begin among the parameters: a row for each input, then the biases.
function rowsOf(topology, layer) {
  let at = 0;
  for (let l = 1; l < layer; l++) {
    at += (topology[l - 1] + 1) * topology[l];
  }
  return at;
}

/** The same derivatives, by the pixels before they were straightened. */
export function beforePreparation({ slant, scale, centre }, by) {
  if (slant === null) {
    return by;
  }
  const made = new Float64Array(by.length);
  for (let y = 0; y < SIDE; y++) {
    const fromY = centre[1] + scale * (y - SIDE / 2);
    const row = Math.floor(fromY);
    for (let x = 0; x < SIDE; x++) {
      const fromX = centre[0] + slant * scale * (y - SIDE / 2) + scale * (x - SIDE / 2);
      const column = Math.floor(fromX);
      for (const [right, down] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
        const part = (1 - Math.abs(fromX - column - right)) * (1 - Math.abs(fromY - row - down));
        const at = (row + down) * SIDE + column + right;
        if (column + right >= 0 && column + right < SIDE && at >= 0 && at < made.length) {
          made[at] += part * by[y * SIDE + x];
        }
      }
    }
  }
  return made;
}
