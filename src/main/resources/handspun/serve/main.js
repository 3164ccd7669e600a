// Starts the page: its language, the network, and all that shows them.

import { byId, write } from "./dom.js";
import { state, set, on } from "./state.js";
import { ask, asked, askParameters, watchServer } from "./server.js";
import { readWith, prove } from "./reader.js";
import { startPaper } from "./paper.js";
import { startLoad } from "./load.js";
import { startSeen } from "./seen.js";
import { startWires } from "./wires.js";
import { startSteps } from "./steps.js";
import { startLearning } from "./learning.js";
import { startTour } from "./tour.js";
import { startWhy } from "./why.js";
import { backToServed, isStillThere, startModels } from "./models.js";
import { startCompare } from "./compare.js";
import { startSimilar } from "./similar.js";
import { startCollect } from "./collect.js";
import { openLink, startLink } from "./link.js";
import { tellProblem } from "./answer.js";
import "./unit.js";
import { Network } from "./exact/network.js";
import { percent } from "./numbers.js";
import { languageChoice, loadLanguage, say } from "./words.js";

// Which load is the newest, and how many go on: over a slow line one takes longer than from one
// heartbeat to the next.
let newest = 0;
let loading = 0;

/** Loads a model; empty for the one that is served. Of several that are asked for, the last one counts. */
export async function loadModel(sha = "") {
  const load = ++newest;
  loading++;
  try {
    const query = sha === "" ? {} : { model: sha };
    const [model, found] = await Promise.all([ask(`api/model${asked(query)}`), askParameters(query)]);
    const { parameters } = found.sha256 === model.sha256 ? found
      // Between the two, the server has got another model.
      : await askParameters({ model: model.sha256 }, model.sha256);
    if (load === newest) {
      const network = new Network(model, parameters);
      set({ model, network, reading: null, epoch: null, open: null, hovered: null });
      readWith(model, parameters.slice().buffer);
      prove();
    }
  } finally {
    loading--;
  }
}

function showHeadline() {
  const { topology, parameters, provenance, name } = state.model;
  const accuracy = provenance.testAccuracy;
  byId("headline").textContent = [
    say("headline", { name: name ?? state.model.file, topology: topology.join("-"), parameters: parameters.toLocaleString() }),
    accuracy === null ? say("headlineUntested") : say("headlineAccuracy", { accuracy: percent(accuracy) }),
  ].join(" ");
}

on("model", showHeadline);

/* The server may end, come back, or have another model. */

const notice = byId("notice");

function tell(text) {
  notice.hidden = text === "";
  write(notice, text);
}

let lives = true;
let served = null;

async function heard(health) {
  if (health === null) {
    lives = false;
    tell(say("serverGone"));
    return;
  }
  if (!lives) {
    lives = true;
    tell(say("serverBack"));
    if (state.network !== null) {
      prove();
    }
    await isStillThere();
  }
  if (health.model === undefined) {
    return;
  }
  // Of a model that is being trained, training.js hears, the last epoch included.
  const isFollowed = state.model?.training && state.model.file === health.file;
  if (state.chosen !== null && served !== null && served !== health.model && !health.training) {
    tell(say("otherServed"));
  }
  served = health.model;
  const isOther = state.model === null || (state.chosen === null && state.model.sha256 !== served);
  if (isOther && !isFollowed && loading === 0) {
    await load();
  }
}

async function load() {
  const isFirst = state.model === null;
  try {
    await loadModel(state.chosen ?? "");
    tell(isFirst ? "" : say("otherModel", { name: state.model.name }));
  } catch (error) {
    if (error.status !== 404 || state.chosen === null) {
      tellProblem(error.message);
      return;
    }
    await backToServed();
  }
  if (isFirst && state.model !== null) {
    if (state.chosen === served) {
      // A link to what is served goes on with what is served.
      set({ chosen: null });
    }
    openLink();
  }
}

await loadLanguage();
startPaper();
startLoad();
startSeen();
startWires();
startSteps();
startLearning();
startTour();
startWhy();
startModels({ loadModel, tell });
startCompare();
startSimilar();
startCollect();
startLink(tell);
byId("menu").append(languageChoice());
if (state.chosen === null) {
  load();
}
watchServer(heard);
