// The address holds what is shown, behind the #, where no server is told of it.

import { byId } from "./dom.js";
import { state, set, on } from "./state.js";
import { isDrawing, PENS, put } from "./paper.js";
import { prove } from "./reader.js";
import { goTo } from "./epochs.js";
import { compareWith } from "./compare.js";
import { readPixels, readStrokes, writePixels, writeStrokes } from "./compact.js";
import { copyButton } from "./dialog.js";
import { sha256 } from "./exact/sha256.js";
import { say } from "./words.js";

const VERSION = "1";
const OURS = "#v=";

// Safari lets a page set its address a hundred times in half a minute.
const REST_MS = 400;

// So many characters of the SHA-256 of what stands before tell a link that is whole.
const CHECK = 6;

const checkOf = (text) => sha256(new TextEncoder().encode(text)).slice(0, CHECK);

/** The part of the address behind the #; empty if there is nothing to keep. */
function linkOf({ model, chosen, compared, epoch, open, source }) {
  const isPlain = source.kind === "nothing" && open === null && epoch === null && compared === null;
  if (model === null || (isPlain && chosen === null)) {
    return "";
  }
  const parts = new URLSearchParams({ v: VERSION, model: model.sha256 });
  const add = (name, value) => value !== null && value !== undefined && parts.set(name, value);
  add("with", compared);
  add("epoch", epoch);
  add("open", open && `${open.layer}.${open.unit}`);
  if (source.kind === "strokes" && source.strokes.length > 0) {
    add("pen", source.pen === 1 ? null : source.pen);
    add("strokes", writeStrokes(source.strokes));
  } else if (source.kind === "image") {
    add("label", source.label);
    add("pixels", writePixels(source.pixels));
  }
  return `#${parts}&check=${checkOf(`${parts}`)}`;
}

/** What a link says: null if it is none of ours; an error if it is broken. */
function parse(hash) {
  if (!hash.startsWith(OURS)) {
    return null;
  }
  const [text, check] = hash.slice(1).split("&check=");
  if (checkOf(text) !== check) {
    throw new Error("broken");
  }
  const parts = new URLSearchParams(text);
  if (parts.get("v") !== VERSION) {
    throw new Error("other version");
  }
  const number = (name) => (parts.has(name) ? Number(parts.get(name)) : null);
  const open = parts.get("open")?.split(".").map(Number);
  return {
    model: parts.get("model"),
    compared: parts.get("with"),
    epoch: number("epoch"),
    open: open === undefined ? null : { layer: open[0], unit: open[1] },
    source: sourceOf(parts, number),
  };
}

function sourceOf(parts, number) {
  if (parts.has("strokes")) {
    const pen = number("pen") ?? 1;
    if (!PENS.includes(pen)) {
      throw new Error("broken");
    }
    return { kind: "strokes", strokes: readStrokes(parts.get("strokes")), pen };
  }
  return parts.has("pixels")
    ? { kind: "image", pixels: readPixels(parts.get("pixels")), label: number("label"), index: null } : null;
}

let tell = null;
let wanted = null;
let isBroken = false;

// Until a link is opened, nothing may take its place in the address.
let isOpened = false;

function take() {
  try {
    wanted = parse(location.hash);
  } catch {
    isBroken = true;
  }
  if (wanted !== null) {
    set({ chosen: wanted.model });
  }
}

/** Shows what the link says, when its model is there. */
export function openLink() {
  isOpened = true;
  if (isBroken) {
    tell(say("brokenLink"));
  }
  const link = wanted;
  if (link === null) {
    return;
  }
  if (link.source !== null) {
    put(link.source);
    prove();
  }
  if (link.compared !== null) {
    compareWith(link.compared);
  }
  // Of another model, a unit or an epoch means nothing.
  if (link.model === state.model.sha256) {
    const { layer, unit } = link.open ?? {};
    if (layer > 0 && unit >= 0 && unit < state.model.topology[layer]) {
      set({ open: link.open });
    }
    if (link.epoch !== null) {
      goTo(link.epoch);
    }
  }
}

let timer = 0;

function keep() {
  clearTimeout(timer);
  timer = setTimeout(write, REST_MS);
}

function write() {
  if (!isOpened || isDrawing()) {
    return;
  }
  const link = linkOf(state);
  if (link !== location.hash) {
    history.replaceState(history.state, "", link === "" ? location.pathname + location.search : link);
  }
}

/** Reads the address; what is told goes to the visitor. */
export function startLink(tellVisitor) {
  tell = tellVisitor;
  take();
  on("source open epoch model chosen compared proof", keep);
  // Somebody has opened another link in this page.
  addEventListener("hashchange", () => location.hash.startsWith(OURS) && location.reload());
  byId("menu").append(copyButton(say("copyLink"), () => {
    write();
    return location.href;
  }, { id: "copy-link" }));
}
