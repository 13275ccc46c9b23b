import { PlumblineError } from '../../errors/plumbline-error.ts';
import { type PageSize, sized, withQuery } from './page-size.ts';
import type { Page, Pager, Query } from './pager.ts';

/**
 * Rows behind the last one seen, in ascending order of a key: no page can shift, and no number of pages is too high. Ends at an empty page.
 * Errors: VENDOR_LOOP when the last key of a page is not a new one.
 */
export function keyset(options: {
  readonly ask: (after: string | null) => Query;
  readonly key: (row: unknown) => string | null;
  readonly size?: PageSize;
}): Pager {
  const keyOf = (rows: readonly unknown[]) => rows.map(options.key).findLast((key) => key !== null) ?? null;
  return {
    first: (ask, rows) => sized(withQuery(ask, options.ask(null)), options.size, rows),
    after(page) {
      if (page.rows.length === 0) return { kind: 'end' };
      const last = keyOf(page.rows);
      const ask = withQuery(page.ask, options.ask(last));
      if (last !== null && JSON.stringify(ask) !== JSON.stringify(page.ask)) return { kind: 'more', ask };
      throw stuck(page);
    },
  };
}

/** Rows of a page that do not lie behind what was asked for. */
export function stuck({ ask }: Page): PlumblineError {
  return new PlumblineError(
    'VENDOR_LOOP',
    'The helpdesk gave rows that do not go on behind the last one.',
    'Run the sync again; it resumes behind the last saved page. If it happens again, report it to the vendor.',
    { where: ask.path },
  );
}
