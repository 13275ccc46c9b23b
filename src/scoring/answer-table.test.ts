import { describe, expect, it } from 'vitest';
import { answerKernel, answerPoints } from './answer-table.ts';

const SELF = { rho: 0.34, d: 0.32 };

describe('answerKernel', () => {
  it('is the ordinal probit table', () => {
    // mpmath, quad at 30 digits
    const expected = [
      [0.345364840342042, 0.346848891362891, 0.307786268295066],
      [0.213263048386467, 0.33341753703957, 0.453319414573963],
      [0.120597296503001, 0.272759490294512, 0.606643213202487],
    ];
    for (const [i, row] of answerKernel(SELF).entries())
      for (const [j, p] of row.entries()) expect(p).toBeCloseTo(expected[i]?.[j] ?? Number.NaN, 11);
  });

  it('knows nothing when answers do not go with levels', () => {
    for (const row of answerKernel({ rho: 1e-9, d: 0 })) for (const p of row) expect(p).toBeCloseTo(1 / 3, 7);
  });
});

describe('answerPoints', () => {
  it('gives the published points unrounded', () => {
    // mpmath; published to two decimals with the rounded rows: -2.10 -2.48 | -0.17 -0.87 | +1.68 +1.27
    const points = answerPoints(SELF);
    const expected = {
      1: [-2.0936250966574, -2.4757804063883],
      2: [-0.171518716564, -0.87208568833383],
      3: [1.6815507910658, 1.2652902406976],
    } as const;
    for (const level of [1, 2, 3] as const)
      for (const gate of [0, 1] as const) expect(points[level][gate]).toBeCloseTo(expected[level][gate], 9);
  });
});
