import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/harness/property-runs.ts';
import { aTicket } from '../../../test/harness/records.ts';
import type { Ticket } from '../../domain/telemetry.ts';
import type { TelemetryCommit } from '../ports.ts';
import { openMemoryStore } from './open.ts';

const commitOf = (ticket: Ticket[], replace: TelemetryCommit['replace'] = []): TelemetryCommit => ({
  connection: 'desk',
  stream: 'tickets',
  checkpoint: 'c',
  records: { ticket },
  rejected: [],
  replace,
});

/** Texts around the marks with which columns are packed. The engine's client drops a leading byte order mark when it reads. */
const awkward = fc.oneof(
  fc.constantFrom('', '\u0001', '\u0001\u0001', '\u0001x', 'x\u0001', '\\u0000', 'null', '\r\n'),
  fc.string({ unit: 'binary' }).map((text) => text.replace(/[\u0000\uFEFF]/gu, '')),
);
const maybe = fc.option(awkward, { nil: null });

describe('packed columns', () => {
  it('give back every text, null and list as it was, in rows of its own', async () => {
    const store = await openMemoryStore();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(maybe, maybe, fc.option(fc.array(awkward), { nil: null }))), async (rows) => {
        const tickets = rows.map(([product, category, tags], i) =>
          aTicket({ id: `t${i}`, product, category, tags, priority_rank: i % 3 === 0 ? null : i - 5 }),
        );
        await store.telemetry.commit(commitOf(tickets, ['ticket']));
        // Once more, now over rows that are there already.
        await store.telemetry.commit(commitOf(tickets));
        expect((await store.telemetry.rows('desk')).get('ticket') ?? 0).toBe(tickets.length);
        for (const ticket of tickets)
          expect(await store.telemetry.find('ticket', 'desk', ticket.id)).toEqual([
            expect.objectContaining({
              product: ticket.product,
              category: ticket.category,
              tags: ticket.tags,
              priority_rank: ticket.priority_rank,
              created_at: ticket.created_at,
            }),
          ]);
      }),
      runs(40),
    );
    await store.close();
  });

  it('turn half a surrogate pair into the replacement character, in texts and lists alike', async () => {
    const store = await openMemoryStore();
    await store.telemetry.commit(commitOf([aTicket({ id: '1', product: 'a\uD800', tags: ['b\uDC00', '\\ud800'] })]));
    expect(await store.telemetry.find('ticket', 'desk', '1')).toEqual([
      expect.objectContaining({ product: 'a\uFFFD', tags: ['b\uFFFD', '\\ud800'] }),
    ]);
    await store.close();
  });
});
