import { describe, expect, it } from 'vitest';
import { silentHttp } from '../../../test/harness/fake-http.ts';
import type { HttpClient } from '../http.ts';
import { offset, onePage, pageNumber } from './counted.ts';
import { cursor, nextLink } from './cursor.ts';
import { keyset } from './keyset.ts';
import { linkHeader, nextOfLink } from './link-header.ts';
import { type PageAsk, type Pager, walkPages } from './pager.ts';

interface Reply {
  readonly data: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly empty?: boolean;
}

async function walk(pager: Pager, answer: (ask: PageAsk, number: number) => Reply, at?: string) {
  const asked: PageAsk[] = [];
  const getJson: HttpClient['getJson'] = async ({ schema, signal: _signal, ...ask }) => {
    asked.push(ask);
    const { data, headers = {}, empty = false } = answer(ask, asked.length);
    return { data: schema.parse(data), status: 200, date: null, headers, bytes: 0, empty };
  };
  const reader = { http: silentHttp({ getJson }), signal: new AbortController().signal };
  const rows: unknown[] = [];
  const place = at === undefined ? { place: 'list' } : { at, place: 'list' };
  for await (const page of walkPages(reader, pager, { path: '/list' }, place)) rows.push(...page.rows);
  return { rows, asked };
}

const ids = (...all: number[]) => all.map((id) => ({ id }));
const size = { param: 'limit', rows: 2 };

describe('linkHeader', () => {
  const pager = linkHeader({ size, page: 'page', lastPage: 3 });

  it.each([
    ['<https://a.example/x?page=2>; rel="next"', 'https://a.example/x?page=2'],
    ['<https://a.example/x?page=1>; rel="prev", </x?page=3>; rel=next', '/x?page=3'],
    ['</x?a=1,2&page=9>; title="a, b"; rel="last next"', '/x?a=1,2&page=9'],
    ['</x>; rel="nextish"', null],
    [undefined, null],
  ])('reads %s', (header, expected) => expect(nextOfLink(header)).toBe(expected));

  it('proves the end behind a full page that names no next one', async () => {
    const { rows, asked } = await walk(pager, (ask) => ({ data: ask.query?.page === undefined ? ids(1, 2) : [] }));
    expect(rows).toEqual(ids(1, 2));
    expect(asked.map((ask) => ask.query)).toEqual([{ limit: 2 }, { limit: 2, page: 2 }]);
  });

  it('says that the vendor pages no further', async () => {
    const more = (_ask: PageAsk, n: number): Reply => ({
      data: ids(n),
      headers: { link: `</list?page=${n + 1}>; rel="next"` },
    });
    await expect(walk(pager, more)).rejects.toMatchObject({ code: 'VENDOR_CUT' });
  });
});

describe('nextLink and cursor', () => {
  it('follow the vendor until it names no next page', async () => {
    const pages = [
      { items: ids(1), next: '/list?c=2' },
      { items: ids(2), next: '' },
    ];
    const { rows, asked } = await walk(nextLink({ at: 'next' }), (_ask, n) => ({ data: pages[n - 1] }), 'items');
    expect([rows, asked[1]?.next]).toEqual([ids(1, 2), '/list?c=2']);
  });

  it('take only the token of a next page that lies on another host', async () => {
    const pages = [
      { items: ids(1), next: 'https://acme.example/list?limit=2&page_token=x' },
      { items: ids(2), next: null },
    ];
    const pager = nextLink({ at: 'next', token: 'page_token', size });
    const { rows, asked } = await walk(pager, (_ask, n) => ({ data: pages[n - 1] }), 'items');
    expect([rows, asked[1]?.next, asked[1]?.query]).toEqual([ids(1, 2), undefined, { limit: 2, page_token: 'x' }]);
    const lost = walk(pager, () => ({ data: { items: ids(1), next: 'https://acme.example/list' } }), 'items');
    await expect(lost).rejects.toMatchObject({ code: 'VENDOR_BROKEN' });
    // Nothing at all is no list: of a first page it may be true, of one that was named it is not.
    const gone = (from: number) =>
      walk(pager, (_ask, n) => (n === from ? { data: null, empty: true } : { data: pages[n - 1] }), 'items');
    expect((await gone(1)).rows).toEqual([]);
    await expect(gone(2)).rejects.toMatchObject({ code: 'VENDOR_BROKEN' });
  });

  it('send a cursor in the query, or in the body of a search', async () => {
    const pages = [{ rows: ids(1), paging: { next: { after: 'x' } } }, { rows: ids(2) }];
    const inQuery = await walk(
      cursor({ at: 'paging.next.after', param: 'after' }),
      (_ask, n) => ({ data: pages[n - 1] }),
      'rows',
    );
    expect(inQuery.asked[1]?.query).toEqual({ after: 'x' });
    const inBody = await walk(
      cursor({ at: 'paging.next.after', param: 'pagination.starting_after', inBody: true }),
      (_ask, n) => ({ data: pages[n - 1] }),
      'rows',
    );
    expect(inBody.asked[1]?.body).toEqual({ pagination: { starting_after: 'x' } });
  });

  it('stop at a cursor that comes again', async () => {
    const same = (_ask: PageAsk, n: number): Reply => ({ data: { rows: ids(n), next: 'x' } });
    await expect(walk(cursor({ at: 'next', param: 'c' }), same, 'rows')).rejects.toMatchObject({ code: 'VENDOR_LOOP' });
  });
});

