// "Make it an 8": the least ink to add or to rub out, as a ghost on the paper.

import { button, channels, drawEach, drawPixels, make, picture } from "./dom.js";
import { state, on } from "./state.js";
import { inWords } from "./answer.js";
import { haunt } from "./ghost.js";
import { put } from "./paper.js";
import { prove } from "./reader.js";
import { percent } from "./numbers.js";
import { say } from "./words.js";

let worker = null;
let ofNetwork = null;
let newest = 0;

// Where it is shown, and the other digit.
let card = null;
let wished = null;

// What is asked for: {change}, which is undefined while it is searched, and null if there is none; or {failed}.
let asked = null;

const withArticle = (digit) => say(digit === 8 ? "an" : "a", { digit });

/** Shows the button for another digit, and what was found; if it was asked for before, it is asked for again. */
export function showChange(element, digit) {
  const isOther = digit !== wished;
  card = element;
  wished = digit;
  if (asked !== null && isOther) {
    search();
  } else {
    show();
  }
}

const title = make("h3");
const start = button("", () => (asked === null ? search() : forget()), { id: "make-it" });
const status = make("p", { role: "status", id: "made-it" });
const found = make("div");

function show() {
  if (!card.contains(start)) {
    card.append(title, start, status, found);
  }
  title.textContent = say("makeItTitle", { digit: withArticle(wished) });
  start.textContent = say("makeIt", { digit: withArticle(wished) });
  start.setAttribute("aria-pressed", `${asked !== null}`);
  status.textContent = asked === null ? "" : sentence(asked);
  found.replaceChildren();
  if (asked?.change) {
    found.append(pictures(asked.change), legend(asked.change));
    if (state.source.kind !== "photo") {
      found.append(button(say("putIt"), () => putOnPaper(asked.change), { id: "put-it" }));
    }
  }
}

function sentence({ change, failed }) {
  if (failed) {
    return say("noAnswer");
  }
  if (change === undefined) {
    return say("searching");
  }
  if (change === null) {
    return say("noChange", { digit: withArticle(wished) });
  }
  const part = (ink) => percent(ink, ink < 0.01 ? 1 : 0);
  const kind = change.rubbed === 0 ? "addingMakes" : change.added === 0 ? "rubbingMakes" : "bothMakes";
  return say(kind, { added: part(change.added), rubbed: part(change.rubbed), digit: withArticle(wished) });
}

function pictures({ pixels, verdict }) {
  const [coloured, after] = [picture(), picture()];
  drawChange(coloured, pixelsBefore(), pixels);
  drawPixels(after, pixels);
  const reading = inWords(verdict, state.model.acceptance !== null).join("");
  return make("div", { className: "figures" },
    make("figure", {}, coloured, make("figcaption", {}, say("changeCaption"))),
    make("span", { className: "operator", "aria-hidden": "true" }, "→"),
    make("figure", {}, after, make("figcaption", {}, say("thenReads", { reading }))));
}

function legend({ added, rubbed }) {
  return make("p", { className: "hint legend" },
    ...(added > 0 ? [make("span", { className: "swatch added" }), say("addedInk")] : []),
    ...(rubbed > 0 ? [make("span", { className: "swatch rubbed" }), say("rubbedInk")] : []));
}

function drawChange(element, before, after) {
  const [ink, added, rubbed] = ["ink", "added", "rubbed"].map(channels);
  drawEach(element, 28, before,
    (pixel, p) => (after[p] > pixel ? added : after[p] < pixel ? rubbed : ink),
    (pixel, p) => Math.max(pixel, after[p]));
}

// Before they were prepared, but for a photograph's: these are known as the network sees them.
const pixelsBefore = () => state.reading.normalized.pixels;

function search() {
  if (!state.reading?.isNewest) {
    // Somebody draws on: what is shown is about to change.
    return;
  }
  if (worker === null) {
    worker = new Worker(new URL("./least-worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => data.id === newest && answer({ change: data.change }));
    worker.addEventListener("error", () => {
      // It could not be loaded: the server is gone.
      worker = null;
      ofNetwork = null;
      answer({ failed: true });
    });
  }
  if (ofNetwork !== state.network) {
    ofNetwork = state.network;
    worker.postMessage({ type: "network", id: newest, model: state.model, parameters: ofNetwork.parameters.slice().buffer });
  }
  haunt(null);
  answer({});
  worker.postMessage({ type: "search", id: ++newest, pixels: pixelsBefore(), isPrepared: state.source.kind === "photo",
    digits: state.reading.normalized.digits, wished });
}

function answer(next) {
  asked = next;
  if (asked.change) {
    haunt(asked.change);
  }
  show();
}

function forget() {
  asked = null;
  worker?.postMessage({ type: "stop", id: ++newest });
  haunt(null);
  show();
}

function putOnPaper({ pixels }) {
  put({ kind: "image", pixels });
  prove();
}

on("source network", () => asked !== null && forget());
