import { describe, expect, it } from 'vitest';
import type { LevelLaw } from '../../../domain/placement.ts';
import { gwetAc2, type Rating, rawAgreement, weightedKappa } from './agreement.ts';
import { bootstrapInterval, quantileOfSorted } from './bootstrap.ts';
import { expectedKappa } from './expected-kappa.ts';
import { seededRandom } from './random.ts';

function repeat(said: number, seen: number, times: number): Rating[] {
  return Array.from({ length: times }, () => ({ said, seen }));
}

/** Two lists of 100 from the tests of scikit-learn, sklearn/metrics/tests/test_classification.py (cohen_kappa_score). */
const SKLEARN = [...repeat(1, 1, 46), ...repeat(2, 1, 4), ...repeat(2, 2, 40), ...repeat(3, 3, 10)];
/** Table cont3x3abstractors of the R package irrCAC (Gwet 2014): 100 abstracts read by two people. */
const IRRCAC = [...repeat(1, 1, 13), ...repeat(2, 2, 20), ...repeat(2, 3, 7), ...repeat(3, 2, 4), ...repeat(3, 3, 56)];

describe('weightedKappa', () => {
  it('gives the quadratic figure of scikit-learn', () => {
    expect(weightedKappa(SKLEARN)).toBeCloseTo(0.9541, 4);
  });

  it.each<[string, Rating[], number | null]>([
    ['no ratings', [], null],
    ['one level throughout', repeat(3, 3, 5), null],
    ['two constants that differ: no better than chance', repeat(3, 2, 5), 0],
    ['full agreement', [...repeat(1, 1, 2), ...repeat(3, 3, 2)], 1],
    ['full reversal', [...repeat(1, 3, 2), ...repeat(3, 1, 2)], -1],
  ])('%s', (_, ratings, expected) => {
    const kappa = weightedKappa(ratings);
    if (expected === null) expect(kappa).toBeNull();
    else expect(kappa).toBeCloseTo(expected, 12);
  });
});

describe('gwetAc2', () => {
  it('gives the quadratic figure of irrCAC (0.940; further digits by numpy from the published formula)', () => {
    expect(gwetAc2(IRRCAC)).toBeCloseTo(0.9402368792784962, 12);
  });

  it('stays defined where kappa is not', () => {
    expect(gwetAc2(repeat(3, 3, 5))).toBe(1);
    expect(rawAgreement(IRRCAC)).toBeCloseTo(0.89, 12);
  });
});

describe('expectedKappa', () => {
  const LAWS: readonly (readonly [number, LevelLaw])[] = [
    [3, [0.1, 0.2, 0.7]],
    [3, [0.6, 0.3, 0.1]],
    [2, [0.2, 0.5, 0.3]],
    [1, [0.05, 0.15, 0.8]],
    [2, [0.9, 0.08, 0.02]],
    [1, [0.7, 0.2, 0.1]],
    [3, [0.001, 0.18, 0.819]],
  ];

  it('equals the sum over all 3^7 outcomes (enumerated in Python)', () => {
    expect(expectedKappa(LAWS.map(([said, law]) => ({ said, law })))).toBeCloseTo(0.140262285356673, 12);
  });

  it('equals plain kappa when the data leave nothing open', () => {
    const sure = (level: number): LevelLaw => [Number(level === 1), Number(level === 2), Number(level === 3)];
    expect(expectedKappa(SKLEARN.map(({ said, seen }) => ({ said, law: sure(seen) })))).toBeCloseTo(0.9541, 4);
  });

  it.each<[string, { said: number; law: LevelLaw }[], number | null]>([
    ['no ratings', [], null],
    ['never defined', [{ said: 3, law: [0, 0, 1] }], null],
    ['defined on a part of the outcomes only', [0, 1, 2].map(() => ({ said: 3, law: [0.2, 0.3, 0.5] })), 0],
  ])('%s', (_, ratings, expected) => {
    expect(expectedKappa(ratings)).toBe(expected);
  });
});

describe('bootstrapInterval', () => {
  const CHANCES = [0.02, 0.1, 0.181, 0.9, 0.35, 0.77, 0.05, 0.5];
  const SAID = [3, 3, 2, 1, 2, 1, 3, 2, 2, 3];
  const SEEN = [3, 1, 2, 3, 1, 1, 3, 2, 3, 2];

  it('draws the numbers of mulberry32 (written again in Python)', () => {
    const random = seededRandom(12345);
    expect([random(), random(), random()]).toEqual([0.9797282677609473, 0.3067522644996643, 0.484205421525985]);
  });

  it('gives numpy.percentile of the same 2,000 draws for a mean and for kappa', () => {
    const mean = bootstrapInterval(8, (drawn) => drawn.reduce((sum, i) => sum + (CHANCES[i] ?? 0), 0) / 8);
    expect(mean?.[0]).toBeCloseTo(0.15512187, 7);
    expect(mean?.[1]).toBeCloseTo(0.59140312, 7);
    const kappa = bootstrapInterval(10, (drawn) =>
      weightedKappa(drawn.map((i) => ({ said: SAID[i] ?? 0, seen: SEEN[i] ?? 0 }))),
    );
    expect(kappa?.[0]).toBeCloseTo(-0.511716, 6);
    expect(kappa?.[1]).toBeCloseTo(0.7459711, 6);
  });

  it('gives none for one unit, and none when most draws are undefined', () => {
    expect(bootstrapInterval(1, () => 1)).toBeNull();
    expect(bootstrapInterval(9, (drawn) => (drawn[0] === 0 ? 1 : null))).toBeNull();
  });

  it.each([
    [[1, 2, 3, 4], 0.025, 1.075],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[7], 0.9, 7],
    [[1, 2, 3, 4], 1, 4],
  ])('type 7 quantile of %j at %d is %d (numpy)', (sorted, p, expected) => {
    expect(quantileOfSorted(sorted, p)).toBeCloseTo(expected, 12);
  });
});