describe('offset and pageNumber', () => {
  it('leave the size of a page to a vendor that fixes it', async () => {
    const pages = [ids(1, 2), ids(3)];
    const answer = (_ask: PageAsk, n: number): Reply => ({ data: { rows: pages[n - 1], pages: 2 } });
    const { rows, asked } = await walk(pageNumber({ param: 'page', pages: 'pages' }), answer, 'rows');
    expect(rows).toEqual(ids(1, 2, 3));
    expect(asked.map((ask) => ask.query)).toEqual([{ page: 1 }, { page: 2 }]);
  });

  it('go to the total of the vendor, also over pages that hidden rows leave short', async () => {
    const pages = [ids(1, 2), ids(3), ids(5)];
    const counted = (_ask: PageAsk, n: number): Reply => ({ data: { rows: pages[n - 1], total: 5 } });
    expect((await walk(offset({ param: 'start', size, total: 'total' }), counted, 'rows')).rows).toEqual(
      ids(1, 2, 3, 5),
    );
    expect((await walk(pageNumber({ param: 'page', size, total: 'total' }), counted, 'rows')).rows).toEqual(
      ids(1, 2, 3, 5),
    );
  });

  it('go on behind what the vendor says to have given, when that is less than it was asked for', async () => {
    const pages = [ids(1, 2), ids(3, 4), ids(5)];
    const capped = (_ask: PageAsk, n: number): Reply => ({ data: { rows: pages[n - 1], total: 5, limit: 2 } });
    const ten = { param: 'limit', rows: 10 };
    const { rows, asked } = await walk(
      offset({ param: 'start', size: ten, total: 'total', given: 'limit' }),
      capped,
      'rows',
    );
    expect(rows).toEqual(ids(1, 2, 3, 4, 5));
    expect(asked.map((ask) => ask.query?.start)).toEqual([0, 2, 4]);
  });

  it('go where the Link header says, and over pages of which all rows are hidden', async () => {
    const pager = offset({
      param: 'at',
      size: { param: 'limit', rows: 3 },
      total: 'header:x-total-count',
      link: true,
      hides: true,
    });
    const pages: Reply[] = [
      { data: ids(1, 2), headers: { 'x-total-count': '7', link: '</list?at=2&limit=2>;rel="next"' } },
      { data: [], headers: { 'x-total-count': '7', link: '</list?at=4&limit=2>;rel="next"' } },
      { data: ids(3), headers: { 'x-total-count': '7' } },
    ];
    const { rows, asked } = await walk(pager, (_ask, n) => pages[n - 1] as Reply);
    expect(rows).toEqual(ids(1, 2, 3));
    expect(asked.map((ask) => ask.query?.at)).toEqual([0, 2, 4]);
  });

  it('without a total take an empty page for the end, not a short one', async () => {
    const pages = [ids(1, 2), ids(3), ids(4, 5), []];
    const plain = (_ask: PageAsk, n: number): Reply => ({ data: pages[n - 1] });
    const { rows, asked } = await walk(offset({ param: 'start', size }), plain);
    expect(rows).toEqual(ids(1, 2, 3, 4, 5));
    expect(asked.map((ask) => ask.query?.start)).toEqual([0, 2, 4, 6]);
  });

  it('go on over as many empty pages as a list of unknown length may hide, and over what stands in the place of a row', async () => {
    const pages = [ids(1, 2), [], [], ['', { id: 3 }], [], [], [], ids(4)];
    const patient = { ...pageNumber({ param: 'page', patience: 3 }), isRow: (one: unknown) => one !== '' };
    const { rows, asked } = await walk(patient, (ask) => ({ data: pages[Number(ask.query?.page) - 1] }));
    expect([rows, asked.length]).toEqual([ids(1, 2, 3), 7]);
  });

  it('count by the ids given where the vendor may give fewer rows than it is asked for', async () => {
    const pages = [[...ids(1), ...ids(1), { id: null }], ids(2, 3), []];
    const { rows, asked } = await walk(offset({ param: 'from', size, byRows: true }), (_ask, n) => ({
      data: pages[n - 1],
    }));
    expect(rows).toHaveLength(4);
    expect(asked.map(({ query }) => query?.from)).toEqual([0, 1, 3]);
  });

  it('say that the vendor gives no place behind its last one', async () => {
    const endless = (_ask: PageAsk, n: number): Reply => ({ data: ids(2 * n, 2 * n + 1) });
    await expect(walk(offset({ param: 'from', size, last: 5 }), endless)).rejects.toMatchObject({
      code: 'VENDOR_CUT',
      message: expect.stringContaining('row 5'),
    });
    const ended = (ask: PageAsk, n: number): Reply => ({ data: ask.query?.from === 4 ? [] : ids(2 * n, 2 * n + 1) });
    expect((await walk(offset({ param: 'from', size, last: 5 }), ended)).rows).toEqual(ids(2, 3, 4, 5));
  });

  it('fail when rows end before the total', async () => {
    const short = (_ask: PageAsk, n: number): Reply => ({ data: { rows: n === 1 ? ids(1, 2) : [], total: 9 } });
    await expect(walk(offset({ param: 'start', size, total: 'total' }), short, 'rows')).rejects.toMatchObject({
      code: 'VENDOR_BROKEN',
      message: 'The helpdesk counts 9 rows of /list and gives 2.',
    });
  });

  it('give a row that moved to a later page once', async () => {
    const pages = [ids(1, 2), ids(2, 3), []];
    expect((await walk(pageNumber({ param: 'page', size }), (_ask, n) => ({ data: pages[n - 1] }))).rows).toEqual(
      ids(1, 2, 3),
    );
  });
});

