// Reads what is drawn: in a thread of its own, as the server does it, and compares with the server.

import { state, set, on, inTurn } from "./state.js";
import { say } from "./words.js";
import { ask, modelQuery, PATIENCE_PHOTO_MS } from "./server.js";
import { fitted, raster, SIZE } from "./exact/raster.js";
import { png } from "./exact/png.js";
import { bits } from "./exact/single.js";
import { readingThread } from "./thread.js";

// The id of the newest source, and of the network: what was read before was read by another.
let newest = 0;
let since = 0;

/** Gives the worker another network; what is shown is read by it anew. */
export function readWith(model, parameters) {
  since = ++newest;
  thread.use(since, model, parameters);
  readAgain();
}

function readAgain() {
  newest++;
  if (state.proof.state !== "none") {
    set({ proof: { state: "none" } });
  }
  if (state.source.kind === "nothing") {
    thread.read(null);
    set({ reading: null });
  } else {
    read();
  }
}

// While somebody draws, so many milliseconds pass from one reading to the next at least.
const REST_MS = 50;

const read = inTurn(() => {
  const { source, network } = state;
  if (network !== null && source.kind !== "nothing" && question(source) !== null) {
    thread.read({ id: newest, ...question(source) });
  }
}, REST_MS);

/** What a thread is asked about it; null if only the server can tell. */
export function question(source) {
  switch (source.kind) {
    case "strokes":
      return { strokes: source.strokes, pen: source.pen };
    case "image":
      return { pixels: source.pixels };
    default:
      // Of a photograph the server tells the pixels, and how many digits there are.
      return source.seen === undefined ? null : { seen: source.seen, digits: source.digits };
  }
}

const thread = readingThread((data) => {
  if (data.type === "failed") {
    set({ proof: { state: "failed", message: data.message } });
  } else if (data.type === "reading" && data.id > since && state.source.kind !== "nothing") {
    // Of a drawing that goes on, an older reading is better than none.
    set({ reading: { ...data, isNewest: data.id === newest } });
  }
});

/** When the pen is up: lets the server read the same. */
export async function prove() {
  const asked = newest;
  const { source } = state;
  if (source.kind === "nothing" || state.model === null) {
    return;
  }
  set({ proof: { state: "waiting" } });
  let proof;
  try {
    const answer = await ask(...await request(source));
    if (asked === newest && source.kind === "photo") {
      source.seen = Uint8Array.from(answer.input);
      source.digits = answer.steps.ink.digits;
      set({ steps: answer.steps });
      readAgain();
      await readingOf(newest);
      proof = compare(answer);
      set({ proof });
      return;
    }
    await readingOf(asked);
    proof = compare(answer);
  } catch (error) {
    // A training has gone on: the network that has read here is there no more.
    const isGone = error.status === 404 && state.model.training;
    proof = isGone ? { state: "none" }
      : { state: "failed", message: error.message, status: error.status, steps: error.steps };
  }
  if (asked === newest) {
    set({ proof });
  }
}

async function request(source) {
  const post = (type, body) => ({ method: "POST", headers: { "Content-Type": type }, body });
  switch (source.kind) {
    case "strokes": {
      const picture = await png(raster(fitted(source.strokes, source.pen)), SIZE, SIZE);
      return [`api/predict${modelQuery()}`, post("image/png", picture)];
    }
    case "image": {
      // Three digits tell 256 levels apart.
      const pixels = Array.from(source.pixels, (pixel) => Number((pixel / 255).toFixed(3)));
      return [`api/predict${modelQuery()}`, post("application/json", JSON.stringify({ pixels }))];
    }
    default:
      return [`api/steps${modelQuery()}`, post("image/png", source.sent), PATIENCE_PHOTO_MS];
  }
}

function readingOf(id) {
  return new Promise((resolve) => {
    const look = () => {
      if (state.reading?.id >= id || newest !== id) {
        resolve();
      } else {
        setTimeout(look, 5);
      }
    };
    look();
  });
}

/** Whether the server has read the same: pixels, outputs to the last bit, and what they mean. */
function compare(answer) {
  const { reading } = state;
  if (answer.model !== (state.network.sha256 ?? state.model.sha256)) {
    return { state: "none" };
  }
  const pixel = answer.input.findIndex((there, p) => there !== reading.prepared.pixels[p]);
  if (pixel >= 0) {
    return {
      state: "differs",
      what: say("atPixel", { column: pixel % 28, row: Math.floor(pixel / 28) }),
      here: reading.prepared.pixels[pixel],
      there: answer.input[pixel],
    };
  }
  const outputs = reading.forward.a.at(-1);
  const output = answer.outputs.findIndex((there, o) => bits(Math.fround(there)) !== bits(outputs[o]));
  if (output >= 0) {
    return { state: "differs", what: say("atOutput", { unit: output }), here: outputs[output], there: answer.outputs[output] };
  }
  return answer.reading === reading.verdict.reading
    ? { state: "same", answer }
    : { state: "differs", what: say("atVerdict"), here: reading.verdict.reading, there: answer.reading };
}

on("source", readAgain);
