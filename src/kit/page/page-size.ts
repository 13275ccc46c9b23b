import type { Page, PageAsk, Query } from './pager.ts';

/** How many rows a page has, by which parameter. */
export interface PageSize {
  readonly param: string;
  readonly rows: number;
}

export function withQuery(ask: PageAsk, more: Query): PageAsk {
  return { ...ask, query: { ...ask.query, ...more } };
}

export function sized(ask: PageAsk, size: PageSize | undefined, rows = size?.rows): PageAsk {
  return size === undefined || rows === undefined ? ask : withQuery(ask, { [size.param]: Math.min(rows, size.rows) });
}

export function isFull({ ask, rows }: Page, size: PageSize | undefined): boolean {
  return size !== undefined && rows.length >= Number(ask.query?.[size.param] ?? size.rows);
}