describe('keyset', () => {
  const pager = keyset({
    ask: (after) => ({ query: `id>${after ?? 0}` }),
    key: (row) => String((row as { id: number }).id),
  });

  it('asks for what is behind the last row until nothing is', async () => {
    const pages = [ids(1, 2), ids(7), []];
    const { rows, asked } = await walk(pager, (_ask, n) => ({ data: pages[n - 1] }));
    expect(rows).toEqual(ids(1, 2, 7));
    expect(asked.map((ask) => ask.query?.query)).toEqual(['id>0', 'id>2', 'id>7']);
  });

  it('stops when the vendor ignores the question', async () => {
    await expect(walk(pager, () => ({ data: ids(1) }))).rejects.toMatchObject({ code: 'VENDOR_LOOP' });
  });
});

describe('a reply', () => {
  it('without a body is an empty page, one without its list is broken', async () => {
    expect((await walk(onePage(), () => ({ data: null, empty: true }), 'rows')).rows).toEqual([]);
    await expect(walk(onePage(), () => ({ data: { note: 1 } }), 'rows')).rejects.toMatchObject({
      code: 'VENDOR_BROKEN',
    });
  });

  it.each([
    ['nextLink', nextLink({ at: 'next', more: 'meta.has_more' })],
    ['cursor', cursor({ at: 'next', param: 'after', more: 'meta.has_more' })],
  ])('%s goes on where more is said to follow, and takes a page that is not named for no end', async (_name, pager) => {
    const says = (has_more: unknown, next: unknown) =>
      walk(pager, () => ({ data: { rows: ids(1), meta: { has_more }, next } }), 'rows');
    await expect(says(true, null)).rejects.toMatchObject({ code: 'VENDOR_BROKEN' });
    await expect(says(true, '')).rejects.toMatchObject({ code: 'VENDOR_BROKEN' });
    expect((await says(false, 'x')).rows).toHaveLength(1);
    expect((await says(undefined, null)).rows).toHaveLength(1);
  });
});
