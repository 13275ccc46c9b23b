import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import type { Account as Access, Auth, VendorReply } from '../../src/kit/account.ts';
import { refreshSecret } from '../../src/kit/auth/oauth.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import { type CodeFields, chooseCodeFields, codeText } from '../../src/kit/code-fields.ts';
import type { Identity } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readVisible, type SideList } from '../../src/kit/feed/read-all.ts';
import { firstIds, looksBelow } from '../../src/kit/feed/visible-parts.ts';
import { once } from '../../src/kit/once.ts';
import { offset, onePage } from '../../src/kit/page/counted.ts';
import type { Reader } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import {
  Agent,
  Article,
  BusinessHours,
  Contract,
  Department,
  Field,
  RelatedRule,
  Team,
  type Ticket,
} from './schema.ts';
import { deskUrl, type Settings, tokenUrl } from './settings.ts';
import { statusOf } from './words.ts';

export const API = '/api/v1';
const SCHEME = 'Zoho-oauthtoken';

/** The way out where a scope is missing. */
export const scope = (...names: string[]) =>
  `Make the refresh token anew with the scope ${names.map((name) => `Desk.${name}.READ`).join(' and ')}, as an administrator.`;

/** Lists begin at 0; those that count from 1 take it for 1, and a row that comes twice is told by its id. */
export const pagesOf = (rows: number) => offset({ param: 'from', size: { param: 'limit', rows } });
export const WHOLE = onePage();

/** How to speak with the organisation. Errors: BAD_URL, SECRET_MISSING. */
export function accessOf(settings: Settings, secret: string): Access {
  return {
    baseUrl: deskUrl(settings),
    auth: authOf(settings, secret),
    headers: { orgId: settings.org },
    // Credits are counted by the day, and requests under way at once by edition: 5 in the free one.
    limits: { concurrency: 4, perMinute: null },
    classify: meaningOf,
  };
}

function authOf(settings: Settings, secret: string): Auth {
  if (settings.clientId === undefined) return { kind: 'header', name: 'authorization', value: `${SCHEME} ${secret}` };
  return {
    kind: 'token',
    source: refreshSecret(secret, { tokenUrl: tokenUrl(settings), scheme: SCHEME, clientId: settings.clientId }),
  };
}

const Refusal = z.looseObject({ errorCode: z.string() });

/** Used-up credits come with several statuses. A feature that the edition lacks is told for configuration only: of a ticket it would mean that it is gone. */
function meaningOf(reply: VendorReply): 'limit' | 'plan' | null {
  if (reply.status < 400) return null;
  const code = Refusal.safeParse(reply.json()).data?.errorCode;
  if (code === 'THRESHOLD_EXCEEDED' || code === 'TOO_MANY_REQUESTS') return 'limit';
  return code === 'LICENSE_ACCESS_LIMITED' && !reply.path.startsWith(`${API}/tickets/`) ? 'plan' : null;
}

export type Session = ReturnType<typeof openSession>;
export type Context = FeedContext<Settings, Session>;

export const FIELDS = `${API}/fields`;
export const AGENTS = { include: 'profile,role' };

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export function openSession(context: EarlyContext<Settings>, who: Identity | null) {
  const side = <R>(path: string, rows: z.ZodType<R>, size: number | null, more: Partial<SideList<R>> = {}) =>
    readVisible(context, {
      path: `${API}${path}`,
      at: 'data',
      page: size === null ? WHOLE : pagesOf(size),
      rows,
      ...more,
    });
  const below = (path: string) => (id: string) => ({ path: `${API}${path.replace('*', id)}` });
  const first = (path: string, query: Record<string, string | number> = {}) =>
    once(() => firstIds(context, { path: `${API}${path}`, query }, 'data'));
  const seesHours = looksBelow(context, first('/businessHours'), {
    hours: below('/businessHours/*'),
    rules: below('/businessHours/*/relatedRules'),
  });
  const found = {
    sortBy: 'modifiedTime',
    modifiedTimeRange: `2004-01-01T00:00:00.000Z,${who?.serverNow.toISOString()}`,
  };
  const tickets = who === null ? async () => null : first('/tickets/search', { ...found, limit: 3 });
  const seesTickets = looksBelow(context, tickets, {
    ticket: below('/tickets/*'),
    conversations: below('/tickets/*/conversations'),
    History: below('/tickets/*/History'),
    metrics: below('/tickets/*/metrics'),
    tags: below('/tickets/*/tags'),
  });
  const seesHolidays = looksBelow(
    context,
    async () => {
      const hours = (await side('/businessHours', BusinessHours, 50)) ?? [];
      return hours.flatMap((row) =>
        [row.associatedHolidayList?.holidayListId ?? [], row.holidayLists.map(({ id }) => id ?? [])].flat(2),
      );
    },
    { list: below('/holidayList/*') },
  );
  const seesLayouts = looksBelow(context, first('/layouts', { module: 'tickets', status: 'all' }), {
    layout: below('/layouts/*'),
  });
  const seesRules = looksBelow(context, first('/directAssignmentRules'), { rule: below('/directAssignmentRules/*') });
  const fieldsOf = (module: string) => side('/fields', Field, null, { query: { module } });
  return {
    role: who?.role ?? 'user',
    seesTickets,
    seesHours,
    seesHolidays,
    seesLayouts,
    seesRules,
    departments: once(async () => byId(await side('/departments', Department, 200))),
    teams: once(async () => byId(await side('/teams', Team, 200, { at: 'teams' }))),
    agents: once(async () => byId(await side('/agents', Agent, 200, { query: AGENTS }))),
    fields: once(() => fieldsOf('tickets')),
    /** Field of accounts with the tier. */
    tierField: once(async () => {
      const { tierField } = context.settings;
      if (tierField !== undefined) return tierField;
      const own = ((await fieldsOf('accounts')) ?? []).filter(isList);
      return own.find(({ displayLabel }) => rolesOfField(displayLabel).includes('tier'))?.apiName ?? null;
    }),
    /** Accounts that have a contract, and the policies that contracts promise. */
    contracts: once(async () => {
      const rows = await side('/contracts', Contract, 50);
      if (rows === null) return null;
      const valid = rows.filter((row) => !/^expired$/i.test(row.contractStatus ?? ''));
      return {
        accounts: new Set(valid.map((row) => row.accountId ?? row.account?.id ?? null)),
        policies: new Set(valid.map((row) => row.associatedSLAId)),
      };
    }),
    /** Business hours by the policy that runs on them. */
    hoursOf: once(async () => {
      const hours = await side('/businessHours', BusinessHours, 50);
      if (hours === null || !(await seesHours('rules'))) return null;
      const rules = await each(hours, ({ id }) => side(`/businessHours/${id}/relatedRules`, RelatedRule, 50));
      const policies = rules.map((all) => (all ?? []).filter((rule) => /^sla$/i.test(rule.ruleType ?? '')));
      return new Map(hours.flatMap(({ id }, i) => (policies[i] ?? []).map((rule) => [rule.ruleId, id] as const)));
    }),
    /** Ids of articles by the last part of their address. */
    slugs: once(async () => {
      const rows = await side('/articles', Article, 50);
      return rows === null
        ? null
        : new Map(rows.flatMap((row): [string, string][] => slugsOf(row).map((slug) => [slug, row.id])));
    }),
  };
}

