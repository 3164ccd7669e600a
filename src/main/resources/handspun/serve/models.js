// The models to choose from, and what there is to say about the one that reads.

import { byId, button, make } from "./dom.js";
import { state, set, on } from "./state.js";
import { ask } from "./server.js";
import { percent } from "./numbers.js";
import { copyButton, dialogOf } from "./dialog.js";
import { language, say } from "./words.js";

const card = byId("models");
const list = make("ol", { className: "choices" });

let page = null;
let dialog = null;

/* Choosing. */

/** Asks for the list of models; an error if there is none. */
async function listModels() {
  const { served, models } = await ask("api/models");
  // The same model may lie in two places.
  const shas = models.map(({ sha256 }) => sha256);
  set({ models: models.filter(({ sha256 }, i) => shas.indexOf(sha256) === i) });
  return served;
}

async function open() {
  list.replaceChildren(make("li", { className: "hint" }, "…"));
  dialog.showModal();
  try {
    const served = await listModels();
    const name = state.models.find(({ sha256 }) => sha256 === served)?.name ?? "";
    list.replaceChildren(
      choice(null, say("servedModel"), say("servedModelHint", { name })),
      ...state.models.map((model) => choice(model.sha256, model.name, inShort(model))));
    list.querySelector("[aria-current]")?.focus();
  } catch (error) {
    list.replaceChildren(make("li", { role: "alert" }, error.message));
  }
}

function choice(sha, name, words) {
  const entry = button("", () => choose(sha), {
    className: "choice",
    "aria-current": sha === state.chosen && "true",
  });
  entry.append(make("strong", {}, name), make("span", { className: "hint" }, words));
  return make("li", {}, entry);
}

/** What a list of models says about one. */
export function inShort({ topology, testAccuracy, created, seed }) {
  return [
    topology.join("-"),
    testAccuracy === null ? say("untested") : say("ofTestImages", { accuracy: percent(testAccuracy) }),
    created && dateOf(created),
    seed === null || seed === undefined ? "" : say("withSeed", { seed }),
  ].filter(Boolean).join(" · ");
}

const dateOf = (created) =>
  new Date(created).toLocaleString(language(), { dateStyle: "medium", timeStyle: "short" });

async function choose(sha) {
  dialog.close();
  const before = state.chosen;
  set({ chosen: sha });
  try {
    if (sha !== state.model?.sha256) {
      await page.loadModel(sha ?? "");
    }
    page.tell("");
    byId("spoken").textContent = say("modelReads", { name: state.model.name });
  } catch (error) {
    if (error.status === 404) {
      await backToServed();
    } else {
      set({ chosen: before });
      page.tell(error.message);
    }
  }
}

/** The model that the visitor has chosen is no longer there. */
export async function backToServed() {
  set({ chosen: null });
  try {
    await page.loadModel();
    page.tell(say("modelGone", { name: state.model.name }));
  } catch (error) {
    page.tell(error.message);
  }
}

/** Asks whether what the visitor has chosen is still there, and goes back to the served one if not. */
export async function isStillThere() {
  if (state.chosen !== null) {
    await ask(`api/model?model=${state.chosen}`).catch((error) => error.status === 404 && backToServed());
  }
}

/* The card. */

// What belongs to something that this plan does not have: it makes no difference.
const NEEDS = {
  rateFactor: ({ schedule }) => ["step", "exponential", "plateau"].includes(schedule),
  rateEpochs: ({ schedule }) => ["step", "exponential", "plateau"].includes(schedule),
  secondMomentum: ({ optimizer }) => optimizer === "adam",
  teacherSShare: ({ teacher }) => teacher !== "none",
  temperature: ({ teacher }) => teacher !== "none",
  localSteps: ({ localSteps }) => `${localSteps}` !== "1",
};

const makesADifference = (plan, name) =>
  plan[name] !== 0 && plan[name] !== "none" && (NEEDS[name]?.(plan) ?? true);

// "miniBatch" as "Mini batch".
const inWords = (name) => name.replace(/^./, (first) => first.toUpperCase())
  .replace(/(?!^)[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

function facts(className, pairs) {
  return make("dl", { className }, ...pairs.filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
}

const known = (accuracy) => (accuracy === null || accuracy === undefined ? null : percent(accuracy, 2));

function figures({ parameters, plan, provenance }) {
  return facts("figures-of-model", [
    [say("ofMnistTest"), known(provenance.testAccuracy)],
    [say("ofValidation"), known(provenance.validationAccuracy)],
    [say("parameters"), parameters.toLocaleString(language())],
    [say("seed"), plan === null ? null : `${plan.seed}`],
  ]);
}

function origin({ file, topology, hidden, outputs, preprocessing, acceptance, provenance, sha256 }) {
  const { data, created, epochs, versions } = provenance;
  const hash = make("code", { className: "hash" }, sha256);
  return facts("facts", [
    [say("network"), say("networkOf", { topology: topology.join("-"), hidden, outputs })],
    [say("preprocessing"), say(`preprocessing-${preprocessing}`)],
    [say("thresholds"), acceptance === null ? say("noThresholds") : say("thresholdsOf", {
      score: acceptance.leastScore.toFixed(3), margin: acceptance.leastMargin.toFixed(3),
    })],
    [say("data"), data],
    [say("trained"), [created && dateOf(created), epochs > 0 && say("epochsOf", { epochs })].filter(Boolean).join(", ")],
    [say("versions"), Object.entries(versions).map((pair) => pair.join(" ")).join(", ")],
    [say("fileOfModel"), file],
    [say("hash"), make("span", { className: "hash-row" }, hash,
      copyButton(say("copyHash"), () => sha256, { id: "copy-hash" }))],
  ]);
}

function showCard() {
  const { model } = state;
  const { name, file, plan, provenance } = model;
  // Who has opened a part keeps it open when the model is trained further.
  const more = (id, title, pairs) => (pairs.length === 0 ? "" : make("details", { id, open: byId(id)?.open ?? false },
    make("summary", {}, title), facts("facts columns", pairs)));
  card.hidden = false;
  card.replaceChildren(
    make("div", { className: "title" },
      make("h2", { id: "models-title" }, say("modelTitle", { name: name ?? file })),
      button(say("chooseModel"), open)),
    figures(model),
    origin(model),
    more("plan", say("plan"), Object.keys(plan ?? {}).filter((key) => makesADifference(plan, key))
      .map((key) => [inWords(key), `${plan[key]}`])),
    more("data-files", say("dataFiles"), Object.entries(provenance.dataSha256)
      .map(([dataFile, sha256]) => [dataFile, make("code", { className: "hash" }, sha256)])));
}

/** The page gives what loads a model, and what tells of it. */
export function startModels({ loadModel, tell }) {
  page = { loadModel, tell };
  dialog = dialogOf("choose", say("chooseTitle"), list);
  byId("menu").append(button(say("models"), open, { id: "choose-model", "aria-haspopup": "dialog" }));
  on("model", () => {
    showCard();
    // What is trained at this moment has another SHA-256 after each epoch.
    if (!state.model.training) {
      listModels().catch(() => set({ models: [] }));
    }
  });
  on("proof", () => state.proof.status === 404 && isStillThere());
}
