// Ink up to so much is noise.
const NOISE = 25;

// Things of ink that hang together, by an edge or a corner of their pixels: image.Components. Each
// consists of runs, pixels beside each other in a row; things are in the order of their first runs.
export function components(ink, width) {
  const runs = [];
  let above = 0;
  let aboveEnd = 0;
  for (let row = 0; row * width < ink.length; row++) {
    const first = runs.length;
    for (let x = 0; x < width; x++) {
      if (ink[row * width + x] > NOISE) {
        const run = { row, start: x, end: x, number: runs.length, parent: null };
        while (x < width && ink[row * width + x] > NOISE) {
          x++;
        }
        run.end = x;
        runs.push(run);
        while (above < aboveEnd && runs[above].end < run.start) {
          above++;
        }
        for (let other = above; other < aboveEnd && runs[other].start <= run.end; other++) {
          const [earlier, later] = [root(runs[other]), root(run)].sort(byNumber);
          later.parent = earlier === later ? null : earlier;
        }
      }
    }
    above = first;
    aboveEnd = runs.length;
  }
  return things(runs);
}

function root(run) {
  return run.parent === null ? run : root(run.parent);
}

const byNumber = (a, b) => a.number - b.number;

function things(runs) {
  const things = [];
  for (const run of runs) {
    if (run.parent === null) {
      run.thing = { runs: [], area: 0, left: Infinity, top: run.row, right: 0, bottom: 0 };
      things.push(run.thing);
    }
    // A parent is an earlier run, whose thing is known.
    const thing = (run.thing ??= run.parent.thing);
    thing.runs.push(run);
    thing.area += run.end - run.start;
    thing.left = Math.min(thing.left, run.start);
    thing.right = Math.max(thing.right, run.end);
    thing.bottom = run.row + 1;
  }
  return things;
}

export const widthOf = (thing) => thing.right - thing.left;
export const heightOf = (thing) => thing.bottom - thing.top;
export const longerSide = (thing) => Math.max(widthOf(thing), heightOf(thing));
