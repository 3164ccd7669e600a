// Draws how an opened picture became what the network sees, as api/steps tells it.

import { byId, colourOf, onColours } from "./dom.js";
import { state, on } from "./state.js";
import { say } from "./words.js";
import { bytesOf } from "./server.js";

const SIDE = 28;

// Pixels on the longer side of a canvas, about: small enough for a telephone, sharp on a good screen.
const STEP_SIZE = 560;

// What each kind of dropped ink is called and how it is filled. Small parts of some are counted, and
// ringed by a line of these dashes.
const DROPPED = {
  noise: { words: "droppedNoise", fill: "dots", ring: [4, 4] },
  speck: { words: "droppedSpeck", fill: "full", ring: [] },
  shadow: { words: "droppedShadow", fill: "bars" },
  rule: { words: "droppedRule", fill: "slashes" },
  frame: { words: "droppedFrame", fill: "crosses" },
};

// The longer side of the largest part that is ringed, as a part of the picture's.
const RINGED = 0.06;

// Tiles of 8 x 8 pixels.
const FILLS = {
  full: (context) => context.fillRect(0, 0, 8, 8),
  bars: (context) => context.fillRect(0, 0, 8, 4),
  dots: (context) => [[0, 0], [4, 4]].forEach(([x, y]) => context.fillRect(x, y, 3, 3)),
  slashes: (context) => slash(context, [[-1, 5, 5, -1], [3, 9, 9, 3]]),
  crosses: (context) => slash(context, [[-1, 5, 5, -1], [3, 9, 9, 3], [3, -1, 9, 5], [-1, 3, 5, 9]]),
};

function slash(context, lines) {
  context.lineWidth = 2.4;
  for (const [fromX, fromY, toX, toY] of lines) {
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.stroke();
  }
}

// What is shown: what the server said, its pictures, and the 28 x 28 pixels.
let stepsShown = null;

async function showSteps(steps, input) {
  const next = { steps, input };
  stepsShown = next;
  byId("steps-card").hidden = steps === null;
  if (steps !== null) {
    [next.picture, next.paper, next.ink, ...next.dropped] = await Promise.all(
      [steps, steps.paper, steps.ink, ...steps.dropped].map((part) => bitmapOf(part.picture)));
    if (stepsShown === next) {
      drawSteps();
    }
  }
}

// Not by fetch: the page may fetch from its server alone.
function bitmapOf(uri) {
  const bytes = bytesOf(uri.split(",")[1]);
  return createImageBitmap(new Blob([bytes], { type: "image/png" }));
}

function drawSteps() {
  if (stepsShown === null || !stepsShown.dropped) {
    return;
  }
  const { steps, picture, paper } = stepsShown;
  drawStep("picture", picture, say("stepPictureLabel"));
  tell("picture", say("inGrey"));
  const { darkest, brightest } = steps.paper;
  const brightness = say(darkest === brightest ? "oneBrightness" : "brightnesses", { darkest, brightest });
  const { deviation, square } = steps.noise;
  const noise = say(deviation === 0 ? "noNoise" : square === 1 ? "noiseOf" : "averagedNoise", { deviation, square });
  drawStep("paper", paper, say("stepPaperLabel"));
  tell("paper", `${brightness}, ${noise}`);
  showInk();
  showSeen();
}

function drawStep(name, bitmap, label) {
  const { canvas, context } = stepCanvas(name, bitmap.width, bitmap.height, label);
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}

function stepCanvas(name, width, height, label) {
  const canvas = byId(`step-${name}`);
  const scale = Math.max(1, Math.floor(STEP_SIZE / Math.max(width, height)));
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.setAttribute("aria-label", label);
  return { canvas, context: canvas.getContext("2d"), scale };
}

function tell(name, text) {
  byId(`step-${name}-text`).textContent = text;
}

