import { describe, expect, it } from 'vitest';
import { ORG_X, SIX_STAGE } from '../../test/harness/scored-points.ts';
import type { Points } from '../domain/placement.ts';
import { answerKernel } from '../scoring/answer-table.ts';
import { imputedLevels } from '../scoring/staged/imputed-levels.ts';
import { exactly } from '../scoring/staged/place.ts';
import { openStaging } from '../scoring/staged/staging.ts';
import { entropyBits, type PlanInput, planQuestions } from './plan-questions.ts';

const mass = new Map([...ORG_X].map(([id, [a, b]]) => [id, Math.max(Math.abs(a), Math.abs(b))]));

function plan(over: Partial<PlanInput> = {}) {
  return planQuestions({
    model: SIX_STAGE,
    points: ORG_X,
    telemetryMass: mass,
    answered: new Set(),
    expired: new Set(),
    notApplicable: new Set(),
    all: false,
    stageLaw: (points: Map<string, Points>) => exactly(openStaging(SIX_STAGE, points).law.atLeast),
    levelLaw: (id, points) => imputedLevels(SIX_STAGE, points).get(id) ?? [1 / 3, 1 / 3, 1 / 3],
    answerLaw: answerKernel(SIX_STAGE.self),
    ...over,
  });
}

const ids = (questions: ReturnType<typeof plan>) => questions.map((q) => q.criterion);

describe('entropyBits', () => {
  it.each([
    [[1, 0, 0], 0],
    [[0.5, 0.5], 1],
    [[0.25, 0.25, 0.25, 0.25], 2],
    [[], 0],
  ])('of %j is %d', (law, bits) => {
    expect(entropyBits(law)).toBeCloseTo(bits, 12);
  });
});

describe('planQuestions', () => {
  it('asks what data cannot see, the most telling first', () => {
    expect(ids(plan())).toEqual(['S3.5', 'S4.1', 'S4.2', 'S4.3', 'S4.4', 'S6.1', 'S6.2', 'S6.3', 'S6.4']);
    // S4.4 was looked at, too little to tell.
    expect(
      plan()
        .filter((q) => !q.unseen)
        .map((q) => q.criterion),
    ).toEqual(['S4.4']);
  });

  // Expected information gain computed with a rewrite of the joint law in Python and numpy.
  it.each([
    ['S3.2', 0.01418728255611168],
    ['S3.5', 0.004695176903819931],
    ['S4.2', 0.0024627212785386376],
    ['S4.4', 0.0017069991350914249],
  ])('an answer to %s narrows the verdict by %d bits', (id, bits) => {
    const question = plan({ all: true }).find((q) => q.criterion === id);
    expect(question?.value_bits).toBeCloseTo(bits, 8);
  });

  it('asks all on request, and puts a contradicted base before what is merely unseen', () => {
    const all = plan({ all: true });
    expect(all).toHaveLength(30);
    expect(ids(all).slice(0, 2)).toEqual(['S3.2', 'S3.5']);
    expect(all.find((q) => q.criterion === 'S3.2')?.unseen).toBe(false);
  });

  it('skips answered and not applicable ones, asks expired ones again', () => {
    const questions = plan({
      answered: new Set(['S3.5', 'S4.1']),
      notApplicable: new Set(['S4.2']),
      expired: new Set(['S4.3']),
    });
    expect(ids(questions)).toEqual(['S4.3', 'S4.4', 'S6.1', 'S6.2', 'S6.3', 'S6.4']);
    expect(questions.map((q) => q.expired)).toEqual([true, false, false, false, false, false]);
  });

  it.each([
    [4.999, true],
    [5, false],
  ])('with a telemetry mass of %d decibans asks S3.5: %s', (decibans, asked) => {
    expect(ids(plan({ telemetryMass: new Map(mass).set('S3.5', decibans) })).includes('S3.5')).toBe(asked);
  });

  it("puts a role's own statements first", () => {
    const own = ids(plan({ role: 'finance' }));
    expect(own.slice(0, 3)).toEqual(['S4.3', 'S6.1', 'S6.4']);
    expect(own).toHaveLength(9);
  });

  it('has nothing to ask when everything is answered', () => {
    expect(plan({ all: true, answered: new Set(SIX_STAGE.criteria.map((c) => c.id)) })).toEqual([]);
  });
});
