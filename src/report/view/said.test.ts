import { describe, expect, it } from 'vitest';
import { sayAnswers, sayPulledDown } from './said.ts';

describe('sayAnswers', () => {
  it.each([
    [[3], 2.4, 'One person said 3, counted between 2 and 3 because self-ratings run high.'],
    [[1], 1.5, 'One person said 1, counted between 1 and 2 because one opinion proves little.'],
    [[3, 3], 2.6, '2 people said 3, counted between 2 and 3 because self-ratings run high.'],
    [[3, 1], 1.9, '2 people said 1, 3 (mean 2), counted between 1 and 2 because self-ratings run high.'],
    [[3], 2.02, 'One person said 3, counted as 2 because self-ratings run high.'],
    [[2], 2.01, 'One person said 2.'],
  ])('%j counted as %d', (values, counted, text) => {
    expect(sayAnswers(values, counted)).toBe(text);
  });

  it('says nothing where nobody gave a level', () => {
    expect(sayAnswers([], null)).toBeNull();
  });
});

describe('sayPulledDown', () => {
  const criteria = ['S1.1', 'S4.2', 'S5.1', 'S6.1', 'S6.4'].map((id) => ({ id, set: Number(id.charAt(1)) }));
  const say = (seen: number | null, merged: number | null, drivers: Record<string, number>): string | null =>
    sayPulledDown(
      {
        stages: { said: 1, seen, merged },
        drivers: Object.entries(drivers).map(([criterion, change]) => ({ criterion, change })),
      },
      { criteria: criteria as never },
    );

  it('names low answers far ahead of a desk that stands lower with them', () => {
    expect(say(3, 2, { 'S4.2': 0.1, 'S5.1': 0.05, 'S6.1': 0.02 })).toMatch(
      /^Low answers to 3 statements of later stages/,
    );
  });

  it.each([
    ['too few of them', 3, 2, { 'S4.2': 0.1, 'S5.1': 0.05, 'S1.1': 0.2 }],
    ['answers that lift', 3, 2, { 'S4.2': -0.1, 'S5.1': -0.05, 'S6.1': -0.02 }],
    ['no lower stage', 3, 3, { 'S5.1': 0.1, 'S6.1': 0.05, 'S6.4': 0.02 }],
    ['nothing seen', null, 2, { 'S4.2': 0.1, 'S5.1': 0.05, 'S6.1': 0.02 }],
  ] as const)('says nothing for %s', (_why, seen, merged, drivers) => {
    expect(say(seen, merged, drivers)).toBeNull();
  });
});
