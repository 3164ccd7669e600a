// What a network's outputs say about a picture with so many digits: read.Reading.
export function verdict({ outputs: kind, acceptance }, outputs, digits) {
  const unreadable = outputs.findIndex((output) => !Number.isFinite(output));
  if (unreadable >= 0) {
    throw new Error(`The model cannot read this picture: its output for ${unreadable} is `
      + `${outputs[unreadable]}, since its weights are too large to calculate with; `
      + "use another model, or train it again at a lower --rate.");
  }
  const digit = largest(outputs, -1);
  const score = Math.fround(kind === "softmax" ? evidenceOfSoftmax(outputs) : evidence(outputs));
  // JSON has these singles in as few digits as tell them apart.
  const threshold = acceptance ? Math.fround(acceptance.leastScore) : null;
  let reading = "digit";
  if (digits > 1) {
    reading = "several";
  } else if (acceptance && score < threshold) {
    reading = "none";
  } else if (acceptance && margin(outputs, digit) < Math.fround(acceptance.leastMargin)) {
    reading = "unsure";
  }
  const candidates = { digit: [digit], unsure: [digit, largest(outputs, digit)] }[reading] ?? [];
  return { reading, candidates, score, threshold, digit };
}

// The first of the largest outputs, but for one.
function largest(outputs, except) {
  let best = except === 0 ? 1 : 0;
  for (let o = best + 1; o < outputs.length; o++) {
    if (o !== except && outputs[o] > outputs[best]) {
      best = o;
    }
  }
  return best;
}

// train.Acceptance: how clearly the outputs decide.
function margin(outputs, digit) {
  return outputs.length === 1
    ? 1
    : Math.fround(outputs[digit] - outputs[largest(outputs, digit)]);
}

// network.Outputs: how far this is from the answer to an image of no digit. Of sigmoids: that any
// is on, if they were independent.
function evidence(outputs) {
  return 1 - outputs.reduce((none, output) => none * (1 - output), 1);
}

// Of softmax: 1 less the outputs' geometric mean by their mean, 1 / K; 0 counts as 2^-100. Here
// alone browsers may differ: in the 16th digit of a logarithm, before it becomes a single.
function evidenceOfSoftmax(outputs) {
  const logarithms = outputs.reduce(
    (sum, output) => sum + Math.log(Math.max(output, 2 ** -100)), 0);
  return Math.max(0, 1 - outputs.length * Math.exp(logarithms / outputs.length));
}
