// The networks of a run's epochs: those of a small network are all kept, of a large one the last few that were needed.

import { state, set, on } from "./state.js";
import { ask, askParameters } from "./server.js";
import { prove, readWith } from "./reader.js";
import { isDrawing } from "./paper.js";
import { tellProblem } from "./answer.js";
import { Network } from "./exact/network.js";

// Bytes of all epochs together up to which they are fetched ahead, and bytes that are kept of larger ones.
const SMALL = 8 << 20;
const MOST = 24 << 20;

// The server is asked once the slider has rested for so long.
const REST_MS = 250;

// By epoch, the longest unused first.
const networks = new Map();

// The model's own, and the epoch that somebody wants to see; null for the model itself.
let own = null;
let wanted = null;
let isGoing = false;

// Counts the models that were loaded.
let run = 0;
let isExtending = false;
let proving = 0;

const bytes = () => 4 * state.model.parameters;

export const bytesOfAll = () => bytes() * state.epochs.length;
export const areSmall = () => bytesOfAll() <= SMALL;

// While it is trained, a model's SHA-256 changes with every epoch, but there is only one.
const query = (more) => (state.model.training ? more : { ...more, model: state.model.sha256 });

/** The network after an epoch, its SHA-256 checked. */
export function networkOf(epoch) {
  const found = networks.get(epoch) ?? fetched(epoch);
  networks.delete(epoch);
  networks.set(epoch, found);
  const most = areSmall() ? Infinity : Math.max(1, Math.floor(MOST / bytes()));
  while (networks.size > most) {
    networks.delete(networks.keys().next().value);
  }
  return found;
}

function fetched(epoch) {
  const { model } = state;
  const found = askParameters(query({ epoch })).then(({ parameters, sha256 }) =>
    Object.assign(new Network(model, parameters), { sha256 }));
  // To be asked for again.
  found.catch(() => networks.get(epoch) === found && networks.delete(epoch));
  return found;
}

/** Which of the epochs the model itself is of; while it is trained, the newest. */
export const ownEpoch = () => (state.model.training ? Infinity : state.model.provenance.epochs);

/** Which of the epochs the page shows; of the model itself, the one that it is of. */
export const shownEpoch = () => state.epoch ?? ownEpoch();

/** Which one it will show as soon as its network is there. */
export const wantedEpoch = () => wanted ?? ownEpoch();

/** Its place among those that are kept: the last that is not after it. */
export function placeOfEpoch(epoch) {
  return Math.max(0, state.epochs.findLastIndex((each) => each <= epoch));
}

/** Shows the network after an epoch, or the model itself, as soon as it is there. */
export async function goTo(epoch) {
  wanted = epoch;
  if (epoch === null) {
    show(null, own);
  } else if (!isGoing) {
    isGoing = true;
    try {
      // Who slides on does not wait for all that lies between.
      for (let next = null; wanted !== null && wanted !== next;) {
        next = wanted;
        const asked = run;
        const network = await networkOf(next);
        if (asked !== run) {
          next = null;
        } else if (wanted !== null) {
          show(next, network);
        }
      }
    } catch (error) {
      wanted = state.epoch;
      set({ epoch: wanted });
      tellProblem(error.message);
    } finally {
      isGoing = false;
    }
  }
}

function show(epoch, network) {
  // Thresholds are chosen when training has ended.
  network.acceptance = state.model.acceptance;
  set({ epoch, network });
  readWith(state.model, network.parameters.slice().buffer);
  proveSoon();
}

function proveSoon() {
  clearTimeout(proving);
  proving = setTimeout(() => {
    // A photograph is not sent again for every epoch.
    if (!isDrawing() && (state.source.kind !== "photo" || (state.epoch === null && !state.model.training))) {
      prove();
    }
  }, REST_MS);
}

/** The same model after more epochs; it is shown unless the visitor looks at another of them. */
export function extend(changes, { parameters, sha256 }) {
  isExtending = true;
  set({ ...changes, model: { ...changes.model, sha256 } });
  isExtending = false;
  own = Object.assign(new Network(state.model, parameters), { sha256 });
  if (state.epoch === null && wanted === null) {
    show(null, own);
  }
}

async function begin() {
  const { model } = state;
  wanted = null;
  run++;
  networks.clear();
  set({ epochs: [], metrics: [], pointed: null, epochsInAll: null, historyProblem: null });
  const found = await ask(`api/epochs?${new URLSearchParams(query({}))}`).catch((error) => (
    { epochs: [], metrics: [], historyProblem: error.message }));
  if (model === state.model) {
    set(found);
  }
}

on("model", () => isExtending || begin());
on("network", () => {
  if (state.epoch === null) {
    own = state.network;
  }
});
