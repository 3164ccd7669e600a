const SIDE = 28;

// The longer side of the ink, as a part of the image's.
const BOX = 5 / 7;

// Background around the image, so that places outside of it can be looked up.
const FRAME = 2;
const FRAMED = SIDE + 2 * FRAME;
const LAST = SIDE + FRAME;

// What comes out fainter is background.
const FAINTEST = 51;

// Added to a single, it leaves 8 bits behind the point.
const EIGHT_BITS = 1.5 * 2 ** 15;

// What is done to an image before the network sees it (image.Preprocessing), to the last bit:
// nothing, or it is straightened. Then `slant` tells by how many pixels to the right each row lay
// further than the one above, `scale` how many of the old pixels a new one is wide, and `centre`
// where in the old image the centre of mass was, which is in the middle now. Where nothing is done
// they are null.
export function prepare(preprocessing, pixels) {
  return (preprocessing === "straighten" ? straightened(pixels) : null)
    ?? { pixels: Uint8Array.from(pixels), slant: null, scale: null, centre: null };
}

// image.Straightening: sheared along its rows until the ink's covariance of x and y is 0.
function straightened(pixels) {
  const { mass, timesX, timesY, timesXY, timesYY } = sums(pixels);
  if (mass === 0) {
    return null;
  }
  const centreX = timesX / mass;
  const centreY = timesY / mass;
  const covariance = timesXY / mass - centreX * centreY;
  const variance = timesYY / mass - centreY * centreY;
  // Ink in a single row has no slant.
  const slant = variance > 1e-6 ? covariance / variance : 0;
  const scale = longerSide(pixels, slant) / BOX;
  const framed = new Uint8Array(FRAMED * FRAMED);
  for (let y = 0; y < SIDE; y++) {
    framed.set(pixels.slice(y * SIDE, (y + 1) * SIDE), (y + FRAME) * FRAMED + FRAME);
  }
  const made = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    const down = scale * (y - SIDE / 2);
    const fromX = FRAME + centreX + slant * down;
    const fromY = Math.fround(FRAME + centreY + down);
    for (let x = 0; x < SIDE; x++) {
      const value = interpolated(framed, Math.fround(fromX + scale * (x - SIDE / 2)), fromY);
      made[y * SIDE + x] = value < FAINTEST ? 0 : value;
    }
  }
  return { pixels: made, slant, scale, centre: [centreX, centreY] };
}

function sums(pixels) {
  let mass = 0;
  let timesX = 0;
  let timesY = 0;
  let timesXY = 0;
  let timesYY = 0;
  pixels.forEach((ink, p) => {
    const x = p % SIDE;
    const y = (p - x) / SIDE;
    mass += ink;
    timesX += ink * x;
    timesY += ink * y;
    timesXY += ink * x * y;
    timesYY += ink * y * y;
  });
  return { mass, timesX, timesY, timesXY, timesYY };
}

// Of the ink when it is straight, as a part of the image's side.
function longerSide(pixels, slant) {
  let left = Infinity;
  let right = -Infinity;
  let top = SIDE;
  let bottom = 0;
  for (let y = 0; y < SIDE; y++) {
    const row = pixels.slice(y * SIDE, (y + 1) * SIDE);
    const first = row.findIndex((ink) => ink !== 0);
    if (first >= 0) {
      let last = SIDE - 1;
      while (row[last] === 0) {
        last--;
      }
      left = Math.min(left, first - slant * y);
      right = Math.max(right, last - slant * y);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return Math.max((right - left + 1) / SIDE, (bottom - top + 1) / SIDE);
}

// Kernels.interpolate: places in parts of 1/256, then whole numbers only.
function interpolated(framed, x, y) {
  const inX = eightBits(x);
  const inY = eightBits(y);
  const part = inX & 0xff;
  const between = (at) => 256 * framed[at] + part * (framed[at + 1] - framed[at]);
  const at = (inY >> 8) * FRAMED + (inX >> 8);
  const above = between(at);
  const below = between(at + FRAMED);
  return (256 * above + (inY & 0xff) * (below - above) + (1 << 15)) >> 16;
}

function eightBits(place) {
  return (Math.fround(Math.min(Math.max(place, 0), LAST) + EIGHT_BITS) - EIGHT_BITS) * 256;
}
