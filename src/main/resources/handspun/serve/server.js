// Talks to the server: requests, whether it lives, and which model it serves.

import { set, state } from "./state.js";
import { sha256 } from "./exact/sha256.js";
import { say } from "./words.js";

const PATIENCE_MS = 8000;

// For a photograph, over a slow line.
export const PATIENCE_PHOTO_MS = 60000;

// Together less than the two seconds within which a visitor is told.
const HEARTBEAT_MS = 900;
const HEARTBEAT_PATIENCE_MS = 1000;

/** What the server answers; an error that says in words what went wrong. */
export async function ask(path, options = {}, patience = PATIENCE_MS, controller = new AbortController()) {
  const response = await fetchPatiently(path, options, patience, controller);
  const answer = await response.json().catch(() => {
    throw new Error(say("unreadable", { status: response.status }));
  });
  if (!response.ok) {
    throw Object.assign(new Error(answer.error), { status: response.status, steps: answer.steps });
  }
  return answer;
}

/** What is asked for, as the end of an address. */
export const asked = (query) => `?${new URLSearchParams(query)}`.replace(/^\?$/, "");

/** Bytes as JSON has them. */
export const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/**
 * A network's parameters, which must be those that are meant: their SHA-256 is known, or the server
 * sends it with them.
 */
export async function askParameters(query, known = null) {
  const path = `api/parameters${asked(query)}`;
  const response = await fetchPatiently(path, {}, PATIENCE_PHOTO_MS, new AbortController());
  if (!response.ok) {
    throw new Error((await response.json()).error);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const sha = sha256(bytes);
  if (!(known ?? response.headers.get("ETag"))?.includes(sha)) {
    throw new Error(say("damaged"));
  }
  return { parameters: new Float32Array(bytes.buffer), sha256: sha };
}

async function fetchPatiently(path, options, patience, controller) {
  const timer = setTimeout(() => controller.abort(), patience);
  try {
    return await fetch(path, { ...options, signal: controller.signal });
  } catch {
    throw new Error(say("noAnswer"));
  } finally {
    clearTimeout(timer);
  }
}

/** The query that asks for the model, and the epoch of it, that the page shows. */
export function modelQuery(more = {}) {
  const query = new URLSearchParams(more);
  query.set("model", state.model.sha256);
  if (state.epoch !== null) {
    query.set("epoch", state.epoch);
  }
  return `?${query}`;
}

/** Asks again and again; calls what is given with the server's answer, or null if there is none. */
export async function watchServer(heard) {
  for (;;) {
    if (document.visibilityState === "visible") {
      heard(await ask("healthz", { cache: "no-store" }, HEARTBEAT_PATIENCE_MS).catch(() => null));
    }
    await new Promise((resolve) => setTimeout(resolve, HEARTBEAT_MS));
  }
}
