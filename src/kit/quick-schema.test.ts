import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ChildEvent, ExportedUpdate, MetricEvent } from '../../connectors/zendesk/schema-events.ts';
import { ExportedTicket, MetricSet } from '../../connectors/zendesk/schema-tickets.ts';
import { runs } from '../../test/harness/property-runs.ts';
import { REFUSED, readerOf } from './quick-schema.ts';
import * as kit from './vendor-schema.ts';

const { keys, MaybeBool, MaybeCode, MaybeId, MaybeInstant, MaybeInt, MaybeNumber, MaybeText, VendorId } = kit;

/** A value of any kind that a vendor, good or odd, may put into a cell. */
const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(null, undefined, '', ' ', '0', '-1', '7', '1.5', 'true', 'FALSE', 'open', 'a b'),
    fc.constantFrom<unknown>(-1, 0, -0, 7, 1.5, 1e300, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, true, false),
    fc.constantFrom<unknown>('2026-03-09T14:05:00Z', '2026-02-29T14:05:00Z', '2026-03-09T14:05:00+02:00', new Date(0)),
    fc.constantFrom<unknown>([], {}, [null], ['a', 1], Symbol('odd'), 5n),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom('id', 'channel', 'source', 'rel', 'from', 'calendar', 'value', 'name', '__proto__'),
      tie('value'),
    ),
  ),
})).value;

/** One of each kind of part, and kinds that the quick reader leaves to the schema. */
const Mixed = z.object({
  id: VendorId,
  ...keys(MaybeId, 'owner', 'group'),
  ...keys(MaybeText, 'title'),
  ...keys(MaybeNumber, 'hours'),
  ...keys(MaybeInt, 'count'),
  ...keys(MaybeBool, 'open'),
  ...keys(MaybeCode, 'code'),
  ...keys(MaybeInstant, 'at'),
  word: kit.MaybeWord,
  shown: kit.flag(false),
  public: kit.orElse(MaybeBool, 'unsaid'),
  whole: kit.Whole,
  tags: kit.listOf(z.string()),
  ids: kit.MaybeIds,
  good: kit.listOfGood(VendorId),
  values: kit.MaybeRecord,
  named: kit.NamedRow.nullish(),
  any: z.unknown(),
  maybeAny: z.unknown().optional(),
  row: kit.AnyRow.nullish(),
  kind: z.literal(['open', 7]).optional(),
  chosen: z.enum(['open', 'a b']).nullish(),
  standard: z.string().default('open'),
  several: z
    .union([z.object({ id: VendorId }), z.object({ name: z.string().optional() }), z.array(MaybeInt)])
    .nullish(),
  strict: z.strictObject({ id: z.string() }).nullish(),
  short: z.string().max(3).nullish(),
  sum: z
    .object({ calendar: MaybeInt })
    .refine((row) => row.calendar !== 7)
    .optional(),
  caught: z.string().catch('none'),
  part: z.string().transform((text, context) => {
    if (text === 'open') context.addIssue('not open');
    return text.length;
  }),
});

const ORDINARY: Readonly<Record<string, unknown>> = {
  id: 5,
  ticket_id: 6,
  timestamp: 1_770_000_000,
  created_at: '2026-03-09T14:05:00Z',
  status: 'open',
  event_type: 'Change',
  metric: 'reply_time',
  instance_id: 1,
  type: 'activate',
  time: '2026-03-09T14:05:00Z',
  whole: 3,
  any: 'x',
  part: 'a b',
  value: 'x',
};

interface Node {
  readonly value: string;
  readonly next?: Node | null | undefined;
}
const Chain: z.ZodType<Node> = z.object({
  value: z.string(),
  get next() {
    return Chain.nullish();
  },
});

const ROWS: readonly (readonly [string, z.ZodType, readonly string[]])[] = [
  ['mixed', Mixed, Object.keys(Mixed.shape)],
  ['loose', z.looseObject(Mixed.shape), [...Object.keys(Mixed.shape), 'other', '__proto__']],
  ['chain', Chain, ['value', 'next']],
  ['ticket', ExportedTicket, Object.keys(ExportedTicket.shape)],
  ['metric set', MetricSet, Object.keys(MetricSet.shape)],
  ['metric event', MetricEvent, Object.keys(MetricEvent.shape)],
  ['update', ExportedUpdate, ['id', 'ticket_id', 'timestamp', 'created_at', 'author_id', 'via', 'child_events']],
  ['child event', ChildEvent, ['id', 'type', 'event_type', 'via', 'public', 'recipients', 'macro_id', 'status', 'row']],
];

describe.each(ROWS)('quick reading of a row: %s', (_name, schema, names) => {
  it('gives what the schema gives and refuses what it refuses', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 }), (odd) => {
        const row = { ...ORDINARY, ...odd };
        const kept = fc.stringify(row);
        const found = readerOf(schema)(row);
        expect(fc.stringify(row)).toBe(kept);
        const said = schema.safeParse(row);
        if (found !== REFUSED) read += 1;
        expect(found === REFUSED ? { success: false } : { success: true, data: found }).toStrictEqual(
          said.success ? { success: true, data: said.data } : { success: false },
        );
      }),
      runs(2000),
    );
    expect(read).toBeGreaterThan(runs(2000).numRuns / 20);
  });

  it.each([[null], [undefined], ['text'], [3], [[]], [new Date(0)]])('refuses %j as the schema does', (item) => {
    expect(readerOf(schema)(item) === REFUSED).toBe(!schema.safeParse(item).success);
  });
});

it('makes the reader of a schema once', () => {
  expect(readerOf(Mixed)).toBe(readerOf(Mixed));
});

it('reads what must not be made of text by the schema itself', () => {
  const shape = Object.fromEntries([['__proto__', z.string()] as const, ['a', z.string()] as const]);
  const schema = z.object(shape);
  expect(readerOf(schema)({ a: 'x' })).toStrictEqual(schema.parse({ a: 'x' }));
});

it('finishes a row with what the vendor wrote, and tells why it is none', () => {
  const schema = kit.withRow(z.object({ id: VendorId }), ({ id }, row) => ({ id, also: Object.keys(row).length }));
  expect(schema.parse({ id: 3, other: 4 })).toEqual({ id: '3', also: 2 });
  expect(readerOf(schema)({ id: 3, other: 4 })).toEqual({ id: '3', also: 2 });
  expect(schema.safeParse({ id: null }).error?.issues[0]?.path).toEqual(['id']);
});
