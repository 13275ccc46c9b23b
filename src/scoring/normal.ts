const SQRT_2PI = Math.sqrt(2 * Math.PI);
/** Beyond it the series loses digits to cancellation in the tail and the continued fraction converges at once. */
const SERIES_LIMIT = 2.5;
/** P(Z < -40) is below the smallest double. */
const FAR = 40;

/** Density of the standard normal distribution at `x`. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI;
}

/** P(Z > x) for x > 0 by Laplace's continued fraction x + 1/(x + 2/(x + 3/(x + ...))), evaluated by Lentz's method. */
function upperTail(x: number): number {
  let f = x;
  let c = x;
  let d = 0;
  for (let k = 1; k < 500; k++) {
    d = 1 / (x + k * d);
    c = x + k / c;
    const factor = c * d;
    f *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return normalDensity(x) / f;
}

/**
 * P(Z <= x) of a standard normal Z.
 * Relative error below 1e-12 in both tails (simple-statistics reads a table with three decimals, too coarse for published points).
 * Method: Marsaglia's series near zero, continued fraction outside. Infinite input gives 0 or 1.
 * Source: Marsaglia, Evaluating the Normal Distribution, J. Stat. Software 11(4), 2004.
 */
export function normalCdf(x: number): number {
  if (Math.abs(x) > FAR) return x > 0 ? 1 : 0;
  if (x > SERIES_LIMIT) return 1 - upperTail(x);
  if (x < -SERIES_LIMIT) return upperTail(-x);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 && k < 400; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** The x with P(Z <= x) = p for 0 < p < 1, by bisection to the last bit that matters; the cut of a third is taken with it. */
export function normalQuantile(p: number): number {
  let low = -FAR;
  let high = FAR;
  for (let i = 0; i < 120; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
