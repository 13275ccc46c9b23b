import type { z } from 'zod';
import type { ReplyMeaning, VendorReply } from '../../src/kit/account.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readVisible } from '../../src/kit/feed/read-all.ts';
import { readOne } from '../../src/kit/feed/read-one.ts';
import { firstIds, looksBelow, seesBelow } from '../../src/kit/feed/visible-parts.ts';
import { once } from '../../src/kit/once.ts';
import { nextLink } from '../../src/kit/page/cursor.ts';
import { valueAt } from '../../src/kit/page/pager.ts';
import { type Customers, toCustomers } from '../../src/kit/records/customers.ts';
import type { Named } from '../../src/kit/records/people.ts';
import { NamedRow } from '../../src/kit/vendor-schema.ts';
import { Account, Article, Bare, CustomField, Inbox, KnowledgeBase, Status, TeamMembers, Teammate } from './schema.ts';
import type { Settings } from './settings.ts';

/** Addresses of further pages name the host of the company, so that only their token is used. */
const NEXT = { at: '_pagination.next', token: 'page_token' };
const sized = (rows: number) => ({ at: '_results', page: nextLink({ ...NEXT, size: { param: 'limit', rows } }) });
export const PAGES = sized(100);
export const EVENT_PAGES = sized(15);
/** Lists that are described as given whole; a further page that one names is read all the same. */
export const WHOLE = { at: '_results', page: nextLink(NEXT) };

/** Conversations of all states, oldest first. Without them the vendor does not say which it leaves out. */
export const ALL = {
  'q[statuses][]': ['assigned', 'unassigned', 'archived', 'trashed'],
  sort_by: 'date',
  sort_order: 'asc',
};

/** What is answered for a record that is gone: deleted, or merged into another, to whose address the vendor then leads. */
export const GONE = [404, 301, 302, 307, 308];

/** An export that is still made is asked for again later, as one that the vendor has no time for. */
export function classify({ status, path, json }: VendorReply): ReplyMeaning | null {
  if (status !== 200 || !/\/analytics\/exports\/[^/]+$/.test(path)) return null;
  return valueAt(json(), 'status') === 'running' ? 'limit' : null;
}

const PARTS = ['messages', 'comments', 'events', 'inboxes'] as const;
export type Part = (typeof PARTS)[number];

type Rows<R> = ReadonlyMap<string, R>;

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export interface Session {
  /** Teams (workspaces) with their members. */
  readonly teams: () => Promise<readonly (Named & { readonly members: readonly Bare[] })[] | null>;
  readonly seesTeams: () => Promise<boolean>;
  readonly teammates: () => Promise<Rows<Teammate> | null>;
  readonly inboxes: () => Promise<Rows<Inbox> | null>;
  readonly statuses: () => Promise<Rows<Status> | null>;
  readonly tags: () => Promise<Rows<{ readonly name: string | null }> | null>;
  readonly fields: () => Promise<readonly CustomField[] | null>;
  readonly accountFields: () => Promise<readonly CustomField[] | null>;
  readonly customers: () => Promise<Customers | null>;
  /** Contacts of accounts without a domain, with their account. */
  readonly contacts: () => Promise<readonly (readonly [contact: string, account: string])[] | null>;
  /** Ids of articles by the end of their address. */
  readonly slugs: () => Promise<Rows<string> | null>;
  /** Parts of a conversation that the token may read. */
  readonly sees: () => Promise<ReadonlySet<Part>>;
}
export type Context = FeedContext<Settings, Session>;

export function openSession(context: EarlyContext<Settings>): Session {
  const whole = <R>(path: string, rows: z.ZodType<R>) => readVisible(context, { ...WHOLE, path, rows });
  const paged = <R>(path: string, rows: z.ZodType<R>) => readVisible(context, { ...PAGES, path, rows });
  const seesTeams = looksBelow(context, async () => firstIds(context, { path: '/teams' }, '_results'), {
    team: (id) => ({ path: `/teams/${id}` }),
  });
  const accounts = once(() => paged('/accounts', Account));
  const contacts = once(async () => contactsOf(context, await accounts()));
  return {
    /** Whether members of teams are shown. */
    seesTeams: () => seesTeams('team'),
    teams: once(async () => {
      const teams = await whole('/teams', NamedRow);
      // The list gives no members.
      const one = async (id: string) => (await readOne(context, 'teams', `/teams/${id}`, TeamMembers)).kept[0]?.members;
      if (teams === null) return null;
      const seen = await seesTeams('team');
      return each(teams, async (team) => ({ ...team, members: (seen ? await one(team.id) : null) ?? [] }));
    }),
    teammates: once(async () => byId(await whole('/teammates', Teammate))),
    inboxes: once(async () => byId(await whole('/inboxes', Inbox))),
    // Without tickets there are no statuses, and the vendor answers 404.
    statuses: once(async () => byId(await whole('/company/statuses', Status))),
    tags: once(async () => byId(await paged('/tags', NamedRow))),
    fields: once(() => whole('/conversations/custom_fields', CustomField)),
    accountFields: once(() => whole('/accounts/custom_fields', CustomField)),
    contacts,
    customers: once(async () => {
      const rows = await accounts();
      return rows === null ? null : toCustomers(rows, (await contacts()) ?? []);
    }),
    slugs: once(async () => slugsOf(context, await whole('/knowledge_bases', KnowledgeBase))),
    sees: once(() => whatIsSeen(context)),
  };
}

/** Contacts of accounts with domains are told by these; only those of accounts without one are listed, a request for each. */
async function contactsOf(context: EarlyContext<Settings>, accounts: readonly Account[] | null) {
  if (accounts === null) return null;
  const bare = accounts.filter(({ domains }) => domains.length === 0);
  const list = { ...PAGES, path: ({ id }: Account) => `/accounts/${id}/contacts`, rows: Bare };
  const ids = bare.map(({ id }) => id);
  if (!(await seesBelow(context, ids, (id) => ({ path: `/accounts/${id}/contacts` })))) return null;
  const { of } = await readChildren(context, 'accounts', bare, list);
  return bare.flatMap((one) => (of.get(one) ?? []).map(({ id }) => [id, one.id] as const));
}

async function slugsOf(context: EarlyContext<Settings>, bases: readonly { readonly id: string }[] | null) {
  if (bases === null) return null;
  const seen = (id: string) => ({ path: `/knowledge_bases/${id}/articles` });
  if (
    !(await seesBelow(
      context,
      bases.map(({ id }) => id),
      seen,
    ))
  )
    return null;
  const list = { ...PAGES, path: ({ id }: { id: string }) => `/knowledge_bases/${id}/articles`, rows: Article };
  const { of } = await readChildren(context, 'articles', bases, list);
  const articles = [...of.values()].flatMap((own) => own ?? []);
  return new Map(
    articles.map(({ id, slug }) => [slug?.split('/').at(-1) ?? '', id] as const).filter(([end]) => end !== ''),
  );
}

async function whatIsSeen(context: EarlyContext<Settings>): Promise<ReadonlySet<Part>> {
  const first = PAGES.page.first({ path: '/conversations', query: ALL }, 3);
  const ids = (await firstIds(context, first, '_results')) ?? [];
  const seen = await each(PARTS, (part) => seesBelow(context, ids, (id) => ({ path: `/conversations/${id}/${part}` })));
  return new Set(PARTS.filter((_, i) => seen[i] === true));
}
