import { describe, expect, it } from 'vitest';
import { daysBefore, measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { saidOf, valueInput, valueModel } from '../../../test/harness/value-model.ts';
import type { ContactGroup, ContactRule } from '../../domain/contact-mix.ts';
import { ECONOMIC_INPUTS, MINUTES_OF_A_CONTACT } from '../../domain/value-model.ts';
import { INPUTS_IN_USE } from './economics.ts';
import { judgeValue } from './judge-value.ts';

function group(over: Partial<ContactGroup>): ContactGroup {
  return {
    cause: null,
    category: null,
    tags: [],
    form: null,
    contacts: 100,
    returning: 0,
    linked: 0,
    one_reply: 0,
    known_answer: 0,
    answered: 0,
    hours: null,
    ...over,
  };
}

const welcome: ContactRule = { by: 'category', value: 'welcome', kind: 'adding', step: 'onboarding' };
const rest: ContactRule = { by: 'category', value: 'rest', kind: 'routine' };

function pairOf(id: string, over: Parameters<typeof valueInput>[0]) {
  const pair = judgeValue(valueInput(over)).pairs.find((one) => one.id === id);
  if (pair === undefined) throw new Error(`there is no pair ${id}`);
  return pair;
}

describe('what records show of a side', () => {
  const outbound = (q: number, ageDays = 0) => [measured('N7-outbound-contact', q, null, { ageDays })];
  const lesson = (q: number, ageDays = 0) => [measured('J1-help-centre-live', q, null, { ageDays })];

  it.each([
    ['above the line', lesson(0.51), 'shown'],
    ['on the line', lesson(0.5), 'shown'],
    ['below the line', lesson(0.49), 'not_shown'],
    ['once found, long ago', lesson(1, 400), 'cannot_be_read'],
    ['not measured', [], 'cannot_be_read'],
  ])('a signal %s', (_, findings, evidence) => {
    expect(pairOf('learning', { measured: findings }).company.evidence).toBe(evidence);
  });

  it.each([
    ['found', outbound(0.9), 'shown'],
    ['hardly found', outbound(0.1), 'cannot_be_read'],
    ['not found at all', outbound(0), 'cannot_be_read'],
  ])('a one-sided signal that is %s', (_, findings, evidence) => {
    expect(pairOf('action', { measured: findings }).company.evidence).toBe(evidence);
  });

  it('one source that shows it is enough, and one that cannot be read says nothing', () => {
    const no = measured('J1-help-centre-live', 0, null);
    const yes = measured('J2-knowledge-fresh', null, 1);
    expect(pairOf('learning', { measured: [no, yes] }).company.evidence).toBe('shown');
    const side = pairOf('learning', {
      measured: [no, unmeasured('J2-knowledge-fresh', 'insufficient', 'few')],
    }).company;
    expect(side.evidence).toBe('not_shown');
    expect(side.sources[1]).toMatchObject({ state: 'cannot_be_read', reason: 'insufficient: few' });
  });

  it("people's word stands beside it and changes nothing", () => {
    const answers = [saidOf('learning-company', 'yes'), saidOf('learning-company', 'no', 'r2')];
    expect(pairOf('learning', { answers }).company).toMatchObject({
      evidence: 'cannot_be_read',
      said: 0.5,
      respondents: 2,
    });
  });
});

describe('what contacts show', () => {
  const desk = (contacts: number, answered: number, others = 100) => ({
    mapping: [welcome, rest],
    contacts: {
      windowDays: 90,
      groups: [group({ category: 'welcome', contacts, answered }), group({ category: 'rest', contacts: others })],
    },
  });

  it.each([
    ['enough, all answered', desk(10, 10), 'shown', 'shown'],
    ['enough, answered on the line', desk(20, 17), 'shown', 'shown'],
    ['enough, answered below it', desk(20, 16), 'shown', 'not_shown'],
    ['too few', desk(9, 9), 'not_shown', 'cannot_be_read'],
    ['none', desk(0, 0), 'not_shown', 'cannot_be_read'],
  ])('%s', (_, over, customer, company) => {
    const pair = pairOf('onboarding', over);
    expect([pair.customer.evidence, pair.company.evidence]).toEqual([customer, company]);
  });

  it('where replies are not recorded nobody is said to leave contacts without one', () => {
    const groups = [group({ category: 'welcome', contacts: 20, answered: null })];
    const { company } = pairOf('onboarding', { mapping: [welcome], contacts: { windowDays: 90, groups } });
    expect(company.sources).toEqual([
      { by: 'contacts', state: 'cannot_be_read', figure: null, n: null, reason: 'replies are not recorded' },
    ]);
  });

  it('what is not mapped is not missing', () => {
    const { contacts } = desk(9, 9);
    const pair = pairOf('onboarding', { contacts, mapping: [welcome] });
    expect(pair.customer).toMatchObject({ evidence: 'cannot_be_read' });
  });

  it('no contacts handed in is no desk without contacts', () => {
    const verdict = judgeValue(valueInput());
    expect(verdict).toMatchObject({ mix: null, levers: [], proposals: [] });
    expect(verdict.overall).toEqual({ exchanged: 0, of: 6, readable: 0 });
    const empty = judgeValue(valueInput({ contacts: { windowDays: 90, groups: [] } }));
    expect(empty.mix).toMatchObject({
      contacts: 0,
      covered: null,
      eroding: { contacts: 0, share: null, bounds: null },
    });
  });

  it('counts a pair as exchanged when both sides are shown', () => {
    expect(judgeValue(valueInput(desk(10, 10))).overall).toMatchObject({ exchanged: 1, of: 6 });
    expect(judgeValue(valueInput(desk(20, 16))).overall).toMatchObject({ exchanged: 0 });
  });
});

describe('a contact with several codes', () => {
  const kindOf = (over: Partial<ContactGroup>, mapping: ContactRule[]) => {
    const { mix } = judgeValue(valueInput({ mapping, contacts: { windowDays: 90, groups: [group(over)] } }));
    return [mix?.eroding.contacts, mix?.routine.contacts, mix?.adding.contacts, mix?.disputed];
  };
  const cause: ContactRule = { by: 'cause', value: 'c', kind: 'eroding' };
  const category: ContactRule = { by: 'category', value: 'k', kind: 'routine' };

  it.each([
    ['is told by its cause before its category', { cause: 'c', category: 'k' }, [category, cause], [100, 0, 0, 0]],
    [
      'is told by its category where the cause is not mapped',
      { cause: 'x', category: 'k' },
      [cause, category],
      [0, 100, 0, 0],
    ],
    ['is nothing while no rule fits', { cause: 'x', category: 'y' }, [cause, category], [0, 0, 0, 0]],
    [
      'is disputed where two tags disagree',
      { tags: ['a', 'b'] },
      [
        { by: 'tag', value: 'a', kind: 'eroding' },
        { by: 'tag', value: 'b', kind: 'adding' },
      ] satisfies ContactRule[],
      [0, 0, 0, 100],
    ],
  ])('%s', (_, over, mapping, expected) => {
    expect(kindOf(over, mapping)).toEqual(expected);
  });
});

describe('proposals', () => {
  const kindOf = (over: Partial<ContactGroup>) =>
    judgeValue(valueInput({ contacts: { windowDays: 90, groups: [group({ category: 'k', ...over })] } })).proposals[0]
      ?.kind;

  it.each([
    ['many come back', { returning: 20 }, 'eroding'],
    ['fewer come back', { returning: 19 }, null],
    ['many are tied to an issue', { linked: 30 }, 'eroding'],
    ['fewer are', { linked: 29 }, null],
    ['one kept answer settles them', { one_reply: 70, known_answer: 50 }, 'routine'],
    ['one answer that is not kept', { one_reply: 70, known_answer: 49 }, null],
    ['kept answers, but several of them', { one_reply: 69, known_answer: 50 }, null],
    ['what comes back is no routine', { one_reply: 70, known_answer: 50, returning: 20 }, 'eroding'],
    ['too few to say anything', { contacts: 19, returning: 19 }, undefined],
  ])('%s', (_, over, kind) => expect(kindOf(over)).toBe(kind));
});

describe('levers', () => {
  const groups = [group({ category: 'rest', hours: { low: 10, high: 20 } })];
  it('take recorded hours before the minutes that were put in', () => {
    const { levers } = judgeValue(valueInput({ mapping: [rest], contacts: { windowDays: 90, groups } }));
    // 9 to 23 % of 100 contacts and of 10 to 20 hours
    expect(levers[1]?.volume).toEqual({ low: 9, high: 23 });
    expect(levers[1]?.hours?.low).toBeCloseTo(0.9, 12);
    expect(levers[1]?.hours?.high).toBeCloseTo(4.6, 12);
    expect(levers[2]).toMatchObject({ id: 'restructure', volume: null, hours: null });
    expect(levers[2]?.puts_to_use?.high).toBeCloseTo(4.6, 12);
  });

  it('hours of some contacts are no hours of all', () => {
    const both = [...groups, group({ category: 'rest', hours: null })];
    const { mix } = judgeValue(valueInput({ mapping: [rest], contacts: { windowDays: 90, groups: both } }));
    expect(mix?.routine.hours).toBeNull();
  });
});

describe('the value gap', () => {
  const gapOf = (said: Record<string, 'yes' | 'no' | 'dont_know'>) =>
    judgeValue(valueInput({ answers: Object.entries(said).map(([item, value]) => saidOf(item, value)) })).gap;

  it('is unknown while nobody answers, and while one answer is all', () => {
    expect(gapOf({})).toMatchObject({ state: 'unknown', named: [] });
    expect(gapOf({ 'own-person': 'no', 'own-goals': 'dont_know' })).toMatchObject({ state: 'unknown', named: [] });
  });

  it('names the reason that weighs most, and both where they weigh the same', () => {
    const own = { 'own-person': 'no', 'own-goals': 'no' } as const;
    expect(gapOf({ ...own, 'align-goals': 'no', 'align-causes': 'yes' }).named).toEqual(['ownership']);
    expect(gapOf({ ...own, 'align-goals': 'no', 'align-causes': 'no' }).named).toEqual(['ownership', 'alignment']);
  });

  it('is none only when all three are known and below the line', () => {
    const fine = { 'aware-figures': 'yes', 'aware-leaders': 'yes', 'own-person': 'yes', 'own-goals': 'yes' } as const;
    expect(gapOf(fine).state).toBe('unknown');
    expect(gapOf({ ...fine, 'align-goals': 'yes', 'align-causes': 'yes' }).state).toBe('none');
    const half = { ...fine, 'align-goals': 'yes', 'align-causes': 'no' } as const;
    expect(gapOf(half)).toMatchObject({ state: 'named', named: ['alignment'] });
  });
});

describe('the path', () => {
  const states = (over: Parameters<typeof valueInput>[0]) => {
    const { path, next_step } = judgeValue(valueInput(over));
    return [path.map(({ state }) => state), next_step];
  };

  it('is unknown where nothing is known, and begins with its first step', () => {
    expect(states({})).toEqual([['unknown', 'unknown', 'unknown'], 'develop-the-approach']);
  });

  it('goes on once a step is done', () => {
    const mapped = { mapping: [rest], contacts: { windowDays: 90, groups: [group({ category: 'rest' })] } };
    const classified = [measured('E3-category-and-product-set', 1, 1)];
    const answers = [saidOf('path-wanted', 'yes')];
    expect(states({ ...mapped, measured: classified, answers })).toEqual([
      ['done', 'unknown', 'unknown'],
      'free-bandwidth',
    ]);
    expect(states({ ...mapped, measured: classified })[0]).toEqual(['begun', 'unknown', 'unknown']);
  });

  it('a half-mapped desk has not done so, and people who are split have not said so', () => {
    const contacts = { windowDays: 90, groups: [group({ category: 'rest' }), group({ category: 'other' })] };
    const answers = [saidOf('path-wanted', 'yes'), saidOf('path-wanted', 'no', 'r2')];
    expect(states({ mapping: [rest], contacts, answers })[0]).toEqual(['not_begun', 'unknown', 'unknown']);
  });

  it('people speak where records are silent, and not where records speak', () => {
    const answers = [saidOf('path-delivered', 'yes'), saidOf('path-causes-tied', 'yes')];
    const { path } = judgeValue(valueInput({ answers, measured: [measured('N1-defects-linked', 0, null)] }));
    const check = (id: string) => path.flatMap(({ checks }) => checks).find((one) => one.id === id)?.state;
    expect([check('path-delivered'), check('path-causes-tied')]).toEqual(['yes', 'no']);
  });
});

describe('the calculator', () => {
  it('works with the inputs that a model must have, and with no others', () => {
    expect([...INPUTS_IN_USE, MINUTES_OF_A_CONTACT].sort()).toEqual([...ECONOMIC_INPUTS].sort());
  });

  it('names what is missing and says nothing without it', () => {
    const { outcomes } = judgeValue(valueInput()).economics;
    expect(outcomes.find(({ id }) => id === 'revenue-at-risk')).toMatchObject({ range: null, missing: ['revenue'] });
    expect(outcomes.every(({ range }) => range === null)).toBe(true);
  });

  it('keeps what the source says beside what the user put in', () => {
    const edits = { retention: { low: 0.9, high: 0.95, source: 'our books', year: 2026 } };
    const { inputs } = judgeValue(valueInput({ edits })).economics;
    expect(inputs.find(({ id }) => id === 'retention')).toMatchObject({
      range: { low: 0.9, high: 0.95 },
      source: 'our books',
      cited: '75.5 % on average',
      edited: true,
    });
  });

  it('a finding that did not come is a fault of the program', () => {
    const model = valueModel();
    expect(() => judgeValue({ ...valueInput({ model }), findings: [] })).toThrow(
      expect.objectContaining({ code: 'BUG' }),
    );
  });

  it('knows answers of another time and model for what they are', () => {
    const late = { ...saidOf('own-person', 'no'), answered_at: daysBefore(-1) };
    const other = { ...saidOf('own-person', 'no'), model: 'six-stage' };
    expect(judgeValue(valueInput({ answers: [late, other] }))).toMatchObject({ respondents: 0 });
  });
});
