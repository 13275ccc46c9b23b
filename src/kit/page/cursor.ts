import { PlumblineError } from '../../errors/plumbline-error.ts';
import { type PageSize, sized, withQuery } from './page-size.ts';
import { type Page, type Pager, valueAt } from './pager.ts';

/**
 * The reply holds the address of the next page, of which path and query are used: Zendesk, Salesforce. Null, absent and empty = the last page; of several places
 * the first that holds one counts. `token` = only
 * this parameter of the address is used, where the vendor writes addresses of another host than the one that is asked: Front. Errors: VENDOR_BROKEN for an
 * address without it, for a page that was named and is answered with nothing at all, and where `more` says that there is one and none is named.
 */
export function nextLink(options: {
  readonly at: string | readonly string[];
  readonly size?: PageSize;
  readonly more?: string;
  readonly token?: string;
}): Pager {
  return {
    first: (ask, rows) => sized(ask, options.size, rows),
    after(page) {
      if (options.more !== undefined && valueAt(page.data, options.more) === false) return { kind: 'end' };
      const { token } = options;
      if (token !== undefined && page.data === null && page.ask.query?.[token] !== undefined)
        throw broken(page, 'answers a page that it named itself with nothing at all');
      const next = [options.at]
        .flat()
        .reduce<ReturnType<typeof placeAt>>((found, at) => found ?? placeAt(page, at), null);
      if (next === null) return endOf(page, options.more);
      if (typeof next !== 'string') throw unreadable(page);
      if (token === undefined) return { kind: 'more', ask: { ...page.ask, next } };
      return { kind: 'more', ask: withQuery(page.ask, { [token]: tokenOf(next, token, page) }) };
    },
  };
}

/** Errors: VENDOR_BROKEN where the reply says that there is more: it would be taken for the end. */
function endOf(page: Page, more: string | undefined): { readonly kind: 'end' } {
  if (more !== undefined && valueAt(page.data, more) === true)
    throw broken(page, 'says that more follows and does not name it');
  return { kind: 'end' };
}

/** What names the next page; null where nothing does. Errors: VENDOR_BROKEN where something does that cannot be read: it would be taken for the end. */
export function placeAt(page: Page, at: string): string | number | null {
  let value: unknown = page.data;
  for (const key of at.split('.')) {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || Array.isArray(value)) throw unreadable(page);
    value = (value as Record<string, unknown>)[key];
  }
  if (value === null || value === undefined || value === '' || value === false) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw unreadable(page);
}

function unreadable(page: Page): PlumblineError {
  return broken(page, 'names a next page in a way that cannot be read');
}

function tokenOf(next: string, param: string, page: Page): string {
  // Only the token is taken from the address, so that any base does.
  const url = URL.canParse(next, 'https://vendor.invalid') ? new URL(next, 'https://vendor.invalid') : null;
  const token = url?.searchParams.get(param) ?? null;
  if (token === null) throw broken(page, 'names a next page without the token that leads there');
  return token;
}

function broken({ ask }: Page, does: string): PlumblineError {
  return new PlumblineError(
    'VENDOR_BROKEN',
    `The helpdesk ${does} (${ask.path}).`,
    'Nothing behind this place was kept. Run the sync again; it resumes behind the last saved page.',
    { where: ask.path },
  );
}

/** The reply holds a cursor that the next request sends: Intercom, HubSpot. Null, absent and empty = the last page. */
export function cursor(options: {
  readonly at: string;
  /** Name of the query parameter, or of the place in the body for searches that are posted (`pagination.starting_after`). */
  readonly param: string;
  readonly inBody?: boolean;
  readonly size?: PageSize;
  readonly more?: string;
}): Pager {
  return {
    first: (ask, rows) => sized(ask, options.size, rows),
    after(page) {
      if (options.more !== undefined && valueAt(page.data, options.more) === false) return { kind: 'end' };
      const next = placeAt(page, options.at);
      if (next === null) return endOf(page, options.more);
      const ask =
        options.inBody === true
          ? { ...page.ask, body: withValue(page.ask.body, options.param.split('.'), next) }
          : withQuery(page.ask, { [options.param]: next });
      return { kind: 'more', ask };
    },
  };
}

function withValue(body: unknown, [key = '', ...deeper]: readonly string[], value: unknown): Record<string, unknown> {
  const record = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return { ...record, [key]: deeper.length === 0 ? value : withValue(record[key], deeper, value) };
}
