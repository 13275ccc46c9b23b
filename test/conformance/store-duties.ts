import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observability, StreamName } from '../../src/domain/observability.ts';
import type { TelemetryBatch } from '../../src/domain/telemetry.ts';
import type { Remembered, Store, TelemetryCommit } from '../../src/store/ports.ts';
import { aMessage, anEvent, aSnapshot, aTicket, at } from '../harness/records.ts';

function commitOf(records: TelemetryBatch, more: Partial<TelemetryCommit> = {}): TelemetryCommit {
  return { connection: 'desk', stream: 'tickets', checkpoint: 'c1', records, rejected: [], ...more };
}

const FEBRUARY = at('2026-02-01T00:00:00Z');
const HASH = createHash('sha256').update('k1').digest('hex');
const FACTS: readonly Remembered[] = [
  { kind: 'erased', key_hash: HASH },
  { kind: 'retention', before: at('2026-01-01T00:00:00Z') },
  {
    kind: 'set_aside',
    connection: 'desk',
    stream: 'tickets',
    ref: '7',
    code: 'RECORD_REJECTED',
    path: 'created_at',
    detail: 'expected a valid instant',
    times: 3,
  },
  { kind: 'expired', connection: 'desk', ticket_id: '1', updated_at: null },
  { kind: 'expired', connection: 'desk', ticket_id: '2', updated_at: at('2025-12-01T00:00:00Z') },
];

/** A ticket solved in January with one row of everything that belongs to it. */
function solvedTicket(id: string): TelemetryBatch {
  const january = at('2026-01-20T00:00:00Z');
  return {
    ticket: [aTicket({ id, status: 'solved', reported_solved_at: january, updated_at: january })],
    event: [anEvent({ id: `e${id}`, ticket_id: id, at: january, to_value: 'solved' })],
    message: [aMessage({ id: `m${id}`, ticket_id: id, at: january })],
    csat: [
      { id: `c${id}`, ticket_id: id, offered_at: january, answered_at: null, score: 1, scale: null, reason_code: null },
    ],
    sla_clock: [
      {
        id: `s${id}`,
        ticket_id: id,
        metric: 'first_reply',
        scope: 'ticket',
        instance: 1,
        policy_id: null,
        target_s: 60,
        business_hours: null,
        started_at: january,
        applied_at: null,
        breach_at: null,
        fulfilled_at: null,
        paused_s: null,
        voided: false,
        met: null,
      },
    ],
    link: [
      {
        id: `l${id}`,
        ticket_id: id,
        kind: 'issue',
        system: 'jira',
        target_key: null,
        linked_at: january,
        responded_at: null,
        closed_at: null,
        closed_as: null,
        team: null,
      },
    ],
  };
}

const PARTS = ['ticket', 'event', 'message', 'csat', 'sla_clock', 'link'] as const;

