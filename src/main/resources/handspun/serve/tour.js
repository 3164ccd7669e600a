// A guided tour of six steps through what the network makes of the visitor's own digit.

import { byId, button, make, smoothly } from "./dom.js";
import { state, set, on } from "./state.js";
import { loadTestImage } from "./load.js";
import { inWords } from "./answer.js";
import { nameOf } from "./layers.js";
import { exactly } from "./numbers.js";
import { say } from "./words.js";

const KEY = "handspun-tour";

// What each step points at, and what it tells besides its words.
const STEPS = [
  { at: () => byId("made").querySelector("li:not([hidden])") ? byId("made") : byId("input") },
  { at: () => byId("input"), tell: () => ({ ink: state.reading.prepared.pixels.filter(Boolean).length }) },
  { at: () => placeOfOpen(), enter: openStrongest, tell: () => ({ unit: nameOf(state.open) }) },
  {
    at: () => byId("unit"),
    tell: () => {
      const { layer, unit } = state.open;
      const { z, a } = state.reading.forward;
      return { z: exactly(z[layer][unit]), a: exactly(a[layer][unit]) };
    },
  },
  { at: () => byId("layers").lastElementChild ?? byId("outputs"), enter: () => set({ open: null }) },
  { at: () => byId("outputs"), tell: () => ({ answer: inWords(state.reading.verdict, true).join("") }) },
];

function openStrongest() {
  const a = state.reading.forward.a[1];
  set({ open: { layer: 1, unit: a.indexOf(Math.max(...a)) } });
}

function placeOfOpen() {
  return byId("layers").querySelector("[aria-pressed=true]") ?? byId("layer-1") ?? byId("outputs");
}

const text = make("p", { id: "tour-text", "aria-live": "polite" });
const next = button("", () => go(at + 1), { id: "tour-next" });
const end = button("", stop, { id: "tour-end" });
const tour = make("section", { id: "tour", hidden: true, "aria-labelledby": "tour-text" },
  text, make("div", { className: "buttons" }, next, end));
let at = -1;
let pointed = null;
let before = null;

function go(step) {
  if (step >= STEPS.length || !state.reading?.forward) {
    stop();
    return;
  }
  at = step;
  const { at: place, enter, tell } = STEPS[step];
  enter?.();
  text.textContent = `${step + 1}/${STEPS.length} ${say(`tour${step + 1}`, tell?.() ?? {})}`;
  next.textContent = say(step + 1 === STEPS.length ? "tourDone" : "tourNext");
  tour.hidden = false;
  document.body.classList.add("touring");
  next.focus({ preventScroll: true });
  // What was opened is there after the next frame.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    pointed?.classList.remove("toured");
    if (at >= 0) {
      pointed = place();
      pointed.classList.add("toured");
      // The tour's own card lies over the lower part of the page.
      const isTall = pointed.getBoundingClientRect().height > innerHeight / 3;
      pointed.scrollIntoView({ block: isTall ? "start" : "center", behavior: smoothly() });
    }
  }));
}

function stop() {
  at = -1;
  tour.hidden = true;
  document.body.classList.remove("touring");
  pointed?.classList.remove("toured");
  before?.focus();
}

async function begin() {
  keep();
  offer.hidden = true;
  before = document.activeElement;
  if (!state.reading?.forward) {
    await loadTestImage({ actual: 3 });
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  go(0);
}

/* It is offered once, when there is something to tell. */

const offer = make("p", { id: "tour-offer", hidden: true });

function keep() {
  try {
    localStorage.setItem(KEY, "offered");
  } catch {
    // A browser that keeps nothing: then it is offered at each visit.
  }
}

function wasOffered() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function startTour() {
  end.textContent = say("tourEnd");
  document.body.append(tour);
  byId("menu").append(button(say("tour"), begin, { id: "tour-begin" }));
  offer.append(button(say("tourOffer"), begin), button(say("tourNo"), () => {
    keep();
    offer.hidden = true;
  }, { "aria-label": say("tourNoLabel") }));
  byId("prediction").parentElement.append(offer);
  on("proof", () => {
    if (state.proof.state === "same" && !wasOffered()) {
      offer.hidden = false;
    }
  });
  on("source", () => state.source.kind === "nothing" && at >= 0 && stop());
  tour.addEventListener("click", (event) => event.target.closest("button") === null && go(at + 1));
  document.addEventListener("keydown", (event) => {
    if (at >= 0 && event.key === "Escape") {
      event.preventDefault();
      event.stopImmediatePropagation();
      stop();
    } else if (at >= 0 && event.key === " " && event.target.closest("button") === null) {
      event.preventDefault();
      event.stopImmediatePropagation();
      go(at + 1);
    }
  }, true);
}
