"use strict";

// Width of the pen as a part of the paper's.
const PEN = 0.095;

// Size in pixels of the picture that is sent, whatever size the paper has on the screen.
const SENT = 280;

// The longer side of the ink in it, as a part of its width: ten of its pixels for each that MNIST's
// digits have.
const SENT_INK = 200 / SENT;

// Width of its pen as a part of that side: digits come out as bold as MNIST's.
const SENT_PEN = 0.09;

// A drawing no larger than this part of the paper is a dot: a hand trembles.
const DOT = 0.02;

const SIDE = 28;
const BETWEEN_REQUESTS_MS = 50;
const PATIENCE_MS = 8000;

const byId = (id) => document.getElementById(id);
const drawing = byId("drawing");
const input = byId("input");
const prediction = byId("prediction");
const problem = byId("problem");
const outputs = byId("outputs");

/* The drawing: strokes of points, in parts of the paper's width. */

let strokes = [];
let pen = null;

function pointOf(event) {
  const paper = drawing.getBoundingClientRect();
  return {
    x: within((event.clientX - paper.left) / paper.width),
    y: within((event.clientY - paper.top) / paper.height),
  };
}

// Who leaves the paper draws along its edge.
function within(part) {
  return Math.min(1, Math.max(0, part));
}

// The drawing as it is sent: in the middle, and its pen in proportion to it. Drawn small with the
// paper's pen, a digit is a blot.
function fitted(drawn) {
  const points = drawn.flat();
  const box = (axis) => {
    const first = points.reduce((least, point) => Math.min(least, point[axis]), 1);
    const last = points.reduce((most, point) => Math.max(most, point[axis]), 0);
    return { middle: (first + last) / 2, length: last - first };
  };
  const x = box("x");
  const y = box("y");
  const longer = Math.max(x.length, y.length);
  if (longer <= DOT) {
    return { strokes: [[{ x: 0.5, y: 0.5 }]], penWidth: PEN };
  }
  const penWidth = SENT_PEN * SENT_INK;
  const scale = (SENT_INK - penWidth) / longer;
  const fit = (point) => ({
    x: 0.5 + scale * (point.x - x.middle),
    y: 0.5 + scale * (point.y - y.middle),
  });
  return { strokes: drawn.map((stroke) => stroke.map(fit)), penWidth };
}

function draw(context, size, colour, { strokes, penWidth }) {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = penWidth * size;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    // A line of no length would draw nothing.
    context.beginPath();
    context.arc(stroke[0].x * size, stroke[0].y * size, (penWidth * size) / 2, 0, 2 * Math.PI);
    context.fill();
    context.beginPath();
    context.moveTo(stroke[0].x * size, stroke[0].y * size);
    for (let i = 1; i < stroke.length - 1; i++) {
      // Curves through the middles of the segments: no corners between a mouse's few points.
      const middleX = (stroke[i].x + stroke[i + 1].x) / 2;
      const middleY = (stroke[i].y + stroke[i + 1].y) / 2;
      context.quadraticCurveTo(
        stroke[i].x * size, stroke[i].y * size, middleX * size, middleY * size);
    }
    const last = stroke[stroke.length - 1];
    context.lineTo(last.x * size, last.y * size);
    context.stroke();
  }
}

function inkColour() {
  return getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
}

function showDrawing() {
  const size = Math.max(1, Math.round(drawing.clientWidth * devicePixelRatio));
  if (drawing.width !== size) {
    drawing.width = size;
    drawing.height = size;
  }
  const context = drawing.getContext("2d");
  context.clearRect(0, 0, size, size);
  draw(context, size, inkColour(), { strokes, penWidth: PEN });
}

let frame = 0;

function showDrawingSoon() {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(showDrawing);
}

drawing.addEventListener("pointerdown", (event) => {
  // A second finger, or the palm, is not primary.
  if (!event.isPrimary || event.button !== 0) {
    return;
  }
  drawing.setPointerCapture(event.pointerId);
  pen = event.pointerId;
  strokes.push([pointOf(event)]);
  changed();
});

drawing.addEventListener("pointermove", (event) => {
  if (event.pointerId !== pen) {
    return;
  }
  const between = event.getCoalescedEvents?.() ?? [];
  strokes.at(-1).push(...(between.length > 0 ? between : [event]).map(pointOf));
  changed();
});

function lift(event) {
  if (event.pointerId === pen) {
    pen = null;
    changed();
  }
}

drawing.addEventListener("pointerup", lift);
drawing.addEventListener("pointercancel", lift);
drawing.addEventListener("lostpointercapture", lift);
drawing.addEventListener("contextmenu", (event) => event.preventDefault());

function changed() {
  showDrawingSoon();
  readSoon();
}

function clear() {
  strokes = [];
  pen = null;
  stale = false;
  version++;
  showDrawing();
  showNothing("Draw a digit");
}

