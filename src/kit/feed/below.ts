import type { Capability, ConnectorContext, Evidence } from '../connector.ts';
import { once } from '../once.ts';
import type { PageAsk } from '../page/pager.ts';
import { lessRests } from './rests.ts';
import { seesAny } from './visible-parts.ts';

/** A call below the rows of a feed, which the credentials may not be granted. */
interface BelowCall<C, R> {
  /** Null = this row has none of them. */
  ask(row: R, context: C): PageAsk | null;
  readonly lacks: Evidence;
  /** Without it the feed shows nothing: it is hidden, and nothing of it is read. */
  readonly vital?: boolean;
  /** What to grant, for an administrator. */
  readonly words: string;
}

/** Calls below the rows of a feed, by name; `children` stands for the children that the kit reads. */
export type BelowCalls<C, R> = Readonly<Record<string, BelowCall<C, R>>>;

/** Which of the calls below its rows a feed may use: each is looked at once a sync. */
export type Sees = (part: string) => Promise<boolean>;

/**
 * Looks below the first rows of a feed, once a sync and by whoever asks first. `rows` gives them. A part that is not named may be used. Errors: those of the
 * client.
 */
export function belowOf<C extends ConnectorContext<unknown>, R>(
  parts: BelowCalls<C, R>,
  rows: (context: C) => Promise<readonly R[]>,
): (context: C) => Sees {
  const looked = new WeakMap<object, Sees>();
  return (context) => {
    const sync = syncOf(context);
    const known = looked.get(sync);
    if (known !== undefined) return known;
    const first = once(() => rows(context));
    const looks = new Map(
      Object.entries(parts).map(([part, { ask }]) => [part, once(async () => look(context, await first(), ask))]),
    );
    const sees: Sees = async (part) => (await looks.get(part)?.()) ?? true;
    looked.set(sync, sees);
    return sees;
  };
}

/** What a sync shares: the session, which is opened anew for each. */
function syncOf(context: ConnectorContext<unknown>): object {
  const session: unknown = 'session' in context ? context.session : null;
  return typeof session === 'object' && session !== null ? session : context.http;
}

async function look<C extends ConnectorContext<unknown>, R>(
  context: C,
  rows: readonly R[],
  ask: (row: R, context: C) => PageAsk | null,
): Promise<boolean> {
  const asks = rows.flatMap((row) => ask(row, context) ?? []);
  return seesAny(context, [...new Map(asks.map((one) => [JSON.stringify(one), one])).values()]);
}

/** What a feed shows, less what calls below its rows would give and may not. */
export async function lessBelow<C, R>(
  shown: Capability,
  feed: { readonly id: string; readonly fills: Evidence },
  parts: BelowCalls<C, R>,
  sees: Sees,
): Promise<Capability> {
  if (shown.status !== 'available') return shown;
  for (const [part, { vital, words }] of Object.entries(parts))
    if (vital === true && !(await sees(part))) return { status: 'permission', detail: words };
  const rests = Object.entries(parts).map(([part, { lacks, words }]) => ({ on: () => sees(part), lacks, words }));
  return lessRests(shown, { id: feed.id, provides: feed.fills }, null, rests);
}
