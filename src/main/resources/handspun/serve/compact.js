// Drawings in few characters, for a link: bits, six of which are a character.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Points lie on a grid of so many steps across the paper: 10 bits tell one.
export const GRID = 1000;
const POINT_BITS = 10;

// Parameters of Rice's code, of which the one that makes a drawing shortest is told in so many bits.
const RICE_BITS = 4;
const COUNT_RICE = 5;

const PIXELS = 784;

/** What is nearest to it on the grid: so that a link gives the same drawing, to the last bit. */
export const onGrid = (part) => Math.round(GRID * part) / GRID;

class Writer {
  bits = [];

  put(value, count) {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.bits.push((value >> bit) & 1);
    }
  }

  // Rice's code: the high bits as that many ones and a zero, then the k low ones.
  rice(value, k) {
    for (let high = value >> k; high > 0; high--) {
      this.bits.push(1);
    }
    this.bits.push(0);
    this.put(value, k);
  }

  text() {
    let text = "";
    for (let at = 0; at < this.bits.length; at += 6) {
      text += DIGITS[Array.from({ length: 6 }, (_, i) => this.bits[at + i] ?? 0)
        .reduce((sum, bit) => 2 * sum + bit, 0)];
    }
    return text;
  }
}

class Reader {
  at = 0;

  constructor(text) {
    this.text = text;
  }

  take(count) {
    let value = 0;
    for (; count > 0; count--, this.at++) {
      const six = DIGITS.indexOf(this.text[Math.floor(this.at / 6)] ?? "?");
      require(six >= 0);
      value = 2 * value + ((six >> (5 - this.at % 6)) & 1);
    }
    return value;
  }

  rice(k) {
    let high = 0;
    while (this.take(1) === 1) {
      high++;
    }
    return high * 2 ** k + this.take(k);
  }

  end() {
    require(Math.ceil(this.at / 6) === this.text.length);
  }
}

function require(isRight) {
  if (!isRight) {
    throw new Error("broken");
  }
}

// Whole numbers as those from 0 on, small ones small.
const folded = (n) => (n < 0 ? -2 * n - 1 : 2 * n);
const unfolded = (n) => (n % 2 === 0 ? n / 2 : -(n + 1) / 2);

// Where a pen goes on from two points: straight on, or, if it is slow or jumps, from where it is.
const expected = (order, last, before) => last + (order === 1 ? last - before : 0);

export function writeStrokes(strokes) {
  const grid = strokes.map((stroke) =>
    stroke.map(({ x, y }) => [Math.round(GRID * x), Math.round(GRID * y)]));
  const texts = [];
  for (let order = 0; order < 2; order++) {
    for (let k = 0; k < 2 ** RICE_BITS; k++) {
      const writer = new Writer();
      writer.put(order, 1);
      writer.put(k, RICE_BITS);
      writer.rice(grid.length, 0);
      grid.forEach((points) => writePoints(writer, points, order, k));
      texts.push(writer.text());
    }
  }
  return texts.reduce((best, text) => (text.length < best.length ? text : best));
}

function writePoints(writer, points, order, k) {
  writer.rice(points.length - 1, COUNT_RICE);
  points.forEach((point, i) => point.forEach((value, axis) => {
    if (i === 0) {
      writer.put(value, POINT_BITS);
    } else {
      const before = points[Math.max(0, i - 2)][axis];
      writer.rice(folded(value - expected(order, points[i - 1][axis], before)), k);
    }
  }));
}

export function readStrokes(text) {
  const reader = new Reader(text);
  const order = reader.take(1);
  const k = reader.take(RICE_BITS);
  const strokes = Array.from({ length: reader.rice(0) }, () => readPoints(reader, order, k));
  reader.end();
  require(strokes.length > 0);
  return strokes.map((points) => points.map(([x, y]) => ({ x: x / GRID, y: y / GRID })));
}

function readPoints(reader, order, k) {
  const points = [];
  for (let left = reader.rice(COUNT_RICE) + 1; left > 0; left--) {
    points.push([0, 1].map((axis) => {
      const last = points.at(-1)?.[axis];
      const value = last === undefined ? reader.take(POINT_BITS)
        : expected(order, last, (points.at(-2) ?? points[0])[axis]) + unfolded(reader.rice(k));
      require(value >= 0 && value <= GRID);
      return value;
    }));
  }
  return points;
}

/** 28 x 28 pixels: how many are blank, how many are not, which these are, and so on. */
export function writePixels(pixels) {
  const writer = new Writer();
  for (let at = 0; at < PIXELS;) {
    let inked = at;
    while (inked < PIXELS && pixels[inked] === 0) {
      inked++;
    }
    let end = inked;
    while (end < PIXELS && pixels[end] !== 0) {
      end++;
    }
    writer.rice(inked - at, 4);
    writer.rice(end - inked, 2);
    pixels.slice(inked, end).forEach((pixel) => writer.put(pixel, 8));
    at = end;
  }
  return writer.text();
}

export function readPixels(text) {
  const reader = new Reader(text);
  const pixels = new Uint8Array(PIXELS);
  for (let at = 0; at < PIXELS;) {
    const inked = at + reader.rice(4);
    const end = inked + reader.rice(2);
    require(end > at && end <= PIXELS);
    for (at = inked; at < end; at++) {
      pixels[at] = reader.take(8);
    }
    at = end;
  }
  reader.end();
  return pixels;
}
