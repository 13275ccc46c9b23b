import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { generatePages } from '../../src/demo/index.ts';
import { runs } from '../../test/harness/property-runs.ts';
import { quickChild, quickMetrics, quickTicket, quickUpdate } from './quick-read.ts';
import { ChildEvent, ExportedUpdate } from './schema-events.ts';
import { ExportedTicket, MetricSet } from './schema-tickets.ts';

/** A value of any kind that a vendor, good or odd, may put into a field. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    ' ',
    '0',
    '-1',
    '7',
    -1,
    0,
    7,
    1.5,
    1e300,
    2 ** 53,
    true,
    false,
    'open',
  ),
  fc.constantFrom<unknown>(
    '2026-03-09T14:05:00Z',
    '2026-02-29T14:05:00Z',
    '2024-02-29T14:05:00Z',
    '2026-03-31T23:59:59Z',
  ),
  fc.constantFrom<unknown>(
    '2026-03-09T14:05:60Z',
    '2026-03-09T24:00:00Z',
    '2026-03-09T14:05:00+02:00',
    '0099-03-09T14:05:00Z',
  ),
  fc.constantFrom<unknown>([], {}, ['a'], [1], [{ id: 3, value: 'x' }], [{ id: null }], [null], 'email', {
    channel: 'web',
  }),
  fc.constantFrom<unknown>(
    { calendar: 3, business: null },
    { calendar: 1.5 },
    { calendar: '3' },
    Number.POSITIVE_INFINITY,
  ),
  fc.record(
    {
      channel: fc.constantFrom<unknown>('web', 33, null, undefined, {}),
      source: fc.constantFrom<unknown>(
        null,
        undefined,
        {},
        [],
        { rel: 'merge', from: { ticket_id: 3 }, to: null },
        { rel: 3 },
        { from: [] },
        { to: 'x' },
      ),
    },
    { requiredKeys: [] },
  ),
);

const READERS: readonly [string, (item: unknown) => unknown, z.ZodType, readonly string[]][] = [
  [
    'update',
    quickUpdate,
    ExportedUpdate,
    [
      'id',
      'ticket_id',
      'timestamp',
      'created_at',
      'updater_id',
      'author_id',
      'via',
      'via_reference_id',
      'child_events',
    ],
  ],
  [
    'child event',
    quickChild,
    ChildEvent,
    [
      'id',
      'type',
      'event_type',
      'via',
      'via_reference_id',
      'author_id',
      'public',
      'comment_present',
      'comment_public',
    ].concat(['recipients', 'macro_id', 'body', 'status', 'previous_value']),
  ],
  ['metric set', quickMetrics, MetricSet, Object.keys(MetricSet.shape)],
  ['ticket', quickTicket, ExportedTicket, Object.keys(ExportedTicket.shape)],
];

const ORDINARY: Readonly<Record<string, unknown>> = {
  id: 5,
  ticket_id: 6,
  timestamp: 1_770_000_000,
  created_at: '2026-03-09T14:05:00Z',
  status: 'open',
};

describe.each(READERS)('quick reading of a %s', (_name, quick, schema, keys) => {
  it('gives what the schema gives, or leaves the row to it', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4 }), (odd) => {
        const row = { ...ORDINARY, ...odd };
        const before = structuredClone(row);
        const quickly = quick(row);
        expect(row).toEqual(before);
        if (quickly === undefined) return;
        read += 1;
        expect(schema.safeParse(row)).toEqual({ success: true, data: quickly });
      }),
      runs(3000),
    );
    expect(read).toBeGreaterThan(runs(3000).numRuns / 10);
  });

  it.each([[null], [undefined], ['text'], [3], [[]]])('leaves %j to the schema', (item) => {
    expect(quick(item)).toBeUndefined();
  });
});

it('reads every row of a large account without the schemas', () => {
  for (const page of generatePages({ tickets: 50 })) {
    for (const ticket of page.tickets.tickets) {
      expect(quickTicket(ticket)).toStrictEqual(ExportedTicket.parse(ticket));
      expect(quickMetrics(ticket.metric_set)).toStrictEqual(MetricSet.parse(ticket.metric_set));
    }
    for (const update of page.events.ticket_events) {
      const quickly = quickUpdate(update);
      expect(quickly).toStrictEqual(ExportedUpdate.parse(update));
      for (const child of quickly?.children ?? []) expect(quickChild(child)).toStrictEqual(ChildEvent.parse(child));
    }
  }
});
