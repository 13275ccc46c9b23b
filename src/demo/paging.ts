/** The page shapes of the vendor. Rows are looked up, shown one page at a time, and never copied whole. */

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export const NOT_FOUND: Reply = { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } };
export const FORBIDDEN: Reply = {
  status: 403,
  body: {
    error: {
      title: 'Forbidden',
      message:
        'You do not have access to this page. Please contact the account owner of this help desk for further help.',
    },
  },
};
export const UNAUTHORISED: Reply = { status: 401, body: { error: "Couldn't authenticate you" } };

function refuse(status: number, description: string): Reply {
  return { status, body: { error: 'InvalidValue', description } };
}

/** Rows in the order of an export: by time, then by id. */
export interface ExportRows<T> {
  readonly rows: readonly T[];
  readonly at: (row: T) => number;
  readonly id: (row: T) => number;
  readonly show: (row: T) => Record<string, unknown>;
}

export interface Ask {
  readonly query: URLSearchParams;
  readonly url: string;
  readonly path: string;
  /** Simulated now, unix seconds. */
  readonly now: number;
  /** Overrides the size that was asked for. */
  readonly pageSize?: number | undefined;
  /** Adds what else a reply carries, from the rows of its page. */
  readonly extra?: (shown: readonly Record<string, unknown>[]) => Record<string, unknown>;
}

/** The newest minute is not exported. */
const SETTLING_S = 60;

function readSize(ask: Ask, name: string, fallback: number, most: number): number {
  const asked = Number(ask.query.get(name) ?? fallback);
  return ask.pageSize ?? Math.max(1, Math.min(most, Number.isFinite(asked) ? Math.floor(asked) : fallback));
}

