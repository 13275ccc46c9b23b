import { describe, expect, it } from 'vitest';
import { AS_OF, answer, daysBefore } from '../../test/harness/finding-builder.ts';
import { currentAnswers } from './current-answers.ts';
import { listRespondents } from './respondents.ts';

describe('currentAnswers', () => {
  const old = answer('S1.1', 3, { answered_at: daysBefore(200), expires_at: daysBefore(-100) });
  const recent = answer('S1.1', 1, { answered_at: daysBefore(10) });
  const values = (list: readonly { value: unknown }[]) => list.map((a) => a.value);

  it('takes the latest per respondent and statement, whatever the order', () => {
    for (const all of [
      [old, recent],
      [recent, old],
    ]) {
      const found = currentAnswers(all, AS_OF);
      expect(found.current).toEqual([recent]);
      expect(found.superseded).toEqual([old]);
    }
  });

  it('keeps people and statements apart', () => {
    const all = [old, answer('S1.1', 2, { respondent: 'r0' }), answer('S1.2', 2)];
    expect(currentAnswers(all, AS_OF).current.map((a) => [a.criterion, a.respondent])).toEqual([
      ['S1.1', 'r0'],
      ['S1.1', 'r1'],
      ['S1.2', 'r1'],
    ]);
  });

  it.each([
    ['a moment before it expires', 1, 'current'],
    ['at the moment it expires', 0, 'expired'],
    ['after it expired', -1, 'expired'],
  ] as const)('%s', (_, millis, side) => {
    const one = answer('S1.1', 3, { answered_at: daysBefore(365), expires_at: new Date(AS_OF.getTime() + millis) });
    const found = currentAnswers([one], AS_OF);
    expect(found[side]).toEqual([one]);
    expect(found.current.length + found.expired.length).toBe(1);
  });

  it('does not fall back on an older answer when the latest has expired', () => {
    const expired = answer('S1.1', 1, { answered_at: daysBefore(20), expires_at: daysBefore(5) });
    expect(values(currentAnswers([old, expired], AS_OF).current)).toEqual([]);
  });

  it('lets "don\'t know" withdraw, and knows nothing of the future', () => {
    const unsure = answer('S1.1', 'dont_know', { answered_at: daysBefore(1) });
    const later = answer('S1.1', 2, { answered_at: daysBefore(-1) });
    expect(currentAnswers([recent, unsure, later], AS_OF)).toEqual({
      current: [unsure],
      expired: [],
      superseded: [recent],
    });
  });

  it('breaks a tie of instants by the later entry', () => {
    const again = answer('S1.1', 2, { answered_at: daysBefore(10) });
    expect(values(currentAnswers([recent, again], AS_OF).current)).toEqual([2]);
  });

  it('gives nothing for nothing', () => {
    expect(currentAnswers([], AS_OF)).toEqual({ current: [], expired: [], superseded: [] });
  });
});

describe('listRespondents', () => {
  it('counts a person once, with the latest role', () => {
    const people = listRespondents([
      answer('S1.1', 3, { role: 'agent', answered_at: daysBefore(9) }),
      answer('S1.2', 'dont_know', { role: 'support_lead', answered_at: daysBefore(2) }),
      answer('S1.1', 2, { respondent: 'a', role: 'executive' }),
    ]);
    expect(people).toEqual([
      { id: 'a', role: 'executive', former_roles: [], answered: 1, dont_know: 0, last_answered_at: AS_OF },
      {
        id: 'r1',
        role: 'support_lead',
        former_roles: ['agent'],
        answered: 1,
        dont_know: 1,
        last_answered_at: daysBefore(2),
      },
    ]);
    expect(listRespondents([])).toEqual([]);
  });
});