/** What a store owes to several workers, to requesters and to retention; part of `storeConformance`. */
export function storeDuties(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(async () => {
    await store.close();
  });

  const counts = async () => {
    const rows = await store.telemetry.rows('desk');
    return PARTS.map((table) => rows.get(table));
  };

  describe('a batch that names the cursor it was read from', () => {
    it('is written when that cursor stands, also the first one', async () => {
      await store.telemetry.commit(commitOf({}, { previous: null, checkpoint: 'a' }));
      await store.telemetry.commit(commitOf({}, { previous: 'a', checkpoint: 'b' }));
      expect((await store.telemetry.checkpoints('desk')).get('tickets')).toBe('b');
    });

    it.each([
      ['another cursor', 'x'],
      ['no cursor', null],
    ])('is refused as a whole when it was read from %s', async (_, previous) => {
      await store.telemetry.commit(commitOf({}, { checkpoint: 'a' }));
      const late = commitOf({ ticket: [aTicket({ id: '1' })] }, { previous, checkpoint: 'b', replace: ['team'] });
      await expect(store.telemetry.commit(late)).rejects.toMatchObject({ code: 'CURSOR_MOVED' });
      expect((await store.telemetry.checkpoints('desk')).get('tickets')).toBe('a');
      expect(await store.telemetry.find('ticket', 'desk', '1')).toEqual([]);
    });

    it('is refused when the store has no cursor of the stream, whatever others have', async () => {
      await store.telemetry.commit(commitOf({}, { stream: 'events', checkpoint: 'a' }));
      await store.telemetry.commit(commitOf({}, { connection: 'other', checkpoint: 'a' }));
      await expect(store.telemetry.commit(commitOf({}, { previous: 'a' }))).rejects.toMatchObject({
        code: 'CURSOR_MOVED',
      });
    });

    it('is written by one of two workers that come at once', async () => {
      const results = await Promise.allSettled(
        ['1', '2'].map((id) =>
          store.telemetry.commit(commitOf({ ticket: [aTicket({ id })] }, { previous: null, checkpoint: id })),
        ),
      );
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
      const [cursor] = (await store.telemetry.checkpoints('desk')).values();
      expect((await store.telemetry.find('ticket', 'desk', cursor ?? '')).length).toBe(1);
      expect((await store.telemetry.rows('desk')).get('ticket')).toBe(1);
    });
  });

  describe('publications', () => {
    const first = aSnapshot({ digest: 'a', as_of: '2026-01-31T00:00:00.000Z' });
    const second = aSnapshot({ digest: 'b', as_of: '2026-01-31T00:00:00.000Z' });
    const march = (day: number) => at(`2026-03-0${day}T00:00:00Z`);

    it('keep the first snapshot of a run, and of the second nothing', async () => {
      expect(await store.ledger.saveSnapshot(first, march(1), 'run-1')).toBe('a');
      expect(await store.ledger.saveSnapshot(second, march(2), 'run-1')).toBe('a');
      expect(await store.ledger.snapshot('b')).toBeNull();
      expect(await store.ledger.snapshot('a')).toEqual(first);
      expect(await store.ledger.publication('run-1')).toEqual({
        run: 'run-1',
        digest: 'a',
        model: 'six-stages',
        published_at: march(1),
      });
      expect(await store.ledger.publication('run-2')).toBeNull();
    });

    it('of two runs may be the same snapshot', async () => {
      await store.ledger.saveSnapshot(first, march(2), 'run-2');
      await store.ledger.saveSnapshot(first, march(1), 'run-1');
      expect((await store.ledger.publications()).map((one) => [one.run, one.digest])).toEqual([
        ['run-1', 'a'],
        ['run-2', 'a'],
      ]);
      expect(await store.ledger.snapshots()).toHaveLength(1);
    });

    it('are not made by a snapshot outside of a run', async () => {
      expect(await store.ledger.saveSnapshot(first, march(1))).toBe('a');
      expect(await store.ledger.publications()).toEqual([]);
    });

    it('are one, however many publish the same run at once', async () => {
      const digests = await Promise.all(
        [first, second, first, second].map((snapshot) => store.ledger.saveSnapshot(snapshot, march(1), 'run-1')),
      );
      expect(new Set(digests).size).toBe(1);
      expect((await store.ledger.publications()).map((one) => one.digest)).toEqual([digests[0]]);
      expect((await store.ledger.snapshots()).map((one) => one.digest)).toEqual([digests[0]]);
    });
  });

  describe('an erased requester', () => {
    const session = (id: string, key: string) => ({
      id,
      started_at: at('2026-01-05T09:00:00Z'),
      handed_over: false,
      requester_key: key,
      ticket_id: null,
      topic: null,
    });

    it('is unlinked everywhere and never comes back, and nobody else is', async () => {
      const records = {
        ticket: [
          aTicket({ id: '1', requester_key: 'k1' }),
          aTicket({ id: '2', requester_key: 'k1' }),
          aTicket({ id: '3', requester_key: 'k2' }),
        ],
        bot_session: [session('b', 'k1')],
      };
      await store.telemetry.commit(commitOf(records));
      expect([...(await store.telemetry.requesterRows('k1'))]).toEqual([
        ['ticket', 2],
        ['bot_session', 1],
      ]);
      expect(await store.telemetry.eraseRequester('k1')).toBe(3);
      const erased = await store.telemetry.digest();
      expect([...(await store.telemetry.requesterRows('k1')).values()]).toEqual([0, 0]);
      expect((await store.telemetry.find('ticket', 'desk', '3'))[0]?.requester_key).toBe('k2');
      await store.telemetry.commit(commitOf(records));
      expect(await store.telemetry.digest()).toBe(erased);
      expect((await store.telemetry.find('ticket', 'desk', '1'))[0]).toMatchObject({ id: '1', requester_key: null });
      expect(await store.telemetry.eraseRequester('k1')).toBe(0);
    });

    it('that was never seen is kept out too', async () => {
      expect(await store.telemetry.eraseRequester('k1')).toBe(0);
      await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1', requester_key: 'k1' })] }));
      expect((await store.telemetry.find('ticket', 'desk', '1'))[0]?.requester_key).toBeNull();
    });
  });

  describe('retention', () => {
    it('removes what ended before the bound with all that belongs to it, and nothing else', async () => {
      await store.telemetry.commit(commitOf(solvedTicket('2')));
      const kept = await store.telemetry.digest();
      await store.telemetry.commit(commitOf(solvedTicket('1')));
      await store.telemetry.commit(commitOf(solvedTicket('1'), { connection: 'other' }));
      // Ticket 2 was solved again at the bound itself.
      await store.telemetry.commit(
        commitOf({ event: [anEvent({ id: 'again', ticket_id: '2', at: FEBRUARY, to_value: 'closed' })] }),
      );
      expect(await store.telemetry.expireTickets(FEBRUARY)).toBe(2);
      expect(await counts()).toEqual([1, 2, 1, 1, 1, 1]);
      expect((await store.telemetry.rows('other')).get('event')).toBe(0);
      expect(await store.telemetry.find('ticket', 'desk', '1')).toEqual([]);
      expect(await store.telemetry.find('ticket', 'desk', '2')).toHaveLength(1);
      expect(kept).not.toBe(await store.telemetry.digest());
      expect(await store.telemetry.expireTickets(FEBRUARY)).toBe(0);
    });

    it.each([
      ['is still open', { status: 'open' as const }],
      ['ended nobody knows when', { reported_solved_at: null, updated_at: null }],
      ['was closed after the bound', { reported_closed_at: at('2026-02-02T00:00:00Z') }],
    ])('keeps a ticket that %s', async (_, more) => {
      const january = at('2026-01-20T00:00:00Z');
      const solved = { status: 'solved' as const, reported_solved_at: january, updated_at: january };
      await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1', ...solved, ...more })] }));
      expect(await store.telemetry.expireTickets(FEBRUARY)).toBe(0);
      expect(await counts()).toEqual([1, 0, 0, 0, 0, 0]);
    });

    it('removes a deleted ticket by its last change', async () => {
      const ticket = aTicket({ id: '1', deleted: true, updated_at: at('2026-01-20T00:00:00Z') });
      await store.telemetry.commit(commitOf({ ticket: [ticket] }));
      expect(await store.telemetry.expireTickets(FEBRUARY)).toBe(1);
    });

    it('keeps out what it removed when it is read again, in whatever order', async () => {
      const { ticket = [], ...parts } = solvedTicket('1');
      await store.telemetry.commit(commitOf({ ticket, ...parts }));
      await store.telemetry.expireTickets(FEBRUARY);
      await store.telemetry.commit(commitOf(parts));
      await store.telemetry.commit(commitOf({ ticket }));
      expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
    });

    it('leaves unknown what it removed from, where it removed something', async () => {
      const seen = (stream: StreamName, since: Date | null, connection = 'desk'): Observability => ({
        connection,
        stream,
        status: 'available',
        detail: null,
        fields: [],
        since,
        until: FEBRUARY,
        rows: 1,
        rejected: 0,
        reconciled_share: null,
      });
      const rows = [
        seen('automations', at('2025-01-01T00:00:00Z')),
        seen('csat', at('2026-02-15T00:00:00Z')),
        seen('messages', at('2025-06-01T00:00:00Z')),
        seen('organisations', null),
        seen('tickets', null),
        seen('tickets', null, 'other'),
      ];
      await store.telemetry.recordObservability(rows);
      await store.telemetry.commit(commitOf(solvedTicket('1')));
      expect(await store.telemetry.observability()).toEqual(rows);
      await store.telemetry.expireTickets(FEBRUARY);
      // A week before the bound: data of yesterday do not lose their window to a tidy of today.
      const bound = at('2026-01-25T00:00:00Z');
      const sinceNow = (await store.telemetry.observability()).map(({ since }) => since);
      expect(sinceNow).toEqual([rows[0]?.since, rows[1]?.since, bound, null, bound, null]);
      expect(await store.telemetry.observed()).toEqual(rows);
    });

    it('lets a ticket in again that the vendor has changed since, and what happened since before it', async () => {
      await store.telemetry.commit(commitOf(solvedTicket('1')));
      await store.telemetry.expireTickets(FEBRUARY);
      const later = at('2026-02-20T00:00:00Z');
      await store.telemetry.commit(
        commitOf({ event: [anEvent({ id: 'new', ticket_id: '1', at: later, to_value: 'open' })] }),
      );
      await store.telemetry.expireTickets(FEBRUARY);
      await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1', status: 'open', updated_at: later })] }));
      expect(await counts()).toEqual([1, 1, 0, 0, 0, 0]);
      const { event = [] } = solvedTicket('1');
      await store.telemetry.commit(commitOf({ event }));
      expect(await counts()).toEqual([1, 2, 0, 0, 0, 0]);
    });

    it('does not let a ticket in again by a change that was known when it was removed', async () => {
      const touched = at('2026-02-20T00:00:00Z');
      const { ticket: [ticket] = [] } = solvedTicket('1');
      const changed = { ...(ticket as NonNullable<typeof ticket>), updated_at: touched };
      await store.telemetry.commit(commitOf({ ticket: [changed] }));
      expect(await store.telemetry.expireTickets(FEBRUARY)).toBe(1);
      await store.telemetry.commit(commitOf({ ticket: [changed] }));
      expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
    });
  });

  describe('what a store remembers', () => {
    async function all(): Promise<Remembered[]> {
      const facts: Remembered[] = [];
      for await (const page of store.telemetry.remembered()) facts.push(...page);
      return facts;
    }

    const fill = (ids: readonly string[], key: string) =>
      store.telemetry.commit(commitOf({ ticket: ids.map((id) => aTicket({ id, requester_key: key })) }));

    it('comes back as it was given, however often it is given', async () => {
      await store.telemetry.remember(FACTS);
      await store.telemetry.remember(FACTS);
      expect(await all()).toEqual(FACTS);
      expect(await store.telemetry.setAside('desk')).toMatchObject([{ ref: '7', times: 3 }]);
    });

    it('pages through more expired tickets than one page holds', async () => {
      const facts = Array.from({ length: 10_001 }, (_, i) => ({
        kind: 'expired' as const,
        connection: i < 5 ? 'a' : 'b',
        ticket_id: String(i),
        updated_at: null,
      }));
      await store.telemetry.remember(facts);
      const seen = new Set((await all()).map((fact) => (fact.kind === 'expired' ? fact.ticket_id : '')));
      expect(seen.size).toBe(10_001);
    });

    it('unlinks and keeps out a requester that is named as erased', async () => {
      await fill(['1', '2'], 'k1');
      await fill(['3'], 'k2');
      await store.telemetry.remember([FACTS[0] as Remembered]);
      expect((await store.telemetry.requesterRows('k1')).get('ticket')).toBe(0);
      expect((await store.telemetry.requesterRows('k2')).get('ticket')).toBe(1);
      await fill(['4'], 'k1');
      expect((await store.telemetry.requesterRows('k1')).get('ticket')).toBe(0);
    });

    it('is emptied with the store, but for who was erased', async () => {
      const empty = await store.telemetry.digest();
      await fill(['1'], 'k3');
      await store.telemetry.digest();
      await store.telemetry.remember(FACTS);
      await store.telemetry.clear();
      expect(await store.telemetry.digest()).toBe(empty);
      expect(await store.telemetry.checkpoints('desk')).toEqual(new Map());
      expect(await all()).toEqual([FACTS[0]]);
    });
  });

  describe('the ledger', () => {
    it('names the models of answers and statements, and can be emptied', async () => {
      const note = { criterion: 'S1.1', reason: 'no phone', by: 'me', at: at('2026-01-01T00:00:00Z') };
      await store.ledger.addNotApplicable([
        { ...note, model: 'b' },
        { ...note, model: 'a' },
      ]);
      await store.ledger.saveSnapshot(aSnapshot({ digest: 'a', as_of: '2026-01-31T00:00:00.000Z' }), note.at, 'run');
      expect(await store.ledger.models()).toEqual(['a', 'b']);
      await store.ledger.clear();
      expect(await store.ledger.models()).toEqual([]);
      expect(await store.ledger.snapshots()).toEqual([]);
      expect(await store.ledger.publications()).toEqual([]);
    });
  });
}
