// A model that is being trained at this moment: the page hears of each epoch.

import { state, on } from "./state.js";
import { ask, askParameters } from "./server.js";
import { extend } from "./epochs.js";

// When the server is asked again for the end of a training that it did not tell.
const AGAIN_MS = 2000;

let events = null;
let newest = null;
let isBusy = false;

// Where epochs end faster than their networks arrive, those between are left out.
async function hear(epoch) {
  newest = epoch;
  if (isBusy) {
    return;
  }
  isBusy = true;
  while (newest !== null) {
    const next = newest;
    newest = null;
    // What fails is made good by the next epoch, and a server that is gone is told of elsewhere.
    await (next.hasEnded ? end().catch(() => setTimeout(listen, AGAIN_MS)) : go(next).catch(() => null));
  }
  isBusy = false;
}

async function go({ epoch, epochs, cost, trainingAccuracy, validationAccuracy }) {
  const [found, network] = await Promise.all([ask("api/epochs"), askParameters({})]);
  const { provenance } = state.model;
  const metrics = new Map(state.metrics.map((each) => [each.epoch, each]));
  if (epoch > 0) {
    metrics.set(epoch, { epoch, cost, trainingAccuracy, validationAccuracy });
  }
  found.metrics.forEach((each) => metrics.set(each.epoch, each));
  extend({
    // Whoever connects again hears of all of them.
    model: { ...state.model, provenance: { ...provenance, epochs: Math.max(epoch, provenance.epochs) } },
    epochs: found.epochs,
    metrics: [...metrics.values()].sort((one, other) => one.epoch - other.epoch),
    epochsInAll: epochs,
  }, network);
}

async function end() {
  close();
  const model = await ask("api/model");
  const query = { model: model.sha256 };
  const [found, network] = await Promise.all(
    [ask(`api/epochs?${new URLSearchParams(query)}`), askParameters(query)]);
  extend({ model, ...found, epochsInAll: null }, network);
}

function close() {
  events?.close();
  events = null;
}

// Only while there is something to hear, and somebody who sees it.
function listen() {
  if (!state.model?.training || document.hidden) {
    close();
  } else if (events === null) {
    events = new EventSource("api/events");
    events.addEventListener("epoch", ({ data }) => hear(JSON.parse(data)));
    events.addEventListener("end", () => hear({ hasEnded: true }));
    events.addEventListener("error", ({ target }) => {
      // Otherwise the browser connects again by itself.
      if (target.readyState === EventSource.CLOSED && target === events) {
        hear({ hasEnded: true });
      }
    });
  }
}

export function startTraining() {
  on("model", listen);
  document.addEventListener("visibilitychange", listen);
}
