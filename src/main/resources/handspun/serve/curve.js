// Cost and accuracy of each epoch as curves. What an epoch has stands above its place on the slider.

import { byId, make, shape } from "./dom.js";
import { state, set, on, perFrame } from "./state.js";
import { percent, rounded } from "./numbers.js";
import { goTo, placeOfEpoch, shownEpoch } from "./epochs.js";
import { say } from "./words.js";

/** The classes of the lines. */
export const COLOURS = {
  cost: "line cost",
  trainingAccuracy: "line training",
  validationAccuracy: "line validation",
};

const svg = shape("svg", { id: "curve", role: "img", tabindex: 0 });

const stops = () => (state.epochs.length > 1 ? state.epochs : state.metrics.map(({ epoch }) => epoch));

/** Where an epoch is, from 0 to 1: in the middle of its cell of the strip. */
function place(epoch) {
  const all = stops();
  const after = all.findIndex((each) => each >= epoch);
  if (after <= 0) {
    return (after === 0 ? 0.5 : all.length - 0.5) / all.length;
  }
  const part = (epoch - all[after - 1]) / (all[after] - all[after - 1]);
  return (after - 0.5 + part) / all.length;
}

const known = (name) => state.metrics.filter((each) => Number.isFinite(each[name]));

const draw = perFrame(() => {
  const { metrics } = state;
  svg.style.display = metrics.length === 0 ? "none" : "";
  svg.replaceChildren();
  if (metrics.length === 0) {
    return;
  }
  const width = svg.clientWidth;
  const height = svg.clientHeight;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  // Above and below the lines, for a line of words.
  const margin = 1.2 * parseFloat(getComputedStyle(svg).fontSize);
  const x = (epoch) => place(epoch) * width;
  const within = (low, high) => (value) =>
    margin + (high - value) / (high - low || 1) * (height - 2 * margin);
  const accuracies = ["trainingAccuracy", "validationAccuracy"].flatMap((name) =>
    known(name).map((each) => each[name]));
  const low = Math.min(0.9, Math.floor(10 * Math.min(...accuracies)) / 10);
  const mostCost = Math.max(...known("cost").map(({ cost }) => cost), 0);
  const scales = {
    cost: within(0, mostCost),
    trainingAccuracy: within(low, 1),
    validationAccuracy: within(low, 1),
  };
  svg.append(
    shape("path", { class: "axis", d: `M 0 ${height - margin} H ${width} M 0 ${margin} H ${width}` }));
  const shown = Math.min(shownEpoch(), stops().at(-1));
  const epoch = state.pointed ?? shown;
  svg.append(...[...new Set([shown, epoch])].map((at) => shape("path",
    { class: at === shown ? "place" : "place pointed", d: `M ${x(at)} 0 V ${height}` })));
  for (const [name, y] of Object.entries(scales)) {
    const points = known(name).map((each) => [x(each.epoch), y(each[name])]);
    if (points.length > 0) {
      svg.append(shape("path", { class: COLOURS[name], d: `M ${points.map((point) => point.join(" ")).join(" L ")}` }));
    }
    const here = known(name).find((each) => each.epoch === epoch);
    if (here !== undefined) {
      svg.append(shape("circle", { class: COLOURS[name], cx: x(epoch), cy: y(here[name]) }));
    }
  }
  // At the left, where the slider does not stand at first.
  const most = [accuracies.length > 0 && percent(1, 0), mostCost > 0 && say("costAxis", { cost: rounded(mostCost, 2) })];
  const least = [accuracies.length > 0 && percent(low, 0), mostCost > 0 && say("costAxis", { cost: 0 })];
  svg.append(shape("text", { x: 0, y: margin - 3 }, most.filter(Boolean).join(" · ")),
    shape("text", { x: 0, y: height - 2 }, least.filter(Boolean).join(" · ")));
  svg.setAttribute("aria-label", describe());
});

function describe() {
  const told = [["cost", (cost) => rounded(cost, 4)], ["trainingAccuracy", percent], ["validationAccuracy", percent]];
  return [say("curveOf"), ...told.filter(([name]) => known(name).length > 0).map(([name, inWords]) => {
    const of = known(name);
    const best = of.reduce((one, other) => ((other[name] > one[name]) !== (name === "cost") ? other : one));
    return say("curveFrom", { name: say(name), first: inWords(of[0][name]), last: inWords(of.at(-1)[name]),
      best: inWords(best[name]), epoch: best.epoch });
  })].join(" ");
}

/* Pointing at it. */

function nearest(clientX) {
  const box = svg.getBoundingClientRect();
  const at = (clientX - box.left) / box.width;
  const epochs = [...new Set([...state.epochs, ...state.metrics.map(({ epoch }) => epoch)])];
  return epochs.reduce((one, other) =>
    (Math.abs(place(other) - at) < Math.abs(place(one) - at) ? other : one));
}

const leave = () => set({ pointed: null });

svg.addEventListener("pointermove", ({ clientX }) => set({ pointed: nearest(clientX) }));
svg.addEventListener("pointerleave", leave);
svg.addEventListener("blur", leave);
svg.addEventListener("click", ({ clientX }) => {
  if (state.epochs.length > 1) {
    goTo(state.epochs[placeOfEpoch(nearest(clientX))]);
  }
});
svg.addEventListener("keydown", (event) => {
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (direction !== undefined) {
    event.preventDefault();
    const at = state.metrics.findIndex(({ epoch }) => epoch >= (state.pointed ?? shownEpoch()));
    const next = Math.min(state.metrics.length - 1, Math.max(0, (at < 0 ? state.metrics.length - 1 : at) + direction));
    set({ pointed: state.metrics[next].epoch });
    byId("spoken").textContent = sentence(state.pointed);
  }
});

let sentence;

/** The curves; an epoch's figures are put into words by what is given. */
export function curve(sentenceOf) {
  sentence = sentenceOf;
  new ResizeObserver(draw).observe(svg);
  on("metrics epochs epoch pointed", () => state.model && draw());
  return make("div", { className: "curve-box" }, svg);
}
