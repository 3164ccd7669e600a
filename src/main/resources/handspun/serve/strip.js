// How the drawing was read after each epoch: in a thread of its own, as exactly as everything.

import { button, make } from "./dom.js";
import { state, set, on, perFrame } from "./state.js";
import { rounded } from "./numbers.js";
import { areSmall, bytesOfAll, goTo, networkOf, placeOfEpoch, shownEpoch } from "./epochs.js";
import { isDrawing } from "./paper.js";
import { inWords } from "./answer.js";
import { say } from "./words.js";

const title = make("h3", { id: "strip-title" });
const hint = make("p", { id: "strip-hint", className: "hint" });
const all = button("", () => {
  isWanted = !isWanted;
  check();
}, { id: "strip-all" });
const list = make("ol", { id: "strip", "aria-labelledby": "strip-title" });

// What is read, and by epoch what came of it.
let pixels = null;
let readings = new Map();

// Of large networks, only when somebody has asked for it; and all only when the strip is near.
let isWanted = false;
let isNear = false;
let turn = 0;

/* Reading. */

let worker = null;
const waiting = new Map();
let ids = 0;

function readBy(network, seen) {
  if (worker === null) {
    worker = new Worker(new URL("./exact/worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      waiting.get(data.id)(data);
      waiting.delete(data.id);
    });
  }
  const { topology, hidden, outputs, preprocessing, acceptance } = network;
  const parameters = network.parameters.slice().buffer;
  const id = ++ids;
  worker.postMessage(
    { type: "network", model: { topology, hidden, outputs, preprocessing, acceptance }, parameters }, [parameters]);
  worker.postMessage({ type: "read", id, seen });
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** Reads what is drawn by the networks of those epochs that have not read it yet. */
async function read() {
  const mine = ++turn;
  try {
    for (const epoch of state.epochs) {
      if (!readings.has(epoch)) {
        const network = await networkOf(epoch);
        const reading = mine === turn ? await readBy(network, pixels) : null;
        if (mine !== turn) {
          return;
        }
        readings.set(epoch, reading);
        show();
      }
    }
    isWanted = false;
  } catch (error) {
    isWanted = false;
    hint.textContent = error.message;
  }
}

const isSame = (one, other) => one?.length === other?.length && one.every((pixel, p) => pixel === other[p]);

// The pen is up, or another model is there, or the strip has come into sight.
function check() {
  const seen = state.reading?.prepared?.pixels ?? null;
  if (seen === null ? state.source.kind === "nothing" : !isDrawing() && !isSame(seen, pixels ?? [])) {
    pixels = seen;
    readings = new Map();
    turn++;
    show();
  }
  const isDone = state.epochs.every((epoch) => readings.has(epoch));
  if (pixels !== null && !isDone && isNear && (areSmall() || isWanted)) {
    read();
  } else {
    turn++;
  }
  show();
}

/* Showing. */

// What it is, if that is known, else what the network as it is shown reads.
const expected = () => state.source.label ?? state.reading?.verdict?.digit;

const show = perFrame(() => {
  const { epochs } = state;
  const isKept = epochs.length > 1;
  title.hidden = hint.hidden = !isKept;
  list.hidden = !isKept || readings.size === 0;
  all.hidden = !isKept || pixels === null || areSmall() || epochs.every((epoch) => readings.has(epoch));
  all.textContent = isWanted ? say("stripStop", { done: readings.size, all: epochs.length })
    : say("stripAll", { megabytes: Math.ceil(bytesOfAll() / 2 ** 20) });
  hint.textContent = pixels === null ? say("stripEmpty") : say("stripHint");
  if (list.children.length > epochs.length) {
    list.replaceChildren();
  }
  while (list.children.length < epochs.length) {
    list.append(make("li", {}, cell(list.children.length)));
  }
  const current = placeOfEpoch(shownEpoch());
  [...list.children].forEach(({ firstChild }, i) => showCell(firstChild, epochs[i], i === current));
  keepInSight(list.children[current]);
});

function cell(i) {
  const epoch = () => state.epochs[i];
  const element = button("", () => goTo(epoch()), { className: "cell" });
  element.addEventListener("pointerenter", () => set({ pointed: epoch() }));
  element.addEventListener("pointerleave", () => set({ pointed: null }));
  element.addEventListener("keydown", (event) => {
    const next = list.children[i + ({ ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? NaN)];
    if (next !== undefined) {
      event.preventDefault();
      next.firstChild.focus();
      goTo(state.epochs[[...list.children].indexOf(next)]);
    }
  });
  return element;
}

function showCell(element, epoch, isCurrent) {
  const reading = readings.get(epoch);
  const verdict = reading?.verdict;
  const digit = verdict?.digit;
  element.textContent = digit ?? "";
  element.style.setProperty("--sure", verdict ? reading.forward.a.at(-1)[digit] : 0);
  element.classList.toggle("other", digit !== undefined && digit !== expected());
  // One stop for the tabulator; arrow keys go on.
  element.tabIndex = isCurrent ? 0 : -1;
  element.setAttribute("aria-current", `${isCurrent}`);
  const words = verdict
    ? `${inWords(verdict, state.model.acceptance !== null).join("")} (${digit}: ${rounded(reading.forward.a.at(-1)[digit])})`
    : reading?.message ?? "";
  element.setAttribute("aria-label", say("stripCell", { epoch, words }));
}

// Without moving the page.
function keepInSight(item) {
  if (item !== undefined && list.scrollHeight > list.clientHeight) {
    const top = item.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + item.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 2;
    }
  }
}

export function strip() {
  title.textContent = say("stripTitle");
  const head = make("div", { className: "title" }, title, all);
  new IntersectionObserver(([entry]) => {
    isNear = entry.isIntersecting;
    isNear && state.model && check();
  }, { rootMargin: "400px" }).observe(head);
  on("model", () => {
    if (state.epochs.length === 0) {
      readings = new Map();
    }
  });
  on("reading proof epochs", () => state.model && check());
  on("epoch", () => state.model && show());
  return [head, list, hint];
}
