// Elements and canvases.

export const byId = (id) => document.getElementById(id);

/** A new element: make("button", {type: "button", onclick}, "Undo"). */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element && !key.includes("-")) {
      element[key] = value;
    } else if (value !== null && value !== false) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children);
  return element;
}

export function button(text, onclick, properties = {}) {
  return make("button", { type: "button", onclick, ...properties }, text);
}

/** A new part of an SVG picture. */
export function shape(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

/** Writes a text, unless it is there already: the browser would lay out the page all the same. */
export function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * A number that changes with every point that is drawn: its box keeps its size, so that the browser lays
 * out it alone, and not the page.
 */
export const changingNumber = () => make("span", { className: "value" }, make("span", { className: "number" }, ""));

/** Writes such a number; whether it is another one than before. */
export function writeNumber(value, text) {
  const { firstChild } = value.firstChild;
  const isOther = firstChild.data !== text;
  if (isOther) {
    firstChild.data = text;
  }
  return isOther;
}

let colours = new Map();
let colourChannels = new Map();

/** A colour of the style sheet, for a canvas. */
export function colourOf(name) {
  if (!colours.has(name)) {
    const style = getComputedStyle(document.documentElement);
    colours.set(name, style.getPropertyValue(`--${name}`).trim());
  }
  return colours.get(name);
}

const painters = [];

/** Calls it now and whenever the colours may have changed. */
export function onColours(paint) {
  painters.push(paint);
}

for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(query).addEventListener("change", () => {
    colours = new Map();
    colourChannels = new Map();
    painters.forEach((paint) => paint());
  });
}

// Sizes of canvases in the style sheet's pixels, until they change: to ask for one in every frame
// would have the browser lay out the page in the midst of it.
const sizes = new WeakMap();
const changes = new ResizeObserver((entries) => entries.forEach(({ target }) => sizes.set(target, null)));

/** Gives a canvas as many pixels as it has on the screen. */
export function fitCanvas(canvas) {
  if (!sizes.has(canvas)) {
    changes.observe(canvas);
  }
  const size = sizes.get(canvas) ?? [canvas.clientWidth, canvas.clientHeight];
  sizes.set(canvas, size);
  setSize(canvas, ...size.map((side) => Math.max(1, Math.round(side * devicePixelRatio))));
  return canvas.getContext("2d");
}

// A canvas whose size is set loses what is on it, even if it is the same size.
function setSize(canvas, width, height) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
}

/** Red, green, blue and alpha of a colour of the style sheet. */
export function channels(name) {
  if (!colourChannels.has(name)) {
    colourChannels.set(name, channelsOf(name));
  }
  return colourChannels.get(name);
}

function channelsOf(name) {
  const context = make("canvas", { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  context.fillStyle = colourOf(name);
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data;
}

/**
 * A picture of a few pixels that seldom changes. Of canvases the browser makes layers, each of which
 * costs time in every frame, whatever else changes.
 */
export const picture = () => make("img", { className: "pixels", alt: "" });

const scratch = make("canvas");

/** Draws pixels of 0 to 255 as ink on transparent ground, in a picture or on a canvas. */
export function drawPixels(element, pixels, columns = 28) {
  const ink = channels("ink");
  drawEach(element, columns, pixels, () => ink, (pixel) => pixel);
}

/** Draws something for each of some numbers, one pixel each, in a picture or on a canvas. */
export function drawEach(element, columns, numbers, colour, alpha) {
  const image = new ImageData(columns, Math.ceil(numbers.length / columns));
  numbers.forEach((number, i) => {
    const [red, green, blue] = colour(number, i);
    image.data[4 * i] = red;
    image.data[4 * i + 1] = green;
    image.data[4 * i + 2] = blue;
    image.data[4 * i + 3] = alpha(number, i);
  });
  const isPicture = element.localName === "img";
  const canvas = isPicture ? scratch : element;
  setSize(canvas, image.width, image.height);
  canvas.getContext("2d", { willReadFrequently: isPicture }).putImageData(image, 0, 0);
  if (isPicture) {
    element.src = canvas.toDataURL();
  }
}

// Of a hundred numbers, one may be beyond what is drawn in full colour: a few large weights would
// leave the others pale.
const FULL = 0.99;

/** Draws numbers in two colours, the more opaque the farther they are from 0, as drawPixels does. */
export function drawSigned(element, numbers, columns) {
  const sizes = Float32Array.from(numbers, Math.abs).filter((size) => size > 0).sort();
  const most = sizes[Math.floor(FULL * (sizes.length - 1))] ?? 1;
  const plus = channels("plus");
  const minus = channels("minus");
  drawEach(element, columns, numbers, (number) => (number > 0 ? plus : minus),
    (number) => 255 * Math.min(1, Math.abs(number) / most));
}

export function largest(numbers) {
  return numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 1e-30);
}

/** How to scroll. */
export const smoothly = () =>
  (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
