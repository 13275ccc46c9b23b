import { describe, expect, it } from 'vitest';
import { silentHttp } from '../../../test/harness/fake-http.ts';
import type { HttpClient } from '../http.ts';
import { pageNumber } from '../page/counted.ts';
import { linkHeader } from '../page/link-header.ts';
import { SINCE_BEGIN, type Since, type SinceState, walkSince } from './since.ts';

interface Row {
  id: number;
  at: string;
}

const NOW = new Date('2026-03-01T12:00:00Z');
const at = (second: number): string => new Date(NOW.getTime() - 3_600_000 + second * 1000).toISOString();

interface Vendor {
  readonly rows: Row[];
  readonly size: number;
  readonly sorts: boolean;
  readonly lastPage?: number;
  /** Before the request of this number is answered. */
  readonly before?: (request: number) => void;
}

/** A list by `since` in pages by number. Gives the ids read, the states behind each page and what was asked. */
async function walk(vendor: Vendor, state: SinceState = SINCE_BEGIN, until = NOW) {
  const asked: string[] = [];
  const getJson: HttpClient['getJson'] = async (request) => {
    const query =
      request.next === undefined
        ? request.query
        : Object.fromEntries(new URL(request.next, 'https://desk.example').searchParams);
    const page = Number(query?.page ?? 1);
    asked.push(`${String(query?.since)} page ${page}`);
    vendor.before?.(asked.length);
    const later = vendor.rows.filter((row) => Date.parse(row.at) >= Date.parse(String(query?.since)));
    const sorted = vendor.sorts ? later.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) : later;
    const shown = structuredClone(sorted.slice((page - 1) * vendor.size, page * vendor.size));
    const headers: Record<string, string> =
      page * vendor.size < sorted.length
        ? { link: `</list?since=${String(query?.since)}&page=${page + 1}>; rel="next"` }
        : {};
    return { data: request.schema.parse(shown), status: 200, date: NOW, headers, bytes: 0, empty: false };
  };
  const by: Since = { param: 'since', field: 'at', ...(vendor.sorts ? { order: { sort: 'at' } } : {}) };
  const size = { param: 'per_page', rows: 100 };
  const pager = linkHeader(
    vendor.lastPage === undefined ? { size, page: 'page' } : { size, page: 'page', lastPage: vendor.lastPage },
  );
  const pages: { ids: number[]; state: SinceState }[] = [];
  const reader = { http: silentHttp({ getJson }), signal: new AbortController().signal };
  for await (const page of walkSince({
    reader,
    pager,
    ask: { path: '/list' },
    place: { place: 'list' },
    by,
    start: new Date(0),
    until,
    state,
  }))
    pages.push({ ids: page.fresh.map((row) => (row as Row).id), state: page.state });
  return { pages, asked, ids: pages.flatMap((page) => page.ids), end: pages.at(-1)?.state as SinceState };
}

const rowsAt = (...seconds: number[]): Row[] => seconds.map((second, i) => ({ id: i + 1, at: at(second) }));

