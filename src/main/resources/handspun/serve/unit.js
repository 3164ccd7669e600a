// A unit opened: its terms in their true order, the sums, and what becomes of the last one.

import { byId, button, make, drawPixels, drawSigned, onColours, picture, shape, smoothly } from "./dom.js";
import { state, set, on, inTurn } from "./state.js";
import { exactly } from "./numbers.js";
import { columnsOf, nameOf, weightsOf } from "./layers.js";
import { bits, exp } from "./exact/single.js";
import { say } from "./words.js";

const card = byId("unit");

function figure(text, paint) {
  const image = picture();
  paint(image);
  return make("figure", {}, image, make("figcaption", {}, text));
}

function figures({ layer, unit }, before) {
  const weights = weightsOf({ layer, unit });
  const columns = columnsOf(weights.length);
  return make("div", { className: "figures" },
    figure(say("weights"), (image) => drawSigned(image, weights, columns)),
    make("span", { className: "operator", "aria-hidden": "true" }, "×"),
    figure(say(layer === 1 ? "pixels" : "activations"), (image) => (layer === 1
      ? drawPixels(image, state.reading.prepared.pixels) : drawSigned(image, before, columns))),
    make("span", { className: "operator", "aria-hidden": "true" }, "="),
    figure(say("products"), (image) =>
      drawSigned(image, weights.map((weight, i) => weight * before[i]), columns)));
}

const from = (layer, input) => (layer === 1
  ? say("pixelName", { column: input % 28, row: Math.floor(input / 28) })
  : nameOf({ layer: layer - 1, unit: input }));

const row = (className, ...cells) =>
  make("tr", { className }, ...cells.map((cell, i) => make(i === 0 ? "th" : "td",
    i === 0 ? { scope: "row" } : {}, cell)));

// How four sums become one.
const JOINS = ["firstAndSecond", "thirdAndFourth", "bothPairs"];

function table(layer, sum) {
  const head = make("thead", {}, make("tr", {}, ...["from", layer === 1 ? "brightness" : "activation", "weight",
    "runningSum"].map((word) => make("th", { scope: "col" }, say(word)))));
  const parts = sum.parts.map((part, p) => make("tbody", { className: "part" },
    row("start", sum.parts.length === 1 || p === 0 ? say("startBias") : say("startZero", { part: p + 1 }),
      "", "", exactly(part.start)),
    ...part.terms.map((term) => row("term", from(layer, term.input), exactly(term.value),
      exactly(term.weight), exactly(term.sum)))));
  const joins = make("tbody", { className: "joins" }, ...sum.joins.map((join, j) =>
    row("join", say(JOINS[j]), exactly(join.left), exactly(join.right), exactly(join.sum))));
  return make("table", { className: "terms" }, head, ...parts, joins);
}

/* What becomes of z. */

const FUNCTIONS = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
};

// The curve of an activation, with the place of one z on it.
function curve(name, z, a) {
  const f = FUNCTIONS[name];
  const most = Math.max(6, Math.abs(z) * 1.1);
  const [low, high] = name === "sigmoid" ? [0, 1] : name === "tanh" ? [-1, 1] : [0, most];
  const x = (value) => 10 + (value + most) / (2 * most) * 220;
  const y = (value) => 110 - (value - low) / (high - low) * 100;
  const svg = shape("svg", { viewBox: "0 0 240 120", class: "curve", role: "img",
    "aria-label": say("curveLabel", { name, z: exactly(z), a: exactly(a) }) });
  const points = Array.from({ length: 111 }, (_, i) => (i / 110 * 2 - 1) * most);
  svg.append(
    shape("path", { class: "axis", d: `M 10 ${y(low)} H 230 M ${x(0)} 10 V 110` }),
    shape("path", { class: "line", d: `M ${points.map((p) => `${x(p)} ${y(f(p))}`).join(" L ")}` }),
    shape("path", { class: "place", d: `M ${x(z)} ${y(low)} V ${y(a)} H ${x(0)}` }),
    shape("circle", { cx: x(z), cy: y(a), r: 5 }));
  return svg;
}

