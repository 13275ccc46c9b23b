import type { z } from 'zod';
import type { ConnectorContext } from '../connector.ts';
import { walkPages } from '../page/pager.ts';
import { parseEach } from '../parse-each.ts';
import { type BelowCalls, belowOf, lessBelow, type Sees } from './below.ts';
import {
  askOf,
  type Call,
  type Feed,
  type FeedHead,
  firstRows,
  type Mapped,
  pageOf,
  placeOfCall,
  probeCall,
} from './feed.ts';

export interface ListFeed<C, R> extends FeedHead<C>, Call<C> {
  readonly rows: z.ZodType<R>;
  /** Calls below a row that may not be granted. */
  readonly below?: BelowCalls<C, NoInfer<R>>;
  map(rows: readonly R[], context: C, sees: Sees): Mapped | Promise<Mapped>;
}

/** Configuration that is one list: probed with one row, read whole each time, page by page. A record that does not fit is set aside. */
export function list<C extends ConnectorContext<unknown>, R>(feed: ListFeed<C, R>): Feed<C> {
  const { id, title, fills, adds = false, below = {} } = feed;
  const seesIn = belowOf(below, async (context: C) => firstRows(context, feed, await askOf(feed, context)));
  return {
    id,
    title,
    kind: 'config',
    provides: fills,
    adds,
    async probe(context) {
      return lessBelow(await probeCall(context, feed, feed), feed, below, seesIn(context));
    },
    async *read(context) {
      const ask = await askOf(feed, context);
      for await (const page of walkPages(context, feed.page, ask, placeOfCall(feed, id))) {
        const { kept, rejected } = parseEach(feed.rows, page.rows, id);
        yield pageOf(await feed.map(kept, context, seesIn(context)), rejected, page.rows.length);
      }
    },
  };
}
