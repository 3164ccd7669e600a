// The 28 x 28 pixels that the network sees, and how they were made of the drawing.

import { byId, make, colourOf, drawPixels, drawSigned, onColours } from "./dom.js";
import { state, on, perFrame } from "./state.js";
import { exactly, rounded } from "./numbers.js";
import { fitted, SIZE } from "./exact/raster.js";
import { drawStrokesOn } from "./paper.js";
import { weightsOf } from "./layers.js";
import { say } from "./words.js";

const input = byId("input");
const pixel = byId("pixel");
const made = byId("made");

let at = null;

const draw = perFrame(() => {
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
    pixel.textContent = say("pixelHint");
    return;
  }
  pixel.textContent = say("pixel", {
    column: at % 28,
    row: Math.floor(at / 28),
    pixel: reading.prepared.pixels[at],
    value: exactly(reading.forward.a[0][at]),
  });
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

function step(name, text, paint) {
  const canvas = make("canvas", { className: "pixels", "aria-hidden": "true" });
  const words = make("span", {}, text);
  made.append(make("li", { id: `made-${name}` }, canvas, words));
  paint(canvas);
}

const showMade = perFrame(() => {
  made.replaceChildren();
  const { reading, source } = state;
  if (!reading?.normalized) {
    return;
  }
  const { normalized, prepared } = reading;
  if (source.kind === "strokes") {
    const [left, top, right, bottom] = normalized.box;
    step("box", say("madeBox", { width: right - left, height: bottom - top }), (canvas) => {
      canvas.className = "";
      const drawing = fitted(source.strokes, source.pen);
      drawStrokesOn(canvas, drawing.strokes, drawing.penWidth / 0.095);
      const context = canvas.getContext("2d");
      const scale = canvas.width / SIZE;
      context.strokeStyle = colourOf("accent");
      context.lineWidth = 1.5 * devicePixelRatio;
      context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
      context.strokeRect(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale);
    });
    const { width, height, means } = normalized.fitted;
    const most = means.reduce((value, mean) => Math.max(value, mean), 1e-9);
    step("fitted", say("madeFitted", { width, height }), (canvas) => {
      const box = new Uint8Array(400);
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          box[row * 20 + column] = means[row * width + column] * 255 / most;
        }
      }
      drawPixels(canvas, box, 20);
    });
    const [x, y] = normalized.at;
    step("placed", say("madePlaced", { x, y }), (canvas) => {
      drawPixels(canvas, normalized.pixels);
    });
  }
  if (prepared.slant !== null && prepared.slant !== undefined) {
    const degrees = Math.atan(prepared.slant) * 180 / Math.PI;
    step("straight", say("madeStraight", { degrees: rounded(Math.abs(degrees), 0) }), (canvas) => {
      drawPixels(canvas, prepared.pixels);
    });
  }
});

export function startSeen() {
  input.setAttribute("aria-label", say("input"));
  on("reading open hovered network", draw);
  on("reading", showMade);
  onColours(() => {
    draw();
    showMade();
  });
  tell();
}
