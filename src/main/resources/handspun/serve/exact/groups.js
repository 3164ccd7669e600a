import { largest, longerSide } from "./components.js";

// Less ink than this part of the largest thing's is dust.
const DUST = 1 / 400;

// What is smaller than this part of the largest thing, and far from it, is a speck.
const SMALL = 0.2;

// A gap to the largest things, as a part of the largest, that is near.
const NEAR = 0.125;

// With more small things this is a texture, and comparing them all takes too long.
const MOST_PAIRS = 1 << 20;

// A gap between strokes of one digit, as a part of its height, at most, and the least height of a
// digit beside a taller one.
const GAP_WITHIN = 0.15;
const LEAST_HEIGHT = 0.6;

// Which of the things on the paper are a digit's strokes: image.DigitGroups.
export function strokesOf(things) {
  const main = largest(things);
  const candidates = things.filter((thing) => thing.area >= DUST * main.area);
  const isLarge = (thing) => longerSide(thing) > SMALL * longerSide(main);
  const large = candidates.filter(isLarge);
  const small = candidates.filter((thing) => !isLarge(thing));
  const strokes = new Set(large);
  if (small.length * candidates.length <= MOST_PAIRS) {
    addNear(small, large, NEAR * longerSide(main), strokes);
  }
  return strokes;
}

// Small things near to large ones, and those near to these: dots of a dotted stroke.
function addNear(small, large, near, strokes) {
  const added = [];
  let left = small;
  let before = -1;
  while (left.length !== before) {
    before = left.length;
    left = left.filter((thing) => {
      const own = 2 * longerSide(thing);
      const isNear = large.some((other) => gap(thing, other) <= Math.max(own, near))
        || added.some((other) => gap(thing, other) <= own);
      if (isNear) {
        strokes.add(thing);
        added.push(thing);
      }
      return !isNear;
    });
  }
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
  const fromTheLeft = [...strokes].sort((a, b) => a.left - b.left);
  const top = Math.min(...fromTheLeft.map((thing) => thing.top));
  const bottom = Math.max(...fromTheLeft.map((thing) => thing.bottom));
  const groups = [];
  let right = Infinity;
  for (const thing of fromTheLeft) {
    if (groups.length === 0 || thing.left > right + GAP_WITHIN * (bottom - top)) {
      groups.push({ top: Infinity, bottom: 0 });
      right = Math.max(0, groups.length === 1 ? 0 : right);
    }
    const group = groups.at(-1);
    group.top = Math.min(group.top, thing.top);
    group.bottom = Math.max(group.bottom, thing.bottom);
    right = Math.max(right, thing.right);
  }
  const isTall = (group) => group.bottom - group.top >= LEAST_HEIGHT * (bottom - top);
  return Math.max(1, groups.filter(isTall).length);
}