function formula(name, z, a) {
  const e = exactly(exp(Math.fround(name === "tanh" ? -2 * z : -z)));
  const values = { z: exactly(z), a: exactly(a), e };
  return make("p", { className: "formula" }, say(`formula-${name}`, values));
}

// Of softmax outputs: exponentials, added up in the order of the units, and each one's part.
function softmax(unit, z, a) {
  const largest = z.reduce((most, value) => Math.max(most, value), -Infinity);
  let sum = 0;
  const rows = Array.from(z, (value, o) => {
    const e = exp(Math.fround(value - largest));
    sum = Math.fround(sum + e);
    return row(o === unit ? "softmax best" : "softmax", `${o}`, exactly(value), exactly(e), exactly(sum));
  });
  const head = make("thead", {}, make("tr", {}, ...["output", "z", "exponential", "runningSum"].map((word) =>
    make("th", { scope: "col" }, say(word)))));
  const own = exp(Math.fround(z[unit] - largest));
  return make("div", {},
    make("p", { className: "formula" }, say("formula-softmax",
      { largest: exactly(largest), e: exactly(own), sum: exactly(sum), a: exactly(a[unit]) })),
    make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": say("exponentials") },
      make("table", { className: "terms" }, head, make("tbody", {}, ...rows))));
}

function bitsOf(a) {
  const text = bits(a).toString(2).padStart(32, "0");
  return make("p", { className: "bits" }, `${say("bits")} `,
    ...[[0, 1, "sign"], [1, 9, "exponent"], [9, 32, "fraction"]].map(([start, end, name]) =>
      make("code", { title: say(name), className: name }, text.slice(start, end))));
}

let before = null;

function show() {
  const { open, reading, network } = state;
  if (card.hidden !== (open === null)) {
    card.hidden = open === null;
  }
  if (open === null) {
    before?.isConnected && card.contains(document.activeElement) && before.focus();
    before = null;
    return;
  }
  before ??= document.activeElement;
  const { layer, unit } = open;
  const last = network.topology.length - 1;
  // Who has opened the table, or scrolled in it, keeps it so while drawing on.
  const isOpen = card.querySelector("details")?.open ?? false;
  const title = make("div", { className: "title" },
    make("h2", { id: "unit-title" }, say("unitTitle", { name: nameOf(open) })),
    button(say("close"), () => set({ open: null }), { id: "unit-close" }));
  if (!reading?.forward) {
    card.replaceChildren(title, make("p", { className: "hint" }, say("unitEmpty")));
    return;
  }
  const { z, a } = reading.forward;
  const sum = network.sum(layer, unit, reading.forward);
  const terms = sum.parts.reduce((count, part) => count + part.terms.length, 0);
  const kind = layer < last ? network.hidden : network.outputs;
  const details = make("details", { open: isOpen },
    make("summary", {}, say(sum.parts.length === 1 ? "termsInOneSum" : "termsInFourSums", { terms })), make("p", { className: "hint" }, say(layer === 1 ? "termsHintPixels" : "termsHint")),
    make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": say("termsLabel") }));
  const fill = () => details.open && details.lastChild.replaceChildren(table(layer, sum));
  details.addEventListener("toggle", fill);
  fill();
  card.replaceChildren(
    title,
    make("div", { className: "sums" },
      figures(open, a[layer - 1]),
      make("div", { className: "values" },
        make("p", { className: "formula" }, say("weightedInput", { terms, bias: exactly(sum.bias), z: exactly(sum.z) })),
        kind === "softmax" ? softmax(unit, z[layer], a[layer]) : formula(kind, sum.z, a[layer][unit]),
        bitsOf(a[layer][unit])),
      ...(kind === "softmax" ? [] : [curve(kind, sum.z, a[layer][unit])])),
    details);
}

// Who opens a unit sees it at once; who draws on sees ink first.
on("open", show);
on("reading network", inTurn(show, 150));
on("pressed", () => {
  if (state.pressed !== null) {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      card.scrollIntoView({ block: "nearest", behavior: smoothly() });
    }));
  }
});
onColours(show);
