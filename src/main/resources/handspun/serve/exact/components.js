// Things of ink that hang together, by an edge or a corner of their pixels: image.Components.
// `runs` are pixels with ink beside each other in a row, `things` what they are part of, numbered
// by their first run.
export function components(amount, width) {
  const runs = [];
  let above = 0;
  let aboveEnd = 0;
  for (let row = 0; row * width < amount.length; row++) {
    const first = runs.length;
    for (let x = 0; x < width; x++) {
      if (amount[row * width + x] !== 0) {
        const run = { row, start: x, end: x, peak: 0, index: runs.length, parent: null };
        for (; x < width && amount[row * width + x] !== 0; x++) {
          run.peak = Math.max(run.peak, amount[row * width + x]);
        }
        run.end = x;
        runs.push(run);
        while (above < aboveEnd && runs[above].end < run.start) {
          above++;
        }
        for (let other = above; other < aboveEnd && runs[other].start <= run.end; other++) {
          unite(root(runs[other]), root(run));
        }
      }
    }
    above = first;
    aboveEnd = runs.length;
  }
  return { runs, things: things(runs) };
}

function root(run) {
  let root = run;
  while (root.parent !== null) {
    root = root.parent;
  }
  return root;
}

function unite(a, b) {
  if (a.index < b.index) {
    b.parent = a;
  } else if (b.index < a.index) {
    a.parent = b;
  }
}

function things(runs) {
  const things = [];
  for (const run of runs) {
    // A parent is an earlier run, whose thing is known.
    run.thing = run.parent === null ? things.length : run.parent.thing;
    const thing = (things[run.thing] ??=
      { area: 0, left: Infinity, top: run.row, right: 0, bottom: 0, peak: 0 });
    thing.area += run.end - run.start;
    thing.left = Math.min(thing.left, run.start);
    thing.right = Math.max(thing.right, run.end);
    thing.bottom = run.row + 1;
    thing.peak = Math.max(thing.peak, run.peak);
  }
  return things;
}

export const widthOf = (thing) => thing.right - thing.left;
export const heightOf = (thing) => thing.bottom - thing.top;
export const longerSide = (thing) => Math.max(widthOf(thing), heightOf(thing));

// The first of those with most ink; undefined if there are none.
export function largest(things) {
  return things.reduce(
    (most, thing) => (most === undefined || thing.area > most.area ? thing : most), undefined);
}
