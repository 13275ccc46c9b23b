import { isFull, type PageSize, sized, withQuery } from './page-size.ts';
import type { Pager } from './pager.ts';

/** One link with its parameters; a quoted one may hold commas. */
const LINK = /<([^>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s,;"]*))?)*)/g;

/** Address behind `rel="next"` of a Link header (RFC 8288); null when there is none. */
export function nextOfLink(header: string | undefined): string | null {
  for (const [, url, params] of (header ?? '').matchAll(LINK)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s,;"]+))/i.exec(params ?? '');
    if ((rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/).includes('next')) return url ?? null;
  }
  return null;
}

/**
 * The next page stands in the Link header: GitHub, Freshdesk. A full page without such a header proves no end (a proxy may have dropped it), so the
 * page behind it is asked for by its number. `lastPage` = the vendor pages no further.
 */
export function linkHeader(options: {
  readonly size: PageSize;
  readonly page: string;
  readonly lastPage?: number;
}): Pager {
  const { size, page: param, lastPage } = options;
  return {
    first: (ask, rows) => sized(ask, size, rows),
    after(page) {
      const { next: _followed, ...asked } = page.ask;
      const next = nextOfLink(page.headers.link);
      const number = Number(page.ask.query?.[param] ?? 1) + 1;
      if (next === null && !isFull(page, size)) return { kind: 'end' };
      if (lastPage !== undefined && number > lastPage) return { kind: 'cut', limit: `page ${lastPage}` };
      // The number stays beside the link, so that pages can be counted.
      const counted = withQuery(asked, { [param]: number });
      return { kind: 'more', ask: next === null ? counted : { ...counted, next } };
    },
  };
}
