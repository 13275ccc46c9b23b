import { z } from 'zod';
import type { ReplyMeaning, VendorReply } from '../../src/kit/account.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import { type CodeFields, chooseCodeFields } from '../../src/kit/code-fields.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { readChildren } from '../../src/kit/feed/children.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readVisible } from '../../src/kit/feed/read-all.ts';
import { once } from '../../src/kit/once.ts';
import { nextLink } from '../../src/kit/page/cursor.ts';
import { askPage, type Reader, valueAt } from '../../src/kit/page/pager.ts';
import { type Parsed, parseEach } from '../../src/kit/parse-each.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import {
  Account,
  Article,
  Contact,
  CustomField,
  Inbox,
  KnowledgeBase,
  Status,
  Tag,
  Team,
  TeamMembers,
  Teammate,
} from './schema.ts';
import { type Settings, statedOf } from './settings.ts';
import { WORDS } from './words.ts';

/** Addresses of further pages name the host of the company, so that only their token is used. */
const NEXT = { at: '_pagination.next', token: 'page_token' };
const sized = (rows: number) => ({ at: '_results', page: nextLink({ ...NEXT, size: { param: 'limit', rows } }) });
/** Lists that page, a hundred rows a page. */
export const PAGES = sized(100);
/** The list of all events gives fifteen a page. */
export const EVENT_PAGES = sized(15);
/** Lists that are described as given whole; a further page that one names is read all the same. */
export const WHOLE = { at: '_results', page: nextLink(NEXT) };

/** Conversations of all states, oldest first. Without them the vendor does not say which it leaves out. */
export const ALL = {
  'q[statuses][]': ['assigned', 'unassigned', 'archived', 'trashed'],
  sort_by: 'date',
  sort_order: 'asc',
};

/** What is answered for a record that is gone: deleted, or merged into another, whose address the vendor then gives. */
export const GONE = [404, 301, 302, 307, 308];

/** An export that is still made is asked for again later, as one that the vendor has no time for. */
export function classify({ status, path, json }: VendorReply): ReplyMeaning | null {
  if (status !== 200 || !/\/analytics\/exports\/[^/]+$/.test(path)) return null;
  return valueAt(json(), 'status') === 'running' ? 'limit' : null;
}

/** Which parts of a conversation the token may read. */
export interface Sees {
  readonly messages: boolean;
  readonly comments: boolean;
  readonly events: boolean;
}

export type TeamWithMembers = Team & { readonly members: readonly string[] };

/** Whose contact somebody is. */
export interface Customers {
  /** Account by mail domain; null = two accounts have it. */
  readonly domains: ReadonlyMap<string, string | null>;
  readonly contacts: ReadonlyMap<string, string>;
}

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export interface Session {
  /** Teams (workspaces) with the ids of their members. */
  readonly teams: () => Promise<readonly TeamWithMembers[] | null>;
  readonly teammates: () => Promise<ReadonlyMap<string, Teammate> | null>;
  readonly inboxes: () => Promise<ReadonlyMap<string, Inbox> | null>;
  readonly statuses: () => Promise<ReadonlyMap<string, Status> | null>;
  readonly tags: () => Promise<ReadonlyMap<string, z.infer<typeof Tag>> | null>;
  readonly fields: () => Promise<readonly CustomField[] | null>;
  readonly accountFields: () => Promise<readonly CustomField[] | null>;
  readonly customers: () => Promise<Customers | null>;
  /** Articles by the end of their address. */
  readonly slugs: () => Promise<ReadonlyMap<string, string> | null>;
  readonly sees: () => Promise<Sees>;
}
export type Context = FeedContext<Settings, Session>;

