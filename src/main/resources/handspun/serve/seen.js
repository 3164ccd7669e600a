// The 28 x 28 pixels that the network sees, and how they were made of the drawing.

import { byId, make, colourOf, drawPixels, drawSigned, onColours, write } from "./dom.js";
import { state, on, inTurn } from "./state.js";
import { exactly, rounded } from "./numbers.js";
import { fitted, SIZE } from "./exact/raster.js";
import { whenPenRests } from "./paper.js";
import { drawStrokesOn } from "./strokes.js";
import { weightsOf } from "./layers.js";
import { say } from "./words.js";

const input = byId("input");
const pixel = byId("pixel");
const made = byId("made");

let at = null;

const draw = inTurn(() => {
  const seen = state.reading?.prepared?.pixels;
  const unit = state.hovered ?? state.open;
  if (seen === undefined) {
    input.width = 28;
  } else if (unit?.layer === 1) {
    const a = state.reading.forward.a[0];
    drawSigned(input, weightsOf(unit).map((weight, i) => weight * a[i]), 28);
  } else {
    drawPixels(input, seen);
  }
  tell();
});

function tell() {
  const { reading } = state;
  if (at === null || !reading?.prepared) {
    write(pixel, say("pixelHint"));
    return;
  }
  write(pixel, say("pixel", {
    column: at % 28,
    row: Math.floor(at / 28),
    pixel: reading.prepared.pixels[at],
    value: exactly(reading.forward.a[0][at]),
  }));
}

input.addEventListener("pointermove", ({ offsetX, offsetY }) => {
  const column = Math.min(27, Math.max(0, Math.floor(offsetX / input.clientWidth * 28)));
  const row = Math.min(27, Math.max(0, Math.floor(offsetY / input.clientHeight * 28)));
  at = row * 28 + column;
  tell();
});
input.addEventListener("pointerleave", () => {
  at = null;
  tell();
});
input.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -28, ArrowDown: 28 }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    const next = (at ?? 14 * 28 + 14) + step;
    at = next >= 0 && next < 784 ? next : at;
    tell();
  }
});

/* How they were made. */

// For each step a picture and words, made once.
const steps = Object.fromEntries(["box", "fitted", "placed", "straight"].map((name) => {
  const canvas = make("canvas", { className: name === "box" ? "" : "pixels", "aria-hidden": "true" });
  const text = make("span");
  return [name, { item: make("li", { id: `made-${name}`, hidden: true }, canvas, text), canvas, text }];
}));

function step(name, isShown, words, paint) {
  const { item, canvas, text } = steps[name];
  item.hidden = !isShown;
  if (isShown) {
    write(text, words());
    paint(canvas);
  }
}

function drawBox(canvas) {
  const { source, reading } = state;
  const [left, top, right, bottom] = reading.normalized.box;
  const drawing = fitted(source.strokes, source.pen);
  drawStrokesOn(canvas, drawing.strokes, drawing.penWidth);
  const context = canvas.getContext("2d");
  const scale = canvas.width / SIZE;
  context.strokeStyle = colourOf("accent");
  context.lineWidth = 1.5 * devicePixelRatio;
  context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  context.strokeRect(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale);
}

function drawFitted(canvas) {
  const { width, height, means } = state.reading.normalized.fitted;
  const most = means.reduce((value, mean) => Math.max(value, mean), 1e-9);
  const box = new Uint8Array(400);
  means.forEach((mean, i) => {
    box[Math.floor(i / width) * 20 + i % width] = mean * 255 / most;
  });
  drawPixels(canvas, box.subarray(0, 20 * Math.max(20, height)), 20);
}

const showMade = whenPenRests(inTurn(() => {
  const { reading, source } = state;
  const normalized = reading?.normalized;
  const isDrawn = source.kind === "strokes" && Boolean(normalized?.box);
  const isStraightened = normalized && reading.prepared.slant !== null;
  step("box", isDrawn, () => {
    const [left, top, right, bottom] = normalized.box;
    return say("madeBox", { width: right - left, height: bottom - top });
  }, drawBox);
  step("fitted", isDrawn, () => say("madeFitted", normalized.fitted), drawFitted);
  step("placed", isDrawn, () => say("madePlaced", { x: normalized.at[0], y: normalized.at[1] }),
    (canvas) => drawPixels(canvas, normalized.pixels));
  step("straight", isStraightened, () => {
    const degrees = Math.abs(Math.atan(reading.prepared.slant)) * 180 / Math.PI;
    return say("madeStraight", { degrees: rounded(degrees, 0) });
  }, (canvas) => drawPixels(canvas, reading.prepared.pixels));
}));

export function startSeen() {
  made.append(...Object.values(steps).map(({ item }) => item));
  input.setAttribute("aria-label", say("input"));
  on("reading open hovered network", draw);
  on("reading", showMade);
  onColours(() => {
    draw();
    showMade();
  });
  tell();
}
