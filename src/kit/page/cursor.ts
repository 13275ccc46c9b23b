import { type PageSize, sized, withQuery } from './page-size.ts';
import { type Pager, valueAt } from './pager.ts';

/** The reply holds the address of the next page, of which path and query are used: Zendesk, Salesforce. Null, absent and empty = the last page. */
export function nextLink(options: { readonly at: string; readonly size?: PageSize; readonly more?: string }): Pager {
  return {
    first: (ask, rows) => sized(ask, options.size, rows),
    after(page) {
      if (options.more !== undefined && valueAt(page.data, options.more) === false) return { kind: 'end' };
      const next = valueAt(page.data, options.at);
      return typeof next === 'string' && next !== '' ? { kind: 'more', ask: { ...page.ask, next } } : { kind: 'end' };
    },
  };
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
      const next = valueAt(page.data, options.at);
      const isCursor = (typeof next === 'string' && next !== '') || typeof next === 'number';
      if (!isCursor) return { kind: 'end' };
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
