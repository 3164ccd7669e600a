// The paper: strokes of points, in parts of the paper's width, drawn with mouse, pen, finger or keys.

import { byId, button, make, colourOf, fitCanvas, onColours } from "./dom.js";
import { state, set, on, perFrame } from "./state.js";
import { say } from "./words.js";
import { prove } from "./reader.js";
import { PEN } from "./exact/raster.js";
import { onGrid } from "./compact.js";
import { isErasable, rubbed } from "./eraser.js";
import { drawStrokes, drawWithin, grown } from "./strokes.js";

// Widths to choose from, as parts of that.
export const PENS = [0.6, 1, 1.5];

// How far an arrow key moves the pen.
const STEP = 0.025;

const NOTHING = { kind: "nothing" };
const drawing = byId("drawing");

let pen = 1;
let erasing = false;

// The pointer that draws, and where the eraser was last; null if there is nothing that it could rub out.
let pointer = null;
let eraserAt = null;

// The arrow keys' pen: where it is, and whether it is on the paper; null if it is not used.
let keyPen = null;

/* What was on the paper: every state of it can come back. */

let history = [NOTHING];
let present = 0;

/** Puts something on the paper; undo takes it away. */
export function put(source) {
  // Somebody who goes back and draws on takes another way.
  history = [...history.slice(Math.max(0, present - 200), present + 1), source];
  present = history.length - 1;
  show(source);
}

function show(source) {
  pointer = null;
  set({ source });
  showTools();
}

function travel(step) {
  if (present + step >= 0 && present + step < history.length) {
    present += step;
    show(history[present]);
    prove();
  }
}

export function clear() {
  if (state.source !== NOTHING) {
    put(NOTHING);
  }
  keyPen = null;
  drawPaper();
}

export const strokesOf = (source) => (source.kind === "strokes" ? source.strokes : []);

/* Drawing. */

function pointOf({ clientX, clientY }, paper = drawing.getBoundingClientRect()) {
  return { x: within((clientX - paper.left) / paper.width), y: within((clientY - paper.top) / paper.height) };
}

// Who leaves the paper draws along its edge.
const within = (part) => onGrid(Math.min(1, Math.max(0, part)));

function begin(point) {
  const { source } = state;
  eraserAt = null;
  if (!erasing) {
    put({ kind: "strokes", strokes: [...strokesOf(source), [point]], pen });
  } else if (isErasable(source)) {
    put({ ...source });
    eraserAt = point;
    replace(rubbed(source, [point]));
  }
}

// The source that is drawn at grows: it is one step of the history.
function go(points) {
  const { source } = state;
  if (!erasing) {
    const { strokes } = source;
    replace({ ...source, strokes: [...strokes.slice(0, -1), [...strokes.at(-1), ...points]] });
  } else if (eraserAt !== null && isErasable(source)) {
    const left = rubbed(source, [eraserAt, ...points]);
    eraserAt = points.at(-1);
    if (left !== source) {
      replace(left);
    }
  }
}

function replace(source) {
  history[present] = source.strokes?.length === 0 ? NOTHING : source;
  set({ source: history[present] });
}

function end() {
  // An eraser that has touched nothing leaves no step behind.
  const [before, after] = [history[present - 1], history[present]];
  if (eraserAt !== null && after.strokes === before.strokes && after.pixels === before.pixels) {
    history.pop();
    present--;
  }
  showTools();
  prove();
}

drawing.addEventListener("pointerdown", (event) => {
  // A second finger, or the palm, is not primary.
  if (!event.isPrimary || event.button !== 0) {
    return;
  }
  keyPen = null;
  drawing.setPointerCapture(event.pointerId);
  begin(pointOf(event));
  pointer = event.pointerId;
});
drawing.addEventListener("pointermove", (event) => {
  if (event.pointerId === pointer && (erasing || state.source.kind === "strokes")) {
    const between = event.getCoalescedEvents?.() ?? [];
    const paper = drawing.getBoundingClientRect();
    go((between.length > 0 ? between : [event]).map((each) => pointOf(each, paper)));
  }
});

function lift(event) {
  if (event.pointerId === pointer) {
    pointer = null;
    end();
  }
}

drawing.addEventListener("pointerup", lift);
drawing.addEventListener("pointercancel", lift);
drawing.addEventListener("lostpointercapture", lift);
drawing.addEventListener("contextmenu", (event) => event.preventDefault());

export const isDrawing = () => pointer !== null || keyPen?.isDown === true;

// While somebody draws, so many milliseconds without another point are a rest.
const REST_MS = 150;

/** A listener for what takes long to draw: while somebody draws, it waits until the pen rests. */
export function whenPenRests(draw) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    if (isDrawing()) {
      timer = setTimeout(draw, REST_MS);
    } else {
      draw();
    }
  };
}

/* The pen of the arrow keys. */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

