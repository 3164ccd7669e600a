import { normalize } from "./ink.js";
import { Network } from "./network.js";
import { prepare } from "./prepare.js";
import { fitted, raster, SIZE } from "./raster.js";
import { verdict } from "./verdict.js";

let network = null;

self.onmessage = ({ data: message }) => {
  try {
    if (message.type === "network") {
      network = new Network(message.model, new Float32Array(message.parameters));
    } else {
      self.postMessage({ type: "reading", id: message.id, ...read(message) });
    }
  } catch (error) {
    self.postMessage({ type: "failed", id: message.id, message: error.message });
  }
};

// Strokes, or pixels as MNIST has them, or as the network sees them, with how many digits they are of.
// Where nothing is drawn, all is null.
function read({ strokes, pen, pixels, seen, digits }) {
  if (network === null) {
    throw new Error("There is no network to read with: send one first.");
  }
  const normalized = strokes
    ? normalize(raster(fitted(strokes, pen)), SIZE, SIZE)
    : { pixels: pixels ?? seen, digits: digits ?? 1, box: null, fitted: null, at: null };
  const prepared = seen ? { pixels: seen, slant: null }
    : normalized && prepare(network.preprocessing, normalized.pixels);
  const forward = prepared && network.forward(prepared.pixels);
  const judged = forward && verdict(network, forward.a.at(-1), normalized.digits);
  return { normalized, prepared, forward, verdict: judged };
}
