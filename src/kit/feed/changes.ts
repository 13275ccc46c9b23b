import { z } from 'zod';
import { checkpointCodec } from '../checkpoint.ts';
import type { ConnectorContext } from '../connector.ts';
import type { Query } from '../page/pager.ts';
import { parseEach } from '../parse-each.ts';
import { type BelowCalls, belowOf, lessBelow, type Sees } from './below.ts';
import { type Children, readChildren } from './children.ts';
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
import { askSince, SINCE_BEGIN, type Since, SinceState, walkSince } from './since.ts';

export interface ChangesFeed<C, R, K> extends FeedHead<C>, Call<C> {
  readonly rows: z.ZodType<R>;
  /** A function where it rests on the account: which projects are read is part of the question. */
  readonly by: Since | ((context: C) => Since | Promise<Since>);
  /** The first instant to read. */
  readonly start: (context: C) => Date;
  /** Walks that together give all rows, each by what it adds to the query: what the plain list leaves out (deleted, spam). @defaultValue [{}] */
  readonly passes?: readonly Query[];
  /** Records below a row. Committed together with it. */
  readonly children?: Children<R, K>;
  /** Calls below a row that may not be granted. `children` names the children above: while they may not be used, they are not asked for. */
  readonly below?: BelowCalls<C, NoInfer<R>>;
  map(rows: readonly R[], context: C, step: ChangesStep<R, K>): Mapped | Promise<Mapped>;
}

/** What a mapping has to know beside the rows. */
interface ChangesStep<R, K> {
  /** Null where the row was gone before its children could be read, or where the feed has none. */
  readonly childrenOf: (row: R) => readonly K[] | null;
  /** Whether some child of the row could not be read, or not whole. */
  readonly isPartly: (row: R) => boolean;
  /** What the pass adds to the query. */
  readonly pass: Query;
  /** Whether a call below the rows may be used. */
  readonly sees: Sees;
}

/**
 * History by the instant of the last change: read from the checkpoint to the frozen end, in steps that each can be the last of a process. A record that
 * does not fit is set aside. Each pass is complete up to an instant of its own, so that an interrupted sync is caught up where it is behind.
 */
export function changes<C extends ConnectorContext<unknown>, R, K = never>(feed: ChangesFeed<C, R, K>): Feed<C> {
  const { id, title, fills, adds = false, passes = [{}], below: parts = {} } = feed;
  const State = z.strictObject({ passes: z.array(SinceState).length(passes.length) });
  const codec = checkpointCodec(id, State, { passes: passes.map(() => SINCE_BEGIN) });
  const sinceOf = async (context: C): Promise<Since> => (typeof feed.by === 'function' ? feed.by(context) : feed.by);

  const seesIn = belowOf(parts, async (context: C) => {
    const plain = await askOf(feed, context);
    const ask = { ...plain, query: { ...plain.query, ...passes[0] } };
    return firstRows(context, feed, askSince(ask, await sinceOf(context), feed.start(context), context.until));
  });

  return {
    id,
    title,
    kind: 'history',
    provides: fills,
    adds,
    async probe(context) {
      const by = await sinceOf(context);
      const shown = await probeCall(context, feed, feed, (ask) =>
        askSince(ask, by, new Date(context.until.getTime() - 60_000), context.until),
      );
      return lessBelow(shown, feed, parts, seesIn(context));
    },
    async *read(context, checkpoint) {
      const states = [...codec.read(checkpoint).passes];
      const by = await sinceOf(context);
      const ask = await askOf(feed, context);
      const sees = seesIn(context);
      for (const [i, more] of passes.entries()) {
        const state = states[i] as SinceState;
        if (state.to !== null && Date.parse(state.to) >= context.until.getTime()) continue;
        const walk = walkSince({
          reader: context,
          pager: feed.page,
          ask: { ...ask, query: { ...ask.query, ...more } },
          place: placeOfCall(feed, id),
          by,
          start: feed.start(context),
          until: context.until,
          state,
        });
        for await (const page of walk) {
          const { kept, rejected } = parseEach(feed.rows, page.fresh, id);
          const below =
            feed.children === undefined || kept.length === 0 || !(await sees('children'))
              ? null
              : await readChildren(context, id, kept, feed.children);
          const mapped =
            kept.length === 0
              ? {}
              : await feed.map(kept, context, {
                  childrenOf: (row) => below?.of.get(row) ?? null,
                  isPartly: (row) => below?.partly.has(row) ?? false,
                  pass: more,
                  sees,
                });
          states[i] = page.state;
          const checkpointBehind = codec.write({ passes: states });
          yield pageOf(mapped, [...rejected, ...(below?.rejected ?? [])], page.seen, checkpointBehind);
        }
      }
    },
  };
}
