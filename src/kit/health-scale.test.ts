import { describe, expect, it } from 'vitest';
import { HealthScale, statedScale } from './health-scale.ts';
import { healthRank } from './recognise-customer.ts';

describe('numbers of health', () => {
  const percent = { worst: 0, best: 100 };
  it.each([
    [0, percent, 1],
    [33, percent, 1],
    [34, percent, 2],
    [66, percent, 2],
    [67, percent, 3],
    [100, percent, 3],
    ['72.5', percent, 3],
    // Another scale than the one that is stated.
    [101, percent, null],
    [-1, percent, null],
    [Number.NaN, percent, null],
    // 1 is best of 1 to 5: a third of the way is 2.33, two thirds 3.67.
    [2, { worst: 5, best: 1 }, 3],
    [3, { worst: 5, best: 1 }, 2],
    [4, { worst: 5, best: 1 }, 1],
    // Bands as people set them: red below 50, green from 75 on.
    [49, { ...percent, risk: 50, well: 75 }, 1],
    [50, { ...percent, risk: 50, well: 75 }, 2],
    [75, { ...percent, risk: 50, well: 75 }, 3],
    // Words say themselves what they mean.
    ['green', percent, 3],
    [72, null, null],
    ['72', null, null],
  ])('%s on %j: %s', (value, scale, rank) => {
    expect(healthRank(value, 'Health score', scale)).toBe(rank);
  });

  it.each([
    [{ worst: 5, best: 5 }],
    [{ worst: 0, best: 100, risk: 80, well: 50 }],
    [{ worst: 5, best: 1, risk: 2, well: 4 }],
  ])('%j is no scale', (scale) => {
    expect(HealthScale.safeParse(scale).success).toBe(false);
  });
});

describe('a scale that people state', () => {
  it.each([
    ['Health score (0-100)', null, { worst: 0, best: 100 }],
    ['Health score', 'From 1 to 10, set by the CSM.', { worst: 1, best: 10 }],
    ['Kundengesundheit', 'Punkte von 0 bis 100', { worst: 0, best: 100 }],
    ['Health', 'Scale 1–5, 1 = best', { worst: 5, best: 1 }],
    ['Health', '1-5 where 5 is worst', { worst: 5, best: 1 }],
    ['Health', '1-5 where 5 is the best', { worst: 1, best: 5 }],
    // Much risk is bad.
    ['Churn risk', '0-100', { worst: 100, best: 0 }],
    ['Health score', 'Changed every 2 to 4 weeks; from 0 to 10.', { worst: 0, best: 10 }],
  ])('%s, %s', (title, description, scale) => {
    expect(statedScale(title, description)).toEqual(scale);
  });

  it.each([
    ['Health score', null],
    [null, null],
    ['Health score', 'Updated every 2 to 4 weeks'],
    // Bands: which is which is not told.
    ['Health score', '0-40 red, 41-70 yellow, 71-100 green'],
    ['Health score', 'Average of the last 90-120 calls'],
    ['Health score', 'See 2024-01-31'],
    ['Health score 2', 'version 1.0-1.5'],
    ['Health flag', '0-1'],
  ])('%s, %s: none', (title, description) => {
    expect(statedScale(title, description)).toBeNull();
  });
});
