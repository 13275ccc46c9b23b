import { describe, expect, it } from 'vitest';
import { measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { SHIPPED_SIGNALS } from '../../../test/harness/staged-subjects.ts';
import type { SignalExplanation } from '../../domain/explanation.ts';
import type { Finding } from '../../domain/finding.ts';
import { signalView } from './signal.ts';

const ID = 'D3-first-reply-target-met';
const CONTEXT = { model: SIX_STAGE, signals: new Map(SHIPPED_SIGNALS.map((signal) => [signal.id, signal])) };

function told(finding: Finding): SignalExplanation {
  return {
    kind: 'signal',
    id: ID,
    title: 'First-reply targets are met',
    description: 'Share of clocks.',
    finding,
    lines: { partial: 0.5, full: 0.85, origin: 'ISO', source: 'ISO/IEC 33020' },
    estimator: 'share',
    needs: ['tickets'],
    fooled_by: ['long pauses'],
    sql: 'select 1',
    ledger: [],
    tickets: [{ connection: 'desk', table: 'ticket', id: '7', hit: false, url: null }],
    imported: [],
    remedy: 'Answer in time.',
  };
}

const FOUND: Finding = {
  ...measured(ID, 0.99, 0.4),
  estimate: 0.8,
  interval: [0.7, 0.9],
  n: 1_234,
  excluded: { no_reply: 3 },
  extra: { median_first_reply_calendar_s: 3_600, hits: 80, weakest: null },
};

describe('signalView', () => {
  const view = signalView(
    told(FOUND),
    [{ digest: 'd', as_of: new Date('2026-07-01T00:00:00Z'), finding: FOUND }],
    CONTEXT,
  );

  it('tells the number against its lines', () => {
    expect(view).toMatchObject({ text: '80 %', interval_text: '70 % to 90 %', way_out: null });
    expect(view.sentence).toBe(
      '80 %, from 1,234 first-reply clocks. It passes the line for "partly" (50 %) and may pass the line for "fully" (85 %; 40 %).',
    );
    expect(view.lines).toMatchObject({ origin_words: 'an ISO standard', fully_text: '85 %' });
  });

  it('has its course, what it leaves out, and the clock of its durations', () => {
    expect(view.course).toMatchObject([{ last_day: '2026-06-30', estimate: 0.8, n: 1_234 }]);
    expect(view.left_out[0]).toMatchObject({ reason: 'no_reply', n: 3 });
    expect(view.clocks).toEqual([{ name: 'median first reply, by the calendar clock', text: '60 min', value: 3_600 }]);
    expect(view.extra.map(({ name }) => name)).toEqual(['median first reply, by the calendar clock', 'hits']);
  });

  it('says without a number why, and what would give one', () => {
    const dark = signalView(told(unmeasured(ID, 'insufficient', 'few')), [], CONTEXT);
    expect(dark).toMatchObject({
      text: null,
      sentence: 'No number: too few cases to judge.',
      passes: { partly: null },
    });
    expect(dark.way_out).toMatch(/more cases/);
  });

  it('notes what was kept from a source that is gone', () => {
    const kept = { ...FOUND, carried_from: { snapshot: 'x', as_of: '2026-05-01T00:00:00.000Z' } };
    expect(signalView(told(kept), [], CONTEXT).notes).toEqual([
      'Kept from 2026-05-01, since its source is disconnected.',
    ]);
  });
});
