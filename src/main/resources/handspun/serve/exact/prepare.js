const SIDE = 28;

// The longer side of the ink, as a part of the image's.
const BOX = 5 / 7;

// Background around the image.
const FRAME = 2;
const FRAMED = SIDE + 2 * FRAME;
const LAST = SIDE + FRAME;

// What comes out fainter is background.
const FAINTEST = 51;

// Added to a single, it leaves 8 bits behind the point.
const EIGHT_BITS = 1.5 * 2 ** 15;

// What is done to an image before the network sees it (image.Preprocessing), to the last bit. Where
// it is straightened, `slant` tells how much further right each row lay than the one above, `scale`
// how many old pixels a new one is wide, and `centre` where the centre of mass was, which is in the
// middle now; else they are null.
export function prepare(preprocessing, pixels) {
  return (preprocessing === "straighten" ? straightened(pixels) : null)
    ?? { pixels: Uint8Array.from(pixels), slant: null, scale: null, centre: null };
}

// image.Straightening: sheared along its rows until the ink's covariance of x and y is 0.
function straightened(pixels) {
  const sum = (times) =>
    pixels.reduce((sum, ink, p) => sum + ink * times(p % SIDE, Math.trunc(p / SIDE)), 0);
  const mass = sum(() => 1);
  if (mass === 0) {
    return null;
  }
  const centreX = sum((x) => x) / mass;
  const centreY = sum((x, y) => y) / mass;
  const covariance = sum((x, y) => x * y) / mass - centreX * centreY;
  const variance = sum((x, y) => y * y) / mass - centreY * centreY;
  // Ink in a single row has no slant.
  const slant = variance > 1e-6 ? covariance / variance : 0;
  const scale = longerSide(pixels, slant) / BOX;
  const framed = new Uint8Array(FRAMED * FRAMED);
  pixels.forEach((ink, p) => {
    framed[(Math.trunc(p / SIDE) + FRAME) * FRAMED + (p % SIDE) + FRAME] = ink;
  });
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

// Of the ink when it is straight, as a part of the image's side.
function longerSide(pixels, slant) {
  const places = [...pixels.keys()].filter((p) => pixels[p] !== 0);
  const rows = places.map((p) => Math.trunc(p / SIDE));
  const columns = places.map((p, i) => (p % SIDE) - slant * rows[i]);
  const size = (all) => (Math.max(...all) - Math.min(...all) + 1) / SIDE;
  return Math.max(size(columns), size(rows));
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
