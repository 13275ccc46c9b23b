import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mendItem } from './mend-item.ts';
import { Instant, listOf, MaybeBool, MaybeId, MaybeInt, MaybeText, maybe, VendorId } from './vendor-schema.ts';

const Ticket = z.looseObject({
  id: VendorId,
  created_at: Instant,
  status: MaybeText,
  priority: MaybeInt,
  assignee: maybe(z.looseObject({ id: VendorId, name: MaybeText })),
  via: z.union([z.string(), z.looseObject({ channel: MaybeText, rel: MaybeText })]).nullish(),
  messages: maybe(z.array(z.looseObject({ id: VendorId, public: MaybeBool, author: MaybeId }))),
  tags: listOf(z.string()),
});
const plain = { id: 7, created_at: '2026-01-05T08:00:00Z', status: 'open', priority: 2, tags: ['a'] };

function mend(change: object, schema: z.ZodType<unknown> = Ticket) {
  const item = { ...plain, ...change };
  const before = structuredClone(item);
  const read = schema.safeParse(item);
  if (read.success) throw new Error('it fits as it is');
  const mended = mendItem(schema, item, read.error);
  expect(item, 'the item stays as it was').toEqual(before);
  return mended === null ? null : { ...mended, paths: mended.lost.map(({ at }) => at.join('.')) };
}

describe('mendItem', () => {
  it('loses the cells that do not fit and nothing else', () => {
    const mended = mend({ status: { name: 'open' }, priority: 'high', assignee: { id: 5, name: ['Jane'] } });
    expect(mended?.paths.toSorted()).toEqual(['assignee.name', 'priority', 'status']);
    expect(mended?.data).toMatchObject({
      id: '7',
      status: null,
      priority: null,
      assignee: { id: '5', name: null },
      tags: ['a'],
    });
  });

  it('loses what holds a cell that has to be there', () => {
    const mended = mend({ assignee: { id: {}, name: 'Jane' } });
    expect(mended?.paths).toEqual(['assignee.id']);
    expect(mended?.data).toMatchObject({ assignee: null, status: 'open' });
  });

  it('looks into the branch of a union that got inside', () => {
    const mended = mend({ via: { channel: 'web', rel: [] } });
    expect(mended?.paths).toEqual(['via.rel']);
    expect(mended?.data).toMatchObject({ via: { channel: 'web', rel: null } });
  });

  it('loses of a list the element that does not fit, and keeps the others in their places', () => {
    const messages = [{ id: {} }, { id: 1, public: 'x' }, 'text', { id: 2, author: [] }, { id: 3, public: true }];
    const mended = mend({ messages });
    expect(mended?.data).toMatchObject({
      messages: [
        { id: '1', public: null, author: null },
        { id: '2', public: null, author: null },
        { id: '3', public: true, author: null },
      ],
    });
    expect(mended?.paths.toSorted()).toEqual(['messages.0.id', 'messages.1.public', 'messages.2', 'messages.3.author']);
  });

  it('loses a list once nothing of it is left', () => {
    const mended = mend({ messages: [{ id: {} }, 'text', 7] });
    expect(mended?.data).toMatchObject({ messages: null });
    expect(mended?.lost.length).toBe(1);
    expect(mend({ tags: [7, 8] })).toBeNull();
  });

  it('reads a record whose many elements are all odd in the same way', () => {
    const messages = Array.from({ length: 40 }, (_, id) => ({ id: id + 1, public: {}, author: [] }));
    expect(mend({ messages })?.data).toMatchObject({
      messages: messages.map(({ id }) => ({ id: String(id), public: null })),
    });
  });

  it.each([
    ['an id', { id: null }],
    ['an id of another kind', { id: { value: 7 } }],
    ['an instant', { created_at: 'yesterday' }],
  ])('gives nothing without %s', (_what, change) => expect(mend(change)).toBeNull());

  it('gives nothing where a lost list would say that there is none', () => {
    expect(mend({ tags: { 0: 'a' } })).toBeNull();
    expect(mend({ tags: ['a', 7] })?.data).toMatchObject({ tags: ['a'] });
  });

  it.each([
    ['yes or no', MaybeBool.transform((value) => value ?? false)],
    ['a number', MaybeInt.transform((value) => value ?? 0)],
    ['a word', MaybeText.transform((value) => value ?? 'open')],
  ])('gives nothing where a lost cell would become %s', (_what, schema) => {
    expect(mend({ cell: [] }, z.looseObject({ id: VendorId, cell: schema }))).toBeNull();
  });

  it('gives nothing for what is no record at all', () => {
    for (const item of [null, 'text', 7, []]) {
      const read = Ticket.safeParse(item);
      expect(read.success).toBe(false);
      if (!read.success) expect(mendItem(Ticket, item, read.error)).toBeNull();
    }
  });
});
