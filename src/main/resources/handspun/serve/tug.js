// A weighted sum as a tug-of-war: each unit of the layer before pulls by its activation times its weight,
// the strongest first, and opens down to pixels.

import { button, drawSigned, make, picture } from "./dom.js";
import { state } from "./state.js";
import { plain, signed } from "./numbers.js";
import { nameOf, pointsAt, toggle } from "./layers.js";
import { gradient } from "./gradient.js";
import { say } from "./words.js";

// So many of the strongest are shown at first.
const FIRST = 10;

// Farther down there are no pictures: those of many units would hold the page up.
const PICTURED = 40;

// What is opened, and of which all terms are shown, by its way from the top: kept while drawing on.
const opened = new Set();
const complete = new Set();

/** Which pixels turn a unit on, and which off, at this drawing. */
function influences({ layer, unit }) {
  const { network, reading } = state;
  const one = new Float64Array(network.topology[layer]);
  one[unit] = 1;
  const by = gradient(network, reading.forward, layer, one);
  return by.map((derivative, p) => derivative * reading.forward.a[0][p]);
}

/**
 * Hundredths that add up to a total's: each is next to what it stands for, and those nearest to the next
 * one are rounded to that.
 */
function hundredths(values, total) {
  const down = values.map((value) => Math.floor(100 * value));
  let missing = Math.round(100 * total) - down.reduce((sum, value) => sum + value, 0);
  const order = [...values.keys()].sort((one, other) =>
    (100 * values[other] - down[other]) - (100 * values[one] - down[one]));
  for (const i of order) {
    if (missing <= 0) {
      break;
    }
    down[i]++;
    missing--;
  }
  return down.map((value) => value / 100);
}

/**
 * The terms of a sum over the units before a layer, and its bias, as {list, terms}. The `total` is the sum
 * as the network has it; `weight` gives what an input is multiplied by, `formula` tells a term in words.
 */
export function tugOfWar({ way, layer, weight, bias, total, formula }) {
  const before = state.reading.forward.a[layer - 1];
  const terms = Array.from(before, (a, unit) => ({ unit, a, value: a * weight(unit) }));
  terms.push({ unit: null, value: bias });
  terms.sort((one, other) => Math.abs(other.value) - Math.abs(one.value));
  const some = complete.has(way) || terms.length <= FIRST + 2 ? terms : terms.slice(0, FIRST);
  const rest = terms.slice(some.length);
  const values = some.map(({ value }) => value);
  if (rest.length > 0) {
    values.push(rest.reduce((sum, { value }) => sum + value, 0));
  }
  const shown = hundredths(values, total);
  const most = Math.max(1e-9, ...values.map(Math.abs));
  const rows = some.map(({ unit, a, value }, t) => (unit === null
    ? make("li", {}, line(make("span"), say("bias"), value / most, shown[t]))
    : openable({ way, layer: layer - 1, unit, a, part: value / most, shown: shown[t], formula, isPictured: t < PICTURED })));
  if (rest.length > 0) {
    rows.push(make("li", { className: "rest" },
      line(make("span"), say("whyRest", { count: rest.length }), values.at(-1) / most, shown.at(-1))));
  }
  const list = make("ul", { className: "tug" }, ...rows);
  if (rest.length > 0) {
    list.append(make("li", {}, button(say("whyAll", { count: terms.length }), () => {
      complete.add(way);
      const all = tugOfWar({ way, layer, weight, bias, total, formula });
      list.replaceWith(all);
      all.children[FIRST].querySelector("summary")?.focus();
    })));
  }
  return list;
}

function line(picture, name, part, value) {
  const bar = make("span", { className: part < 0 ? "pull other" : "pull" }, make("span"));
  bar.style.setProperty("--part", Math.min(1, Math.abs(part)));
  return make("div", { className: "term" }, picture, make("span", { className: "name" }, name), bar,
    make("span", { className: "value" }, signed(value)));
}

// Of the inked pixels alone: the others count for nothing.
function ofInked(numbers) {
  const terms = picture();
  const { left, top, side } = inked();
  drawSigned(terms, Float64Array.from({ length: side * side }, (_, p) =>
    numbers[(top + Math.floor(p / side)) * 28 + left + p % side] ?? 0), side);
  return terms;
}

// The square around the ink, with a pixel to spare.
function inked() {
  const pixels = [...state.reading.forward.a[0].keys()].filter((p) => state.reading.forward.a[0][p] > 0);
  const [columns, rows] = [pixels.map((p) => p % 28), pixels.map((p) => Math.floor(p / 28))];
  const extent = (all) => Math.max(...all) - Math.min(...all) + 1;
  const side = Math.min(28, Math.max(extent(columns), extent(rows)) + 2);
  const first = (all) =>
    Math.min(28 - side, Math.max(0, Math.round((Math.min(...all) + Math.max(...all) + 1 - side) / 2)));
  return { left: first(columns), top: first(rows), side };
}

function openable({ way, layer, unit, a, part, shown, formula, isPictured }) {
  const own = `${way}/${unit}`;
  const details = make("details", { open: opened.has(own) });
  const summary = make("summary", {},
    line(isPictured ? ofInked(influences({ layer, unit })) : make("span"), nameOf({ layer, unit }), part, shown));
  pointsAt(summary, { layer, unit });
  details.append(summary);
  const fill = () => {
    if (details.open && details.children.length === 1) {
      details.append(inside(own, { layer, unit }, formula({ unit, a, shown })));
    }
  };
  details.addEventListener("toggle", () => {
    if (details.open) {
      opened.add(own);
    } else {
      opened.delete(own);
    }
    fill();
  });
  fill();
  return make("li", {}, details);
}

/** What is inside a unit: its sum, as pixels or as a tug-of-war of its own. */
function inside(way, { layer, unit }, formula) {
  const { network, reading } = state;
  const z = reading.forward.z[layer][unit];
  const values = { name: nameOf({ layer, unit }), z: plain(z), a: plain(reading.forward.a[layer][unit]) };
  const weight = (input) => network.weight(layer, input, unit);
  const bias = network.bias(layer, unit);
  return make("div", { className: "inside" },
    make("p", {}, formula), make("p", {}, say("whyUnit", values)),
    layer === 1 ? pixelsOf(weight, bias, z) : tugOfWar({
      way, layer, weight, bias, total: z,
      formula: (term) => say("whyTerm", { a: plain(term.a), weight: plain(weight(term.unit)), value: signed(term.shown) }),
    }),
    button(say("whyAdd"), () => toggle({ layer, unit })));
}

/** The terms of a sum over pixels as a picture, and what they are together. */
export function pixelsOf(weight, bias, total) {
  const terms = state.reading.forward.a[0].map((a, p) => a * weight(p));
  const sum = (sign) => terms.reduce((so, term) => so + (term * sign > 0 ? term : 0), 0);
  const [on, off, constant] = hundredths([sum(1), sum(-1), bias], total);
  return make("div", { className: "terms-picture" }, ofInked(terms),
    make("p", {}, say("whyPixels", { on: signed(on), off: signed(off), bias: signed(constant), total: plain(total) })));
}
