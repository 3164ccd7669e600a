// Searches beside the page, which goes on drawing meanwhile, until another search is asked for.

import { Network } from "./exact/network.js";
import { prepare } from "./exact/prepare.js";
import { verdict } from "./exact/verdict.js";
import { leastChange } from "./least.js";

// When something is found, so much time is spent to find less. Until then it searches to its end, which on a
// machine of today is there in half that time.
const PATIENCE_MS = 1500;

// How often it looks for messages.
const BREATH_MS = 40;

let network = null;
let wanted = 0;

self.onmessage = async ({ data: message }) => {
  wanted = message.id;
  if (message.type === "network") {
    network = new Network(message.model, new Float32Array(message.parameters));
  } else if (message.type === "search") {
    const best = await search(message);
    if (wanted === message.id) {
      self.postMessage({ id: message.id, change: best && describe(message, best) });
    }
  }
};

// Pixels that are prepared already are not prepared again.
const networkFor = ({ isPrepared }) => Object.assign(Object.create(network),
  isPrepared ? { preprocessing: "none" } : {}, { forward: (seen) => network.forward(seen) });

async function search(message) {
  const end = performance.now() + PATIENCE_MS;
  let rested = performance.now();
  let best = null;
  for (best of leastChange(networkFor(message), message.pixels, message.wished)) {
    const now = performance.now();
    if (best !== null && now > end) {
      break;
    }
    if (now > rested + BREATH_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      rested = performance.now();
      if (wanted !== message.id) {
        return null;
      }
    }
  }
  return best;
}

// How much ink it takes, as parts of what was there, and what is read then.
function describe(message, { pixels, strokes }) {
  const changed = networkFor(message);
  let [ink, added, rubbed] = [0, 0, 0];
  message.pixels.forEach((before, p) => {
    ink += before;
    added += Math.max(0, pixels[p] - before);
    rubbed += Math.max(0, before - pixels[p]);
  });
  const outputs = network.forward(prepare(changed.preprocessing, pixels).pixels).a.at(-1);
  return {
    pixels, strokes, added: added / ink, rubbed: rubbed / ink,
    verdict: verdict(network, outputs, message.digits),
  };
}
