import type { z } from 'zod';
import type { Account, ReplyMeaning, VendorReply } from '../../src/kit/account.ts';
import { clientCredentials } from '../../src/kit/auth/oauth.ts';
import { readSecretParts } from '../../src/kit/auth/secret-parts.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import { type CodeFields, chooseCodeFields } from '../../src/kit/code-fields.ts';
import type { Identity } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readAll, readVisible } from '../../src/kit/feed/read-all.ts';
import { readShown } from '../../src/kit/feed/read-one.ts';
import { looksBelow } from '../../src/kit/feed/visible-parts.ts';
import { once, oncePer } from '../../src/kit/once.ts';
import { onePage, pageNumber } from '../../src/kit/page/counted.ts';
import { askPage, type Pager, valueAt } from '../../src/kit/page/pager.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { Article, Collection, Customer, Field, Me, Named, Reference, User } from './schema.ts';
import type { Settings } from './settings.ts';

const API = new URL('https://api.helpscout.net');
const DOCS_API = new URL('https://docsapi.helpscout.net');
/** Name of the address of Docs. */
export const DOCS = 'docs';

/** The vendor fixes the rows of a page: 25 of conversations, 50 of others. */
const COUNTED = pageNumber({ param: 'page', pages: 'page.totalPages' });
export const PAGES: Pager = {
  ...COUNTED,
  // A list that is given whole counts no pages and names no next one.
  after: (page) =>
    valueAt(page.data, 'page') === undefined && valueAt(page.data, '_links.next') === undefined
      ? { kind: 'end' }
      : COUNTED.after(page),
};
export const REPORT_PAGES = pageNumber({ param: 'page', pages: 'pages' });
export const docsPages = (list: string) =>
  pageNumber({ param: 'page', size: { param: 'pageSize', rows: 100 }, pages: `${list}.pages` });
const WHOLE = onePage();

/** How to speak with the account. Errors: SECRET_MISSING. */
export function accountOf(settings: Settings, secret: string): Account {
  const { own, docsKey } = partsOf(settings, secret);
  const tokenUrl = new URL('/v2/oauth2/token', API);
  return {
    baseUrl: API,
    ...(docsKey === null
      ? {}
      : { origins: { [DOCS]: { url: DOCS_API, auth: { kind: 'basic', user: docsKey, password: 'X' } } } }),
    auth:
      settings.app === undefined
        ? { kind: 'bearer', token: own }
        : { kind: 'token', source: clientCredentials({ tokenUrl, clientId: settings.app, clientSecret: own }) },
    limits: {
      concurrency: 4,
      // The lowest of the plans; the account's own is in the replies, and lowers it when others use it too.
      perMinute: 200,
      headers: {
        limit: 'x-ratelimit-limit-minute',
        remaining: 'x-ratelimit-remaining-minute',
        reset: 'x-ratelimit-retry-after',
      },
    },
    classify,
  };
}

function partsOf({ app, docs }: Settings, secret: string): { readonly own: string; readonly docsKey: string | null } {
  if (!docs) return { own: secret, docsKey: null };
  const name = app === undefined ? 'access_token' : 'app_secret';
  const { parts } = readSecretParts(secret, [name, 'docs_key']);
  return { own: parts[name], docsKey: parts.docs_key };
}

/** A page without rows comes without its list. */
export function classify(reply: VendorReply): ReplyMeaning | null {
  if (reply.status !== 200) return null;
  const body = reply.json();
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { page, _embedded } = body as { readonly page?: unknown; readonly _embedded?: unknown };
  return typeof page === 'object' && page !== null && (_embedded === undefined || _embedded === null) ? 'empty' : null;
}

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the user may not see it. */
export interface Session {
  /** Role of the user who asks; null = the vendor does not say. */
  readonly role: string | null;
  readonly users: () => Promise<ReadonlyMap<string, User> | null>;
  /** Ids of users that are programs of the vendor: AI agents. */
  readonly systemUsers: () => Promise<ReadonlySet<string> | null>;
  /** Whether the account has organisations; null = they are not shown. */
  readonly organised: () => Promise<boolean | null>;
  readonly teams: () => Promise<readonly Named[] | null>;
  /** Ids of the members by team. */
  readonly seesMembers: () => Promise<boolean>;
  readonly members: () => Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  readonly mailboxes: () => Promise<readonly Named[]>;
  /** Custom fields of all inboxes that show them; null = none does. */
  readonly fields: () => Promise<readonly Field[] | null>;
  /** Organisation of a customer; null = none, or not known. */
  readonly organisationOf: (customer: string) => Promise<string | null>;
  /** Articles by host and path of their addresses (`acme.helpscoutdocs.com/article/7`). */
  readonly articles: () => Promise<ReadonlyMap<string, string> | null>;
}
export type Context = FeedContext<Settings, Session>;

export async function readMe(context: EarlyContext<Settings>) {
  return context.http.getJson({ path: '/v2/users/me', schema: Me, signal: context.signal });
}

