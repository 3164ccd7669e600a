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

// For a photograph, over a slow line.
const PATIENCE_PHOTO_MS = 60000;

const byId = (id) => document.getElementById(id);
const drawing = byId("drawing");
const input = byId("input");
const prediction = byId("prediction");
const problem = byId("problem");
const outputs = byId("outputs");

/* The drawing: strokes of points, in parts of the paper's width. */

let strokes = [];
let pen = null;

// A picture that was opened in the place of a drawing: as it is shown and as it is sent.
let photo = null;

const PAPER_LABEL = drawing.getAttribute("aria-label");
const PHOTO_LABEL = "The picture that is read. Draw on it to begin anew; Escape clears it.";

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

function colourOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function showDrawing() {
  const size = Math.max(1, Math.round(drawing.clientWidth * devicePixelRatio));
  if (drawing.width !== size) {
    drawing.width = size;
    drawing.height = size;
  }
  const context = drawing.getContext("2d");
  context.clearRect(0, 0, size, size);
  if (photo !== null) {
    const scale = size / Math.max(photo.bitmap.width, photo.bitmap.height);
    const width = photo.bitmap.width * scale;
    const height = photo.bitmap.height * scale;
    context.drawImage(photo.bitmap, (size - width) / 2, (size - height) / 2, width, height);
  }
  draw(context, size, colourOf("ink"), { strokes, penWidth: PEN });
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
  if (photo !== null) {
    clear();
  }
  openSteps(false);
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
  begin(null, "Draw a digit");
  openSteps(false);
}

function begin(nextPhoto, text) {
  strokes = [];
  pen = null;
  photo = nextPhoto;
  stale = false;
  version++;
  request?.abort();
  byId("drawing-title").textContent = photo === null ? "Your drawing" : "Your picture";
  drawing.setAttribute("aria-label", photo === null ? PAPER_LABEL : PHOTO_LABEL);
  showDrawing();
  showNothing(text);
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
    show = () => showProblem(error.message, error.steps);
  }
  if (asked === version) {
    show();
  }
}

// Whether the last request was for the steps, too, which take longer; and how to end it.
let stepsAsked = false;
let request = null;

async function ask() {
  const body = photo === null ? await picture() : photo.sent;
  const post = { method: "POST", headers: { "Content-Type": "image/png" }, body };
  const patience = photo === null ? PATIENCE_MS : PATIENCE_PHOTO_MS;
  stepsAsked = stepsFold.open;
  request = new AbortController();
  const response = stepsAsked
    ? await fetchPatiently("api/steps", post, patience, request)
    : await fetchPatiently("api/predict", post, patience, request);
  const answer = await response.json().catch(() => {
    throw new Error(`The server's answer (status ${response.status}) cannot be read. Draw on.`);
  });
  if (!response.ok) {
    throw Object.assign(new Error(answer.error), { steps: answer.steps });
  }
  return answer;
}

async function fetchPatiently(path, options, patience, controller = new AbortController()) {
  const timer = setTimeout(() => controller.abort(), patience);
  try {
    return await fetch(path, { ...options, signal: controller.signal });
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
  return png(sent);
}

function png(canvas) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
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
  showSteps(answer.steps ?? null, answer.input);
}

function showNothing(text) {
  shown = null;
  problem.hidden = true;
  say("", text);
  showOutputs([...outputs.children].map(() => null), []);
  showInput();
  showSteps(null, null);
}

function showProblem(text, steps) {
  showNothing("");
  showSteps(steps ?? null, null);
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
  if (shown !== null) {
    drawPixels(context, shown.input, 1);
  }
}

function drawPixels(context, pixels, scale) {
  context.fillStyle = colourOf("ink");
  pixels.forEach((pixel, i) => {
    context.globalAlpha = pixel / 255;
    context.fillRect(i % SIDE * scale, Math.floor(i / SIDE) * scale, scale, scale);
  });
  context.globalAlpha = 1;
}

async function showModel() {
  const response = await fetchPatiently("api/model", {}, PATIENCE_MS);
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
  drawSteps();
});