export function openSession(context: EarlyContext<Settings>): Session {
  const whole = <R>(path: string, rows: z.ZodType<R>) => readVisible(context, { ...WHOLE, path, rows });
  const paged = <R>(path: string, rows: z.ZodType<R>) => readVisible(context, { ...PAGES, path, rows });
  return {
    teams: once(async () => withMembers(context, await whole('/teams', Team))),
    teammates: once(async () => byId(await whole('/teammates', Teammate))),
    inboxes: once(async () => byId(await whole('/inboxes', Inbox))),
    // Without tickets there are no statuses, and the vendor answers 404.
    statuses: once(async () => byId(await whole('/company/statuses', Status))),
    tags: once(async () => byId(await paged('/tags', Tag))),
    fields: once(() => whole('/conversations/custom_fields', CustomField)),
    accountFields: once(() => whole('/accounts/custom_fields', CustomField)),
    customers: once(async () => customersOf(context, await paged('/accounts', Account))),
    slugs: once(() => readSlugs(context)),
    sees: once(() => whatIsSeen(context)),
  };
}

/** One record that is asked for alone; nothing where it is gone. What cannot be read of it is set aside, as in a list. */
export async function readOne<R>(reader: Reader, path: string, schema: z.ZodType<R>, feed: string): Promise<Parsed<R>> {
  const ask = { path, schema: z.unknown(), signal: reader.signal };
  const { found } = await orRefusal(() => reader.http.getJson(ask), GONE);
  return found === null || found.empty ? { kept: [], rejected: [] } : parseEach(schema, [found.data], feed);
}

/** The list of teams gives no members. */
async function withMembers(
  context: EarlyContext<Settings>,
  teams: readonly Team[] | null,
): Promise<readonly TeamWithMembers[] | null> {
  if (teams === null) return null;
  return each(teams, async (team) => {
    const { kept } = await readOne(context, `/teams/${team.id}`, TeamMembers, 'teams');
    return { ...team, members: (kept[0]?.members ?? []).map(({ id }) => id) };
  });
}

/** Contacts of accounts with domains are told by these; only those of accounts without one are listed, a request for each. */
async function customersOf(
  context: EarlyContext<Settings>,
  accounts: readonly Account[] | null,
): Promise<Customers | null> {
  if (accounts === null) return null;
  const domains = new Map<string, string | null>();
  for (const { id, domains: own } of accounts)
    for (const domain of new Set(own.map((one) => one.trim().toLowerCase())))
      domains.set(domain, domains.has(domain) ? null : id);
  const bare = accounts.filter((account) => account.domains.length === 0);
  const { found } = await orRefusal(
    () =>
      readChildren(context, 'accounts', bare, {
        ...PAGES,
        path: (account) => `/accounts/${account.id}/contacts`,
        rows: Contact,
      }),
    [403],
  );
  const contacts = new Map(
    bare.flatMap((account) => (found?.of.get(account) ?? []).map((contact) => [contact.id, account.id] as const)),
  );
  return { domains, contacts };
}

async function readSlugs(context: EarlyContext<Settings>): Promise<ReadonlyMap<string, string> | null> {
  const bases = await readVisible(context, { ...WHOLE, path: '/knowledge_bases', rows: KnowledgeBase });
  if (bases === null) return null;
  const articles = await readChildren(context, 'articles', bases, {
    ...PAGES,
    path: (base) => `/knowledge_bases/${base.id}/articles`,
    rows: Article,
  });
  return new Map(
    bases.flatMap((base) =>
      (articles.of.get(base) ?? []).flatMap(({ id, slug }): [string, string][] => {
        const end = slug?.split('/').at(-1) ?? '';
        return end === '' ? [] : [[end, id]];
      }),
    ),
  );
}

async function whatIsSeen(context: EarlyContext<Settings>): Promise<Sees> {
  const first = PAGES.page.first({ path: '/conversations', query: ALL }, 1);
  const [one] = (await askPage(context, first, { at: '_results', place: 'conversations' })).rows;
  const id = valueAt(one, 'id');
  if (typeof id !== 'string') return { messages: true, comments: true, events: true };
  const sees = async (part: string): Promise<boolean> => {
    const ask = { path: `/conversations/${id}/${part}` };
    const asked = await orRefusal(() => askPage(context, ask, { at: '_results', place: part }), [403, ...GONE]);
    return asked.found !== null || asked.refusal.status !== 403;
  };
  return { messages: await sees('messages'), comments: await sees('comments'), events: await sees('events') };
}