byId("clear").addEventListener("click", clear);
document.addEventListener("keydown", (event) => {
  if ((event.key === "Escape" || event.key === "Delete") && !event.ctrlKey && !event.metaKey) {
    clear();
  }
});

/* Reading: one request at a time; what is drawn meanwhile is read by the next. */

let reading = false;
let stale = false;
let version = 0;

async function readSoon() {
  stale = true;
  if (reading) {
    return;
  }
  reading = true;
  while (stale) {
    stale = false;
    await read();
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_REQUESTS_MS));
  }
  reading = false;
}

async function read() {
  const asked = version;
  let show;
  try {
    const answer = await ask();
    show = () => showReading(answer);
  } catch (error) {
    show = () => showProblem(error.message);
  }
  if (asked === version) {
    show();
  }
}

async function ask() {
  const response = await fetchPatiently("api/predict", {
    method: "POST",
    headers: { "Content-Type": "image/png" },
    body: await picture(),
  });
  const answer = await response.json().catch(() => {
    throw new Error(`The server's answer (status ${response.status}) cannot be read. Draw on.`);
  });
  if (!response.ok) {
    throw new Error(answer.error);
  }
  return answer;
}

async function fetchPatiently(path, request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    return await fetch(path, { ...request, signal: patience.signal });
  } catch {
    throw new Error("The server does not answer. Start bin/handspun serve again, then draw on.");
  } finally {
    clearTimeout(timer);
  }
}

function picture() {
  const sent = document.createElement("canvas");
  sent.width = SENT;
  sent.height = SENT;
  const context = sent.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, SENT, SENT);
  draw(context, SENT, "black", fitted(strokes));
  return new Promise((resolve) => sent.toBlob(resolve, "image/png"));
}

/* What the network says. */

// For each verdict the digit, which is written large, and the words after it.
const WORDS = {
  digit: ([digit]) => [digit, ""],
  unsure: ([digit, other]) => [digit, ` or ${other}?`],
  none: () => ["", "This is no digit that I know"],
  several: () => ["", "More than one digit: draw one"],
};

let shown = null;

function showReading(answer) {
  shown = answer;
  problem.hidden = true;
  say(...WORDS[answer.reading](answer.candidates));
  showOutputs(answer.outputs, answer.candidates);
  showInput();
}

function showNothing(text) {
  shown = null;
  problem.hidden = true;
  say("", text);
  showOutputs([...outputs.children].map(() => null), []);
  showInput();
}

function showProblem(text) {
  showNothing("");
  problem.textContent = text;
  problem.hidden = false;
}

function say(digit, words) {
  // A screen reader repeats what is set anew, even if it is the same.
  if (prediction.textContent !== digit + words) {
    const large = document.createElement("strong");
    large.textContent = digit;
    prediction.replaceChildren(large, words);
  }
}

function showOutputs(values, best) {
  if (outputs.children.length !== values.length) {
    outputs.replaceChildren(...values.map((value, digit) => outputRow(digit)));
  }
  values.forEach((value, digit) => {
    const row = outputs.children[digit];
    row.classList.toggle("best", best.includes(digit));
    row.querySelector(".bar").style.setProperty("--output", value ?? 0);
    row.querySelector(".value").textContent = value === null ? "" : value.toFixed(2);
  });
}

function outputRow(digit) {
  const row = document.createElement("li");
  for (const name of ["label", "track", "value"]) {
    const part = document.createElement("span");
    part.className = name;
    row.append(part);
  }
  row.children[0].textContent = digit;
  const bar = document.createElement("span");
  bar.className = "bar";
  row.children[1].append(bar);
  return row;
}

function showInput() {
  const context = input.getContext("2d");
  context.clearRect(0, 0, SIDE, SIDE);
  if (shown === null) {
    return;
  }
  context.fillStyle = inkColour();
  shown.input.forEach((pixel, i) => {
    context.globalAlpha = pixel / 255;
    context.fillRect(i % SIDE, Math.floor(i / SIDE), 1, 1);
  });
  context.globalAlpha = 1;
}

async function showModel() {
  const response = await fetchPatiently("api/model", {});
  const model = await response.json();
  const accuracy = model.provenance.testAccuracy;
  const parts = [
    `A ${model.topology.join("-")} network`,
    `${model.parameters.toLocaleString("en")} weights and biases`,
  ];
  if (accuracy !== null) {
    parts.push(`${(100 * accuracy).toFixed(1)} % of its test images correct`);
  }
  byId("model").textContent = `${parts.join(", ")}. Model ${model.file}.`;
  if (shown === null) {
    showOutputs(Array(model.topology.at(-1)).fill(null), []);
  }
}

showOutputs(Array(10).fill(null), []);
showModel().catch((error) => showProblem(error.message));
new ResizeObserver(showDrawingSoon).observe(drawing);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  showDrawing();
  showInput();
});