function showInk() {
  const { steps, ink, dropped } = stepsShown;
  const { pen, threshold, box } = steps.ink;
  const names = steps.dropped.map(({ why }) => say(DROPPED[why].words));
  const found = say(box === null ? "noInkLabel" : "inkLabel");
  const rest = names.length === 0 ? say("nothingDropped") : say("droppedLabel", { names: names.join("; ") });
  const { canvas, context, scale } =
    stepCanvas("ink", steps.width, steps.height, `${found}; ${rest}`);
  context.fillStyle = colourOf("paper");
  context.fillRect(0, 0, canvas.width, canvas.height);
  steps.dropped.forEach(({ why, parts, boxes }, i) => {
    context.drawImage(masked(dropped[i], canvas, patternOf(context, why)), 0, 0);
    // Of very many, the server names the largest alone: these can be seen without rings.
    if (parts === boxes.length) {
      boxes.filter((part) => isRinged(why, part)).forEach((part) => ring(context, part, scale, why));
    }
  });
  context.drawImage(masked(ink, canvas, colourOf("ink")), 0, 0);
  if (box === null) {
    tell("ink", say(names.length === 0 ? "noInk" : "noInkLeft"));
  } else {
    drawBox(context, box, scale);
    tell("ink", say(pen === "dark" ? "inkDarker" : "inkBrighter", { threshold: Math.round(threshold) }));
  }
  showLegend(steps.dropped);
}

function drawBox(context, box, scale) {
  const [left, top, right, bottom] = box.map((side) => side * scale);
  context.strokeStyle = colourOf("accent");
  context.lineWidth = 3;
  context.setLineDash([12, 8]);
  context.strokeRect(left - 2, top - 2, right - left + 4, bottom - top + 4);
}

function masked(mask, { width, height }, fill) {
  const layer = document.createElement("canvas");
  layer.width = width;
  layer.height = height;
  const context = layer.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(mask, 0, 0, width, height);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = fill;
  context.fillRect(0, 0, width, height);
  return layer;
}

function patternOf(context, why) {
  const tile = document.createElement("canvas");
  tile.width = 8;
  tile.height = 8;
  const tileContext = tile.getContext("2d");
  tileContext.fillStyle = colourOf(why);
  tileContext.strokeStyle = colourOf(why);
  FILLS[DROPPED[why].fill](tileContext);
  return context.createPattern(tile, "repeat");
}

function isRinged(why, [left, top, right, bottom]) {
  const { width, height } = stepsShown.steps;
  return DROPPED[why].ring !== undefined
    && Math.max(right - left, bottom - top) <= RINGED * Math.max(width, height);
}

function ring(context, [left, top, right, bottom], scale, why) {
  const radius = Math.hypot(right - left, bottom - top) / 2 * scale + 8;
  context.strokeStyle = colourOf(why);
  context.lineWidth = 3;
  context.setLineDash(DROPPED[why].ring);
  context.beginPath();
  context.arc((left + right) / 2 * scale, (top + bottom) / 2 * scale, radius, 0, 2 * Math.PI);
  context.stroke();
}

function showLegend(dropped) {
  byId("steps-legend").replaceChildren(...dropped.map(({ why, parts }) => {
    const swatch = document.createElement("canvas");
    swatch.width = 32;
    swatch.height = 32;
    const context = swatch.getContext("2d");
    context.fillStyle = patternOf(context, why);
    const { words: key, ring: dashes } = DROPPED[why];
    if (dashes !== undefined) {
      context.fillRect(12, 12, 8, 8);
      ring(context, [14, 14, 18, 18], 1, why);
    } else {
      context.fillRect(0, 0, 32, 32);
    }
    const row = document.createElement("li");
    const words = say(key);
    row.append(swatch, dashes === undefined ? words : `${words} (${parts.toLocaleString()})`);
    return row;
  }));
  tell("dropped", say(dropped.length === 0 ? "nothingDroppedAtAll" : "droppedAndWhy"));
}

function showSeen() {
  const { steps, input } = stepsShown;
  const { canvas, context } = stepCanvas("seen", SIDE, SIDE, say(input === null ? "stepBlank" : "stepSeenLabel"));
  context.fillStyle = colourOf("paper");
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (input !== null) {
    drawSeenPixels(context, input, Math.floor(STEP_SIZE / SIDE));
  }
  const { digits } = steps.ink;
  tell("seen", say(digits === 0 ? "stepBlank" : digits === 1 ? "stepSeen" : "stepDigits", { digits }));
}

function drawSeenPixels(context, pixels, scale) {
  context.fillStyle = colourOf("ink");
  pixels.forEach((pixel, i) => {
    context.globalAlpha = pixel / 255;
    context.fillRect(i % SIDE * scale, Math.floor(i / SIDE) * scale, scale, scale);
  });
  context.globalAlpha = 1;
}

export function startSteps() {
  on("source", () => state.source.kind !== "photo" && stepsShown?.steps && showSteps(null, null));
  on("steps", () => showSteps(state.steps, state.source.seen ?? null));
  on("proof", () => state.proof.steps && showSteps(state.proof.steps, null));
  onColours(drawSteps);
}