describe('a walk by the last change', () => {
  it('asks for every page anew from the last instant, so that a row that moves to the end takes none with it', async () => {
    const rows = rowsAt(0, 10, 20, 30, 40, 50);
    const moved = await walk({
      rows,
      size: 2,
      sorts: true,
      // By page numbers row 3 would now be the second row of page 1, and never be given.
      before: (request) => {
        if (request === 2) (rows[0] as Row).at = at(100);
      },
    });
    expect([...new Set(moved.ids)].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(moved.asked.every((one) => one.endsWith('page 1'))).toBe(true);
  });

  it('pages through rows that share an instant, over any number of pages, each once', async () => {
    const { ids } = await walk({ rows: rowsAt(0, 10, 10, 10, 10, 10, 20), size: 2, sorts: true });
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('says so when more share an instant than the vendor pages through', async () => {
    const vendor = { rows: rowsAt(10, 10, 10, 10, 10, 10, 10), size: 2, sorts: true, lastPage: 2 };
    await expect(walk(vendor)).rejects.toMatchObject({ code: 'VENDOR_CUT' });
  });

  it('gives each version once when it goes on from any of its states, and what has changed since', async () => {
    const rows = rowsAt(0, 10, 10, 10, 20, 30);
    const until = new Date(at(35));
    const { pages } = await walk({ rows, size: 2, sorts: true }, SINCE_BEGIN, until);
    for (const [i, page] of pages.entries()) {
      const rest = await walk({ rows, size: 2, sorts: true }, page.state, until);
      const before = pages.slice(0, i + 1).flatMap((one) => one.ids);
      expect([...before, ...rest.ids], `behind page ${i + 1}`).toEqual([1, 2, 3, 4, 5, 6]);
    }
    const changed = rows.map((row) => (row.id === 3 ? { ...row, at: at(40) } : row));
    expect((await walk({ rows: changed, size: 2, sorts: true }, pages.at(-1)?.state)).ids).toEqual([3]);
  });

  it('leaves rows after its end to the next one', async () => {
    const rows = rowsAt(0, 10, 20, 30);
    const first = await walk({ rows, size: 2, sorts: true }, SINCE_BEGIN, new Date(at(15)));
    expect(first.ids).toEqual([1, 2]);
    expect(first.end.to).toBe(at(15));
    expect((await walk({ rows, size: 2, sorts: true }, first.end)).ids).toEqual([3, 4]);
  });

  it('reads again what is stamped within the overlap and was shown late', async () => {
    const rows = rowsAt(0, 10);
    const first = await walk({ rows, size: 2, sorts: true }, SINCE_BEGIN, new Date(at(30)));
    const late = [...rows, { id: 3, at: at(5) }];
    expect((await walk({ rows: late, size: 2, sorts: true }, first.end)).ids).toEqual([3]);
  });

  it('walks a list without order by its pages, saves nothing before its end, and again until nothing is new', async () => {
    const rows = rowsAt(30, 0, 20, 10, 40);
    const plain = await walk({ rows, size: 2, sorts: false });
    expect(plain.ids).toEqual([1, 2, 3, 4, 5]);
    expect(plain.pages.slice(0, -1).every((page) => page.state.at === null)).toBe(true);
    const shifting = [...rows];
    const shifted = await walk({
      rows: shifting,
      size: 2,
      sorts: false,
      before: (request) => {
        // A row leaves the first page, so that the first of the second one is passed over.
        if (request === 2) shifting.push({ ...(shifting.shift() as Row), at: at(50) });
      },
    });
    expect([...new Set(shifted.ids)].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps its order with a vendor that rounds the question down to whole minutes, by an instant inside a record', async () => {
    const rows = rowsAt(0, 90, 100, 110, 200, 400).map((row) => ({ id: row.id, fields: { at: row.at } }));
    const getJson: HttpClient['getJson'] = async (request) => {
      const { since, page = 1 } = (
        request.next === undefined
          ? request.query
          : Object.fromEntries(new URL(request.next, 'https://desk.example').searchParams)
      ) as Record<string, string>;
      const minute = Math.floor(Date.parse(String(since)) / 60_000) * 60_000;
      const later = rows.filter((row) => Date.parse(row.fields.at) >= minute);
      const shown = later.slice((Number(page) - 1) * 2, Number(page) * 2);
      const headers: Record<string, string> =
        Number(page) * 2 < later.length ? { link: `</list?since=${since}&page=${Number(page) + 1}>; rel="next"` } : {};
      return { data: request.schema.parse(shown), status: 200, date: NOW, headers, bytes: 0, empty: false };
    };
    const ids: number[] = [];
    const saved: (string | null)[] = [];
    for await (const page of walkSince({
      reader: { http: silentHttp({ getJson }), signal: new AbortController().signal },
      pager: linkHeader({ size: { param: 'per_page', rows: 2 }, page: 'page' }),
      ask: { path: '/list' },
      place: { place: 'list' },
      by: { param: 'since', field: 'fields.at', order: {}, grainS: 60 },
      start: new Date(0),
      until: NOW,
      state: SINCE_BEGIN,
    })) {
      ids.push(...page.fresh.map((row) => (row as Row).id));
      saved.push(page.state.at);
    }
    expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
    // In order, so that each page can be the last of a process.
    expect(saved[0]).toBe(at(90));
  });

  it('stops when the vendor gives the same page again and again', async () => {
    const getJson: HttpClient['getJson'] = async (request) => ({
      data: request.schema.parse([{ id: 1, at: at(0) }]),
      status: 200,
      date: NOW,
      headers: { link: '</list?page=2>; rel="next"' },
      bytes: 0,
      empty: false,
    });
    const walked = walkSince({
      reader: { http: silentHttp({ getJson }), signal: new AbortController().signal },
      pager: linkHeader({ size: { param: 'per_page', rows: 1 }, page: 'page' }),
      ask: { path: '/list' },
      place: { place: 'list' },
      by: { param: 'since', field: 'at', order: { sort: 'at' } },
      start: new Date(0),
      until: NOW,
      state: SINCE_BEGIN,
    });
    const all = async () => {
      for await (const _ of walked);
    };
    await expect(all()).rejects.toMatchObject({ code: 'VENDOR_LOOP' });
  });

  it('stops when numbered pages repeat whose rows are named by a key of the vendor', async () => {
    const getJson: HttpClient['getJson'] = async (request) => ({
      data: request.schema.parse([{ uid: 1, at: at(1) }]),
      status: 200,
      date: NOW,
      headers: {},
      bytes: 0,
      empty: false,
    });
    const walked = walkSince({
      reader: { http: silentHttp({ getJson }), signal: new AbortController().signal },
      pager: pageNumber({ param: 'page', size: { param: 'limit', rows: 100 } }),
      ask: { path: '/list' },
      place: { place: 'list' },
      by: { field: 'at', id: 'uid', spanS: 4e9 },
      start: new Date(0),
      until: NOW,
      state: SINCE_BEGIN,
    });
    const all = async () => {
      let pages = 0;
      for await (const _ of walked) if (++pages > 50) throw new Error('goes on');
    };
    await expect(all()).rejects.toMatchObject({ code: 'VENDOR_LOOP' });
  });
});
