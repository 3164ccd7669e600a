// A second model that reads the same drawing, beside the first.

import { byId, make } from "./dom.js";
import { state, set, on, inTurn } from "./state.js";
import { ask, askParameters } from "./server.js";
import { percent, rounded } from "./numbers.js";
import { inWords } from "./answer.js";
import { question } from "./reader.js";
import { readingThread } from "./thread.js";
import { inShort } from "./models.js";
import { say } from "./words.js";

const card = byId("compare");
const choice = make("select", { id: "compare-with" });
const body = make("div", {});

let thread = null;
let other = null;
let reading = null;
let newest = 0;
let since = 0;

/** Compares with another model; null for none. */
export async function compareWith(sha) {
  set({ compared: sha });
  other = null;
  reading = null;
  show();
  if (sha === null) {
    return;
  }
  try {
    const model = await ask(`api/model?model=${sha}`);
    const { parameters } = await askParameters({ model: sha }, model.sha256);
    if (state.compared !== sha) {
      return;
    }
    thread ??= readingThread(answered);
    since = ++newest;
    thread.use(since, model, parameters.buffer);
    other = model;
    read();
  } catch (error) {
    if (state.compared === sha) {
      set({ compared: null });
      body.replaceChildren(make("p", { role: "alert", className: "hint" }, error.message));
      choice.value = "";
    }
  }
}

function answered(data) {
  if (data.type === "reading" && data.id > since && state.source.kind !== "nothing") {
    reading = data;
    show();
  }
}

async function read() {
  if (other === null) {
    return;
  }
  const id = ++newest;
  const { source } = state;
  if (source.kind === "nothing") {
    reading = null;
    thread.read(null);
  } else if (source.kind === "photo" && other.preprocessing !== state.model.preprocessing) {
    // What this one sees of a photograph, only the server can tell.
    reading = null;
    const post = { method: "POST", headers: { "Content-Type": "image/png" }, body: source.sent };
    const seen = await ask(`api/predict?model=${other.sha256}`, post).catch(() => null);
    if (seen !== null && id === newest) {
      thread.read({ id, seen: Uint8Array.from(seen.input) });
    }
  } else if (question(source) !== null) {
    thread.read({ id, ...question(source) });
  }
  show();
}

/* What is shown. */

const said = (model, of) => {
  if (of === null || of === undefined) {
    return ["", say("reading")];
  }
  return of.verdict === null ? ["", say("blank")] : inWords(of.verdict, model.acceptance !== null);
};

function side(model, of) {
  const [digit, words] = said(model, of);
  return make("div", { className: "side" },
    make("h3", {}, model.name ?? model.file),
    make("p", { className: "hint" }, [model.topology.join("-"), model.provenance.testAccuracy === null
      ? "" : percent(model.provenance.testAccuracy)].filter(Boolean).join(" · ")),
    make("p", { className: "verdict" },
      ...(state.source.kind === "nothing" ? [say("drawADigit")]
        : [make("strong", {}, `${digit}`), make("span", {}, words)])));
}

function bar(output, isBest) {
  const cell = make("td", { className: isBest ? "best" : "" }, make("div", { className: "both-cell" },
    make("span", { className: "value" }, output === undefined ? "" : rounded(output)),
    make("span", { className: "track" }, make("span", { className: "bar" }))));
  cell.style.setProperty("--output", output ?? 0);
  return cell;
}

function outputs(one, two) {
  const best = (of, unit) => of?.verdict?.candidates.includes(unit) ?? false;
  const [a, b] = [one, two].map((of) => of?.forward?.a.at(-1));
  const size = Math.max(state.model.topology.at(-1), other.topology.at(-1));
  const head = [state.model.name, say("output"), other.name].map((name) =>
    make("th", { scope: "col" }, make("span", { className: "unseen" }, name)));
  return make("table", { className: "both" },
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...Array.from({ length: size }, (_, unit) => make("tr", {},
      bar(a?.[unit], best(one, unit)),
      make("th", { scope: "row" }, `${unit}`),
      bar(b?.[unit], best(two, unit))))));
}

// Where they differ, in a sentence.
function sentence(one, two) {
  if (!one?.forward || !two?.forward) {
    return "";
  }
  const [here, there] = [said(state.model, one), said(other, two)].map((words) => words.join(""));
  const [a, b] = [one, two].map((of) => of.forward.a.at(-1));
  const differences = Array.from(a, (output, unit) => Math.abs(output - (b[unit] ?? 0)));
  const unit = differences.indexOf(Math.max(...differences));
  const values = { unit, a: rounded(a[unit]), b: rounded(b[unit] ?? 0) };
  const most = values.a === values.b ? say("differNowhere") : say("differMost", values);
  return [here === there ? say("bothRead", { here })
    : say("readOtherwise", { one: state.model.name, two: other.name, here, there }), most].join(" ");
}

const show = inTurn(() => {
  if (other === null) {
    body.replaceChildren(make("p", { className: "hint" },
      say(state.compared === null ? "compareHint" : "reading")));
    return;
  }
  const one = state.source.kind === "nothing" ? null : state.reading;
  body.replaceChildren(
    make("div", { className: "pair" }, side(state.model, one), side(other, reading)),
    make("p", { id: "compared" }, sentence(one, reading)),
    outputs(one, reading));
});

function listChoices() {
  const others = state.models.filter((model) => model.sha256 !== state.model.sha256);
  card.hidden = others.length === 0;
  choice.replaceChildren(new Option(say("compareNone"), ""),
    ...others.map((model) => new Option(`${model.name}: ${inShort(model)}`, model.sha256)));
  if (others.every((model) => model.sha256 !== state.compared) && state.compared !== null) {
    compareWith(null);
  }
  choice.value = state.compared ?? "";
}

export function startCompare() {
  choice.addEventListener("change", () => compareWith(choice.value === "" ? null : choice.value));
  card.append(
    make("div", { className: "title" }, make("h2", { id: "compare-title" }, say("compareTitle")),
      make("label", {}, make("span", {}, say("compareWith")), " ", choice)),
    body);
  on("models", listChoices);
  on("compared", () => { choice.value = state.compared ?? ""; });
  on("source network", read);
  on("reading", () => other !== null && show());
  show();
}
