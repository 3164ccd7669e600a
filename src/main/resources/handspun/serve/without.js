// What the network reads without one of the drawn strokes.

import { make } from "./dom.js";
import { state, on } from "./state.js";
import { drawStrokesOn } from "./strokes.js";
import { inWords } from "./answer.js";
import { haunt } from "./ghost.js";
import { say } from "./words.js";

// More strokes than that are a scribble.
const MOST = 24;

let worker = null;
let ofNetwork = null;
let asked = 0;
let readings = [];
let off = null;

/** Lets the strokes' buttons show what is read without each of them. */
export function showWithout(card) {
  const { strokes } = state.source;
  card.hidden = state.source.kind !== "strokes" || strokes.length < 2 || strokes.length > MOST;
  if (card.hidden) {
    return;
  }
  off = null;
  const list = make("ul", { className: "strokes" }, ...strokes.map((_, s) => make("li", {}, toggleOf(s))));
  card.replaceChildren(make("h3", {}, say("withoutTitle")), make("p", { className: "hint" }, say("withoutHint")), list);
  [...list.querySelectorAll("canvas")].forEach((canvas, s) => paint(canvas, s));
  ask(list);
}

function toggleOf(s) {
  const toggle = make("button", { type: "button", "aria-pressed": "false" },
    make("canvas", { "aria-hidden": "true" }), make("span", {}, "…"));
  const { source } = state;
  toggle.addEventListener("click", () => {
    if (source !== state.source) {
      // Somebody draws on: these buttons are about to go.
      return;
    }
    off = off === s ? null : s;
    haunt(off === null ? null : { off });
    toggle.closest("ul").querySelectorAll("button").forEach((each, e) =>
      each.setAttribute("aria-pressed", `${e === off}`));
  });
  return toggle;
}

// The rest of the drawing, as it is read without the stroke.
function paint(canvas, s) {
  drawStrokesOn(canvas, state.source.strokes.filter((_, other) => other !== s), state.source.pen);
}

function ask(list) {
  if (worker === null) {
    worker = new Worker(new URL("./exact/worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => readings[data.id - asked]?.(data));
    worker.addEventListener("error", () => {
      // It could not be loaded: the server is gone.
      worker = null;
      ofNetwork = null;
    });
  }
  if (ofNetwork !== state.network) {
    ofNetwork = state.network;
    worker.postMessage({ type: "network", id: 0, model: state.model, parameters: ofNetwork.parameters.slice().buffer });
  }
  const { strokes, pen } = state.source;
  asked += readings.length;
  readings = strokes.map((_, s) => ({ verdict, message }) => {
    const [digit, text] = verdict === undefined ? ["", message]
      : verdict === null ? ["", say("blank")] : inWords(verdict, state.model.acceptance !== null);
    const toggle = list.querySelectorAll("button")[s];
    toggle.lastChild.replaceChildren(make("strong", {}, `${digit}`), text);
    toggle.setAttribute("aria-label", say("without", { number: s + 1, reading: `${digit}${text}` }));
    toggle.classList.toggle("same", digit === state.reading?.verdict?.candidates[0]);
  });
  strokes.forEach((_, s) => worker.postMessage(
    { type: "read", id: asked + s, strokes: strokes.filter((_, other) => other !== s), pen }));
}

on("network source", () => {
  off = null;
});
