import { describe, expect, it } from 'vitest';
import { recordSchema } from '../domain/columns.ts';
import { TABLES } from '../domain/telemetry.ts';
import {
  type Called,
  calledIn,
  conditionFacts,
  denied,
  lookedAt,
  readValues,
  ruleField,
  setTo,
  tellsRequester,
  toAutomation,
  UNREAD,
  unread,
  valuesOf,
} from './rule-terms.ts';

const RANKS = new Map([['High', 2]]);
const priority = ruleField('priority', (value) => RANKS.get(value) ?? null);

describe('terms of rules', () => {
  it('are those of all values, or the condition is not understood', () => {
    expect(readValues(priority, ['High'])).toEqual({ word: 'priority', terms: ['priority:2'] });
    expect(readValues(priority, ['High', 'Odd'])).toEqual({ word: 'priority', terms: null });
    expect(readValues(priority, [])).toEqual({ word: 'priority', terms: null });
    expect(
      readValues(
        ruleField('tier', (value) => `plan=${value}`, 'org'),
        ['gold'],
      ),
    ).toEqual({
      word: 'tier',
      terms: ['org:plan=gold'],
    });
  });

  it('are found by what the vendor calls things, the first that fits', () => {
    const names: Called = [
      [/^(open|pending)$/, 'status', 'time:$1'],
      [/sla|breach/, 'sla_breach'],
      [/open/, 'count'],
    ];
    expect(calledIn(names, 'pending')).toEqual({ word: 'status', terms: ['time:pending'] });
    expect(calledIn(names, 'next_sla_breach')).toEqual({ word: 'sla_breach', terms: ['sla_breach'] });
    expect(calledIn(names, 'opened')?.word).toBe('count');
    expect(calledIn(names, 'moon')).toBeNull();
  });

  it('of what an action sets say what it does, and whether it escalates', () => {
    const teams = new Map([['7', 'Escalations']]);
    const set = (word: string, value: string, removes = false) =>
      setTo(readValues(ruleField(word), [value]), [value], (id) => teams.get(id), removes);
    expect(set('priority', '2')).toEqual({ word: 'set_priority', terms: ['priority:2'] });
    expect(set('group', '7')).toEqual({ word: 'escalate', terms: ['group:7'] });
    expect(set('group', '8').word).toBe('set_group');
    expect(set('tag', 'escalated').word).toBe('escalate');
    expect(set('tag', 'escalated', true)).toEqual({ word: 'set_tag', terms: ['!tag:escalated'] });
    expect(setTo(UNREAD, ['7'], () => null)).toEqual(UNREAD);
  });

  it('are excluded and let in again', () => {
    const not = denied(readValues(ruleField('group'), ['7', '8']));
    expect(not.terms).toEqual(['!group:7', '!group:8']);
    expect(denied(not).terms).toEqual(['group:7', 'group:8']);
    expect(denied(UNREAD)).toEqual(UNREAD);
  });

  it('are sorted, each once, and what was not understood is counted', () => {
    const facts = conditionFacts([lookedAt('csat'), readValues(priority, ['High']), unread(lookedAt('csat')), UNREAD]);
    expect(facts).toEqual({
      condition_fields: ['csat', 'priority'],
      condition_terms: ['csat', 'priority:2'],
      unread_conditions: 2,
    });
  });

  it('are unknown where the source shows no conditions or actions', () => {
    expect(conditionFacts(null)).toEqual({ condition_fields: [], condition_terms: null, unread_conditions: null });
    const untold = toAutomation({ id: '1', kind: 'trigger', active: true, does: null });
    expect(untold).toMatchObject({ actions: [], action_terms: null, unread_actions: null });
    expect(conditionFacts([])).toEqual({ condition_fields: [], condition_terms: [], unread_conditions: 0 });
  });

  it('make a valid record, in which stated facts go before those that were worked out', () => {
    const rule = toAutomation({
      id: '1',
      kind: 'trigger',
      active: true,
      conditions: [lookedAt('csat')],
      actions: ['comment'],
    });
    expect(recordSchema(TABLES.automation).safeParse(rule).success).toBe(true);
    expect(rule).toMatchObject({ condition_terms: ['csat'], actions: ['comment'], action_terms: null, shared: true });
  });

  it('say what a message to the customer states, in which hours, and nothing of its words', () => {
    const terms = (text: string | null) => tellsRequester(text).terms;
    expect(terms('We will reply within 8 hours.')).toEqual(['notify:requester', `promise:${8 * 3600}`]);
    expect(terms('We reply within 2 business hours.')).toEqual([
      'notify:requester',
      `promise:${2 * 3600}`,
      'promise_in:business_hours',
    ]);
    expect([terms('Hello'), terms(null)]).toEqual([['notify:requester'], ['notify:requester']]);
  });

  it('take values however they are written', () => {
    expect(valuesOf(['a', [1, true], null, { b: 2 }])).toEqual(['a', '1', 'true']);
    expect(valuesOf(undefined)).toEqual([]);
  });
});
