// How the drawing was read after each epoch: in a thread of its own, as exactly as everything.

import { button, make } from "./dom.js";
import { state, set, on, inTurn } from "./state.js";
import { rounded } from "./numbers.js";
import { areSmall, bytesOfAll, goTo, networkOf, ownEpoch, placeOfEpoch, shownEpoch } from "./epochs.js";
import { isDrawing } from "./paper.js";
import { inWords } from "./answer.js";
import { say } from "./words.js";

const title = make("h3", { id: "strip-title" });
const hint = make("p", { id: "strip-hint", className: "hint" });
const all = button("", () => {
  isWanted = !isWanted;
  check();
}, { id: "strip-all" });
const head = make("div", { className: "title" }, title, all);
const list = make("ol", { id: "strip", "aria-labelledby": "strip-title" });

// What is read, and by epoch what came of it.
let pixels = null;
let readings = new Map();

// Of large networks, only when somebody has asked for it; and all only when the strip is near.
let isWanted = false;
let isNear = false;
let isReading = false;
let problem = null;
let turn = 0;

// Which cell was brought into sight.
let inSight = null;

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
  const parameters = network.parameters.slice().buffer;
  const id = ++ids;
  worker.postMessage({ type: "network", model: state.model, parameters }, [parameters]);
  worker.postMessage({ type: "read", id, seen });
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** Reads what is drawn by the networks of those epochs that have not read it yet. */
async function read() {
  const mine = turn;
  isReading = true;
  problem = null;
  for (const epoch of state.epochs.filter((each) => !readings.has(each))) {
    try {
      const network = await networkOf(epoch);
      const reading = mine === turn ? await readBy(network, pixels) : null;
      if (mine !== turn) {
        return;
      }
      readings.set(epoch, reading);
      show();
    } catch (error) {
      if (mine === turn) {
        stop();
        // While it is trained, epochs are thinned out; the next one brings the list of them.
        problem = state.model.training ? null : error.message;
        show();
      }
      return;
    }
  }
  stop();
  isWanted = false;
  // While it is trained, epochs have come meanwhile.
  check();
}

function stop() {
  turn++;
  isReading = false;
}

function forget() {
  stop();
  readings = new Map();
}

const isSame = (one, other) => one.length === other.length && one.every((pixel, p) => pixel === other[p]);

// The pen is up, there is another model or epoch, or the strip has come into sight.
function check() {
  if (isDrawing()) {
    stop();
    return;
  }
  const seen = state.reading?.prepared?.pixels ?? null;
  const isOther = seen === null ? state.source.kind === "nothing"
    : pixels === null || !isSame(seen, pixels);
  if (isOther) {
    pixels = seen;
    forget();
  }
  const isDue = pixels !== null && isNear && (areSmall() || isWanted)
    && state.epochs.some((epoch) => !readings.has(epoch));
  if (!isDue) {
    stop();
  } else if (!isReading) {
    read();
  }
  show();
}

/* Showing. */

// What it is, if that is known, else what the model itself reads.
const expected = () => state.source.label
  ?? readings.get(state.epochs[placeOfEpoch(ownEpoch())])?.verdict?.digit
  ?? state.reading?.verdict?.digit;

const show = inTurn(() => {
  const { epochs } = state;
  const isKept = epochs.length > 1;
  head.hidden = hint.hidden = !isKept;
  list.hidden = !isKept || readings.size === 0;
  all.hidden = !isKept || pixels === null || areSmall() || epochs.every((epoch) => readings.has(epoch));
  all.textContent = isWanted ? say("stripStop", { done: readings.size, all: epochs.length })
    : say("stripAll", { megabytes: Math.ceil(bytesOfAll() / 2 ** 20) });
  hint.textContent = problem ?? say(pixels === null ? "stripEmpty" : "stripHint");
  if (list.children.length > epochs.length) {
    list.replaceChildren();
  }
  while (list.children.length < epochs.length) {
    list.append(make("li", {}, cell(list.children.length)));
  }
  const current = placeOfEpoch(shownEpoch());
  [...list.children].forEach(({ firstChild }, i) => showCell(firstChild, epochs[i], i === current));
  if (inSight !== current) {
    inSight = current;
    keepInSight(list.children[current]);
  }
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
    ? `${inWords(verdict, state.model.acceptance !== null).join("")}, ${rounded(reading.forward.a.at(-1)[digit])}`
    : reading?.message ?? "";
  element.setAttribute("aria-label", say("stripCell", { digit: digit ?? "", epoch, words }));
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
  new IntersectionObserver(([entry]) => {
    isNear = entry.isIntersecting;
    isNear && state.model && check();
  }, { rootMargin: "400px" }).observe(head);
  on("epochs", () => state.epochs.length === 0 && forget());
  on("reading proof epochs", () => state.model && check());
  on("epoch", () => state.model && show());
  return [head, list, hint];
}
