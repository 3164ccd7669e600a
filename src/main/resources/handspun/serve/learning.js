// How the network learned: a slider from the untrained network to the last epoch moves the whole page.

import { byId, button, make, shape } from "./dom.js";
import { state, set, on, perFrame } from "./state.js";
import { percent, rounded } from "./numbers.js";
import { goTo, placeOfEpoch, shownEpoch, wantedEpoch } from "./epochs.js";
import { startTraining } from "./training.js";
import { curve, COLOURS } from "./curve.js";
import { strip } from "./strip.js";
import { confusion } from "./confusion.js";
import { say } from "./words.js";

// A film of all epochs, in milliseconds: so long, but each picture at least and at most so long.
const FILM_MS = 9000;
const PICTURE_MS = [120, 500];

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const card = byId("learning");
const slider = make("input", { type: "range", id: "epoch", min: 0, step: 1 });
const play = button("", togglePlay, { id: "play" });
const back = button("", () => {
  stop();
  goTo(null);
  slider.focus();
}, { id: "to-model" });
const status = make("p", { id: "epoch-status" });
const figures = make("ul", { id: "epoch-figures" });
const hint = make("p", { id: "epoch-hint", className: "hint" });
const ends = make("p", { className: "hint ends", "aria-hidden": "true" }, make("span"), make("span"));

/* What is told of an epoch. */

const last = () => state.epochsInAll ?? Math.max(state.epochs.at(-1) ?? 0, state.metrics.at(-1)?.epoch ?? 0,
  state.model.training ? state.model.plan.epochs : 0);

function nameOfEpoch(epoch) {
  if (epoch === null) {
    const trained = Number.isFinite(shownEpoch()) ? shownEpoch() : state.model.provenance.epochs;
    return say(state.model.training ? "epochNow" : "epochModel", { epoch: trained, last: last() });
  }
  return epoch === 0 ? say("epochUntrained") : say("epochOf", { epoch, last: last() });
}

function figuresOf(epoch) {
  const found = state.metrics.find((each) => each.epoch === epoch);
  const told = [
    ["cost", (cost) => rounded(cost, 4)],
    ["validationAccuracy", (part) => percent(part, 2)],
    ["trainingAccuracy", (part) => percent(part, 2)],
  ];
  return told
    .filter(([name]) => state.metrics.some((each) => Number.isFinite(each[name])))
    .map(([name, inWords]) => [name, Number.isFinite(found?.[name]) ? inWords(found[name]) : "–"]);
}

// An epoch and its figures, in one sentence; of the model itself, those of its epoch.
const sentenceOf = (epoch, of = epoch) => [nameOfEpoch(epoch),
  ...figuresOf(of).map(([name, value]) => `${say(name)} ${value}`)].join(", ");

const ofModel = () => (state.model.training ? last() : shownEpoch());

function tell() {
  const epoch = state.pointed ?? state.epoch;
  status.textContent = nameOfEpoch(epoch);
  const told = figuresOf(epoch ?? (state.model.training ? state.model.provenance.epochs : ofModel()));
  figures.replaceChildren(...told.map(([name, value]) => make("li", { className: name },
    shape("svg", { viewBox: "0 0 24 8", "aria-hidden": "true" },
      shape("path", { class: COLOURS[name], d: "M 0 4 H 24" })),
    `${say(name)} `, make("b", {}, value))));
}

/* The slider. */

slider.addEventListener("input", () => {
  stop();
  set({ pointed: null });
  goTo(state.epochs[slider.valueAsNumber]);
});

let timer = 0;

function togglePlay() {
  if (timer !== 0) {
    stop();
  } else if (calm.matches) {
    step();
  } else {
    film();
  }
}

function stop() {
  clearTimeout(timer);
  timer = 0;
  nameTools();
}

// The next epoch, or from the last one back to the first.
async function step() {
  const at = placeOfEpoch(wantedEpoch());
  const isLast = state.epoch === null || at === state.epochs.length - 1;
  const next = isLast ? 0 : at + 1;
  await goTo(state.epochs[next]);
  return next < state.epochs.length - 1;
}

function film() {
  const pause = Math.min(PICTURE_MS[1], Math.max(PICTURE_MS[0], FILM_MS / state.epochs.length));
  const running = setTimeout(async () => {
    const goesOn = await step();
    if (timer === running) {
      goesOn ? film() : stop();
    }
  }, pause);
  timer = running;
  nameTools();
}

function nameTools() {
  play.textContent = say(timer !== 0 ? "pause" : calm.matches ? "nextEpoch" : "play");
  back.textContent = say(state.model?.training ? "toNow" : "toModel");
}

const show = perFrame(() => {
  const { epochs, model, metrics, historyProblem } = state;
  const isKept = epochs.length > 1;
  card.hidden = false;
  for (const element of [slider, play, back, ends]) {
    element.hidden = !isKept;
  }
  status.hidden = !isKept && metrics.length === 0;
  hint.hidden = isKept;
  hint.textContent = historyProblem ?? say(model.training ? "epochsSoon" : "epochsNotKept");
  card.style.setProperty("--stops", Math.max(1, epochs.length));
  slider.max = Math.max(0, epochs.length - 1);
  slider.value = placeOfEpoch(wantedEpoch());
  slider.setAttribute("aria-valuetext", sentenceOf(state.epoch, state.epoch ?? ofModel()));
  ends.firstChild.textContent = nameOfEpoch(epochs[0] ?? 0);
  ends.lastChild.textContent = say("epochOf", { epoch: epochs.at(-1), last: last() });
  back.disabled = state.epoch === null;
  nameTools();
  tell();
});

export function startLearning() {
  slider.setAttribute("aria-label", say("epoch"));
  card.append(
    make("div", { className: "title" },
      make("h2", { id: "learning-title" }, say("learningTitle")),
      make("div", { className: "buttons" }, play, back)),
    make("div", { className: "told" }, status, figures),
    curve(sentenceOf), slider, ends, hint, ...strip(), confusion());
  card.hidden = true;
  on("model epochs metrics epoch", () => state.model && show());
  on("pointed", tell);
  calm.addEventListener("change", nameTools);
  startTraining();
}
