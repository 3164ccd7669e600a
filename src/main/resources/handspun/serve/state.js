// What the page shows at this moment, and who wants to know when it changes.

export const state = {
  // What the server says about the model, and the network made of its parameters.
  model: null,
  network: null,

  // The SHA-256 of the model that the visitor wants; null for the one that is served.
  chosen: null,

  // All that the server has, as it lists them, and the SHA-256 of the one that is compared with; or null.
  models: [],
  compared: null,

  // Of which epoch the network is; null for the model itself.
  epoch: null,

  // After which epochs of its run the network is kept, and the figures of each epoch:
  // {epoch, cost, trainingAccuracy, validationAccuracy}. While it is trained, how many there will be.
  epochs: [],
  metrics: [],
  epochsInAll: null,

  // Why there is nothing of that.
  historyProblem: null,

  // The epoch that is pointed at.
  pointed: null,

  // What is read: {kind: "nothing"}, {kind: "strokes", strokes, pen}, {kind: "image", pixels, label, index}
  // or {kind: "photo", bitmap, sent}.
  source: { kind: "nothing" },

  // What came of it in the browser: see exact/worker.js.
  reading: null,

  // Whether the server has read the same: {state: "none" | "waiting" | "same" | "differs" | "failed", ...}.
  proof: { state: "none" },

  // Units {layer, unit}: the one that is open, and the one that is pointed at.
  open: null,
  hovered: null,
};

const listeners = [];

/** Calls a listener whenever one of these parts of the state was set. */
export function on(names, listener) {
  listeners.push({ names: names.split(" "), listener });
}

export function set(changes) {
  Object.assign(state, changes);
  const names = Object.keys(changes);
  for (const each of listeners) {
    if (each.names.some((name) => names.includes(name))) {
      each.listener(state);
    }
  }
}

/** A listener that runs before the next frame, once however often it was called. */
export function perFrame(draw) {
  let frame = null;
  const run = () => {
    frame = null;
    draw();
  };
  return () => {
    frame ??= requestAnimationFrame(run);
  };
}

// Milliseconds of a frame in which those who take turns may begin.
const TURNS_MS = 1;

const turns = new Set();
let isAsked = false;

function takeTurns(now) {
  isAsked = false;
  const until = performance.now() + TURNS_MS;
  for (const turn of [...turns].filter(({ last, rest }) => now - last >= rest)) {
    turns.delete(turn);
    turn.last = now;
    turn.draw();
    if (performance.now() >= until) {
      break;
    }
  }
  askForTurns();
}

function askForTurns() {
  if (turns.size > 0 && !isAsked) {
    isAsked = true;
    requestAnimationFrame(takeTurns);
  }
}

/**
 * A listener that runs before one of the next frames, once however often it was called, and then not
 * again for so many milliseconds. Such listeners take turns: what is drawn must appear in every frame,
 * what is said of it need not.
 */
export function inTurn(draw, rest = 0) {
  const turn = { draw, rest, last: -rest };
  return () => {
    turns.add(turn);
    askForTurns();
  };
}
