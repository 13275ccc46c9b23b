import { describe, expect, it } from 'vitest';
import { unmeasured } from '../../../test/harness/finding-builder.ts';
import { readingOf } from '../../../test/harness/random-reading.ts';
import { ORG_X, SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { SHIPPED_SIGNALS } from '../../../test/harness/staged-subjects.ts';
import type { CriterionExplanation } from '../../domain/explanation.ts';
import type { Observability } from '../../domain/observability.ts';
import { statementView } from './statement.ts';

const SIGNALS = new Map(SHIPPED_SIGNALS.map((signal) => [signal.id, signal]));
const CONTEXT = { model: SIX_STAGE, signals: SIGNALS };
const SIGNAL = 'D3-first-reply-target-met';
const READING = {
  ...readingOf(ORG_X, new Map([['S3.2', 3]])),
  findings: [unmeasured(SIGNAL, 'not_observable', 'plan')],
};

function explanationOf(id: string, over: Partial<CriterionExplanation['result']> = {}): CriterionExplanation {
  const result = READING.criteria.find((one) => one.id === id);
  if (result === undefined) throw new Error(`no statement ${id}`);
  return {
    kind: 'criterion',
    result: { ...result, ...over },
    statement: 'We do it.',
    levels: { 1: 'no', 2: 'some', 3: 'all' },
    ledger: [],
    unread: [{ signal: SIGNAL, unknown: 3, read: 9 }],
    gain: 0.12,
    answers: { values: [3], counted: 2.2 },
    proof: 'A page.',
    action: { title: 'Do it', how: 'By hand.', verified_by: [SIGNAL] },
  };
}

const dark: Observability = {
  connection: 'desk',
  stream: 'tickets',
  status: 'plan',
  detail: 'The plan Professional opens it.',
  fields: [],
  since: null,
  until: null,
  rows: 0,
  rejected: 0,
  reconciled_share: null,
};

describe('statementView', () => {
  const view = statementView(
    explanationOf('S3.2', { missing: [{ signal: SIGNAL, status: 'not_observable', reason: 'plan' }] }),
    READING,
    [dark],
    CONTEXT,
  );

  it('says its level in a sentence, and marks the level that it is at', () => {
    // Org X: points (-7.5, -7.5), beside which one answer 3 weighs little.
    expect(view.sentence).toMatch(/^By the records, it is not there \(fully in place: \d+ %\)\.$/);
    expect(view.levels.filter(({ here }) => here).map(({ level }) => level)).toEqual([1]);
  });

  it('says what is missing, and which plan would show it', () => {
    expect(view.missing).toMatchObject([
      {
        short: 'D3',
        reason: 'cannot be seen: the plan of the helpdesk does not open them',
        streams: [{ connection: 'desk', status: 'plan', detail: 'The plan Professional opens it.' }],
      },
    ]);
    expect(view.unread[0]?.sentence).toBe('3 of 12 cases (25 %) could not be read: neither a yes nor a no.');
  });

  it('has answers by role, what they count for, and the gap to the records', () => {
    expect(view.answers).toMatchObject([{ role: 'support_lead', value: 3, words: 'fully' }]);
    expect(view.answers_sentence).toContain('One person said 3');
    expect(view.gap).toMatchObject({ said: 3 });
  });

  it('tells what it would bring, and its neighbours in the model', () => {
    expect(view.gain?.sentence).toMatch(/^Fully in place it would lift the chance of stage \d \w+ by 12 points\.$/);
    expect(view.neighbours).toMatchObject({ before: { id: 'S3.1' }, after: { id: 'S3.3' } });
    expect(statementView(explanationOf('S1.1'), READING, [], CONTEXT).neighbours.before).toBeNull();
    expect(statementView(explanationOf('S6.4'), READING, [], CONTEXT).neighbours.after).toBeNull();
  });

  it('tells unknown from not there, and names what people took out', () => {
    expect(statementView(explanationOf('S6.1'), READING, [], CONTEXT).sentence).toMatch(/^Nothing is known of it/);
    expect(statementView(explanationOf('S1.1', { not_applicable: true }), READING, [], CONTEXT).sentence).toMatch(
      /does not apply/,
    );
  });

  it('names a conflict only where there is one', () => {
    const conflict = { decibans: 7.5, grade: 'substantial' as const, text: 'Configured, not practised' };
    expect(statementView(explanationOf('S1.1', { conflict }), READING, [], CONTEXT).conflict?.decibans).toBe(7.5);
    const none = { decibans: 1, grade: 'none' as const, text: null };
    expect(statementView(explanationOf('S1.1', { conflict: none }), READING, [], CONTEXT).conflict).toBeNull();
  });
});
