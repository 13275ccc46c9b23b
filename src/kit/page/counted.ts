import { PlumblineError } from '../../errors/plumbline-error.ts';
import { nextOfLink } from './link-header.ts';
import { type PageSize, sized, withQuery } from './page-size.ts';
import { type Page, type Pager, valueAt } from './pager.ts';

/**
 * Rows from a place on: Jira, ServiceNow, Redmine. Ends at the vendor's total where it gives one (`total`), else at an empty page: a page may be
 * short because rows on it may not be seen. Errors: VENDOR_BROKEN when rows end before the total.
 */
export function offset(options: {
  readonly param: string;
  readonly size: PageSize;
  readonly total?: string;
  /** Where the reply says how many rows a page has, when the vendor may give fewer than it is asked for. */
  readonly given?: string;
  /** The next place is counted by the ids given: the vendor may give fewer rows than it is asked for, without a word. A row met twice costs nothing. */
  readonly byRows?: boolean;
  /** The `Link` header names the place of the next page: that counts, as the vendor may give fewer rows than it is asked for. */
  readonly link?: boolean;
  /** The total counts rows that may not be seen, so that a page before it may be empty. */
  readonly hides?: boolean;
  /** The last place that may be asked for. */
  readonly last?: number;
}): Pager {
  return {
    first: (ask, rows) => sized(withQuery(ask, { [options.param]: 0 }), options.size, rows),
    after(page) {
      const named = options.link === true ? placeInLink(page, options.param) : null;
      if (named !== null) return { kind: 'more', ask: withQuery(page.ask, { [options.param]: named }) };
      const total = totalOf(page, options.total);
      const asked = rowsAskedFor(page, options);
      const start = Number(page.ask.query?.[options.param] ?? 0);
      // Else the next place is counted by what was asked for: hidden rows leave pages short.
      const place = start + asked;
      if (total === null ? page.rows.length === 0 : place >= total) return { kind: 'end' };
      if (page.rows.length === 0 && options.hides !== true) throw missingRows(page, total);
      if (options.last !== undefined && place > options.last) return { kind: 'cut', limit: `row ${options.last}` };
      return { kind: 'more', ask: withQuery(page.ask, { [options.param]: place }) };
    },
  };
}

/** How many rows the next page is away: what the reply says, else what came where that is sure to leave no gap, else what was asked for. */
function rowsAskedFor(
  page: Page,
  { byRows, given, size }: { readonly byRows?: boolean; readonly given?: string; readonly size: PageSize },
): number {
  const counted = byRows === true ? idsOf(page.rows) : 0;
  // Where the vendor should say how many rows a page has and does not, only what came is sure.
  const sure = given === undefined ? 0 : page.rows.length;
  return counted || totalOf(page, given) || sure || Number(page.ask.query?.[size.param] ?? size.rows);
}

function placeInLink(page: Page, param: string): number | null {
  const next = nextOfLink(page.headers.link);
  // Only the place is taken from the address, so that any base does.
  const place = next === null ? null : new URL(next, 'https://vendor.invalid').searchParams.get(param);
  return place !== null && /^\d+$/.test(place) ? Number(place) : null;
}

function idsOf(rows: readonly unknown[]): number {
  const ids = rows.map((row) => (typeof row === 'object' && row !== null && 'id' in row ? row.id : null));
  return new Set(ids.filter((id) => id !== null)).size;
}

/** Pages by number. Ends by the vendor's number of pages or rows where it gives one, else at an empty page. Errors: as offset. */
export function pageNumber(options: {
  readonly param: string;
  /** Absent = the vendor fixes it. */
  readonly size?: PageSize;
  /** Rows in all, or pages in all, as the reply states them. */
  readonly total?: string;
  readonly pages?: string;
  readonly first?: number;
  readonly lastPage?: number;
  /** Pages in a row without a row that end a list of unknown length, where rows that may not be seen leave pages empty; for lists that are read whole. @defaultValue 1 */
  readonly patience?: number;
}): Pager {
  const { param, size, first = 1, lastPage, patience = 1 } = options;
  return {
    first: (ask, rows) => sized(withQuery(ask, { [param]: first }), size, rows),
    after(page) {
      const number = Number(page.ask.query?.[param] ?? first);
      const total = totalOf(page, options.total);
      const pages = totalOf(page, options.pages) ?? pagesOf(total, page, size);
      const done = number - first + 1;
      if (pages === null ? page.barren >= patience : done >= pages) return { kind: 'end' };
      if (pages !== null && page.rows.length === 0) throw missingRows(page, total);
      if (lastPage !== undefined && number >= lastPage) return { kind: 'cut', limit: `page ${lastPage}` };
      return { kind: 'more', ask: withQuery(page.ask, { [param]: number + 1 }) };
    },
  };
}

function pagesOf(total: number | null, { ask }: Page, size: PageSize | undefined): number | null {
  return total === null || size === undefined ? null : Math.ceil(total / Number(ask.query?.[size.param] ?? size.rows));
}

/** The whole list in one reply. */
export function onePage(): Pager {
  return { first: (ask) => ask, after: () => ({ kind: 'end' }) };
}

/** What a reply counts, under a key or in a header (`header:x-total`); null where it does not say, or not so that it can be read. */
export function totalOf(page: Pick<Page, 'data' | 'headers'>, at: string | undefined): number | null {
  if (at === undefined) return null;
  const found = at.startsWith('header:') ? page.headers[at.slice('header:'.length)] : valueAt(page.data, at);
  const total = typeof found === 'string' && /^\d+$/.test(found) ? Number(found) : found;
  return typeof total === 'number' && total >= 0 ? total : null;
}

/** The vendor counts more rows than it gives. */
export function missingRows(page: Page, total: number | null): PlumblineError {
  return new PlumblineError(
    'VENDOR_BROKEN',
    `The helpdesk counts ${total ?? 'more'} rows of ${page.ask.path} and gives ${page.before}.`,
    'Nothing behind this place was kept. Run the sync again; it resumes behind the last saved page.',
    { where: page.ask.path },
  );
}
