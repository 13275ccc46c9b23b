import { describe, expect, it } from 'vitest';
import type { HttpClient } from '../../src/kit/http.ts';
import { type Reader, walkPages } from '../../src/kit/page/pager.ts';
import { silentHttp } from '../../test/harness/fake-http.ts';
import { type FakeRt, pageOf } from '../../test/harness/request-tracker.ts';
import { PAGES, walkIds } from './pages.ts';

const ROWS = Array.from({ length: 3000 }, (_, i) => ({ id: String(i + 1) }));

/** Lists `rows` as RT does, and counts what it is asked. */
function listingOf(rows: readonly { id: string }[], options: FakeRt): { reader: Reader; asked: () => number } {
  let asked = 0;
  const http: HttpClient = {
    ...silentHttp(),
    origin: 'https://rt.example.org',
    async getJson(request) {
      asked += 1;
      const url = new URL('https://rt.example.org/');
      for (const [name, value] of Object.entries(request.query ?? {}))
        if (value !== undefined) url.searchParams.set(name, String(value));
      const after = BigInt(/id > (\d+)/.exec(url.searchParams.get('query') ?? '')?.[1] ?? '0');
      const found = rows.filter((row) => BigInt(row.id) > after);
      const data = request.schema.parse(pageOf(found, url, { page: 100, ...options }, '/rows'));
      return { data, status: 200, date: null, headers: {}, bytes: 0, empty: false };
    },
  };
  return { reader: { http, signal: new AbortController().signal }, asked: () => asked };
}

async function idsOf(
  pages: AsyncIterable<{ readonly rows: readonly unknown[] } | { readonly items: readonly unknown[] }>,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pages)
    for (const row of 'items' in page ? page.items : page.rows) ids.push(String((row as { id: unknown }).id));
  return ids;
}

const ALL = { path: '/rows', where: 'EffectiveId > 0' };

describe('walkIds', () => {
  it.each<[string, FakeRt]>([
    ['totals given', {}],
    ['no totals', { totals: false }],
    ['newer RT that gives the last page again', { clamp: true }],
  ])('reads each row once and ends: %s', async (_, options) => {
    const { reader, asked } = listingOf(ROWS, options);
    expect(await idsOf(walkIds(reader, ALL))).toEqual(ROWS.map((row) => row.id));
    expect(asked()).toBeLessThanOrEqual(31);
  });

  it.each([
    ['first', (id: number) => id <= 1500],
    ['in the middle', (id: number) => id > 150 && id <= 2450],
    ['scattered', (id: number) => id % 3 !== 0],
    ['last, up to three pages', (id: number) => id > 2750],
  ])('goes past rows that may not be seen: %s', async (_, hides) => {
    const hidden = (_path: string, id: string) => hides(Number(id));
    const { reader, asked } = listingOf(ROWS, { totals: false, hidden });
    const visible = ROWS.map((row) => row.id).filter((id) => !hides(Number(id)));
    expect(await idsOf(walkIds(reader, ALL))).toEqual(visible);
    expect(asked()).toBeLessThan(60);
  });

  it('ends when nothing may be seen', async () => {
    const { reader, asked } = listingOf(ROWS, { totals: false, hidden: () => true });
    expect(await idsOf(walkIds(reader, ALL))).toEqual([]);
    expect(asked()).toBeLessThan(10);
  });

  it('ends on an empty list, and resumes behind an id', async () => {
    expect(await idsOf(walkIds(listingOf([], {}).reader, ALL, '0'))).toEqual([]);
    expect(await idsOf(walkIds(listingOf(ROWS, {}).reader, ALL, '2998'))).toEqual(['2999', '3000']);
    expect(await idsOf(walkIds(listingOf(ROWS, {}).reader, ALL, '3000'))).toEqual([]);
  });

  it('refuses rows that were asked to be left out', async () => {
    // The server looks at the first of two conditions only.
    const ignoring = { ...ALL, where: 'id > 0' };
    await expect(idsOf(walkIds(listingOf(ROWS, {}).reader, ignoring, '5'))).rejects.toMatchObject({
      code: 'VENDOR_LOOP',
    });
  });

  it('refuses a list that is counted but not given', async () => {
    const { reader } = listingOf(ROWS, { hidden: () => true });
    await expect(idsOf(walkIds(reader, ALL))).rejects.toMatchObject({ code: 'VENDOR_BROKEN' });
  });
});

const walkList = (reader: Reader) => walkPages(reader, PAGES, { path: '/rows' }, { at: 'items', place: 'rows' });

describe('short lists', () => {
  it.each<[string, FakeRt]>([
    ['totals given', {}],
    ['no totals', { totals: false }],
    ['last page again', { clamp: true }],
    ['no totals and short pages', { totals: false, hidden: (_, id) => Number(id) % 2 === 0 }],
  ])('reads each row once and ends: %s', async (_, options) => {
    const rows = ROWS.slice(0, 450);
    const { reader, asked } = listingOf(rows, options);
    const visible = rows.map((row) => row.id).filter((id) => options.hidden?.('', id) !== true);
    expect(await idsOf(walkList(reader))).toEqual(visible);
    expect(asked()).toBeLessThanOrEqual(8);
  });

  it('ends although the announced total is never reached', async () => {
    const { reader, asked } = listingOf(ROWS.slice(0, 250), { clamp: true, hidden: (_, id) => id === '7' });
    expect(await idsOf(walkList(reader))).toHaveLength(249);
    expect(asked()).toBeLessThanOrEqual(4);
  });
});
