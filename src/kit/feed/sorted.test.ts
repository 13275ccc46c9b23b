import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentHttp } from '../../../test/harness/fake-http.ts';
import type { ConnectorContext } from '../connector.ts';
import type { HttpClient } from '../http.ts';
import { HttpStatusError } from '../http-status-error.ts';
import { cursor } from '../page/cursor.ts';
import { sorted } from './sorted.ts';

interface Row {
  readonly id: number;
  changed: string;
}
const Row = z.looseObject({ id: z.int(), changed: z.string() });
const day = (n: number) => `2026-03-0${n}T00:00:00.000Z`;

interface Walk {
  readonly until: string;
  readonly from?: string | null;
  /** Before the request of that number is answered. */
  readonly before?: (request: number) => void;
  readonly expired?: boolean;
}

/** A list of two rows a page whose cursor is the last value, and what one read of it gives. */
async function walk(rows: readonly Row[], { until, from = null, before = () => {}, expired = false }: Walk) {
  const asked: Record<string, unknown>[] = [];
  const getJson: HttpClient['getJson'] = async ({ query = {}, schema }) => {
    before(asked.push(query));
    const sign = query.sort === 'desc' ? -1 : 1;
    const after = query.cursor === undefined ? null : String(query.cursor);
    // Once more is asked, as a refusal may be a passing one.
    if (expired && asked.length <= 2)
      throw new HttpStatusError('VENDOR_BROKEN', 400, null, '/list', 'Run the sync again.');
    const order = rows.toSorted((a, b) => sign * (a.changed < b.changed ? -1 : 1));
    const rest = order.filter((row) => after === null || (sign > 0 ? row.changed > after : row.changed < after));
    const shown = rest.slice(0, 2);
    const next = rest.length > 2 ? shown[1]?.changed : null;
    const data = schema.parse(structuredClone({ rows: shown, next }));
    return { data, status: 200, date: null, headers: {}, bytes: 0, empty: false };
  };
  const feed = sorted<ConnectorContext<unknown>, Row>({
    id: 'list',
    title: 'List',
    fills: {},
    words: { permission: 'Ask.' },
    path: '/list',
    at: 'rows',
    page: cursor({ at: 'next', param: 'cursor' }),
    rows: Row,
    by: { fields: ['changed'], oldestFirst: { sort: 'asc' }, newestFirst: { sort: 'desc' }, cursor: 'cursor' },
    start: () => new Date(day(2)),
    map: (found) => ({ ticket: found.map((row) => ({ ...row })) as never[] }),
  });
  const context = {
    http: silentHttp({ getJson }),
    signal: new AbortController().signal,
    until: new Date(until),
    settings: {},
    pseudonymise: (_kind: string, value: string) => value,
  };
  const given: string[] = [];
  const checkpoints: string[] = [];
  for await (const page of feed.read(context, from)) {
    given.push(
      ...((page.records.ticket ?? []) as unknown as Row[]).map((row) => `${row.id}@${row.changed.slice(8, 10)}`),
    );
    checkpoints.push(page.checkpoint);
  }
  return { given, checkpoints, asked };
}

const list = (): Row[] => [1, 2, 3, 4, 5].map((id) => ({ id, changed: day(id) }));

describe('a list that can only be sorted', () => {
  it('is walked from the oldest change on, from the first instant to the bound', async () => {
    const { given, asked } = await walk(list(), { until: day(4) });
    expect(given).toEqual(['2@02', '3@03', '4@04']);
    expect(asked.map((query) => [query.sort, query.cursor])).toEqual([
      ['asc', undefined],
      ['asc', day(2)],
      ['asc', day(4)],
    ]);
  });

  it('gives what changes meanwhile again, and passes over nothing', async () => {
    const rows = list();
    const { given } = await walk(rows, {
      until: day(9),
      before: (request) => {
        if (request === 2) Object.assign(rows[1] as Row, { changed: day(6) });
      },
    });
    expect(given).toEqual(['2@02', '3@03', '4@04', '5@05', '2@06']);
  });

  it('goes on behind each page, and begins anew where the vendor no longer takes the place', async () => {
    const whole = await walk(list(), { until: day(9) });
    const rest = await walk(list(), { until: day(9), from: whole.checkpoints[0] ?? null });
    expect([rest.asked[0]?.cursor, rest.given]).toEqual([day(2), ['3@03', '4@04', '5@05']]);
    const anew = await walk(list(), { until: day(9), from: whole.checkpoints[0] ?? null, expired: true });
    expect(anew.asked.map((query) => query.cursor)).toEqual([day(2), day(2), undefined, day(2), day(4)]);
    expect(anew.given).toEqual(whole.given);
  });

  it('is read back from the newest change afterwards, until a whole page is older', async () => {
    const done = (await walk(list(), { until: day(5) })).checkpoints.at(-1) ?? null;
    const rows = list();
    Object.assign(rows[0] as Row, { changed: day(7) });
    Object.assign(rows[1] as Row, { changed: day(9) });
    const { given, asked } = await walk(rows, { until: day(8), from: done });
    // 2 changed behind the bound; 5 lies in the overlap.
    expect(given).toEqual(['1@07', '5@05']);
    expect(asked.map((query) => query.sort)).toEqual(['desc', 'desc', 'desc']);
    expect((await walk(rows, { until: day(5), from: done })).asked).toEqual([]);
  });
});
