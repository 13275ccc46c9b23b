import type { z } from 'zod';
import type { SetAside } from '../../domain/observability.ts';
import type { TelemetryBatch } from '../../domain/telemetry.ts';
import { orRefusal, probeCapability, type RefusalWords } from '../capability.ts';
import type { Capability, ConnectorContext, ConnectorPage, VendorStream } from '../connector.ts';
import type { Fills } from '../fields.ts';
import { askPage, type PageAsk, type Pager, type RowsPlace } from '../page/pager.ts';
import { parseEach } from '../parse-each.ts';

/** What a feed is given: the connection, and what the connector opened for this sync. */
export interface FeedContext<Settings, Session> extends ConnectorContext<Settings> {
  readonly session: Session;
}

/** A vendor call that yields records, with its two verbs. `adds`, `kind` and the order of feeds: see VendorStream. */
export interface Feed<C> extends VendorStream {
  readonly provides: Fills;
  probe(context: C): Promise<Capability>;
  read(context: C, checkpoint: string | null): AsyncIterable<ConnectorPage>;
}

/** Records of some rows; rows that parse and still cannot be used are set aside by the mapping. */
export type Mapped = TelemetryBatch & { readonly rejected?: readonly SetAside[] };

/** What every feed says of itself. */
export interface FeedHead<C> {
  readonly id: string;
  readonly title: string;
  /** Fields that its records fill, for at least some accounts. The conformance suite holds it to them. */
  readonly fills: Fills;
  readonly adds?: boolean;
  /** What a refusal means, for an administrator. */
  readonly words: RefusalWords;
  /**
   * Asked once the first page could be read: from when on, what this account lacks, what stays out of sight, or that the call is not open after all.
   * Absent = it shows all that it fills.
   */
  shows?(context: C): Promise<Capability> | Capability;
}

/** A feed that is not asked for while something hides it: `hidden` says what, null = nothing does. */
export function hiddenBy<C>(
  feed: Feed<C>,
  hidden: (context: C) => Capability | null | Promise<Capability | null>,
): Feed<C> {
  return { ...feed, probe: async (context) => (await hidden(context)) ?? feed.probe(context) };
}

/** Where a call is, and how it pages. */
export interface Call<C> {
  readonly path: string | ((context: C) => string);
  readonly query?: PageAsk['query'] | ((context: C) => PageAsk['query'] | Promise<PageAsk['query']>);
  /** For searches that are posted. */
  readonly body?: unknown;
  readonly method?: PageAsk['method'];
  readonly origin?: string;
  readonly quota?: PageAsk['quota'];
  /** Key of the rows inside the reply; absent = the reply is the list. */
  readonly at?: string;
  readonly page: Pager;
}

export async function askOf<C>(call: Omit<Call<C>, 'page' | 'at'>, context: C): Promise<PageAsk> {
  const { path, query, body, method, origin, quota } = call;
  const asked = typeof query === 'function' ? await query(context) : query;
  return {
    path: typeof path === 'function' ? path(context) : path,
    ...(asked === undefined ? {} : { query: asked }),
    ...(body === undefined ? {} : { body }),
    ...(method === undefined ? {} : { method }),
    ...(origin === undefined ? {} : { origin }),
    ...(quota === undefined ? {} : { quota }),
  };
}

export function placeOfCall(call: { readonly at?: string }, place: string): RowsPlace {
  return call.at === undefined ? { place } : { at: call.at, place };
}

/** Rows of the first page of a call, to look below them; none where it is refused. Errors: those of the client. */
export async function firstRows<C extends ConnectorContext<unknown>, R>(
  context: C,
  feed: Call<C> & { readonly id: string; readonly rows: z.ZodType<R> },
  ask: PageAsk,
): Promise<readonly R[]> {
  const asked = () => askPage(context, feed.page.first(ask), placeOfCall(feed, feed.id));
  const { found } = await orRefusal(asked, [400, 402, 403, 404]);
  return found === null ? [] : parseEach(feed.rows, found.rows, feed.id).kept;
}

/** Asks for one row of a call: the cheapest question that meets the same permission as a full read. */
export function probeCall<C extends ConnectorContext<unknown>>(
  context: C,
  head: FeedHead<C>,
  call: Call<C>,
  narrow: (ask: PageAsk) => PageAsk = (ask) => ask,
): Promise<Capability> {
  return probeCapability(async () => {
    const first = call.page.first(narrow(await askOf(call, context)), 1);
    await askPage(context, first, placeOfCall(call, head.id));
    return (await head.shows?.(context)) ?? { status: 'available' };
  }, head.words);
}

/** A page of a feed from mapped rows. */
export function pageOf(mapped: Mapped, rejected: readonly SetAside[], seen: number, checkpoint = ''): ConnectorPage {
  const { rejected: more = [], ...records } = mapped;
  return { records, rejected: [...rejected, ...more], checkpoint, seen };
}

/** Records of many rows as one batch, in their order. */
export function joinMapped(parts: readonly Mapped[]): Mapped {
  const all: Record<string, unknown[]> = {};
  for (const part of parts)
    for (const [table, rows] of Object.entries(part)) {
      all[table] ??= [];
      all[table].push(...(rows as readonly unknown[]));
    }
  // Each list holds what the parts held under the same key.
  return all as Mapped;
}
