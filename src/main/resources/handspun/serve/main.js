// Starts the page: its language, the network, and all that shows them.

import { byId } from "./dom.js";
import { state, set, on } from "./state.js";
import { ask, askBytes, watchServer } from "./server.js";
import { readWith, prove } from "./reader.js";
import { startPaper } from "./paper.js";
import { startLoad } from "./load.js";
import { startSeen } from "./seen.js";
import { startWires } from "./wires.js";
import { startSteps } from "./steps.js";
import { startLearning } from "./learning.js";
import { startTour } from "./tour.js";
import { startWhy } from "./why.js";
import { tellProblem } from "./answer.js";
import "./unit.js";
import { Network } from "./exact/network.js";
import { sha256 } from "./exact/sha256.js";
import { percent } from "./numbers.js";
import { languageChoice, loadLanguage, say } from "./words.js";

/** Loads a model; empty for the one that is served. */
export async function loadModel(sha = "") {
  const query = sha === "" ? "" : `?model=${sha}`;
  const model = await ask(`api/model${query}`);
  const bytes = await askBytes(`api/parameters?model=${model.sha256}`);
  if (sha256(bytes) !== model.sha256) {
    throw new Error(say("damaged"));
  }
  const parameters = new Float32Array(bytes.buffer);
  set({ model, epoch: null, open: null, hovered: null });
  set({ network: new Network(model, parameters) });
  readWith(model, parameters.slice().buffer);
  prove();
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
  if (notice.textContent !== text) {
    notice.textContent = text;
  }
}

let lives = true;

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
  }
  // Of a model that is being trained, training.js hears, the last epoch included.
  const isFollowed = state.model?.training && state.model.file === health.file;
  if (health.model !== undefined && state.model?.sha256 !== health.model && !isFollowed) {
    const isFirst = state.model === null;
    await loadModel().then(
      () => tell(isFirst ? "" : say("otherModel", { name: state.model.name })),
      (error) => tellProblem(error.message));
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
byId("menu").append(languageChoice());
watchServer(heard);
