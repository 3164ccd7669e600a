// Width and height in pixels of the picture that is read.
export const SIZE = 280;

// Width of the paper's pen as a part of the paper's width.
export const PEN = 0.095;

// The longer side of the ink in it, as a part of its width: ten pixels for each of MNIST's 20.
const INK = 200 / SIZE;

// Width of its pen as a part of that side: digits come out as bold as MNIST's.
const INK_PEN = 0.09;

// A drawing no larger than this part of the paper is a dot: a hand trembles.
const DOT = 0.02;

// The drawing as it is read: in the middle, and its pen in proportion to it. Drawn small with the
// paper's pen, a digit is a blot. Points are in parts of the paper's width; a pen of 1 is as wide as
// usual.
export function fitted(strokes, pen = 1) {
  const points = strokes.flat();
  if (points.length === 0) {
    return { strokes: [], penWidth: PEN };
  }
  const box = (axis) => {
    const first = points.reduce((least, point) => Math.min(least, point[axis]), Infinity);
    const last = points.reduce((most, point) => Math.max(most, point[axis]), -Infinity);
    return { middle: (first + last) / 2, length: last - first };
  };
  const [x, y] = [box("x"), box("y")];
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

// Ink of each pixel, 0 to 255 in steps of 17. Each browser's canvas draws a little differently, but
// + - * / and square root are the same everywhere. Ink fades from half a pixel inside the pen's
// edge to half a pixel outside.
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
      ink[p] = 17 * Math.floor(15 * part + 0.5);
    }
  }
  return ink;
}

const square = (x) => x * x;
const between = (from, to, part) => ({
  x: from.x + part * (to.x - from.x),
  y: from.y + part * (to.y - from.y),
});

// Curves through the middles of the segments: no corners between a mouse's few points.
function drawCurve(points, radius, nearest) {
  let from = points[0];
  for (let i = 1; i < points.length - 1; i++) {
    const to = between(points[i], points[i + 1], 0.5);
    drawQuadratic(from, points[i], to, radius, nearest);
    from = to;
  }
  drawLine(from, points.at(-1), radius, nearest);
}

// A parabola, as n lines within |from - 2 corner + to| / (4 n^2) of it: a 16th of a pixel.
function drawQuadratic(from, corner, to, radius, nearest) {
  const bend = Math.sqrt(
    square(from.x - 2 * corner.x + to.x) + square(from.y - 2 * corner.y + to.y));
  const lines = Math.max(1, Math.ceil(Math.sqrt(4 * bend)));
  let start = from;
  for (let i = 1; i <= lines; i++) {
    const part = i / lines;
    const end = between(between(from, corner, part), between(corner, to, part), part);
    drawLine(start, end, radius, nearest);
    start = end;
  }
}

// Notes how near each pixel is, squared, if nothing drawn so far is nearer.
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
