import { afterEach, describe, expect, it } from 'vitest';
import { aMessage, anEvent, aTicket, at } from '../../../../test/harness/records.ts';
import type { SqlRow } from '../../../domain/sql-session.ts';
import type { TelemetryBatch, Ticket } from '../../../domain/telemetry.ts';
import type { Store } from '../../ports.ts';
import { openMemoryStore } from '../open.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function factsOf(records: TelemetryBatch, columns: string, asOf = '2026-02-02T00:00:00Z'): Promise<SqlRow> {
  const store = await openMemoryStore();
  stores.push(store);
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  const rows = await store.telemetry.measure({ asOf: at(asOf), horizon: at('2025-01-01T00:00:00Z') }, (session) =>
    session.query(`SELECT ${columns} FROM ticket_all WHERE id = '1'`),
  );
  return rows[0] ?? {};
}

const ENDS =
  'open_as_of, ever_solved_at, first_solved_at, last_solved_at, closed_at, full_resolution_calendar_s AS full_s';
const status = (id: string, when: string, from: string | null, to: string) =>
  anEvent({
    id,
    ticket_id: '1',
    at: at(`2026-01-${when}:00Z`),
    from_value: from,
    to_value: to,
    initial: from === null,
  });

describe('a ticket that is open at asOf', () => {
  const life: TelemetryBatch = {
    ticket: [aTicket({ id: '1', status: 'open' })],
    event: [
      status('a', '05T09:00', null, 'new'),
      status('b', '05T11:00', 'new', 'solved'),
      status('c', '06T09:00', 'solved', 'closed'),
      status('d', '07T09:00', 'closed', 'open'),
    ],
  };

  it('has no end, though it was solved and closed before', async () => {
    expect(await factsOf(life, ENDS)).toEqual({
      open_as_of: true,
      ever_solved_at: at('2026-01-05T11:00:00Z'),
      first_solved_at: null,
      last_solved_at: null,
      closed_at: null,
      full_s: null,
    });
  });

  it('had one while it was closed', async () => {
    expect(await factsOf(life, ENDS, '2026-01-07T09:00:00Z')).toMatchObject({
      open_as_of: false,
      first_solved_at: at('2026-01-05T11:00:00Z'),
      closed_at: at('2026-01-06T09:00:00Z'),
      full_s: 7_200,
    });
  });

  it.each([
    ['a stamp of the solution', { reported_solved_at: at('2026-01-06T09:00:00Z') }],
    ['a stamp of the closure', { reported_closed_at: at('2026-01-06T09:00:00Z') }],
    ['a duration of the vendor', { reported_full_resolution_calendar_s: 60, reported_full_resolution_business_s: 60 }],
  ])('has no end for %s', async (_, more: Partial<Ticket>) => {
    const facts = await factsOf(
      { ticket: [aTicket({ id: '1', status: 'pending', ...more })] },
      `${ENDS}, full_resolution_business_s AS business_s`,
    );
    expect(facts).toEqual({
      open_as_of: true,
      ever_solved_at: null,
      first_solved_at: null,
      last_solved_at: null,
      closed_at: null,
      full_s: null,
      business_s: null,
    });
  });
});

describe('durations that the vendor reports', () => {
  const COLUMNS = `first_reply_calendar_s AS reply, first_reply_from AS reply_from, first_reply_business_s AS reply_b,
    first_reply_business_from AS reply_b_from, first_resolution_calendar_s AS first, first_resolution_from AS first_from,
    full_resolution_calendar_s AS last, full_resolution_from AS last_from, full_resolution_business_s AS last_b, first_solved_at, last_solved_at`;
  const vendor: Partial<Ticket> = {
    status: 'solved',
    reported_first_reply_calendar_s: 600,
    reported_first_reply_business_s: 300,
    reported_first_resolution_calendar_s: 7_200,
    reported_full_resolution_calendar_s: 86_400,
    reported_full_resolution_business_s: 28_800,
  };

  it('stand where nothing else tells, and say so', async () => {
    expect(await factsOf({ ticket: [aTicket({ id: '1', ...vendor })] }, COLUMNS)).toEqual({
      reply: 600,
      reply_from: 'vendor',
      reply_b: 300,
      reply_b_from: 'vendor',
      first: 7_200,
      first_from: 'vendor',
      last: 86_400,
      last_from: 'vendor',
      last_b: 28_800,
      first_solved_at: at('2026-01-05T11:00:00Z'),
      last_solved_at: at('2026-01-06T09:00:00Z'),
    });
  });

  it('give way to stamps, messages and events', async () => {
    const stamped = {
      ...vendor,
      reported_first_reply_at: at('2026-01-05T09:20:00Z'),
      reported_solved_at: at('2026-01-05T10:00:00Z'),
    };
    expect(await factsOf({ ticket: [aTicket({ id: '1', ...stamped })] }, COLUMNS)).toMatchObject({
      reply: 1_200,
      reply_from: 'records',
      reply_b: 300,
      reply_b_from: 'vendor',
      // The stamp is the last solution; the first one only the vendor's duration tells.
      first: 7_200,
      first_from: 'vendor',
      last: 3_600,
      last_from: 'records',
    });
    const records = {
      ticket: [aTicket({ id: '1', ...vendor })],
      message: [aMessage({ id: 'm', ticket_id: '1', at: at('2026-01-05T09:30:00Z') })],
      event: [status('a', '05T09:00', null, 'new'), status('b', '05T12:00', 'new', 'solved')],
    };
    expect(await factsOf(records, COLUMNS)).toMatchObject({
      reply: 1_800,
      reply_from: 'records',
      reply_b: null,
      first: 10_800,
      first_from: 'records',
      last: 10_800,
      last_b: null,
    });
  });

  it('are not known before they have run', async () => {
    const facts = await factsOf(
      { ticket: [aTicket({ id: '1', ...vendor })] },
      `${COLUMNS}, status_as_of`,
      '2026-01-05T10:00:00Z',
    );
    expect(facts).toMatchObject({ reply: 600, first: null, last: null, last_b: null, status_as_of: 'open' });
  });

  it('of business hours alone are durations without an instant', async () => {
    const ticket = aTicket({ id: '1', status: 'closed', reported_full_resolution_business_s: 3_600 });
    expect(await factsOf({ ticket: [ticket] }, COLUMNS)).toMatchObject({
      last: null,
      last_b: 3_600,
      last_solved_at: null,
    });
  });
});
