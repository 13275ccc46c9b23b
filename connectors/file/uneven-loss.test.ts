import { describe, expect, it } from 'vitest';
import { compareLoss, LossTally } from './uneven-loss.ts';

describe('the loss in a subgroup', () => {
  it('is compared by the test of two proportions', () => {
    // By hand: p = 30/300 = 0.1; (0.2 - 0.05) / sqrt(0.1 * 0.9 * (1/100 + 1/200)) = 0.15 / 0.0367423 = 4.08248.
    const found = compareLoss({ lost: 20, of: 100, restLost: 10, restOf: 200 }, 1.96);
    expect(found?.risk_ratio).toBeCloseTo(4, 10);
    expect(found?.z).toBeCloseTo(4.08248, 4);
  });

  it('has no ratio where the rest lost none', () => {
    // 0.25 / sqrt(0.1 * 0.9 * (1/40 + 1/60)) = 0.25 / 0.0612372 = 4.08248
    const found = compareLoss({ lost: 10, of: 40, restLost: 0, restOf: 60 }, 1.96);
    expect(found?.risk_ratio).toBeNull();
    expect(found?.z).toBeCloseTo(4.08248, 4);
  });

  it.each([
    ['fewer than five rows', { lost: 4, of: 4, restLost: 0, restOf: 400 }],
    ['less than twice as often', { lost: 19, of: 100, restLost: 10, restOf: 100 }],
    ['a difference that chance explains', { lost: 5, of: 50, restLost: 2, restOf: 50 }],
    ['no rest', { lost: 50, of: 100, restLost: 0, restOf: 0 }],
  ])('is not uneven with %s', (_, numbers) => expect(compareLoss(numbers, 1.96)).toBeNull());

  it('is told for every subgroup that it hits, the strongest first', () => {
    const tally = new LossTally();
    for (let i = 0; i < 100; i++)
      tally.add(i < 30, [i < 40 ? ['open', ''] : ['month', '2026-01'], ['team', i < 20 ? 'A' : 'B']]);
    const found = tally.uneven((group, value) => (group === 'team' ? null : value));
    expect(found.map((one) => [one.group, one.value, one.lost, one.of, one.rest_lost, one.rest_of])).toEqual([
      ['open', '', 30, 40, 0, 60],
      ['team', null, 20, 20, 10, 80],
    ]);
  });
});
