import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from './normal.ts';

// mpmath 1.3, 30 digits: ncdf(x)
const TABLE: [number, number][] = [
  [-38, 2.88542835e-316],
  [-8, 6.220960574271784e-16],
  [-5, 2.866515718791939e-7],
  [-2.5, 0.006209665325776135],
  [-2.4999, 0.00621141837494459],
  [-1, 0.15865525393145705],
  [-0.3, 0.3820885778110474],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1.96, 0.9750021048517795],
  [2.5, 0.9937903346742238],
  [3, 0.9986501019683699],
  [6, 0.9999999990134123],
];

describe('normalCdf', () => {
  it.each(TABLE)('at %d', (x, expected) => {
    // subnormal numbers keep fewer digits
    const relative = x < -37 ? 1e-7 : 1e-12;
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThanOrEqual(relative * expected);
  });

  it('reaches its limits', () => {
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(100)).toBe(1);
  });
});

describe('normalQuantile', () => {
  // mpmath: root of ncdf(x) - p
  it.each([
    [2 / 3, 0.4307272992954575],
    [0.975, 1.9599639845400543],
    [0.001, -3.0902323061678136],
    [0.5, 0],
  ])('at %d', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 12);
  });
});
