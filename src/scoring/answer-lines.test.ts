import { describe, expect, it } from 'vitest';
import { AS_OF, answer, daysBefore } from '../../test/harness/finding-builder.ts';
import { skeletonModel } from '../../test/harness/six-stage-skeleton.ts';
import type { Answer } from '../domain/assessment.ts';
import type { Points } from '../domain/placement.ts';
import { answersInForce, scoreAnswers } from './answer-lines.ts';
import { evidenceOf } from './evidence.ts';

const model = skeletonModel();
// mpmath: unrounded points of answers 1 and 3
const ONE = [-2.0936250966574, -2.4757804063883] as const;
const THREE = [1.6815507910658, 1.2652902406976] as const;

function pointsOf(answers: Answer[]): Points {
  return evidenceOf(scoreAnswers(model, answers, AS_OF)).get('S1.1')?.answers ?? [0, 0];
}

function close(points: Points, expected: readonly [number, number]): void {
  expect(points[0]).toBeCloseTo(expected[0], 9);
  expect(points[1]).toBeCloseTo(expected[1], 9);
}

describe('points of answers', () => {
  it('one respondent', () => {
    close(pointsOf([answer('S1.1', 3)]), THREE);
    close(pointsOf([answer('S1.1', 1)]), ONE);
  });

  it("don't know equals no answer", () => {
    expect(scoreAnswers(model, [answer('S1.1', 'dont_know')], AS_OF)).toEqual([]);
    close(pointsOf([answer('S1.1', 3), answer('S1.1', 'dont_know', { respondent: 'r2' })]), THREE);
  });

  it('divides the sum of R respondents by 1 + (R - 1) / 2', () => {
    const three = ['r1', 'r2', 'r3'].map((respondent) => answer('S1.1', 3, { respondent }));
    close(pointsOf(three), [(3 * THREE[0]) / 2, (3 * THREE[1]) / 2]);
    const split = [answer('S1.1', 3), answer('S1.1', 1, { respondent: 'r2' })];
    close(pointsOf(split), [(THREE[0] + ONE[0]) / 1.5, (THREE[1] + ONE[1]) / 1.5]);
  });

  it('halves in a year', () => {
    close(pointsOf([answer('S1.1', 3, { answered_at: daysBefore(365), expires_at: daysBefore(-1) })]), [
      THREE[0] / 2,
      THREE[1] / 2,
    ]);
  });
});

describe('checked artefacts', () => {
  const proof = { proof: 'https://example.com/rota', proof_checked_by: 'r9' };

  it.each([
    ['a claim of 3', 3, [7.5, 7.5]],
    ['a claim of 2 proves existence', 2, [7.5, 0]],
    ['an admission has nothing to prove', 1, [0, 0]],
  ] as const)('%s', (_, value, expected) => {
    const bare = pointsOf([answer('S1.1', value)]);
    const proved = pointsOf([answer('S1.1', value, proof)]);
    close(proved, [bare[0] + expected[0], bare[1] + expected[1]]);
  });

  it('counts for nothing before someone else has looked', () => {
    const claim = answer('S1.1', 3, { proof: proof.proof });
    close(pointsOf([claim]), THREE);
  });

  it('two proofs of one claim are one source', () => {
    const lines = scoreAnswers(
      model,
      [answer('S1.1', 3, proof), answer('S1.1', 2, { ...proof, respondent: 'r2' })],
      AS_OF,
    ).filter((line) => line.source === 'artefact');
    const sum = lines.reduce<Points>((total, line) => [total[0] + line.points[0], total[1] + line.points[1]], [0, 0]);
    expect(sum).toEqual([7.5, 7.5]);
  });
});

describe('answersInForce', () => {
  it('keeps the latest per respondent', () => {
    const old = answer('S1.1', 3, { answered_at: daysBefore(10) });
    const fresh = answer('S1.1', 1, { answered_at: daysBefore(5) });
    expect(answersInForce(model, [fresh, old], AS_OF)).toEqual([fresh]);
    expect(answersInForce(model, [old, fresh], AS_OF)).toEqual([fresh]);
  });

  it('tells answers of one instant apart by their expiry, in any order', () => {
    const early = answer('S1.1', 3, { expires_at: daysBefore(-100) });
    const late = answer('S1.1', 1, { expires_at: daysBefore(-101) });
    expect(answersInForce(model, [late, early], AS_OF)).toEqual([late]);
    expect(answersInForce(model, [early, late], AS_OF)).toEqual([late]);
  });

  it('a later "don\'t know" takes an answer back', () => {
    const back = answer('S1.1', 'dont_know', { answered_at: daysBefore(1) });
    close(pointsOf([answer('S1.1', 3, { answered_at: daysBefore(2) }), back]), [0, 0]);
  });

  it.each([
    ['given after asOf', { answered_at: daysBefore(-1) }],
    ['expired at asOf', { answered_at: daysBefore(400), expires_at: AS_OF }],
    ['for another model', { model: 'other' }],
    ['for a statement that is not there', { criterion: 'S9.9' }],
  ])('leaves out what is %s', (_, over) => {
    expect(answersInForce(model, [answer('S1.1', 3, over)], AS_OF)).toEqual([]);
  });
});
