// The training images that are most like what is read.

import { byId, button, make, drawPixels, onColours, picture } from "./dom.js";
import { state, on } from "./state.js";
import { ask, bytesOf, modelQuery } from "./server.js";
import { putTestImage } from "./load.js";
import { isDrawing } from "./paper.js";
import { sha256 } from "./exact/sha256.js";
import { say } from "./words.js";

const similar = byId("similar");
const beside = byId("beside");

// What the images that are shown are of, and the model whose server has no training images.
let shown = null;
let without = null;
let images = [];

// Only of what is proved: once for each picture and model, however often it is read.
async function find() {
  const { proof, reading, model } = state;
  const isProved = proof.state === "same" || proof.state === "differs";
  similar.classList.toggle("stale", !isProved);
  if (!isProved || isDrawing() || !reading?.normalized || model.sha256 === without) {
    return;
  }
  const { pixels } = reading.normalized;
  const wanted = sha256(pixels) + model.sha256;
  if (wanted === shown) {
    return;
  }
  shown = wanted;
  try {
    const bytes = { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: pixels };
    const found = await ask(`api/nearest${modelQuery()}`, bytes);
    if (wanted === shown) {
      images = found.images;
      show();
    }
  } catch (error) {
    if (wanted === shown) {
      shown = null;
      without = error.status === 404 ? model.sha256 : without;
      hide();
    }
  }
}

function hide() {
  images = [];
  similar.hidden = true;
}

function show() {
  similar.hidden = images.length === 0;
  similar.replaceChildren(
    make("h2", {}, say("similarTitle")),
    make("ol", {}, ...images.map((image) => {
      const sample = picture();
      const { index, label, pixels, distance } = image;
      drawPixels(sample, bytesOf(pixels));
      const entry = button("", () => putTestImage(image), {
        title: say("similarImage", { index, label, distance: Math.round(distance) }),
        "aria-label": say("similarLabel", { index, label }),
      });
      entry.append(sample, make("span", {}, `${label}`));
      return make("li", {}, entry);
    })),
    make("p", { className: "hint" }, inWords()));
}

// Which labels they have, the most frequent first.
function inWords() {
  const counts = new Map();
  images.forEach(({ label }) => counts.set(label, (counts.get(label) ?? 0) + 1));
  const [label, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  return say(count === images.length ? "similarAll" : "similarMost", { label, count, all: images.length });
}

// On a narrow screen answer and bars stick above the paper; there would be no room for more.
const narrow = matchMedia("(max-width: 39.99rem)");

function place() {
  document.querySelector(narrow.matches ? ".drawing" : ".reading").append(beside);
}

export function startSimilar() {
  on("proof", find);
  on("source", () => {
    if (state.source.kind === "nothing") {
      shown = null;
      hide();
    }
  });
  on("model", () => {
    without = null;
  });
  onColours(() => images.length > 0 && show());
  narrow.addEventListener("change", place);
  place();
}
