import type { StreamName } from '../domain/observability.ts';
import { PlumblineError } from '../errors/plumbline-error.ts';
import type { Connector, ConnectorContext, Identity, VendorStream } from './connector.ts';
import { changes } from './feed/changes.ts';
import type { Feed, FeedContext } from './feed/feed.ts';
import { list } from './feed/list.ts';
import { lessRests, type Rest } from './feed/rests.ts';
import { sorted } from './feed/sorted.ts';
import { tree } from './feed/tree.ts';
import { isRefusal } from './http-status-error.ts';

/** A context before the upper bound is known. */
export type EarlyContext<Settings> = Omit<ConnectorContext<Settings>, 'until'>;

type Inherited =
  | 'id'
  | 'title'
  | 'settings'
  | 'flags'
  | 'example'
  | 'secrets'
  | 'account'
  | 'never'
  | 'unmet'
  | 'formerAgents'
  | 'ticketUrl'
  | 'lagS';

/** A connector as a declaration that reads from top to bottom. */
interface ConnectorPlan<Settings, Session> extends Pick<Connector<Settings>, Inherited> {
  /** Verifies credentials, as Connector.identify. A new sync begins with it: what the last one had opened is released. */
  readonly identify: Connector<Settings>['identify'];
  /**
   * What probes and reads of one sync share; opened by the first that needs it. Parts that ask the vendor are best made with `once`. `who` = what
   * `identify` found; null = it was not asked.
   */
  open(context: EarlyContext<Settings>, who: Identity | null): Session | Promise<Session>;
  readonly feeds: readonly Feed<FeedContext<Settings, Session>>[];
  /** What rests on calls beside a feed's own, which the credentials may not be granted. */
  readonly rests?: readonly Rest<Session>[];
  /** Rows that the vendor counts, by evidence stream. A refusal is no count. */
  readonly counts?: Partial<Record<StreamName, (context: FeedContext<Settings, Session>) => Promise<number | null>>>;
}

/** Builders of feeds that know the settings and the session of one connector. */
export function feedsOf<Settings, Session>() {
  type Context = FeedContext<Settings, Session>;
  return {
    list: list as <R>(feed: Parameters<typeof list<Context, R>>[0]) => Feed<Context>,
    changes: changes as <R, K = never>(feed: Parameters<typeof changes<Context, R, K>>[0]) => Feed<Context>,
    sorted: sorted as <R>(feed: Parameters<typeof sorted<Context, R>>[0]) => Feed<Context>,
    tree: tree as <N, L>(feed: Parameters<typeof tree<Context, N, L>>[0]) => Feed<Context>,
  };
}

const UNCOUNTED = [400, 402, 403, 404, 405, 422];

/** Connector of a plan. Its session lives as long as the client of one open connection, and is opened anew when a sync begins with `identify`. */
export function declareConnector<Settings, Session>(plan: ConnectorPlan<Settings, Session>): Connector<Settings> {
  const sessions = new WeakMap<object, Promise<Session>>();
  const identities = new WeakMap<object, Identity>();

  const openOnce = (context: EarlyContext<Settings>): Promise<Session> => {
    const known = sessions.get(context.http);
    if (known !== undefined) return known;
    const opening = Promise.resolve(plan.open(context, identities.get(context.http) ?? null));
    sessions.set(context.http, opening);
    // A failed opening must be tried again by the next feed, not remembered.
    opening.catch(() => sessions.delete(context.http));
    return opening;
  };
  const within = async (context: ConnectorContext<Settings>): Promise<FeedContext<Settings, Session>> => ({
    ...context,
    session: await openOnce(context),
  });
  const feedOf = (stream: VendorStream): Feed<FeedContext<Settings, Session>> => {
    const found = plan.feeds.find((feed) => feed.id === stream.id);
    if (found !== undefined) return found;
    throw new PlumblineError('BUG', `${plan.title} has no feed ${stream.id}.`, 'Report this.');
  };

  const { feeds, counts = {}, rests = [], open: _open, identify, ...rest } = plan;
  return {
    ...rest,
    streams: feeds.map(({ id, title, kind, provides, adds = false }) => ({ id, title, kind, provides, adds })),
    async identify(context) {
      sessions.delete(context.http);
      const who = await identify(context);
      identities.set(context.http, who);
      return who;
    },
    async probe(stream, context) {
      const [feed, inside] = [feedOf(stream), await within(context)];
      return lessRests(await feed.probe(inside), feed, inside.session, rests);
    },
    async *read(stream, checkpoint, context) {
      yield* feedOf(stream).read(await within(context), checkpoint);
    },
    async count(stream, context) {
      const ask = counts[stream];
      if (ask === undefined) return null;
      try {
        return await ask(await within(context));
      } catch (error) {
        if (isRefusal(error, UNCOUNTED)) return null;
        throw error;
      }
    },
  };
}
