// Straight strokes of a soft pen, and of an eraser, on 28 x 28 pixels.

const SIDE = 28;

// Radii in pixels; MNIST's strokes are about as wide as the pen.
const PEN = 1.2;
const ERASER = 1.7;

// Fainter ink is none, as in straightened images.
const FAINTEST = 51;

/**
 * Calls `change` for each of 28 x 28 pixels that a stroke {adds, x, y, toX, toY} changes, with its new value;
 * `before` is what they were before all strokes.
 */
export function changes({ adds, x, y, toX, toY }, before, pixels, change) {
  const radius = adds ? PEN : ERASER;
  const right = toX - x;
  const down = toY - y;
  const length = right * right + down * down;
  const reach = Math.ceil(radius);
  const first = (one, other) => Math.max(0, Math.floor(Math.min(one, other)) - reach);
  const last = (one, other) => Math.min(SIDE - 1, Math.ceil(Math.max(one, other)) + reach);
  for (let row = first(y, toY); row <= last(y, toY); row++) {
    for (let column = first(x, toX); column <= last(x, toX); column++) {
      const along = length === 0 ? 0 : ((column - x) * right + (row - y) * down) / length;
      const part = Math.min(1, Math.max(0, along));
      const distance = Math.hypot(column - x - part * right, row - y - part * down);
      const ink = Math.round(255 * Math.min(1, radius + 0.5 - distance));
      const p = row * SIDE + column;
      // What is added is not rubbed out again, nor the other way round: that would leave dust.
      const isFree = adds ? pixels[p] >= before[p] : pixels[p] <= before[p];
      if (ink >= FAINTEST && isFree) {
        const value = adds ? Math.max(pixels[p], ink) : Math.min(pixels[p], 255 - ink);
        if (value !== pixels[p]) {
          change(p, value < FAINTEST ? 0 : value);
        }
      }
    }
  }
}

/** Pixels after some more strokes. */
export function drawn(before, pixels, strokes) {
  const made = pixels.slice();
  for (const stroke of strokes) {
    changes(stroke, before, made, (p, value) => { made[p] = value; });
  }
  return made;
}

/** A stroke with one pixel less at its end (the other one holds on to ink), in a list; or an empty one. */
export function shorter({ adds, x, y, toX, toY }) {
  const length = Math.hypot(toX - x, toY - y);
  return length < 1 ? []
    : [[{ adds, x, y, toX: toX - (toX - x) / length, toY: toY - (toY - y) / length }]];
}
