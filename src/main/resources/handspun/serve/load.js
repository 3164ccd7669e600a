// Puts other things than drawings on the paper: test images, and pictures that are opened, dropped or pasted.

import { byId, button } from "./dom.js";
import { state } from "./state.js";
import { ask, bytesOf, modelQuery } from "./server.js";
import { put } from "./paper.js";
import { prove } from "./reader.js";
import { tellProblem } from "./answer.js";
import { say } from "./words.js";

// What the server reads; larger pictures are made smaller, to the size that it looks at.
const MOST_BYTES = 4 << 20;
const MOST_PIXELS = 4096 * 4096;
const SMALLER_SIDE = 1024;

/* Test images. */

const turns = new Map();
let newest = 0;

/** Puts the next test image of a digit on the paper, or the next that is misread. */
export async function loadTestImage(query) {
  const { source } = state;
  const mine = ++newest;
  try {
    const turn = turns.get(query) ?? 0;
    const found = await ask(`api/test-images${modelQuery({ ...query, from: turn })}`);
    if (mine !== newest || source !== state.source) {
      // Somebody has asked for another, or begun to draw.
      return;
    }
    if (found.images.length === 0) {
      tellProblem(say("noTestImage"));
      return;
    }
    turns.set(query, (turn + 1) % found.count);
    putTestImage(found.images[0]);
  } catch (error) {
    tellProblem(error.message);
  }
}

export function putTestImage({ index, label, pixels }) {
  put({ kind: "image", pixels: bytesOf(pixels), label, index });
  prove();
}

const OF_DIGIT = Array.from({ length: 10 }, (_, digit) => ({ actual: digit }));
const MISTAKES = { mistakes: "" };

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, select, textarea, dialog");
  if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && /^[0-9]$/.test(event.key)) {
    loadTestImage(OF_DIGIT[event.key]);
  }
});

/* Pictures. */

async function openPicture(file) {
  const { source } = state;
  // Who has begun to draw meanwhile keeps the drawing.
  const isWanted = () => source === state.source;
  try {
    const bitmap = await createImageBitmap(file).catch(() => {
      throw new Error(say("cannotOpen"));
    });
    const sent = await readable(file, bitmap);
    if (isWanted()) {
      put({ kind: "photo", bitmap, sent });
      prove();
    }
  } catch (error) {
    if (isWanted()) {
      tellProblem(error.message);
    }
  }
}

async function readable(file, bitmap) {
  if (/^image\/(png|jpeg)$/.test(file.type) && file.size <= MOST_BYTES
      && bitmap.width * bitmap.height <= MOST_PIXELS) {
    return file;
  }
  const scale = Math.min(1, SMALLER_SIDE / Math.max(bitmap.width, bitmap.height));
  const smaller = document.createElement("canvas");
  smaller.width = Math.max(1, Math.round(bitmap.width * scale));
  smaller.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = smaller.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, smaller.width, smaller.height);
  return new Promise((resolve) => smaller.toBlob(resolve, "image/png"));
}

function openFirst(files, otherwise) {
  if (files.length > 0) {
    openPicture(files[0]);
  } else {
    tellProblem(otherwise);
  }
}

const file = byId("file");
file.addEventListener("change", () => {
  if (file.files.length > 0) {
    openPicture(file.files[0]);
    // So that the same file can be opened again.
    file.value = "";
  }
});
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
  // Not from one element of the page to the next.
  if (event.relatedTarget === null) {
    document.body.classList.remove("dropping");
  }
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  openFirst(event.dataTransfer.files, say("noFile"));
});
document.addEventListener("paste", (event) => {
  openFirst(event.clipboardData.files, say("noPaste"));
});

export function startLoad() {
  const load = byId("load");
  load.setAttribute("aria-label", say("load"));
  load.append(
    ...OF_DIGIT.map((query, digit) => button(`${digit}`, () => loadTestImage(query),
      { className: "digit", "aria-label": say("loadDigit", { digit }), "aria-keyshortcuts": `${digit}` })),
    button(say("mistake"), () => loadTestImage(MISTAKES), { id: "mistake" }),
    button(say("open"), () => file.click(), { id: "open", "aria-describedby": "open-hint" }));
}