export function openSession(context: EarlyContext<Settings>, who: Identity | null): Session {
  const rows = <R>(path: string, list: string, schema: z.ZodType<R>) =>
    readVisible(context, { path, at: `_embedded.${list}`, page: PAGES, rows: schema });
  const teams = once(() => rows('/v2/teams', 'teams', Named));
  const seesMembers = looksBelow(context, async () => ((await teams()) ?? []).map(({ id }) => id), {
    members: (id) => ({ path: `/v2/teams/${id}/members` }),
  });
  const mailboxes = once(async () => (await rows('/v2/mailboxes', 'mailboxes', Named)) ?? []);
  const organised = once(async () => {
    const place = { at: '_embedded.organizations', place: 'organizations' };
    const { found } = await orRefusal(() => askPage(context, ORGANISATIONS, place));
    return found === null ? null : found.rows.length > 0;
  });
  // A failed question must be asked again by the next conversation, not remembered.
  const readOrganisation = oncePer(async (customer: string): Promise<string | null> => {
    const found = await readShown(context, { path: `/v2/customers/${encodeURIComponent(customer)}` }, Customer);
    return found?.organizationId ?? null;
  });
  return {
    role: who?.role ?? null,
    users: once(async () => byId(await rows('/v2/users', 'users', User))),
    systemUsers: once(async () => {
      const found = await rows('/v3/system-users', 'system_users', Reference);
      return found === null ? null : new Set(found.map(({ id }) => id));
    }),
    teams,
    seesMembers: () => seesMembers('members'),
    members: once(async () => {
      const all = (await teams()) ?? [];
      const seen = await seesMembers('members');
      const { of } = await readChildren(context, 'teams', seen ? all : [], MEMBERS);
      return new Map([...of].map(([team, all]) => [team.id, new Set((all ?? []).map(({ id }) => id))]));
    }),
    mailboxes,
    fields: once(async () => {
      const all = await mailboxes();
      const { of } = await readChildren(context, 'custom-fields', all, FIELDS);
      const shown = [...of.values()].filter((one) => one !== null);
      return shown.length === 0 && all.length > 0 ? null : shown.flat();
    }),
    organised,
    async organisationOf(customer) {
      return (await organised()) === true ? readOrganisation(customer) : null;
    },
    articles: once(() => readArticleLinks(context)),
  };
}

const ORGANISATIONS = PAGES.first({ path: '/v2/organizations' });
const below = <R>(path: string, list: string, rows: z.ZodType<R>) => ({
  path: ({ id }: { readonly id: string }) => path.replace('{id}', encodeURIComponent(id)),
  at: `_embedded.${list}`,
  page: PAGES,
  rows,
});
export const MEMBERS = below('/v2/teams/{id}/members', 'users', Reference);
/** Statuses of an inbox that does not show what is below it. */
const HIDDEN = [402, 403, 404];
export const FIELDS = { ...below('/v2/mailboxes/{id}/fields', 'fields', Field), gone: HIDDEN };
export const SAVED_REPLIES = {
  path: ({ id }: Named) => `/v2/mailboxes/${encodeURIComponent(id)}/saved-replies`,
  query: { includeChatReplies: true },
  page: WHOLE,
  rows: Reference,
  gone: HIDDEN,
};

async function readArticleLinks(context: EarlyContext<Settings>): Promise<ReadonlyMap<string, string> | null> {
  if (!context.settings.docs) return new Map();
  const list = <R>(path: string, name: string, rows: z.ZodType<R>) =>
    readAll(context, { path, origin: DOCS, at: `${name}.items`, page: docsPages(name), rows });
  const found = await orRefusal(async () => {
    const collections = await list('/v1/collections', 'collections', Collection);
    return each(collections, ({ id }) => list(`/v1/collections/${id}/articles`, 'articles', Article));
  });
  if (found.found === null) return null;
  const links = found.found.flat().flatMap(({ id, publicUrl }) => {
    const [, link] = ARTICLE_LINK.exec(publicUrl ?? '') ?? [];
    return link === undefined ? [] : [[link.toLowerCase(), id] as const];
  });
  return new Map(links);
}

/** The address of an article goes on with words of the title, which may change. */
export const ARTICLE_LINK = /https?:\/\/([\w.-]+\/article\/\d+)/i;

/** What the mapping of conversations has to know of the account. */
export interface Desk {
  readonly context: Context;
  readonly users: ReadonlyMap<string, User> | null;
  readonly systemUsers: ReadonlySet<string> | null;
  readonly fields: readonly Field[];
  readonly codes: CodeFields;
  /** Null = the articles are not shown, so that links to them cannot be told. */
  readonly articles: ReadonlyMap<string, string> | null;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const fields = (await session.fields()) ?? [];
  return {
    context,
    users: await session.users(),
    systemUsers: await session.systemUsers(),
    fields,
    codes: codesOf(settings, fields),
    articles: await session.articles(),
  };
}

export function isList({ type }: Pick<Field, 'type'>): boolean {
  return /^dropdown$/i.test(type ?? '');
}

/** Names of the custom fields with product, category, severity and cause: inboxes have fields of their own, which go by the same name. */
export function codesOf(settings: Settings, fields: readonly Field[]): CodeFields {
  return chooseCodeFields(
    settings.fields,
    fields.filter(isList).flatMap(({ name }) => (name === null ? [] : [{ name, title: name }])),
  );
}

export function nameOf({ firstName, lastName }: Pick<User, 'firstName' | 'lastName'>): string | null {
  return [firstName, lastName].filter((one) => one !== null).join(' ') || null;
}

/** Whether a user is a program: an AI agent, or one that is stated or named so. */
export function isMachine(id: string | null, { users, systemUsers, context }: Desk): boolean {
  if (id === null) return false;
  const user = users?.get(id);
  return (
    systemUsers?.has(id) === true ||
    isProgram({ id, name: user === undefined ? null : nameOf(user) }, statedOf(context.settings))
  );
}