function firstAfter<T>(source: ExportRows<T>, at: number, id: number): number {
  let low = 0;
  let high = source.rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = source.rows[middle] as T;
    if (source.at(row) < at || (source.at(row) === at && source.id(row) <= id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readStart(ask: Ask): number | Reply {
  const text = ask.query.get('start_time');
  if (text === null || !/^\d+$/.test(text)) return refuse(400, 'start_time is required and is a Unix time in seconds');
  const start = Number(text);
  if (start > ask.now - SETTLING_S) return refuse(422, 'Too recent start_time. Use a start_time older than 1 minute');
  return start;
}

/** Cursor export: opaque cursor, the last one stays valid for the next sync. */
export function pageByCursor<T>(ask: Ask, key: string, source: ExportRows<T>): Reply {
  const cursor = ask.query.get('cursor');
  let after: { at: number; id: number };
  if (cursor !== null) {
    const decoded = /^(\d+)\.0\|\|(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
    if (decoded === null) return refuse(400, 'cursor is not valid');
    after = { at: Number(decoded[1]), id: Number(decoded[2]) };
  } else {
    const start = readStart(ask);
    if (typeof start !== 'number') return start;
    after = { at: start, id: -1 };
  }
  const from = firstAfter(source, after.at, after.id);
  const size = readSize(ask, 'per_page', 1000, 1000);
  const page: T[] = [];
  for (let index = from; index < source.rows.length && page.length < size; index++) {
    const row = source.rows[index] as T;
    if (source.at(row) > ask.now - SETTLING_S) break;
    page.push(row);
  }
  const last = page.at(-1);
  const next = source.rows[from + page.length];
  const place = last === undefined ? after : { at: source.at(last), id: source.id(last) };
  const afterCursor = Buffer.from(`${place.at}.0||${Math.max(0, place.id)}`).toString('base64');
  const shown = page.map(source.show);
  return ok({
    [key]: shown,
    ...ask.extra?.(shown),
    after_url: `${ask.url}${ask.path}.json?cursor=${encodeURIComponent(afterCursor)}${ask.query.has('per_page') ? `&per_page=${size}` : ''}${ask.query.has('include') ? `&include=${ask.query.get('include')}` : ''}`,
    after_cursor: afterCursor,
    before_url: null,
    before_cursor: null,
    end_of_stream: next === undefined || source.at(next) > ask.now - SETTLING_S,
  });
}

/** Time export: rows of one second are never split, so a page may be larger than asked. */
export function pageByTime<T>(ask: Ask, key: string, source: ExportRows<T>): Reply {
  const start = readStart(ask);
  if (typeof start !== 'number') return start;
  const size = readSize(ask, 'per_page', 1000, 1000);
  const from = firstAfter(source, start - 1, Number.POSITIVE_INFINITY);
  const page: T[] = [];
  let endTime = start;
  let ended = true;
  for (let index = from; index < source.rows.length; index++) {
    const row = source.rows[index] as T;
    const at = source.at(row);
    if (at > ask.now - SETTLING_S) break;
    // The first second alone would give the same start again, so a page always goes beyond it.
    if (page.length >= size && at !== endTime && endTime !== start) {
      ended = false;
      break;
    }
    page.push(row);
    endTime = at;
  }
  const shown = page.map(source.show);
  const include = ask.query.get('include');
  return ok({
    [key]: shown,
    ...ask.extra?.(shown),
    count: shown.length,
    end_of_stream: ended,
    end_time: endTime,
    next_page:
      page.length === 0
        ? null
        : `${ask.url}${ask.path}.json?${include === null ? '' : `include=${include}&`}start_time=${endTime}`,
  });
}

const OFFSET_PAGES_MOST = 100;
const START_CURSOR = Buffer.from('row:0').toString('base64');

/** Ordinary list, shown one page at a time: cursor pages when `page[size]` is asked, else numbered pages that stop at the hundredth. */
export function pageList<T>(
  ask: Ask,
  key: string,
  rows: readonly T[],
  cursorPages = true,
  show: (row: T) => unknown = (row) => row,
): Reply {
  if (cursorPages && ask.query.has('page[size]')) {
    const asked = Number(ask.query.get('page[size]'));
    if (!(asked >= 1 && asked <= 100))
      return {
        status: 400,
        body: { errors: [{ code: 'InvalidPaginationParameter', title: 'page[size] is not valid' }] },
      };
    const size = ask.pageSize ?? asked;
    const cursor = ask.query.get('page[after]');
    const place = /^row:(\d+)$/.exec(Buffer.from(cursor ?? START_CURSOR, 'base64').toString('utf8'));
    if (place === null)
      return {
        status: 400,
        body: { errors: [{ code: 'InvalidPaginationParameter', title: 'page[after] is not valid' }] },
      };
    const from = Number(place[1]);
    const page = rows.slice(from, from + size).map(show);
    const more = from + size < rows.length;
    const after = Buffer.from(`row:${from + page.length}`).toString('base64');
    const link = `${ask.url}${ask.path}.json?page%5Bafter%5D=${encodeURIComponent(after)}&page%5Bsize%5D=${asked}${keepFilters(ask.query)}`;
    return ok({
      [key]: page,
      meta: { has_more: more, after_cursor: page.length > 0 ? after : null, before_cursor: null },
      links: { next: more ? link : null, prev: null },
    });
  }
  const size = readSize(ask, 'per_page', 100, 100);
  const number = Math.max(1, Number(ask.query.get('page') ?? 1) || 1);
  if (number > OFFSET_PAGES_MOST)
    return refuse(400, 'Invalid page: use cursor-based pagination to go beyond 100 pages');
  const page = rows.slice((number - 1) * size, number * size).map(show);
  const link = (to: number): string =>
    `${ask.url}${ask.path}.json?page=${to}&per_page=${size}${keepFilters(ask.query)}`;
  return ok({
    [key]: page,
    count: rows.length,
    next_page: number * size < rows.length ? link(number + 1) : null,
    previous_page: number > 1 ? link(number - 1) : null,
  });
}

function keepFilters(query: URLSearchParams): string {
  const kept = [...query].filter(([name]) => !name.startsWith('page') && name !== 'per_page');
  return kept.map(([name, value]) => `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('');
}
