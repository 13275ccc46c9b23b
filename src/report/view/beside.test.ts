import { describe, expect, it } from 'vitest';
import { measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { shippedStaged } from '../../../test/harness/staged-subjects.ts';
import type { Contrast, RoleReading } from '../../domain/beside-verdict.ts';
import { sayCap, sayContrast, sayField, sayOutcomes, sayRoles } from './beside.ts';
import { stepName } from './step.ts';

const continuum = shippedStaged('contact-centre-continuum');
const programme = shippedStaged('cx-programme');
const six = shippedStaged('six-stage');

describe('sayField', () => {
  it('says the published shares and that they move nothing', () => {
    expect(sayField(continuum).join(' ')).toMatch(
      /35 % laggards \(tier 1\), 50 % median \(tier 2\) and 15 % best \(tiers 3 and 4\).*moves no verdict/,
    );
  });

  it('is silent where the source gives none', () => {
    expect(sayField(six)).toEqual([]);
  });
});

describe('sayCap', () => {
  const set = (n: number, items: number, partly: number, fully: number, degree: number, people: string[]) => ({
    set: n,
    items,
    partly,
    fully,
    degree,
    people,
  });
  const reach = {
    cap: 2,
    sets: [set(1, 5, 5, 5, 1, []), set(2, 5, 3, 3, 0.6, ['P2.1']), set(3, 6, 2, 2, 1 / 3, ['P3.1', 'P3.2'])],
  };

  it('names the level, computes it aloud and says who decides the rest', () => {
    const text = sayCap(programme, reach, 5).join(' ');
    expect(text).toMatch(/^The records alone are consistent with up to level 2 Developing\./);
    expect(text).toContain(
      'Of 6 items of level 3 they could show 2 in full and 0 in part: a mean of 0.33 at best, not above 0.50.',
    );
    expect(text).toContain('P3.1 and P3.2');
  });

  it.each([
    [1, 'level 1 Initial'],
    [2, 'level 2 Developing'],
    [null, 'level 2 Developing'],
  ])('a ceiling of %s lies under the cap or at it', (ceiling, words) => {
    expect(sayCap(programme, reach, ceiling)[0]).toContain(words);
  });

  it('is silent for models without a cap', () => {
    expect(sayCap(continuum, reach, 3)).toEqual([]);
  });
});

describe('sayRoles', () => {
  const reading: RoleReading = {
    groups: [
      { id: 'managers', name: 'Managers', respondents: 2, stage: 3 },
      { id: 'executives', name: 'Executives', respondents: 1, stage: 2 },
      { id: 'customers', name: 'Customers', respondents: 0, stage: null },
    ],
    apart: [{ group: 'executives', stages: 1 }],
    settle: {
      criterion: 'T2.3',
      weight: 0.4,
      means: [
        { group: 'managers', mean: 3 },
        { group: 'executives', mean: 1.5 },
      ],
      ask: ['customers'],
    },
  };

  it('puts the groups side by side with the bias of the source and the question', () => {
    const text = sayRoles(continuum, reading).join('\n');
    expect(text).toContain('Managers tier 3 (2 people), Executives tier 2 (1 person); nobody of: Customers.');
    expect(text).toContain('Shown, not corrected for.');
    expect(text).toContain('to Customers: T2.3');
    expect(text).toContain('Managers 3.0, Executives 1.5');
  });

  it('is silent while nobody answered, and for models without a stated bias', () => {
    const silent = {
      ...reading,
      groups: reading.groups.map((g) => ({ ...g, respondents: 0, stage: null })),
      settle: null,
    };
    expect(sayRoles(continuum, silent)).toEqual([]);
    expect(sayRoles(six, reading)).toEqual([]);
    expect(sayRoles(continuum, null)).toEqual([]);
  });
});

describe('sayOutcomes', () => {
  it('tells data from what was typed in, and names what is not known', () => {
    const found = {
      ...measured('L7-customers-are-satisfied', null, null),
      estimate: 0.9,
      interval: [0.84, 0.94] as [number, number],
    };
    const typed = { retention: { value: 0.88, source: 'finance', as_of: '2026-06-30' } };
    expect(sayOutcomes(continuum, [found], typed)).toEqual([
      'Customer satisfaction 90 % (84 % to 94 %, n 100, from data).',
      'Customer retention 88 % (typed in: finance, 2026-06-30).',
      expect.stringMatching(/^Not known: Customer lifetime value and Return on/),
    ]);
  });

  it('takes an unmeasured finding for not known, never for zero', () => {
    expect(sayOutcomes(continuum, [unmeasured('L7-customers-are-satisfied')], {})).toEqual([
      expect.stringMatching(/^Not known: Customer satisfaction, /),
    ]);
    expect(sayOutcomes(six, [], {})).toEqual([]);
  });
});

describe('sayContrast', () => {
  const contrast = (reasons: Contrast['reasons']): Contrast => ({
    higher: continuum.id,
    lower: six.id,
    heights: [2 / 3, 1 / 5],
    reasons,
  });
  const say = (reasons: Contrast['reasons']) =>
    sayContrast(contrast(reasons), { ...continuum, stage: 3 }, { ...six, stage: 2 }, (id) => `<${id}>`);
  const reason = { item: 'S3.1', name: 'Plans that differ', signals: ['H1'], shared: [], elsewhere: [] };

  it('says out of the data why one is lower', () => {
    expect(say([{ ...reason, kind: 'not_asked' }])).toBe(
      'tier 3 of 4 but stage 2 of 6: Contact-centre continuum does not ask for "Plans that differ" (<H1>); Six stages of support experience does (S3.1).',
    );
  });

  it.each([
    [{ kind: 'asked_later' as const, elsewhere: [{ item: 'T4.3', set: 4 }] }, 'only from tier 4 on (T4.3)'],
    [{ kind: 'weighed_otherwise' as const, elsewhere: [{ item: 'T2.3', set: 2 }] }, 'too (T2.3)'],
    [{ kind: 'not_asked' as const, signals: [] }, 'which only people can speak for'],
  ])('%o', (change, words) => {
    expect(say([{ ...reason, ...change }])).toContain(words);
  });

  it('says so when no single item holds it down', () => {
    expect(say([])).toContain('no single item of Six stages');
  });
});

describe('stepName', () => {
  it.each([
    [six, 2, 'stage 2 Formal'],
    [continuum, 4, 'tier 4 Best-in-class'],
    [programme, 3, 'level 3 Defined'],
    [six, 7, 'stage 7'],
  ])('%#', (model, stage, words) => {
    expect(stepName(model, stage)).toBe(words);
  });
});