/** What the mapping of conversations and rules has to know of the company. */
export interface Desk {
  readonly context: Context;
  readonly teammates: ReadonlyMap<string, Teammate> | null;
  /** Teammates by mail address, in lower case. */
  readonly byMail: ReadonlyMap<string, string>;
  readonly inboxes: ReadonlyMap<string, Inbox> | null;
  readonly statuses: ReadonlyMap<string, Status> | null;
  readonly fields: readonly CustomField[];
  readonly codes: CodeFields;
  /** Id of the field with the priority. */
  readonly priority: string | null;
  readonly customers: Customers | null;
  readonly slugs: ReadonlyMap<string, string> | null;
  readonly sees: Sees;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const teammates = await session.teammates();
  const fields = (await session.fields()) ?? [];
  const mails = [...(teammates?.values() ?? [])].flatMap(({ id, email }) =>
    email === null ? [] : [[email.toLowerCase(), id] as const],
  );
  return {
    context,
    teammates,
    byMail: new Map(mails),
    inboxes: await session.inboxes(),
    statuses: await session.statuses(),
    fields,
    codes: codesOf(settings, fields),
    priority: fieldNamed(settings.priorityField, fields) ?? lists(fields).find(saysPriority)?.id ?? null,
    customers: await session.customers(),
    slugs: await session.slugs(),
    sees: await session.sees(),
  };
}

const saysPriority = ({ name }: CustomField): boolean => /^priorit/i.test(name?.trim() ?? '');
export const isList = ({ type }: CustomField): boolean => /^enum$/i.test(type ?? '');
const lists = (fields: readonly CustomField[]): CustomField[] => fields.filter(isList);

/** Id of a field that people name by its name or id. */
export function fieldNamed(stated: string | undefined, fields: readonly CustomField[]): string | null {
  return fields.find((one) => one.id === stated || (stated !== undefined && one.name === stated))?.id ?? null;
}

/** Fields with product, category, severity and cause, by id. */
export function codesOf({ fields: stated }: Settings, fields: readonly CustomField[]): CodeFields {
  const named = Object.fromEntries(
    Object.entries(stated).map(([role, name]) => [role, fieldNamed(name, fields) ?? undefined]),
  );
  return chooseCodeFields(
    named,
    lists(fields).map(({ id, name }) => ({ name: id, title: name })),
  );
}

/** Values of custom fields by the ids of the fields; the vendor keys them by their names. */
export function valuesById(
  values: Readonly<Record<string, unknown>> | null,
  fields: readonly CustomField[],
): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ id, name }) => [id, name === null ? null : values?.[name]]));
}

/** Field of accounts with the tier: as stated, else a list whose name says so. */
export function tierFieldOf({ tierField }: Settings, fields: readonly CustomField[]): string | null {
  if (tierField !== undefined) return fieldNamed(tierField, fields);
  return lists(fields).find(({ name }) => rolesOfField(name).includes('tier'))?.id ?? null;
}

/** Name of a teammate, which is looked at and dropped. */
export function nameOf(one: Teammate): string | null {
  const name = [one.first_name, one.last_name].filter((part) => part !== null).join(' ');
  return name === '' ? one.username : name;
}

/** What an account of the desk is: a person, a program, one that answers customers, or the voice of a survey. */
export function seatOf(
  one: { readonly id: string | null; readonly type: string | null } | null,
  { teammates, context }: Pick<Desk, 'teammates' | 'context'>,
): 'person' | 'program' | 'answers' | 'survey' | null {
  if (one === null || one.id === null) return null;
  const listed = teammates?.get(one.id);
  const seat = WORDS.seat(one.type ?? listed?.type) ?? 'person';
  const name = listed === undefined ? null : nameOf(listed);
  return seat === 'person' && isProgram({ id: one.id, name }, statedOf(context.settings)) ? 'program' : seat;
}
