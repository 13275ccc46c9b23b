import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLoopGuard } from './loop-guard.ts';
import { parseEach, refOf } from './parse-each.ts';
import { readRateHeaders, readRetryAfter } from './retry-after.ts';
import {
  Instant,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeNumber,
  MaybeText,
  VendorId,
} from './vendor-schema.ts';

const Row = z.object({ id: VendorId, at: Instant, nested: z.object({ n: z.number() }).optional() });

describe('parseEach', () => {
  it('keeps the good and sets aside the bad by path and expectation, never by content', () => {
    const { kept, rejected } = parseEach(
      Row,
      [
        { id: 1, at: '2026-01-05T08:00:00Z' },
        { id: 'x2', at: 'jane@example.com' },
        { at: '2026-01-05T08:00:00Z' },
        'planted text',
        { id: '9007199254740993', at: '2026-01-05T08:00:00+01:00', nested: { n: 'planted' } },
      ],
      'tickets',
    );
    expect(kept).toEqual([
      { id: '1', at: new Date('2026-01-05T08:00:00Z') },
      { id: '9007199254740993', at: new Date('2026-01-05T07:00:00Z') },
    ]);
    expect(rejected.map((r) => [r.code, r.ref, r.path, r.detail])).toEqual([
      ['RECORD_REJECTED', 'x2', 'at', 'expected: an instant, found string'],
      ['RECORD_REJECTED', '#2', 'id', 'expected one of several forms, found nothing'],
      ['RECORD_REJECTED', '#3', '', 'expected object, found string'],
      ['CELL_REJECTED', '9007199254740993', 'nested.n', 'expected number, found string'],
    ]);
    expect(JSON.stringify(rejected)).not.toMatch(/planted|jane/);
  });

  it('gives empty lists for an empty page', () => {
    expect(parseEach(Row, [], 'tickets')).toEqual({ kept: [], rejected: [] });
  });
});

describe('refOf', () => {
  it.each([
    [{ id: 7 }, '7'],
    [{ Id: '500xx' }, '500xx'],
    [{ sys_id: '9d385017c611228701d22104cc95c371' }, '9d385017c611228701d22104cc95c371'],
    [{ id: 'of another', sys_id: '1' }, '1'],
    [{ _id: '59154d0b728c2904421f0ab6' }, '59154d0b728c2904421f0ab6'],
    [{ id: null }, '#3'],
    [{ id: 'Jane Doe' }, '#3'],
    ['text', '#3'],
  ])('%j is named %s', (item, name) => expect(refOf(item, 3)).toBe(name));
});

describe('MaybeId', () => {
  it.each([
    [null, null],
    [undefined, null],
    ['', null],
    [-1, null],
    [0, null],
    [5, '5'],
    ['9007199254740993', '9007199254740993'],
    ['01HG80ATNN', '01HG80ATNN'],
  ])('%j', (value, expected) => {
    expect(MaybeId.parse(value)).toBe(expected);
  });
});

describe('the Maybe schemas', () => {
  it('give null for absent keys, nulls and, where text, the empty text', () => {
    const All = z.object({ id: MaybeId, at: MaybeInstant, text: MaybeText, n: MaybeNumber, i: MaybeInt, b: MaybeBool });
    const nothing = { id: null, at: null, text: null, n: null, i: null, b: null };
    expect(All.parse({})).toEqual(nothing);
    expect(All.parse(nothing)).toEqual(nothing);
    expect(All.parse({ id: '', at: '', text: '' })).toEqual(nothing);
    expect(All.safeParse({ at: 'yesterday' }).success).toBe(false);
  });
});

describe('createLoopGuard', () => {
  it('throws at the second sight of a cursor', () => {
    const guard = createLoopGuard('tickets');
    guard.step('a');
    guard.step('b');
    expect(() => guard.step('a')).toThrow(expect.objectContaining({ code: 'VENDOR_LOOP' }));
  });
});

describe('readRetryAfter', () => {
  const now = new Date('2026-01-05T08:00:00Z');
  // RFC 9110 10.2.3: delta-seconds or HTTP-date.
  it.each([
    [{ 'retry-after': '93' }, 93_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Mon, 05 Jan 2026 08:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Mon, 05 Jan 2026 07:00:00 GMT' }, 0],
    [{ 'retry-after': 'Mon, 05 Jan 2026 08:01:00 GMT', date: 'Mon, 05 Jan 2026 08:00:50 GMT' }, 10_000],
    [{ 'retry-after': 'soon' }, null],
    [{ 'rate-limit-reset': '41' }, 41_000],
    [{ 'x-ratelimit-reset': '1767600060' }, 60_000],
    [{}, null],
  ])('%j', (headers: Record<string, string>, expected) => {
    expect(readRetryAfter(headers, now)).toBe(expected);
  });

  it('reads a reset header of a vendor that has one of its own', () => {
    expect(readRetryAfter({ 'x-ratelimit-retry-after': '10' }, now, 'x-ratelimit-retry-after')).toBe(10_000);
    expect(readRetryAfter({ 'x-ratelimit-retry-after': '10' }, now)).toBeNull();
  });

  it('reads the vendor spellings of limits', () => {
    expect(
      readRateHeaders({ 'x-rate-limit': '700', 'x-rate-limit-remaining': '0', 'rate-limit-reset': '5' }, now),
    ).toEqual({
      limit: 700,
      remaining: 0,
      resetMs: 5_000,
    });
    expect(readRateHeaders({}, now)).toEqual({ limit: null, remaining: null, resetMs: null });
  });
});
