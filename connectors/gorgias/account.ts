import type { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { Account as Access } from '../../src/kit/account.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import { type CodeFields, type CodeRole, chooseCodeFields } from '../../src/kit/code-fields.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readVisible } from '../../src/kit/feed/read-all.ts';
import { firstIds, seesBelow } from '../../src/kit/feed/visible-parts.ts';
import { once } from '../../src/kit/once.ts';
import { pageNumber } from '../../src/kit/page/counted.ts';
import { cursor } from '../../src/kit/page/cursor.ts';
import { askPage, type PageAsk, type Pager, valueAt } from '../../src/kit/page/pager.ts';
import { isProgram, type Named } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { NamedRow } from '../../src/kit/vendor-schema.ts';
import { Field, User } from './schema.ts';
import { type Settings, urlOf } from './settings.ts';
import { isBot, WORDS } from './words.ts';

/** Every list of the vendor: a hundred rows at most, and a cursor for the next ones. */
export const PAGES = cursor({ at: 'meta.next_cursor', param: 'cursor', size: { param: 'limit', rows: 100 } });
const BY_CURSOR = cursor({ at: 'meta.next_cursor', param: 'cursor' });
const BY_NUMBER = pageNumber({ param: 'page', pages: 'meta.nb_pages' });
/** Messages below their ticket, which take no number of rows: they come by the page still, and name no cursor. */
export const BELOW_TICKET: Pager = {
  first: (ask) => ask,
  after: (page) => (valueAt(page.data, 'meta.nb_pages') === undefined ? BY_CURSOR : BY_NUMBER).after(page),
};
export const TICKETS = { path: '/api/tickets', at: 'data', page: PAGES } as const;
export const TICKET_FIELDS = { path: '/api/custom-fields', query: { object_type: 'Ticket' } };

/** 40 requests in any 20 seconds for API keys, 80 for OAuth; twice as many on enterprise accounts, which do not say so. */
export function accessOf(settings: Settings, secret: string): Access {
  const { user } = settings;
  const requests = user === undefined ? 80 : 40;
  return {
    baseUrl: urlOf(settings),
    auth: user === undefined ? { kind: 'bearer', token: secret } : { kind: 'basic', user, password: secret },
    limits: { concurrency: 4, perMinute: requests * 3, windows: [{ requests, seconds: 20 }] },
  };
}

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the key may not see it. */
export interface Session {
  readonly users: () => Promise<ReadonlyMap<string, User> | null>;
  readonly tags: () => Promise<readonly Named[] | null>;
  readonly fields: () => Promise<readonly Field[] | null>;
  /** Whether the key may see what happened to tickets. */
  readonly history: () => Promise<boolean>;
  /** Whether messages have a list of their own, or are below their ticket only. */
  readonly messages: () => Promise<'list' | 'below' | null>;
}
export type Context = FeedContext<Settings, Session>;

export function openSession(context: EarlyContext<Settings>): Session {
  const rows = <R>(path: string, schema: z.ZodType<R>, query: Record<string, string> = {}) =>
    readVisible(context, { path, query, at: 'data', page: PAGES, rows: schema });
  const answers = async (ask: PageAsk, refusals: readonly number[]) => {
    const first = PAGES.first(ask, 1);
    return (await orRefusal(() => askPage(context, first, { at: 'data', place: ask.path }), refusals)).found !== null;
  };
  return {
    users: once(async () => byId(await rows('/api/users', User))),
    tags: once(() => rows('/api/tags', NamedRow)),
    fields: once(() => rows(TICKET_FIELDS.path, Field, TICKET_FIELDS.query)),
    history: once(() => answers({ path: '/api/events', query: { object_type: 'Ticket' } }, [403, 404])),
    messages: once(async () => {
      if (await answers({ path: '/api/messages' }, [403, 404, 405])) return 'list';
      const ids = (await firstIds(context, PAGES.first({ path: TICKETS.path }, 3), 'data')) ?? [];
      const below = await seesBelow(context, ids, (id) => ({ path: `${TICKETS.path}/${id}/messages` }));
      return below ? 'below' : null;
    }),
  };
}

/** What the mapping of tickets and rules has to know of the account. */
export interface Desk {
  readonly context: Context;
  readonly users: ReadonlyMap<string, User> | null;
  readonly tags: readonly Named[];
  readonly fields: readonly Field[];
  readonly codes: CodeFields;
  /** Programs that messages name, and the list of users does not. */
  readonly bots: ReadonlySet<string>;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const fields = (await session.fields()) ?? [];
  const [users, tags] = [await session.users(), (await session.tags()) ?? []];
  return { context, users, tags, fields, codes: codesOf(settings, fields), bots: new Set() };
}

/** Maps rows of configuration that are read by what the account has. */
export const byDesk =
  <R>(map: (row: R, desk: Desk) => readonly TelemetryRecord<'automation'>[]) =>
  async (rows: readonly R[], context: Context) => {
    const desk = await loadDesk(context);
    return { automation: rows.flatMap((row) => map(row, desk)) };
  };

/** A list of values; what people type is never kept. Those that the vendor manages are lists where nothing else is said. */
export function isList({ definition, managed_type }: Field): boolean {
  const input = definition?.input_settings?.input_type ?? null;
  return input === null ? WORDS.managed(managed_type) !== null : /^dropdown$/i.test(input);
}

/** Fields with product, category, severity and cause: as stated, else as the vendor manages them, else by their names. */
export function codesOf(settings: Settings, fields: readonly Field[]): CodeFields {
  const managed: Partial<Record<CodeRole, string>> = {};
  for (const { id, managed_type } of fields) {
    const role = WORDS.managed(managed_type);
    if (role !== null) managed[role] ??= id;
  }
  const lists = fields.filter(isList).map(({ id, label }) => ({ name: id, title: label }));
  return chooseCodeFields({ ...managed, ...settings.fields }, lists);
}

/** Whether a user is a program: the vendor's AI agent and other bots have a role of their own. */
export function isMachine(id: string | null, { users, context, bots }: Desk): boolean {
  if (id === null) return false;
  if (bots.has(id)) return true;
  const { name = null, role } = users?.get(id) ?? {};
  return isBot(role?.name ?? null) || isProgram({ id, name }, statedOf(context.settings));
}
