import { longerSide } from "./components.js";

// What is smaller than this part of the largest thing, and far from it, is a speck.
const SMALL = 0.2;

// A gap to the largest things, as a part of the largest, that is near.
const NEAR = 0.125;

// A gap between strokes of one digit, as a part of its height, at most, and the least height of a
// digit beside a taller one.
const GAP_WITHIN = 0.15;
const LEAST_HEIGHT = 0.6;

// Which of the things on the paper are a digit's strokes: image.DigitGroups.
export function strokesOf(things) {
  const main = things.reduce((most, thing) => (thing.area > most.area ? thing : most));
  const isLarge = (thing) => longerSide(thing) > SMALL * longerSide(main);
  const large = things.filter(isLarge);
  const small = things.filter((thing) => !isLarge(thing));
  return [...large, ...nearOf(small, large, NEAR * longerSide(main))];
}

// Small things near to large ones, and those near to these: dots of a dotted stroke.
function nearOf(small, large, near) {
  const found = new Set();
  for (let before = -1; found.size > before;) {
    before = found.size;
    for (const thing of small) {
      const own = 2 * longerSide(thing);
      if (large.some((other) => gap(thing, other) <= Math.max(own, near))
          || [...found].some((other) => gap(thing, other) <= own)) {
        found.add(thing);
      }
    }
  }
  return found;
}

// Between the bounding boxes; 0 if they meet.
function gap(a, b) {
  const across = Math.max(0, Math.max(a.left, b.left) - Math.min(a.right, b.right));
  const down = Math.max(0, Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom));
  return Math.sqrt(across * across + down * down);
}

// How many digits the strokes make that lie beside each other, at least 1. In doubt it is one:
// strokes of one digit may be apart.
export function countDigits(strokes) {
  const height = Math.max(...strokes.map((thing) => thing.bottom))
    - Math.min(...strokes.map((thing) => thing.top));
  const groups = [];
  let right = -Infinity;
  for (const thing of [...strokes].sort((a, b) => a.left - b.left)) {
    if (thing.left > right + GAP_WITHIN * height) {
      groups.push({ top: Infinity, bottom: 0 });
    }
    const group = groups.at(-1);
    group.top = Math.min(group.top, thing.top);
    group.bottom = Math.max(group.bottom, thing.bottom);
    right = Math.max(right, thing.right);
  }
  const tall = groups.filter((group) => group.bottom - group.top >= LEAST_HEIGHT * height);
  return Math.max(1, tall.length);
}
