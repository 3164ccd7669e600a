// Why this digit and not another: what speaks for either, what each stroke does, what would change it.

import { byId, button, make, onColours } from "./dom.js";
import { state, set, on } from "./state.js";
import { plain, signed } from "./numbers.js";
import { isDrawing } from "./paper.js";
import { pixelsOf, tugOfWar } from "./tug.js";
import { showWithout } from "./without.js";
import { showChange } from "./change.js";
import { startGhost } from "./ghost.js";
import { say } from "./words.js";

// When the pen has been up for so long.
const REST_MS = 150;

const card = byId("why");
const war = make("div", { className: "war" });
const change = make("div", { className: "change" });
const without = make("div", { className: "without" });

// The other digit that somebody has chosen.
let chosen = null;
let timer = 0;

/** The digit of the largest output, and the one that it is compared with. */
function rivals() {
  const z = state.reading.forward.z.at(-1);
  const order = [...z.keys()].sort((one, other) => z[other] - z[one]);
  return { best: order[0], other: chosen === null || chosen === order[0] ? order[1] : chosen };
}

function show() {
  const isShown = Boolean(state.reading?.forward) && state.source.kind !== "nothing" && state.network.topology.at(-1) > 1;
  card.hidden = !isShown;
  if (isShown) {
    const { best, other } = rivals();
    byId("why-title").textContent = say("whyTitle", { best, other });
    showChoice(best, other);
    showWar(best, other);
    showChange(change, other);
  }
}

function showChoice(best, other) {
  const choice = byId("why-digits");
  const focus = [...choice.children].indexOf(document.activeElement);
  choice.replaceChildren(...Array.from({ length: state.network.topology.at(-1) }, (_, digit) => button(`${digit}`, () => {
    chosen = digit;
    show();
  }, { className: "digit", disabled: digit === best, "aria-pressed": `${digit === other}` })));
  choice.children[focus]?.focus({ preventScroll: true });
}

function showWar(best, other) {
  const { network, reading } = state;
  const layer = network.topology.length - 1;
  const z = reading.forward.z[layer];
  const total = z[best] - z[other];
  const [ofBest, ofOther] = [best, other].map((output) => (input) => network.weight(layer, input, output));
  const weight = (input) => ofBest(input) - ofOther(input);
  const bias = network.bias(layer, best) - network.bias(layer, other);
  const values = { best, other, total: plain(total), ofBest: plain(z[best]), ofOther: plain(z[other]) };
  if (war.matches(":hover")) {
    // What is pointed at goes, and nobody would hear that it is left.
    set({ hovered: null });
  }
  war.replaceChildren(
    make("p", {}, say("whyAhead", values)),
    rope(best, other, Array.from(reading.forward.a[layer - 1], (a, input) => a * weight(input)), bias),
    layer === 1 ? "" : make("p", { className: "hint legend" }, say("whyPictures"),
      make("span", { className: "swatch" }), say("whyOn"), make("span", { className: "swatch minus" }), say("whyOff")),
    layer === 1 ? pixelsOf(weight, bias, total) : tugOfWar({
      way: "", layer, weight, bias, total,
      formula: ({ unit, a, shown }) => say("whyPull", { a: plain(a), best, other, ofBest: plain(ofBest(unit)),
        ofOther: plain(ofOther(unit)), value: signed(shown) }),
    }),
    make("p", { className: "sum" }, say("whySum", values)));
}

// All that pull for the one, against all that pull for the other.
function rope(best, other, terms, bias) {
  const all = [...terms, bias];
  const pulls = [1, -1].map((sign) => all.reduce((sum, term) => sum + Math.max(0, sign * term), 0));
  const bar = make("span", { className: "bar", "aria-hidden": "true" }, make("span"));
  bar.style.setProperty("--part", pulls[0] / (pulls[0] + pulls[1]));
  return make("div", { className: "rope" },
    make("span", {}, say("pullsFor", { digit: best, sum: plain(pulls[0]) })),
    make("span", {}, say("pullsFor", { digit: other, sum: plain(pulls[1]) })), bar);
}

// Once the pen is up: while somebody draws, every frame has another answer.
function showSoon() {
  clearTimeout(timer);
  if (card.getAttribute("aria-busy") !== "true") {
    card.setAttribute("aria-busy", "true");
  }
  timer = setTimeout(() => {
    if (isDrawing() || state.reading?.isNewest === false) {
      showSoon();
      return;
    }
    card.setAttribute("aria-busy", "false");
    show();
    showWithout(without);
  }, REST_MS);
}

export function startWhy() {
  card.append(
    make("div", { className: "title" }, make("h2", { id: "why-title" }),
      make("div", { className: "buttons", id: "why-digits", role: "group", "aria-label": say("whyDigits") })),
    make("div", { className: "why-parts" }, war, make("div", {}, change, without)));
  card.hidden = true;
  startGhost();
  on("reading network", showSoon);
  onColours(() => card.hidden || showSoon());
}
