import { afterEach, describe, expect, it } from 'vitest';
import { aMessage, anEvent, aTicket, at } from '../../test/harness/records.ts';
import { Reconciliation } from '../domain/reconciliation.ts';
import type { TelemetryBatch } from '../domain/telemetry.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { reconcile } from './reconcile.ts';

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function storeWith(records: TelemetryBatch): Promise<Store> {
  const store = await openMemoryStore();
  stores.push(store);
  await store.telemetry.commit({ connection: 'desk', stream: null, checkpoint: null, records, rejected: [] });
  const seen = { tickets: [], messages: ['author'], events: ['status'], agents: [] } as const;
  await store.telemetry.recordObservability(
    Object.entries(seen).map(([stream, fields]) => ({
      connection: 'desk',
      stream: stream as keyof typeof seen,
      status: 'available' as const,
      detail: null,
      fields: [...fields],
      since: null,
      until: at('2026-02-01T00:00:00Z'),
      rows: 1,
      rejected: 0,
      reconciled_share: null,
    })),
  );
  return store;
}

const reply = (ticket: string, when: string, agent = 'a') =>
  aMessage({
    id: `${ticket}r${when}`,
    ticket_id: ticket,
    at: at(when),
    seq: 1,
    author: 'agent',
    author_id: agent,
    public: true,
  });
const solved = (ticket: string, when: string) =>
  anEvent({
    id: `${ticket}s${when}`,
    ticket_id: ticket,
    at: at(when),
    kind: 'status',
    from_value: 'open',
    to_value: 'solved',
  });
const opened = (ticket: string, when: string) =>
  anEvent({
    id: `${ticket}o${when}`,
    ticket_id: ticket,
    at: at(when),
    kind: 'status',
    from_value: 'solved',
    to_value: 'open',
  });
const AGENT = { id: 'a', role: 'agent', department: null, active: true, human: true, created_at: null } as const;

describe('reconcile', () => {
  // Worked by hand: answers after 30 min 20 s (vendor 30), 60 min (vendor 90), none (vendor 10), and by somebody who is not listed (vendor 5, ours 20).
  it('counts agreement within a minute, and names the others with their reason', async () => {
    const created = at('2026-01-05T10:00:00Z');
    const ticket = (id: string, minutes: number, more: object = {}) =>
      aTicket({
        id,
        created_at: created,
        status: 'solved',
        reported_replies: 1,
        reported_reopens: 0,
        reported_first_reply_calendar_s: minutes * 60,
        ...more,
      });
    const store = await storeWith({
      ticket: [ticket('1', 30), ticket('2', 90), ticket('3', 10), ticket('4', 5)],
      message: [
        reply('1', '2026-01-05T10:30:20Z'),
        reply('2', '2026-01-05T11:00:00Z'),
        reply('4', '2026-01-05T10:20:00Z', 'gone'),
      ],
      event: ['1', '2', '3', '4'].map((id) => solved(id, '2026-01-05T12:00:00Z')),
      agent: [AGENT],
    });
    const report = await reconcile(store.telemetry);
    expect(Reconciliation.safeParse(report).success).toBe(true);
    const first = report.figures.find((figure) => figure.id === 'first_reply_calendar');
    expect(first).toMatchObject({ compared: 4, agree: 1, differ: 3, median_difference: 1350, max_difference: 1800 });
    expect(Object.fromEntries((first?.reasons ?? []).map((r) => [r.reason, r.sample]))).toEqual({
      unknown: ['2'],
      reply_not_seen: ['3'],
      former_agent: ['4'],
    });
    const replies = report.figures.find((figure) => figure.id === 'replies');
    expect(replies).toMatchObject({ compared: 4, agree: 3, differ: 1 });
    // The vendor keeps no counter of these on any ticket: nothing to compare with.
    expect(report.figures.some((figure) => figure.id === 'solved_at')).toBe(false);
  });

  it('compares ends and returns with what the log says, never with the vendor’s own stamps', async () => {
    const store = await storeWith({
      ticket: [
        aTicket({
          id: '1',
          created_at: at('2026-01-05T10:00:00Z'),
          status: 'solved',
          reported_reopens: 0,
          reported_solved_at: at('2026-01-05T12:00:00Z'),
        }),
      ],
      event: [
        solved('1', '2026-01-05T12:00:00Z'),
        opened('1', '2026-01-05T13:00:00Z'),
        solved('1', '2026-01-05T15:00:00Z'),
      ],
    });
    const report = await reconcile(store.telemetry);
    const of = (id: string) => report.figures.find((figure) => figure.id === id);
    expect(of('solved_at')).toMatchObject({ differ: 1, max_difference: 3 * 3600 });
    expect(of('solved_at')?.reasons.map((r) => r.reason)).toEqual(['reopened']);
    expect(of('reopens')).toMatchObject({ compared: 1, differ: 1, max_difference: 1 });
  });

  it('has no figures where no counter of the vendor is kept, and says NO_DATA without anything', async () => {
    const store = await storeWith({ ticket: [aTicket({ id: '1' })] });
    expect((await reconcile(store.telemetry)).figures).toEqual([]);
    const empty = await openMemoryStore();
    stores.push(empty);
    await expect(reconcile(empty.telemetry)).rejects.toMatchObject({ code: 'NO_DATA' });
  });
});
