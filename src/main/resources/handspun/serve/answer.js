// What the network says: the verdict, the ten outputs, and whether the server says the same.

import { byId, button, changingNumber, make, writeNumber } from "./dom.js";
import { state, on, inTurn, perFrame } from "./state.js";
import { exactly, rounded } from "./numbers.js";
import { pointsAt, same, toggle } from "./layers.js";
import { isDrawing } from "./paper.js";
import { say } from "./words.js";

// A screen reader is told when the pen has been up for so long.
const REST_MS = 400;

const prediction = byId("prediction");
const outputs = byId("outputs");
const badge = byId("badge");
const problem = byId("problem");

/** For a verdict the digit, which is written large, and the words behind it. */
export function inWords({ reading, candidates }, isJudged) {
  switch (reading) {
    case "digit":
      return [candidates[0], say(isJudged ? "surely" : "unjudged")];
    case "unsure":
      return [candidates[0], say("orPerhaps", { other: candidates[1] })];
    default:
      return ["", say(reading)];
  }
}

function words() {
  const { reading, source, proof } = state;
  if (source.kind === "nothing") {
    return ["", say("drawADigit")];
  }
  if (reading === null) {
    return ["", proof.state === "failed" ? "" : say("reading")];
  }
  return reading.verdict === null ? ["", say("blank")]
    : inWords(reading.verdict, state.model.acceptance !== null);
}

function draw() {
  const [digit, text] = words();
  if (prediction.textContent !== `${digit}${text}`) {
    prediction.replaceChildren(make("strong", {}, `${digit}`), make("span", {}, text));
  }
  const a = state.reading?.forward?.a.at(-1);
  const best = state.reading?.verdict?.candidates ?? [];
  [...outputs.children].forEach((row, unit) => {
    row.classList.toggle("best", best.includes(unit));
    const text = a === undefined ? "" : rounded(a[unit]);
    if (writeNumber(row.querySelector(".value"), text)) {
      row.querySelector(".bar").style.setProperty("--output", a?.[unit] ?? 0);
    }
  });
  speakSoon();
}

const show = inTurn(draw);

const mark = perFrame(() => [...outputs.children].forEach((row, unit) => {
  const layer = state.network.topology.length - 1;
  row.firstChild.setAttribute("aria-pressed", `${same(state.open, { layer, unit })}`);
}));

function build() {
  const layer = state.network.topology.length - 1;
  const size = state.network.topology[layer];
  if (outputs.children.length !== size || outputs.dataset.layer !== `${layer}`) {
    outputs.dataset.layer = layer;
    outputs.replaceChildren(...Array.from({ length: size }, (_, unit) => {
      const output = button("", () => toggle({ layer, unit }),
        { className: "output", "aria-pressed": "false" });
      output.append(make("span", { className: "unseen" }, say("outputWord")),
        make("span", { className: "label" }, `${unit}`),
        make("span", { className: "track" }, make("span", { className: "bar" })),
        changingNumber());
      pointsAt(output, { layer, unit });
      return make("li", {}, output);
    }));
  }
  show();
}

export const outputPlace = (unit) => outputs.children[unit]?.getBoundingClientRect();

/* One sentence for those who hear the page. */

let timer = 0;
let spoken = "";

function speakSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const sentence = state.reading === null || isDrawing() ? "" : words().join("");
    if (!isDrawing() && sentence !== spoken) {
      spoken = sentence;
      byId("spoken").textContent = sentence === "" ? "" : say("spoken", { sentence });
    }
  }, REST_MS);
}

/* Whether the server says the same. */

function showProof() {
  const { proof } = state;
  badge.hidden = proof.state !== "same" && proof.state !== "differs";
  badge.className = proof.state;
  if (proof.state === "same") {
    badge.replaceChildren(make("span", { className: "long" }, say("computedHere")), say("sameBits"),
      make("span", { className: "long" }, say("asTheServer")));
  } else if (proof.state === "differs") {
    const number = (value) => (typeof value === "number" ? exactly(Math.fround(value)) : value);
    badge.textContent =
      say("differs", { what: proof.what, here: number(proof.here), there: number(proof.there) });
  }
  tellProblem(proof.state === "failed" ? proof.message : null);
  if (badge.hidden) {
    show();
  } else {
    // What the badge stands beside is what is proved.
    draw();
  }
}

/** Tells what went wrong, until there is something else to tell; null if nothing did. */
export function tellProblem(text) {
  problem.hidden = text === null;
  problem.textContent = text ?? "";
}

on("network", build);
on("reading source", show);
on("open", mark);
on("proof", showProof);
