import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, logGamma, normalCdf, normalQuantile } from './special.ts';

// Expected values: scipy 1.17.1 (special.betainc, stats.norm, special.gammaln).
describe('betaCdf', () => {
  it.each([
    [0.5, 0.5, 0.5, 0.5],
    [0.85, 183.6111111111111, 17.38888888888889, 0.002830754348283493],
    [0.85, 9.5, 1.5, 0.36669104342029324],
    [0.15, 0.5, 0.5, 0.253183311106635],
    [0.5, 5000.5, 5000.5, 0.5],
    [0.999, 1e6, 1000, 0.4831885449688153],
    [1e-6, 0.5, 0.5, 0.0006366198784709245],
    [0.3, 2, 5, 0.579825],
    [0.02, 0.5, 200.5, 0.9955519485210004],
    [0.7, 3.25, 1.75, 0.5527627164224731],
  ])('at %d of Beta(%d, %d)', (x, a, b, expected) => {
    expect(betaCdf(x, a, b)).toBeCloseTo(expected, 8);
  });
  it.each([
    [-0.1, 0],
    [0, 0],
    [1, 1],
    [1.5, 1],
  ])('at the edge %d', (x, expected) => {
    expect(betaCdf(x, 2, 3)).toBe(expected);
  });
  it('mirrors: P(X <= x; a, b) + P(X <= 1-x; b, a) = 1, and never falls', () => {
    const shape = fc.double({ min: 0.5, max: 1e5, noNaN: true });
    // Multiples of 2^-20: then 1 - x is exact, and the mirror sees the same point.
    const place = fc.integer({ min: 0, max: 2 ** 20 }).map((k) => k / 2 ** 20);
    fc.assert(
      fc.property(place, place, shape, shape, (x, y, a, b) => {
        expect(betaCdf(x, a, b) + betaCdf(1 - x, b, a)).toBeCloseTo(1, 8);
        const [low, high] = x < y ? [x, y] : [y, x];
        expect(betaCdf(high, a, b) + 1e-12).toBeGreaterThanOrEqual(betaCdf(low, a, b));
      }),
    );
  });
});

describe('normalCdf', () => {
  it.each([
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [1.6448536269514722, 0.95],
    [1.96, 0.9750021048517795],
    [2.5758293035489004, 0.995],
    [3.5, 0.9997673709209645],
    [3.6, 0.9998408914098424],
    [5, 0.9999997133484281],
    [-1, 0.15865525393145707],
    [-3, 0.0013498980316300933],
  ])('at %d', (z, expected) => {
    expect(normalCdf(z)).toBeCloseTo(expected, 13);
  });
  it.each([
    [-5, 2.866515718791933e-7],
    [-8, 6.22096057427174e-16],
    [-20, 2.7536241186061556e-89],
  ])('keeps its relative accuracy in the tail at %d', (z, expected) => {
    expect(normalCdf(z) / expected).toBeCloseTo(1, 9);
  });
  it('reaches its ends', () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  });
});

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [1e-6, -4.753424308822899],
    [0.001, -3.090232306167813],
  ])('at %d', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 9);
  });
  it('is infinite at 0 and 1', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('logGamma', () => {
  it.each([
    [0.5, 0.5723649429247],
    [1, 0],
    [1.5, -0.12078223763524526],
    [2, 0],
    [10, 12.801827480081469],
    [100.5, 361.43554046777757],
  ])('at %d', (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 10);
  });
  it('at a million', () => {
    expect(logGamma(1e6) / 12815504.569147611).toBeCloseTo(1, 12);
  });
});
