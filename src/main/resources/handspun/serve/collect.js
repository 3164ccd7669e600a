// "Wrong? It was a ...": keeps a drawing with its label, where the server was started for that.

import { byId, button, make } from "./dom.js";
import { state, on } from "./state.js";
import { ask, modelQuery } from "./server.js";
import { sha256 } from "./exact/sha256.js";
import { say } from "./words.js";

const collect = byId("collect");
const digits = make("div", { className: "buttons", role: "group", "aria-labelledby": "collect-title" });
const told = make("p", { className: "hint", role: "status" });

// Which drawings were sent with which labels, or are on their way.
const sent = new Set();

let key = "";

const named = (label) => `${key} ${label}`;

// Test images are not to be trained with, and of a photograph that was straightened nobody knows any more
// what it was before.
function isCollectable({ model, source, reading }) {
  return model?.collect === true && Boolean(reading?.normalized)
    && (source.kind === "strokes" || (source.kind === "photo" && model.preprocessing === "none"));
}

function show() {
  const { proof, reading } = state;
  const isProved = proof.state === "same" || proof.state === "differs";
  if (!isCollectable(state)) {
    if (!collect.hidden) {
      collect.hidden = true;
    }
    key = "";
  } else if (isProved) {
    collect.hidden = false;
    const next = sha256(reading.normalized.pixels);
    if (next !== key) {
      key = next;
      told.textContent = "";
    }
  }
  showSent();
}

function showSent() {
  [...digits.children].forEach((digit, label) => {
    digit.disabled = sent.has(named(label)) || state.proof.state === "waiting" || state.proof.state === "none";
    digit.setAttribute("aria-pressed", `${sent.has(named(label))}`);
  });
}

async function send(label) {
  const own = named(label);
  const pixels = Array.from(state.reading.normalized.pixels);
  sent.add(own);
  showSent();
  try {
    const { count } = await ask(`api/collect${modelQuery()}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ pixels, label }),
    });
    told.textContent = say("collected", { label, count });
  } catch (error) {
    // Who knows whether it has arrived: it may be sent again only if the server said no.
    if (error.status !== undefined) {
      sent.delete(own);
    }
    told.textContent = error.message;
  }
  showSent();
}

export function startCollect() {
  digits.append(...Array.from({ length: 10 }, (_, label) => button(`${label}`, () => send(label),
    { className: "digit", "aria-label": say("collectDigit", { label }) })));
  collect.append(
    make("summary", { id: "collect-title" }, say("collectTitle")),
    digits,
    told,
    make("p", { className: "hint" }, say("collectHint")));
  on("proof model source", show);
}
