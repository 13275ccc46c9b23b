import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer } from '../../../../test/harness/finding-builder.ts';
import { runs } from '../../../../test/harness/property-runs.ts';
import { ORG_X, SIX_STAGE, scorePoints } from '../../../../test/harness/scored-points.ts';
import { Comparison } from '../../../domain/assessment.ts';
import type { Points } from '../../../domain/placement.ts';
import { compareSaidSeen } from './compare-said-seen.ts';

function compare(answers: ReturnType<typeof answer>[], points: ReadonlyMap<string, Points> = ORG_X) {
  return Comparison.parse(compareSaidSeen({ model: SIX_STAGE, scored: scorePoints(points, answers), answers }));
}

describe('compareSaidSeen', () => {
  it('says nothing where nobody answered', () => {
    const { stages, ...rest } = compare([]);
    expect(stages).toEqual({ said: null, seen: 3, merged: 3 });
    expect(rest).toEqual({
      comparable: 0,
      gaps: [],
      over_claims: null,
      under_claims: null,
      bias: null,
      agreement: null,
      calibration: [],
      leniency: [],
      blind_spots: [],
      drivers: [],
      roles: [],
    });
  });

  it('sets the stages three ways side by side', () => {
    const everythingFull = SIX_STAGE.criteria.map(({ id }) => answer(id, 3));
    const result = compare(everythingFull);
    expect(result.stages.said).toBe(6);
    expect(result.stages.seen).toBe(3);
    expect(compare(everythingFull, new Map()).stages).toMatchObject({ said: 6, seen: null });
  });

  it('compares only statements that telemetry sees enough of', () => {
    // S4.4 has 2.5 decibans at each gate: too little; S4.1 none; S3.2 contradicts the claim.
    const result = compare([answer('S4.4', 2), answer('S4.1', 3), answer('S3.2', 3), answer('S5.1', 1)]);
    expect(result.gaps.map((gap) => gap.criterion)).toEqual(['S3.2', 'S5.1']);
    expect(result.comparable).toBe(2);
    expect(result.over_claims?.expected).toBeCloseTo(0.97385 + (result.gaps[1]?.over_claim ?? 0), 4);
    expect(result.blind_spots.map(({ kind, criterion }) => [kind, criterion])).toEqual([
      ['over_claim', 'S3.2'],
      ['unverifiable', 'S4.1'],
      ['unverifiable', 'S4.4'],
    ]);
    expect(result.blind_spots[1]?.text).toContain(SIX_STAGE.criteria.find((c) => c.id === 'S4.1')?.proof ?? 'missing');
  });

  it('finds strengths, unknown gaps and people who part', () => {
    const result = compare([
      answer('S1.1', 1),
      answer('S5.1', 'dont_know'),
      answer('S6.1', 1, { role: 'agent' }),
      answer('S6.1', 3, { respondent: 'r2', role: 'executive' }),
      answer('S6.2', 1),
      answer('S4.2', 3, { proof: 'https://example.org/minutes', proof_checked_by: 'auditor' }),
    ]);
    expect(result.blind_spots.map(({ kind, criterion }) => [kind, criterion])).toEqual([
      ['hidden_strength', 'S1.1'],
      ['unknown_but_weak', 'S5.1'],
      ['unverifiable', 'S6.1'],
      ['respondents_disagree', 'S6.1'],
    ]);
    expect(result.blind_spots[3]?.text).toBe('Not there for agent, fully there for executive.');
  });

  it('reports AC2 only when one answer holds more than 60 %', () => {
    const ids = ['S1.1', 'S1.2', 'S1.3', 'S3.2', 'S5.1'];
    const threes = (n: number) => ids.map((id, i) => answer(id, i < n ? 3 : i === 4 ? 1 : 2));
    expect(compare(threes(3)).agreement?.ac2).toBeNull();
    expect(compare(threes(4)).agreement?.ac2).not.toBeNull();
  });

  it('keeps raw agreement where kappa is not defined', () => {
    const result = compare(['S1.1', 'S1.2', 'S1.3'].map((id) => answer(id, 3)));
    expect(result.agreement).toMatchObject({ raw: 1, kappa: null, interval: null, ac2: 1 });
  });

  it('tabulates answers against what is seen', () => {
    const result = compare([answer('S1.1', 3), answer('S3.2', 3), answer('S5.1', 1)]);
    expect(result.calibration.map(({ answer: a, n }) => [a, n])).toEqual([
      [1, 1],
      [3, 2],
    ]);
    expect(result.calibration[0]?.share_at_or_above).toBeCloseTo(1, 12);
    // (-7.5, -7.5) decibans leave 2.6 % at level 3, (15, 7.5) leave 84.4 % (plain Python).
    expect(result.calibration[1]?.share_at_or_above).toBeCloseTo((0.0261464 + 0.8449859) / 2, 6);
  });

  it('names the answers that move the stage, with the sign of leaving them out', () => {
    const result = compare([answer('S3.2', 3), answer('S6.4', 3)]);
    expect(result.drivers[0]?.criterion).toBe('S3.2');
    expect(result.drivers[0]?.change).toBeLessThan(0);
  });

  it('leaves not-applicable statements out everywhere', () => {
    const answers = [answer('S3.2', 3), answer('S1.1', 3)];
    const scored = scorePoints(ORG_X, answers, new Set(['S3.2']));
    const result = compareSaidSeen({ model: SIX_STAGE, scored, answers });
    expect(JSON.stringify(result)).not.toContain('S3.2');
  });

  it('never depends on the order of answers, and chances stay chances', () => {
    const ids = SIX_STAGE.criteria.map((c) => c.id);
    const anyAnswers = fc.uniqueArray(
      fc.tuple(fc.constantFrom(...ids), fc.constantFrom('a', 'b'), fc.constantFrom(1, 2, 3, 'dont_know' as const)),
      { selector: ([id, who]) => `${id} ${who}`, maxLength: 40 },
    );
    fc.assert(
      fc.property(anyAnswers, (drawn) => {
        const answers = drawn.map(([id, respondent, value]) =>
          answer(id, value as 1, { respondent, role: respondent }),
        );
        const one = compare(answers);
        expect(compare(answers.toReversed())).toEqual(one);
        for (const gap of one.gaps) {
          expect(gap.over_claim + gap.under_claim).toBeLessThanOrEqual(1 + 1e-12);
          expect(Math.abs(gap.gap)).toBeLessThanOrEqual(2);
        }
        expect(one.gaps.length).toBe(one.comparable);
      }),
      { ...runs(15), seed: 7 },
    );
  });
});