drawing.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const arrow = ARROWS[event.key];
  if (arrow !== undefined) {
    event.preventDefault();
    const step = event.shiftKey ? 4 * STEP : STEP;
    keyPen ??= { x: 0.5, y: 0.5, isDown: false };
    keyPen.x = within(keyPen.x + step * arrow[0]);
    keyPen.y = within(keyPen.y + step * arrow[1]);
    if (keyPen.isDown) {
      go([{ x: keyPen.x, y: keyPen.y }]);
    }
    drawPaper();
  } else if (event.key === " " || event.key === "Enter") {
    event.preventDefault();
    keyPen ??= { x: 0.5, y: 0.5, isDown: false };
    keyPen.isDown = !keyPen.isDown;
    if (keyPen.isDown) {
      begin({ x: keyPen.x, y: keyPen.y });
    } else {
      end();
    }
    byId("spoken").textContent = say(keyPen.isDown ? "penDown" : "penUp");
    drawPaper();
  }
});

/* Tools. */

const tools = byId("tools");
const undo = button("", () => travel(-1), { id: "undo", "aria-keyshortcuts": "Control+Z" });
const redo = button("", () => travel(1), { id: "redo", "aria-keyshortcuts": "Control+Shift+Z" });
const eraser = button("", () => choose(!erasing), { id: "eraser", "aria-pressed": "false" });
const width = button("", () => {
  pen = PENS[(PENS.indexOf(pen) + 1) % PENS.length];
  if (state.source.kind === "strokes") {
    put({ ...state.source, pen });
    prove();
  }
  showTools();
}, { id: "pen" });
const clearing = button("", clear, { id: "clear", "aria-keyshortcuts": "Escape Delete" });

function choose(eraserWanted) {
  erasing = eraserWanted;
  showTools();
}

function showTools() {
  undo.disabled = present === 0;
  redo.disabled = present === history.length - 1;
  eraser.setAttribute("aria-pressed", `${erasing}`);
  width.setAttribute("aria-label", say("penWidth", { width: say(`pen${PENS.indexOf(pen)}`) }));
  width.style.setProperty("--pen", pen);
  drawing.classList.toggle("erasing", erasing);
}

export function startPaper() {
  tools.setAttribute("aria-label", say("tools"));
  for (const [tool, word] of [[undo, "undo"], [redo, "redo"], [eraser, "eraser"], [clearing, "clear"]]) {
    tool.textContent = say(word);
  }
  width.append(make("span", { className: "pen-width" }));
  tools.append(undo, redo, eraser, width, clearing);
  drawing.setAttribute("aria-label", say("paper"));
  showTools();
  drawPaper();
  new ResizeObserver(drawPaper).observe(drawing);
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, select, textarea, dialog");
  if (isTyping || event.defaultPrevented || event.altKey) {
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") {
      event.preventDefault();
      travel(key === "y" || event.shiftKey ? 1 : -1);
    }
  } else if (event.key === "Escape" || event.key === "Delete") {
    clear();
  }
});

/* What is on it. */

// What was drawn last, and on how many pixels, as long as ink alone is on the paper.
let drawn = null;

const drawPaper = perFrame(() => {
  const context = fitCanvas(drawing);
  const size = drawing.width;
  const { source } = state;
  const isInk = source.kind === "strokes" && keyPen === null;
  const area = isInk && drawn?.size === size ? grown(drawn.source, source, size) : null;
  drawn = isInk ? { source, size } : null;
  if (area !== null) {
    drawWithin(context, area, size, source);
    return;
  }
  context.clearRect(0, 0, size, size);
  if (source.kind === "photo") {
    const scale = size / Math.max(source.bitmap.width, source.bitmap.height);
    const across = source.bitmap.width * scale;
    const down = source.bitmap.height * scale;
    context.drawImage(source.bitmap, (size - across) / 2, (size - down) / 2, across, down);
  } else if (source.kind === "image") {
    context.fillStyle = colourOf("ink");
    source.pixels.forEach((pixel, p) => {
      // Each from edge to edge of whole pixels of the screen: else there are lines between them.
      const [left, top] = [p % 28, Math.floor(p / 28)].map((at) => Math.round(at * size / 28));
      const [right, bottom] = [p % 28 + 1, Math.floor(p / 28) + 1].map((at) => Math.round(at * size / 28));
      context.globalAlpha = pixel / 255;
      context.fillRect(left, top, right - left, bottom - top);
    });
    context.globalAlpha = 1;
  } else {
    drawStrokes(context, size, strokesOf(source), PEN * (source.pen ?? 1));
  }
  if (keyPen !== null) {
    context.strokeStyle = colourOf("accent");
    context.lineWidth = 2 * devicePixelRatio;
    context.beginPath();
    context.arc(keyPen.x * size, keyPen.y * size, size * PEN * (keyPen.isDown ? 0.3 : 0.6), 0, 7);
    context.stroke();
  }
});

on("source", drawPaper);
onColours(() => {
  drawn = null;
  drawPaper();
});
