import type { z } from 'zod';
import { orRefusal } from '../../src/kit/capability.ts';
import { type CodeFields, chooseCodeFields } from '../../src/kit/code-fields.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readVisible } from '../../src/kit/feed/read-all.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once } from '../../src/kit/once.ts';
import { onePage, pageNumber } from '../../src/kit/page/counted.ts';
import { keyset } from '../../src/kit/page/keyset.ts';
import { askPage, valueAt } from '../../src/kit/page/pager.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { Agent, Attribute, Inbox, Profile, Team } from './schema.ts';
import type { Settings } from './settings.ts';

export const api = ({ account }: Settings): string => `/api/v1/accounts/${encodeURIComponent(account)}`;

/** The vendor gives 25 rows a page, whatever is asked for. */
export const PAGES = pageNumber({ param: 'page', size: { param: 'per_page', rows: 25 } });
export const WHOLE = onePage();

/** Messages behind an id, a hundred at most. */
export const MESSAGES = keyset({
  ask: (after) => ({ after: after ?? '0' }),
  key(row) {
    const id = valueAt(row, 'id');
    return typeof id === 'number' || typeof id === 'string' ? String(id) : null;
  },
});

/** All conversations: without it the vendor gives the open ones. Oldest first, so that no row moves to another page. */
export const ALL = { status: 'all', assignee_type: 'all', sort_by: 'created_at_asc' };

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export interface Session {
  readonly agents: () => Promise<ReadonlyMap<string, Agent> | null>;
  readonly teams: () => Promise<ReadonlyMap<string, Team> | null>;
  readonly inboxes: () => Promise<ReadonlyMap<string, Inbox> | null>;
  readonly attributes: () => Promise<readonly Attribute[] | null>;
  /** Whether what the vendor measured is shown by conversation, which older servers do not. */
  readonly measures: () => Promise<boolean>;
}
export type Context = FeedContext<Settings, Session>;

export async function readProfile(context: EarlyContext<Settings>) {
  return context.http.getJson({ path: '/api/v1/profile', schema: withoutOddCells(Profile), signal: context.signal });
}

export function measuresPath(settings: Settings, conversationId: string): string {
  return `${api(settings)}/conversations/${conversationId}/reporting_events`;
}

export function openSession(context: EarlyContext<Settings>): Session {
  const { settings } = context;
  const rows = <R>(path: string, schema: z.ZodType<R>, more: { at?: string; query?: Record<string, string> } = {}) =>
    readVisible(context, { path: `${api(settings)}${path}`, page: WHOLE, rows: schema, ...more });
  const first = once(async () => {
    const ask = { path: `${api(settings)}/conversations`, query: { ...ALL, page: 1 } };
    return (await askPage(context, ask, { at: 'data.payload', place: 'conversations' })).rows;
  });
  return {
    agents: once(async () => byId(await rows('/agents', Agent))),
    teams: once(async () => byId(await rows('/teams', Team))),
    inboxes: once(async () => byId(await rows('/inboxes', Inbox, { at: 'payload' }))),
    attributes: once(() => rows('/custom_attribute_definitions', Attribute, { query: { attribute_model: '0' } })),
    measures: once(async () => {
      const id = (await first()).map((row) => valueAt(row, 'id')).find((one) => one !== null && one !== undefined);
      if (id === undefined) return true;
      const ask = { path: measuresPath(settings, String(id)) };
      return (await orRefusal(() => askPage(context, ask, { place: 'reporting_events' }), [403, 404])).found !== null;
    }),
  };
}

/** What the mapping of conversations and rules has to know of the account. */
export interface Desk {
  readonly context: Context;
  readonly agents: ReadonlyMap<string, Agent> | null;
  readonly teams: ReadonlyMap<string, Team> | null;
  readonly inboxes: ReadonlyMap<string, Inbox> | null;
  readonly attributes: readonly Attribute[];
  readonly codes: CodeFields;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const attributes = (await session.attributes()) ?? [];
  return {
    context,
    agents: await session.agents(),
    teams: await session.teams(),
    inboxes: await session.inboxes(),
    attributes,
    codes: codesOf(settings, attributes),
  };
}

export function isList(attribute: Pick<Attribute, 'attribute_display_type'>): boolean {
  return /^(list|6)$/i.test(attribute.attribute_display_type ?? '');
}

/** Attributes with product, category, severity and cause. */
export function codesOf(settings: Settings, attributes: readonly Attribute[]): CodeFields {
  return chooseCodeFields(
    settings.fields,
    attributes.filter(isList).map((one) => ({ name: one.attribute_key, title: one.attribute_display_name })),
  );
}

/** Whether an agent is a program. */
export function isMachine(id: string | null, { agents, context }: Desk): boolean {
  return id !== null && isProgram({ id, name: agents?.get(id)?.name ?? null }, statedOf(context.settings));
}
