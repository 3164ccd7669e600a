// Numbers for people: as exact as they are, or rounded.

/** The shortest decimal that is this single and no other. */
export function exactly(single) {
  if (!Number.isFinite(single) || single === 0) {
    return Object.is(single, -0) ? "-0" : `${single}`;
  }
  for (let digits = 1; ; digits++) {
    const text = single.toPrecision(digits);
    if (Math.fround(Number(text)) === single) {
      return `${Number(text)}`;
    }
  }
}

export const rounded = (number, digits = 2) => number.toFixed(digits).replace(/^-(0\.?0*)$/, "$1");

/** Within a sentence: a minus is as long as a plus. */
export const plain = (number, digits = 2) => rounded(number, digits).replace("-", "−");

/** With a sign in either case, for terms of a sum. */
export const signed = (number, digits = 2) =>
  `${number < 0 ? "−" : "+"}${rounded(Math.abs(number), digits)}`;

export const percent = (part, digits = 1) => `${(100 * part).toFixed(digits)} %`;