/** What stays out of sight of the token; null = nothing that is known of. */
export const unseenBy = ({ role }: Session): string | null =>
  role === 'admin'
    ? null
    : 'The token is not that of an administrator: tickets of departments that the user is not in are not shown.';

/** The last part of an article's address, by which links name it. */
function slugsOf({ webUrl, permalink }: Article): string[] {
  return [permalink, webUrl?.split(/[?#]/)[0]?.split('/').at(-1) ?? null].filter(
    (slug) => slug !== null && slug !== '',
  ) as string[];
}

/** A record for each id, which `*` in the path stands for; null = it is gone, or is no record. What of them cannot be read is set aside. Errors: those of the client. */
export async function readEach<T>(
  reader: Reader,
  stream: string,
  ids: readonly string[],
  path: string,
  schema: z.ZodType<T>,
) {
  const rejected: SetAside[] = [];
  const found = await each(ids, async (id): Promise<T | null> => {
    const ask = { path: `${API}${path.replace('*', id)}`, schema: z.unknown(), signal: reader.signal };
    const { found: reply } = await orRefusal(() => reader.http.getJson(ask), [404]);
    if (reply === null || reply.empty) return null;
    const parsed = parseEach(schema, [reply.data], stream, () => id);
    rejected.push(...parsed.rejected);
    return parsed.kept[0] ?? null;
  });
  return { found, rejected };
}

/** The same rows as they are shown one by one, which is more than the list shows. */
export async function readWhole<T extends { readonly id: string }>(
  reader: Reader,
  stream: string,
  rows: readonly T[],
  path: string,
  schema: z.ZodType<T>,
) {
  const ids = rows.map(({ id }) => id);
  const { found, rejected } = await readEach(reader, stream, ids, path, schema);
  return { whole: rows.map((row, i) => found[i] ?? row), rejected };
}

/** What the mapping of tickets and rules has to know of the organisation. */
export type Desk = Awaited<ReturnType<typeof loadDesk>>;

export async function loadDesk(context: Context) {
  const { session, settings } = context;
  const fields = (await session.fields()) ?? [];
  const own = fields.find(({ apiName }) => apiName === 'status')?.allowedValues ?? [];
  const types = own.flatMap(({ value, statusType }): [string, string][] =>
    statusType === null ? [] : [[value.toLowerCase(), statusType]],
  );
  return {
    context,
    fields,
    departments: await session.departments(),
    teams: await session.teams(),
    agents: await session.agents(),
    codes: codesOf(settings, fields),
    status: statusOf(settings.statuses, new Map(types)),
    hoursOf: await session.hoursOf(),
    slugs: await session.slugs(),
  };
}

export function isList({ type }: Pick<Field, 'type'>): boolean {
  return /^(picklist|multiselect)$/i.test(type ?? '');
}

/** Fields with codes: product and category of the desk itself, unless another is named. */
export function codesOf(settings: Settings, fields: readonly Field[]): CodeFields {
  const stated = { product: 'productId', category: 'category', ...settings.fields };
  return chooseCodeFields(
    stated,
    fields.filter(isList).map(({ apiName, displayLabel }) => ({ name: apiName, title: displayLabel })),
  );
}

/** A field of the desk, or one of its own. */
export function codeIn(row: Ticket, field: string): string | null {
  return codeText(row.cf?.[field] ?? row.customFields?.[field] ?? row[field]);
}

/** Whether an agent is a program. */
export function isMachine(id: string | null, { agents, context }: Desk): boolean {
  if (id === null) return false;
  const agent = agents?.get(id);
  return agent?.isZiaAgent === true || isProgram({ id, name: agent?.name ?? null }, statedOf(context.settings));
}
