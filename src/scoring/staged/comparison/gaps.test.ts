import { describe, expect, it } from 'vitest';
import { answer } from '../../../../test/harness/finding-builder.ts';
import type { LevelLaw } from '../../../domain/placement.ts';
import { posteriorLaw } from '../../levels.ts';
import { claimRate, signedBias } from './claims.ts';
import { nearestLevel, saidByCriterion, statementGap } from './gaps.ts';
import { leniencyOf } from './leniency.ts';
import { roleDifferences } from './roles.ts';

const CLAIM = { substantial: 0.76, strong: 0.91 };
const ITEM = { id: 'S1.4', name: 'A known first-reply promise' };
/** Telemetry of the worked example of docs/method.md: +23.91, +6.59 decibans. */
const WORKED = posteriorLaw([23.91, 6.59]);

describe('statementGap', () => {
  it.each<
    [string, number, LevelLaw, ReturnType<typeof statementGap>['flag'], number, number, number, [number, number]]
  >([
    ['worked example, said 3', 3, WORKED, 'none', 0.1804, 0, 0, [0, 1]],
    ['worked example, said 2', 2, WORKED, 'under', 0.0007, 0.8196, -1, [-1, 0]],
    ['worked example, said 1', 1, WORKED, 'strong_under', 0, 0.9993, -2, [-2, -1]],
    ['contradicted claim', 3, posteriorLaw([-7.5, -7.5]), 'strong_over', 0.9739, 0, 2, [1, 2]],
    ['partly in place, said 3', 3, posteriorLaw([7.5, -7.5]), 'over', 0.8688, 0, 1, [0, 2]],
    ['exactly on the flag line', 3, [0, 0.76, 0.24], 'over', 0.76, 0, 1, [0, 1]],
    ['just below the flag line', 3, [0, 0.7599, 0.2401], 'none', 0.7599, 0, 1, [0, 1]],
    ['exactly on the strong line', 3, [0, 0.91, 0.09], 'strong_over', 0.91, 0, 1, [1, 1]],
    ['mean of two people between levels', 2.5, [0.1, 0.3, 0.6], 'none', 0.4, 0.6, -0.5, [-0.5, 1.5]],
  ])('%s', (_, said, law, flag, over, under, median, interval) => {
    const gap = statementGap(ITEM, said, law, CLAIM);
    expect(gap.flag).toBe(flag);
    expect(gap.over_claim).toBeCloseTo(over, 4);
    expect(gap.under_claim).toBeCloseTo(under, 4);
    expect(gap.median).toBe(median);
    expect(gap.interval).toEqual(interval);
    expect(gap.gap).toBeCloseTo(said - (law[0] + 2 * law[1] + 3 * law[2]), 12);
  });
});

describe('claims', () => {
  it('shows the expected number beside the share', () => {
    const rate = claimRate([0.02, 0.1, 0.181, 0.9, 0.35, 0.77, 0.05, 0.5]);
    expect(rate?.expected).toBeCloseTo(2.871, 12);
    expect(rate?.share).toBeCloseTo(2.871 / 8, 12);
    expect(claimRate([0.4])).toBeNull();
    expect(claimRate([])).toBeNull();
  });

  it('gives bias and limits as Bland and Altman do (numpy, ddof 1)', () => {
    const gaps = [0.182, 1.5, 0, -0.5].map((gap) => ({ ...statementGap(ITEM, 3, WORKED, CLAIM), gap }));
    const bias = signedBias(gaps);
    expect(bias?.mean).toBeCloseTo(0.2955, 12);
    expect(bias?.limits[0]).toBeCloseTo(-1.3767690442230482, 12);
    expect(bias?.limits[1]).toBeCloseTo(1.967769044223048, 12);
    expect(signedBias(gaps.slice(0, 1))).toBeNull();
  });
});

describe('leniencyOf', () => {
  const laws = new Map<string, LevelLaw>([
    ['S1.1', [0.001, 0.18, 0.819]],
    ['S1.2', [0.6, 0.3, 0.1]],
    ['S1.3', [0.1, 0.8, 0.1]],
  ]);
  const self = { rho: 0.34, d: 0.32, r: 0.5 };

  it('shrinks towards the common leniency (scipy)', () => {
    const answers = [
      answer('S1.1', 3),
      answer('S1.2', 3),
      answer('S1.3', 2),
      answer('S1.2', 'dont_know', { respondent: 'r2' }),
    ];
    const [first, ...others] = leniencyOf(answers, laws, self);
    expect(first).toMatchObject({ respondent: 'r1', role: 'support_lead', n: 3 });
    expect(first?.d).toBeCloseTo(0.41484300934386853, 9);
    expect(others).toEqual([]);
  });

  it('knows nobody without comparable statements', () => {
    expect(leniencyOf([answer('S6.1', 3)], laws, self)).toEqual([]);
  });
});

describe('people', () => {
  it('takes the mean of levels and leaves "don\'t know" out', () => {
    const said = saidByCriterion([
      answer('S1.1', 3),
      answer('S1.1', 2, { respondent: 'r2' }),
      answer('S1.1', 'dont_know', { respondent: 'r3' }),
      answer('S1.2', 'dont_know'),
    ]);
    expect([...said.keys()]).toEqual(['S1.1']);
    expect(said.get('S1.1')?.mean).toBe(2.5);
  });

  it.each([
    [1, 1],
    [1.5, 1],
    [1.51, 2],
    [2.5, 2],
    [2.51, 3],
    [3, 3],
  ])('mean %d is nearest to level %d', (mean, level) => {
    expect(nearestLevel(mean)).toBe(level);
  });

  it('names the lowest and highest role, widest difference first', () => {
    const said = saidByCriterion([
      answer('S1.1', 3, { respondent: 'a', role: 'executive' }),
      answer('S1.1', 2, { respondent: 'b', role: 'agent' }),
      answer('S1.2', 3, { respondent: 'a', role: 'executive' }),
      answer('S1.2', 1, { respondent: 'b', role: 'agent' }),
      answer('S1.2', 2, { respondent: 'c', role: 'agent' }),
      answer('S1.3', 2, { respondent: 'a', role: 'executive' }),
      answer('S1.3', 2, { respondent: 'b', role: 'agent' }),
      answer('S1.4', 1, { respondent: 'b', role: 'agent' }),
    ]);
    expect(roleDifferences(said.values())).toEqual([
      { criterion: 'S1.2', low: { role: 'agent', value: 1.5 }, high: { role: 'executive', value: 3 } },
      { criterion: 'S1.1', low: { role: 'agent', value: 2 }, high: { role: 'executive', value: 3 } },
    ]);
  });
});
