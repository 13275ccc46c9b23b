import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designEffect, passNormal, passShare, wilson } from './shares.ts';

// Expected values: scipy 1.17.1, stats.beta.sf(line, k/deff + 0.5, (n-k)/deff + 0.5); Wilson by its formula in numpy.
describe('passShare', () => {
  it.each([
    ['412 of 450, deff 2.25, line .50', 412 / 2.25, 200, 0.5, 1],
    ['412 of 450, deff 2.25, line .85', 412 / 2.25, 200, 0.85, 0.9971692456517165],
    ['430 of 500, deff 2.25, line .85', 430 / 2.25, 500 / 2.25, 0.85, 0.6550679742186568],
    ['288 of 300, deff 2.25, line .85', 128, 300 / 2.25, 0.85, 0.9999786831926605],
    ['9 of 10, line .85', 9, 10, 0.85, 0.6333089565797068],
    ['90 of 100, line .85', 90, 100, 0.85, 0.9250578862564146],
    ['nothing seen, line one half', 0, 0, 0.5, 0.5],
  ])('%s', (_, k, n, line, expected) => {
    expect(passShare(k, n, line)).toBeCloseTo(expected, 8);
  });
  it('rises with k, falls with the line', () => {
    const whole = fc.integer({ min: 1, max: 5000 });
    const line = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(whole, whole, line, line, (a, b, s, t) => {
        const [k, n] = a < b ? [a, b] : [b, a];
        expect(passShare(k, n, s) + 1e-9).toBeGreaterThanOrEqual(passShare(k - 1, n, s));
        const [low, high] = s < t ? [s, t] : [t, s];
        expect(passShare(k, n, low) + 1e-9).toBeGreaterThanOrEqual(passShare(k, n, high));
      }),
    );
  });
});

describe('passNormal', () => {
  it.each([
    [0.7, 0.64, 0.03, 0.9772498680518208],
    [0.64, 0.64, 0.03, 0.5],
    [0.7, 0.64, 0, 1],
    [0.6, 0.64, 0, 0],
    [0.64, 0.64, 0, 0.5],
  ])('estimate %d against %d with se %d', (estimate, line, se, expected) => {
    expect(passNormal(estimate, line, se)).toBeCloseTo(expected, 10);
  });
});

describe('wilson', () => {
  it.each([
    [412 / 2.25, 200, 0.8687585392433003, 0.9466900117231493],
    [0, 10, 0, 0.2775327998628892],
    [10, 10, 0.7224672001371107, 1],
    [5, 10, 0.236593090512564, 0.7634069094874361],
    [0, 0, 0, 1],
  ])('%d of %d', (k, n, low, high) => {
    const [a, b] = wilson(k, n);
    expect(a).toBeCloseTo(low, 10);
    expect(b).toBeCloseTo(high, 10);
  });
});

const sumsOf = (ks: readonly number[], ns: readonly number[]) => ({
  clusters: ns.length,
  kk: ks.reduce((sum, k) => sum + k * k, 0),
  kn: ks.reduce((sum, k, i) => sum + k * (ns[i] ?? 0), 0),
  nn: ns.reduce((sum, n) => sum + n * n, 0),
});

describe('designEffect', () => {
  const ks = [8, 2, 5, 9, 3];
  const ns = [10, 10, 12, 9, 11];
  it('is the linearised ratio variance over the simple one', () => {
    // numpy: m/(m-1) * ((ks - p*ns)**2).sum() / N**2 / (p*(1-p)/N)
    expect(designEffect(27, 52, sumsOf(ks, ns))).toBeCloseTo(4.397222222222222, 12);
  });
  it('grows with copies, so that effective counts stay put', () => {
    const copies = 7;
    const more = designEffect(
      27 * copies,
      52 * copies,
      sumsOf(
        ks.map((k) => k * copies),
        ns.map((n) => n * copies),
      ),
    );
    expect((52 * copies) / more).toBeCloseTo(52 / 4.397222222222222, 10);
  });
  it.each([
    ['weeks that are all alike', 20, 40, sumsOf([10, 10], [20, 20])],
    ['one week', 5, 10, sumsOf([5], [10])],
    ['nobody follows', 0, 10, sumsOf([0, 0], [5, 5])],
    ['everybody follows', 10, 10, sumsOf([5, 5], [5, 5])],
    ['nothing', 0, 0, sumsOf([], [])],
  ])('is never below one: %s', (_, k, n, sums) => {
    expect(designEffect(k, n, sums)).toBe(1);
  });
});
