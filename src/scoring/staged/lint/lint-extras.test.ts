import { describe, expect, it } from 'vitest';
import { SHIPPED_SIGNALS, SHIPPED_STAGED, shippedStaged } from '../../../../test/harness/staged-subjects.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';
import { lintExtras } from './lint-extras.ts';
import { lintModel } from './lint-model.ts';

const model = shippedStaged('contact-centre-continuum');
const { archetypes, perception } = model;
if (archetypes === undefined || perception === undefined)
  throw new Error('the continuum lost its archetypes or its stated bias');

function messages(change: Partial<StagedModel>): string[] {
  return lintExtras({ ...model, ...change }).map((problem) => problem.message);
}

describe('lintExtras', () => {
  it.each(SHIPPED_STAGED.map((one) => [one.id, one] as const))('finds nothing in %s', (_, one) => {
    expect(lintModel(one, SHIPPED_SIGNALS)).toEqual([]);
  });

  const share = archetypes.shares[0];
  const group = perception.groups[0];
  it.each([
    [
      'shares above one',
      { archetypes: { ...archetypes, shares: archetypes.shares.map((s) => ({ ...s, share: 0.34 })) } },
      /add up to 1\.02/,
    ],
    [
      'a stage that is not there',
      { archetypes: { ...archetypes, shares: [{ name: 'x', share: 0.1, stages: [5] }] } },
      /no stage 5/,
    ],
    [
      'a stage in two archetypes',
      {
        archetypes: {
          ...archetypes,
          shares: [...archetypes.shares, { name: 'x', share: 0, stages: share?.stages ?? [] }],
        },
      },
      /stage 1 is given twice/,
    ],
    [
      'a group that is not there',
      { perception: { ...perception, group: 'manager' } },
      /no group "manager"; did you mean "managers"/,
    ],
    [
      'a group twice',
      { perception: { ...perception, groups: [...perception.groups, { ...group, roles: ['other'] }] } },
      /group managers is given twice/,
    ],
    [
      'a role in two groups',
      { perception: { ...perception, groups: [...perception.groups, { id: 'x', name: 'X', roles: ['executive'] }] } },
      /role executive is in two groups/,
    ],
    [
      'an outcome twice',
      { outcomes: [...(model.outcomes ?? []), ...(model.outcomes ?? []).slice(0, 1)] },
      /outcome satisfaction is given twice/,
    ],
    [
      'more areas than the source has',
      { areas: [1, 2, 3, 4, 5, 6].map((n) => ({ id: `a${n}`, name: `Area ${n}` })) },
      /at most 5 areas; found 6/,
    ],
  ] as [string, Partial<StagedModel>, RegExp][])('%s', (_, change, message) => {
    expect(messages(change)).toContainEqual(expect.stringMatching(message));
  });

  it.each([
    ['L7-customers-are-satisfied', null],
    ['L7-customers-are-satisfid', /no signal "L7-customers-are-satisfid"; did you mean "L7-customers-are-satisfied"/],
    ['L5-survey-offered', /L5-survey-offered is scored/],
  ])('an outcome from %s', (signal, message) => {
    const outcomes = (model.outcomes ?? []).map((outcome) =>
      outcome.id === 'satisfaction' ? { ...outcome, signal } : outcome,
    );
    const said = lintExtras({ ...model, outcomes }, SHIPPED_SIGNALS).map((problem) => problem.message);
    expect(said).toEqual(message === null ? [] : [expect.stringMatching(message)]);
  });

  it.each([
    ['three thirds', 1 / 3, true],
    ['a trace more', 0.3334, false],
  ])('%s', (_, each, fine) => {
    const shares = archetypes.shares.map((one) => ({ ...one, share: each }));
    expect(messages({ archetypes: { ...archetypes, shares } })).toHaveLength(fine ? 0 : 1);
  });
});

describe('areas of items', () => {
  it('are asked for exactly where the model has areas', () => {
    const programme = shippedStaged('cx-programme');
    const without = programme.criteria.map((c, i) => (i === 0 ? { ...c, area: undefined } : c));
    const said = (one: StagedModel) => lintModel(one).map((problem) => problem.message);
    expect(said({ ...programme, criteria: without })).toEqual(['P1.1: names no area']);
    expect(
      said({ ...model, criteria: model.criteria.map((c, i) => (i === 0 ? { ...c, area: 'people' } : c)) }),
    ).toEqual([expect.stringMatching(/there is no area "people"/)]);
  });
});

describe('a cap on telemetry', () => {
  it('asks the file to say what the signal says of itself', () => {
    const programme = shippedStaged('cx-programme');
    const silent = {
      ...programme,
      criteria: programme.criteria.map((c) => ({
        ...c,
        families: c.families.map((f) => ({
          ...f,
          signals: f.signals.map((s) => (s.id === 'B2-intake-form-configured' ? { id: s.id, alpha: s.alpha } : s)),
        })),
      })),
    };
    const said = (one: StagedModel) => lintModel(one, SHIPPED_SIGNALS).map((problem) => problem.message);
    expect(said(silent)).toEqual([
      expect.stringMatching(/P1\.1: B2-intake-form-configured speaks to existence only; a model with a cap/),
    ]);
    const { telemetry: _, ...uncapped } = silent;
    expect(said(uncapped)).toEqual([]);
  });
});
