import { afterEach, describe, expect, it } from 'vitest';
import { livedTicket, type Step, together } from '../../../../../test/harness/lived-tickets.ts';
import { at } from '../../../../../test/harness/records.ts';
import type { SqlRow } from '../../../../domain/sql-session.ts';
import type { TelemetryRecord } from '../../../../domain/telemetry.ts';
import type { Store } from '../../../ports.ts';
import { openMemoryStore } from '../../open.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

/** Monday, half an hour before the office closes. */
const OPENED = at('2026-01-05T16:30:00Z');
const minute = (minutes: number) => new Date(OPENED.getTime() + minutes * 60_000);
const OFFICE: TelemetryRecord<'calendar'> = {
  id: 'office',
  time_zone: 'UTC',
  weekly: [1, 2, 3, 4, 5].map((day) => ({ start_minute: day * 1440 + 540, end_minute: day * 1440 + 1020 })),
  holidays: [],
  valid_from: at('1970-01-01T00:00:00Z'),
  valid_to: null,
  is_default: true,
};

type Clock = TelemetryRecord<'sla_clock'>;

/** The clock of a first reply within an hour, which the program stopped half a minute after the ticket came in. */
async function clockOf(
  steps: readonly Step[],
  more: Partial<Clock>,
  asOf = at('2026-01-10T00:00:00Z'),
): Promise<SqlRow | undefined> {
  const store = await openMemoryStore({
    meanings: [{ kind: 'bot', subject: 'maria', meaning: 'true', rank: null }],
  });
  stores.push(store);
  const clock: Clock = {
    id: 'c',
    ticket_id: 't',
    metric: 'first_reply',
    scope: 'ticket',
    instance: 1,
    policy_id: null,
    target_s: 3600,
    business_hours: false,
    started_at: OPENED,
    applied_at: OPENED,
    breach_at: null,
    fulfilled_at: minute(0.5),
    paused_s: null,
    voided: false,
    met: true,
    ...more,
  };
  const records = together(
    livedTicket('t', OPENED, [{ after: 0.5, say: 'agent', by: 'maria' }, ...steps], {
      status: steps.some((step) => 'set' in step) ? 'solved' : 'open',
    }),
    { sla_clock: [clock], calendar: [OFFICE] },
  );
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  const rows = await store.telemetry.measure({ asOf, horizon: at('2025-06-01T00:00:00Z') }, (session) =>
    session.query('SELECT fulfilled_at, met, recomputed FROM sla_clock'),
  );
  return rows[0];
}

const ann = (minutes: number): Step => ({ after: minutes, say: 'agent', by: 'ann' });

describe('a first-reply clock that a program stopped', () => {
  it.each([
    ['kept before the instant of breach', 90, { breach_at: minute(120) }, true],
    ['missed after it', 90, { breach_at: minute(60) }, false],
    ['kept within the target', 60, {}, true],
    ['missed beyond the target', 61, {}, false],
    // 16:30 to 17:00 and 09:00 to 09:20 of the next day: 50 minutes.
    ['kept in business hours', 16.5 * 60 + 20, { business_hours: true }, true],
    // 16:30 to 17:00 and 09:00 to 09:31: 61 minutes.
    ['missed in business hours', 16.5 * 60 + 31, { business_hours: true }, false],
  ] as const)('is %s by the first reply of a person', async (_, minutes, more, met) => {
    expect(await clockOf([ann(minutes)], more)).toEqual({ fulfilled_at: minute(minutes), met, recomputed: true });
  });

  it('is unknown where neither target nor breach is known', async () => {
    expect(await clockOf([ann(90)], { target_s: null })).toEqual({
      fulfilled_at: minute(90),
      met: null,
      recomputed: true,
    });
  });

  it('is missed once it ran out and nobody replied, undecided before', async () => {
    const nobody = { fulfilled_at: null, recomputed: true };
    expect(await clockOf([], { breach_at: minute(60) })).toEqual({ ...nobody, met: false });
    expect(await clockOf([], { breach_at: minute(60) }, minute(59))).toEqual({ ...nobody, met: null });
    expect(await clockOf([ann(90)], { breach_at: minute(60) }, minute(80))).toEqual({ ...nobody, met: false });
  });

  it('is unknown on a ticket that ended without a person', async () => {
    const solved: Step = { after: 30, set: 'status', from: 'new', to: 'solved', actor: 'customer' };
    expect(await clockOf([solved], { breach_at: minute(60) })).toEqual({
      fulfilled_at: null,
      met: null,
      recomputed: true,
    });
  });
});

describe('other clocks', () => {
  it('of a next reply that only a program gave are unknown', async () => {
    expect(await clockOf([], { metric: 'next_reply' })).toEqual({ fulfilled_at: null, met: null, recomputed: true });
  });

  it('that a person stopped stay as they are', async () => {
    expect(await clockOf([ann(20)], { fulfilled_at: minute(20) })).toEqual({
      fulfilled_at: minute(20),
      met: true,
      recomputed: false,
    });
  });

  it('of a solution are not those of a program', async () => {
    expect(await clockOf([], { metric: 'resolution' })).toMatchObject({ met: true, recomputed: false });
  });
});
