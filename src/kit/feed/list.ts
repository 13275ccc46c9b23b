import type { z } from 'zod';
import type { ConnectorContext } from '../connector.ts';
import { walkPages } from '../page/pager.ts';
import { parseEach } from '../parse-each.ts';
import { askOf, type Call, type Feed, type FeedHead, type Mapped, pageOf, placeOfCall, probeCall } from './feed.ts';

export interface ListFeed<C, R> extends FeedHead<C>, Call<C> {
  readonly rows: z.ZodType<R>;
  map(rows: readonly R[], context: C): Mapped | Promise<Mapped>;
}

/** Configuration that is one list: probed with one row, read whole each time, page by page. A record that does not fit is set aside. */
export function list<C extends ConnectorContext<unknown>, R>(feed: ListFeed<C, R>): Feed<C> {
  const { id, title, fills, adds = false } = feed;
  return {
    id,
    title,
    kind: 'config',
    provides: fills,
    adds,
    probe: (context) => probeCall(context, feed, feed),
    async *read(context) {
      const ask = await askOf(feed, context);
      for await (const page of walkPages(context, feed.page, ask, placeOfCall(feed, id))) {
        const { kept, rejected } = parseEach(feed.rows, page.rows, id);
        yield pageOf(await feed.map(kept, context), rejected, page.rows.length);
      }
    },
  };
}
