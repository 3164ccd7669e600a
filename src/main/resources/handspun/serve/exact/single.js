// Arithmetic of singles as the server has it. JavaScript computes with doubles. Math.fround of one
// + - * or / of singles is what singles give: a double has more than twice as many bits, so that
// rounding twice is rounding once.

const double = new Float64Array(1);
const doubleBits = new BigUint64Array(double.buffer);
const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

// a * b + c, rounded once, as Java's Math.fma does it. A product of two singles fits a double, so
// only the sum is rounded to a double before it is rounded to a single. This is wrong at most
// where that double lies half-way between two singles, or beyond the largest.
export function fma(a, b, c) {
  const product = a * b;
  const sum = product + c;
  const rounded = Math.fround(sum);
  const rest = sum - rounded;
  return rest !== 0 && Math.fround(sum + rest) === sum + rest
    ? Math.fround(roundedToOdd(product, c, sum))
    : rounded;
}

// Of the two doubles around product + c, the odd one: it is never half-way, and on the right side
// (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", 2008). What the sum has
// lost is known exactly (Knuth's two-sum).
function roundedToOdd(product, c, sum) {
  const added = sum - product;
  const lost = product - (sum - added) + (c - added);
  double[0] = sum;
  if (lost !== 0 && doubleBits[0] % 2n === 0n) {
    doubleBits[0] += lost > 0 === sum > 0 ? 1n : -1n;
  }
  return double[0];
}

// The 32 bits of a single, as a whole number of 0 or more.
export function bits(x) {
  single[0] = x;
  return singleBits[0];
}

const LOWEST = Math.fround(-87.3);
const HIGHEST = 88;
const LOG2_E = Math.fround(1.44269504);
const LN2_HIGH = 0.693359375;
const LN2_LOW = Math.fround(-2.1219444e-4);

// Adding 1.5 * 2^23 rounds to a whole number.
const ROUNDER = 12582912;

// 1 / 7!, ... 1 / 2!, 1 / 1!, 1 / 0!
const TAYLOR = [5040, 720, 120, 24, 6, 2, 1, 1].map((factorial) => Math.fround(1 / factorial));

// e to the power of x: math.Exp, with x = n ln 2 + r.
export function exp(x) {
  const clamped = Math.min(Math.max(x, LOWEST), HIGHEST);
  const n = fma(clamped, LOG2_E, ROUNDER) - ROUNDER;
  const r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, clamped));
  let y = TAYLOR[0];
  for (let i = 1; i < TAYLOR.length; i++) {
    y = fma(y, r, TAYLOR[i]);
  }
  // 2^n, put together as bits.
  singleBits[0] = (n + 127) << 23;
  return Math.fround(y * single[0]);
}
