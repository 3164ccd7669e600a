// Width and height in pixels of the picture that is read, whatever size the paper has on a screen.
export const SIZE = 280;

// Width of the paper's pen as a part of the paper's width.
export const PEN = 0.095;

// The longer side of the ink in the picture, as a part of its width: ten of its pixels for each
// that MNIST's digits have.
const INK = 200 / SIZE;

// Width of the picture's pen as a part of that side: digits come out as bold as MNIST's.
const INK_PEN = 0.09;

// A drawing no larger than this part of the paper is a dot: a hand trembles.
const DOT = 0.02;

// Ink has so many levels above none: 4 bits a pixel.
const LEVELS = 15;

// The drawing as it is read: in the middle, and its pen in proportion to it. Drawn small with the
// paper's pen, a digit is a blot. Strokes are lists of points, in parts of the paper's width; a pen
// of 1 is as wide as usual.
export function fitted(strokes, pen = 1) {
  const points = strokes.flat();
  if (points.length === 0) {
    return { strokes: [], penWidth: PEN };
  }
  const box = (axis) => {
    const first = points.reduce((least, point) => Math.min(least, point[axis]), 1);
    const last = points.reduce((most, point) => Math.max(most, point[axis]), 0);
    return { middle: (first + last) / 2, length: last - first };
  };
  const x = box("x");
  const y = box("y");
  const longer = Math.max(x.length, y.length);
  if (longer <= DOT) {
    return { strokes: [[{ x: 0.5, y: 0.5 }]], penWidth: PEN * pen };
  }
  const penWidth = INK_PEN * INK * pen;
  const scale = (INK - penWidth) / longer;
  const fit = (point) => ({
    x: 0.5 + scale * (point.x - x.middle),
    y: 0.5 + scale * (point.y - y.middle),
  });
  return { strokes: strokes.map((stroke) => stroke.map(fit)), penWidth };
}

// Ink of each pixel, 0 to 255 in steps of 17, of a drawing with round ends and corners. A canvas
// would draw it as well, but each browser a little differently: here only + - * / and square root
// are used, which are the same everywhere. A pixel has as much ink as the pen's edge is from its
// middle, from half a pixel inside to half a pixel outside.
export function raster({ strokes, penWidth }) {
  const radius = (penWidth * SIZE) / 2;
  const nearest = new Float32Array(SIZE * SIZE).fill(Infinity);
  for (const stroke of strokes.filter(({ length }) => length > 0)) {
    drawCurve(stroke.map(({ x, y }) => ({ x: x * SIZE, y: y * SIZE })), radius, nearest);
  }
  const ink = new Uint8Array(SIZE * SIZE);
  const none = square(radius + 0.5);
  for (let p = 0; p < ink.length; p++) {
    if (nearest[p] < none) {
      const part = Math.min(1, radius + 0.5 - Math.sqrt(nearest[p]));
      ink[p] = (255 / LEVELS) * Math.floor(LEVELS * part + 0.5);
    }
  }
  return ink;
}

const square = (x) => x * x;

// Curves through the middles of the segments: no corners between a mouse's few points.
function drawCurve(points, radius, nearest) {
  let from = points[0];
  for (let i = 1; i < points.length - 1; i++) {
    const to = {
      x: (points[i].x + points[i + 1].x) / 2,
      y: (points[i].y + points[i + 1].y) / 2,
    };
    drawQuadratic(from, points[i], to, radius, nearest);
    from = to;
  }
  drawLine(from, points.at(-1), radius, nearest);
}

// As lines, so many that none is further than a 16th of a pixel from the curve: that distance is
// the length of (from - 2 corner + to) / 4 for one line, and falls with the square of their number.
function drawQuadratic(from, corner, to, radius, nearest) {
  const bend = Math.sqrt(
    square(from.x - 2 * corner.x + to.x) + square(from.y - 2 * corner.y + to.y));
  const lines = Math.max(1, Math.ceil(Math.sqrt(4 * bend)));
  let start = from;
  for (let i = 1; i <= lines; i++) {
    const t = i / lines;
    const at = (axis) =>
      square(1 - t) * from[axis] + 2 * t * (1 - t) * corner[axis] + square(t) * to[axis];
    const end = { x: at("x"), y: at("y") };
    drawLine(start, end, radius, nearest);
    start = end;
  }
}

// Notes for each pixel near a line how near it is, squared, if nothing drawn so far is nearer.
function drawLine(from, to, radius, nearest) {
  const right = to.x - from.x;
  const down = to.y - from.y;
  const length = square(right) + square(down);
  const reach = radius + 0.5;
  const inside = square(Math.max(0, radius - 0.5));
  const within = (part) => Math.min(1, Math.max(0, part));
  const first = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const last = Math.min(SIZE - 1, Math.ceil(Math.max(from.y, to.y) + reach));
  for (let row = first; row <= last; row++) {
    const y = row + 0.5 - from.y;
    // The part of the line that can reach this row.
    const s = down === 0 ? 0 : within((y - reach) / down);
    const t = down === 0 ? 1 : within((y + reach) / down);
    const start = Math.max(0, Math.floor(from.x + Math.min(s * right, t * right) - reach));
    const end = Math.min(SIZE - 1, Math.ceil(from.x + Math.max(s * right, t * right) + reach));
    for (let column = start; column <= end; column++) {
      const p = row * SIZE + column;
      if (nearest[p] > inside) {
        const x = column + 0.5 - from.x;
        const part = length === 0 ? 0 : within((x * right + y * down) / length);
        const distance = square(x - part * right) + square(y - part * down);
        if (distance < nearest[p]) {
          nearest[p] = distance;
        }
      }
    }
  }
}
