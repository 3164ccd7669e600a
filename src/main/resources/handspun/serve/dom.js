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

/** Gives a canvas as many pixels as it has on the screen. */
export function fitCanvas(canvas) {
  const width = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
  const height = Math.max(1, Math.round(canvas.clientHeight * devicePixelRatio));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  return canvas.getContext("2d");
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

/** Draws pixels of 0 to 255 as ink on transparent ground, one pixel of the canvas each. */
export function drawPixels(canvas, pixels, columns = 28) {
  canvas.width = columns;
  canvas.height = pixels.length / columns;
  const [red, green, blue] = channels("ink");
  const image = new ImageData(columns, pixels.length / columns);
  pixels.forEach((pixel, i) => image.data.set([red, green, blue, pixel], 4 * i));
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// Of a hundred numbers, one may be beyond what is drawn in full colour: a few large weights would
// leave the others pale.
const FULL = 0.99;

/** Draws numbers in two colours, the more opaque the farther they are from 0. */
export function drawSigned(canvas, numbers, columns) {
  const sizes = Float32Array.from(numbers, Math.abs).filter((size) => size > 0).sort();
  const most = sizes[Math.floor(FULL * (sizes.length - 1))] ?? 1;
  canvas.width = columns;
  canvas.height = Math.ceil(numbers.length / columns);
  const plus = channels("plus");
  const minus = channels("minus");
  const image = new ImageData(columns, canvas.height);
  numbers.forEach((number, i) => {
    image.data.set(number > 0 ? plus : minus, 4 * i);
    image.data[4 * i + 3] = 255 * Math.min(1, Math.abs(number) / most);
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
}

export function largest(numbers) {
  return numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 1e-30);
}

/** How to scroll. */
export const smoothly = () =>
  (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
