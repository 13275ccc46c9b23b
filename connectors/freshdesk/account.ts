import { z } from 'zod';
import { orRefusal } from '../../src/kit/capability.ts';
import { type CodeFields, chooseCodeFields, lackedCodes } from '../../src/kit/code-fields.ts';
import type { Evidence } from '../../src/kit/connector.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byId, readVisible } from '../../src/kit/feed/read-all.ts';
import { readOne } from '../../src/kit/feed/read-one.ts';
import { writeSeconds } from '../../src/kit/feed/since.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once } from '../../src/kit/once.ts';
import { linkHeader } from '../../src/kit/page/link-header.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { serverTime } from '../../src/kit/server-time.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { VendorId } from '../../src/kit/vendor-schema.ts';
import { Agent, CompanyField, Group, Me, Role, TicketField } from './schema.ts';
import type { Settings } from './settings.ts';

export const API = '/api/v2';

/** 100 rows a page; the next page stands in the Link header. Beyond page 300 the vendor answers with an error. */
export const PAGES = linkHeader({ size: { param: 'per_page', rows: 100 }, page: 'page', lastPage: 300 });

/** The vendor keeps lists of tickets to fewer requests a minute than the account as a whole: 20 on the smallest plan. */
export const TICKET_LIST = { id: 'ticket-list', perMinute: 20 } as const;

type Archive =
  | { readonly kind: 'shown'; readonly number: number; readonly newest: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'hidden' };

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the key may not see it. */
export interface Session {
  readonly me: () => Promise<z.infer<typeof Me>>;
  readonly agents: () => Promise<ReadonlyMap<string, Agent> | null>;
  readonly groups: () => Promise<ReadonlyMap<string, Group> | null>;
  readonly adminRoles: () => Promise<ReadonlySet<string> | null>;
  readonly ticketFields: () => Promise<readonly TicketField[] | null>;
  readonly companyFields: () => Promise<ReadonlySet<string> | null>;
  /** Whether tickets were archived that `since` asks for; `number` = one of them, `newest` = the greatest number of a ticket, `hidden` = that cannot be told. */
  readonly archive: () => Promise<Archive>;
}
export type Context = FeedContext<Settings, Session>;

/** The vendor archives closed tickets that nothing happened to for so long, and lists them nowhere. */
export const ARCHIVED_AFTER_S = 120 * 86_400;
/** Numbers that tell whether something was archived. */
const SAMPLED = 12;
/** Refusals, and faults of a call that live tickets do not need. */
const UNSHOWN = [402, 403, 404, 410, 500, 501, 502, 503, 504];

export async function readMe(context: EarlyContext<Settings>) {
  return context.http.getJson({ path: `${API}/agents/me`, schema: withoutOddCells(Me), signal: context.signal });
}

export function openSession(context: EarlyContext<Settings>): Session {
  const rows = <R>(path: string, schema: z.ZodType<R>) =>
    readVisible(context, { path: `${API}${path}`, page: PAGES, rows: schema });
  return {
    me: once(async () => (await readMe(context)).data),
    agents: once(async () => byId(await rows('/agents', Agent))),
    groups: once(async () => byId(await rows('/groups', Group))),
    adminRoles: once(async () => {
      const roles = await rows('/roles', Role);
      return roles === null
        ? null
        : new Set(roles.filter((role) => /admin/i.test(role.name ?? '')).map((role) => role.id));
    }),
    ticketFields: once(() => rows('/ticket_fields', TicketField)),
    companyFields: once(async () => {
      const fields = await rows('/company_fields', CompanyField);
      return fields === null ? null : new Set(fields.map((field) => field.name));
    }),
    archive: once(() => lookIntoArchive(context)),
  };
}

/**
 * Looks at some numbers from the first to the newest, until one of them is an archived ticket. A plan without an archive has none, and numbers are answered alike where nothing is
 * archived and where a ticket is live. Errors: those of the client.
 */
async function lookIntoArchive(context: EarlyContext<Settings>): Promise<Archive> {
  const { http, settings, signal } = context;
  const { newest, asked } = await newestNumber(context);
  if (startAt(settings).getTime() > asked.getTime() - 1000 * ARCHIVED_AFTER_S) return { kind: 'none' };
  if (newest === null) return { kind: 'hidden' };
  const numbers = Array.from({ length: SAMPLED }, (_, i) => Math.ceil((newest * (i + 1)) / SAMPLED));
  for (const number of new Set(numbers)) {
    const ask = { path: archivedPath(number), schema: z.unknown(), signal };
    const answer = await orRefusal(() => http.getJson(ask), UNSHOWN);
    if (answer.found !== null) return { kind: 'shown', number, newest };
    if (answer.refusal.meaning === 'plan') return { kind: 'none' };
    if (answer.refusal.status !== 404) return { kind: 'hidden' };
  }
  return { kind: 'none' };
}

export const archivedPath = (number: number): string => `${API}/tickets/archived/${number}`;

const Numbered = z.looseObject({ id: VendorId });

/** Greatest number of the newest live tickets, null where none is live or may be seen; and when it was asked for. */
async function newestNumber({ http, settings, signal }: EarlyContext<Settings>) {
  const query = {
    order_by: 'created_at',
    order_type: 'desc',
    updated_since: writeSeconds(startAt(settings)),
    per_page: 100,
  };
  const ask = { path: `${API}/tickets`, query, quota: TICKET_LIST, schema: z.array(z.unknown()), signal };
  const reply = await http.getJson(ask);
  const numbers = parseEach(Numbered, reply.data, 'tickets').kept.map(({ id }) => Number(id));
  const newest = numbers
    .filter(Number.isSafeInteger)
    .reduce<number | null>((most, id) => Math.max(most ?? 0, id), null);
  return { newest, asked: serverTime(reply) };
}

/** The list of agents may leave out what an agent that is asked for alone has: roles and groups. */
export function isShort(agent: Agent): boolean {
  return agent.role_ids === null || agent.group_ids === null;
}

/** Agents as they are shown alone, where the list leaves something out; one that is gone meanwhile stays as it was listed. Errors: those of the client. */
export async function readShort(rows: readonly Agent[], context: Context) {
  const read = await each(rows, async (row) =>
    isShort(row) ? readOne(context, 'agents', `${API}/agents/${row.id}`, Agent) : { kept: [row], rejected: [] },
  );
  return {
    agents: rows.map((row, i) => read[i]?.kept[0] ?? row),
    rejected: read.flatMap(({ rejected }) => rejected),
  };
}

/** Whether values of a field are codes from a list; others may be free text and are never kept. */
export function holdsCode(field: TicketField): boolean {
  return /dropdown|nested|checkbox|number|decimal|date|default_(ticket_type|product|source|status|priority)/.test(
    field.type ?? '',
  );
}

/** Names of the custom fields with product, category, severity and cause. */
export function codeFieldsOf(settings: Settings, fields: readonly TicketField[]): CodeFields {
  const lists = fields.filter((field) => field.default !== true && /dropdown|nested/.test(field.type ?? ''));
  return chooseCodeFields(
    settings.fields,
    lists.map(({ name, label }) => ({ name, title: label })),
  );
}

/** Codes that the account has no field for. Tickets have a product of the account's own beside the field. */
export async function lackedFields({ session, settings }: Context): Promise<Evidence> {
  return { tickets: lackedCodes(codeFieldsOf(settings, (await session.ticketFields()) ?? []), ['product']) };
}

/** Labels of statuses by number, from the choices of the status field: `{"2": ["Open", "Being processed"]}`. */
export function statusNames(fields: readonly TicketField[]): ReadonlyMap<string, string> {
  const choices = fields.find((field) => field.name === 'status')?.choices;
  if (typeof choices !== 'object' || choices === null) return new Map();
  return new Map(
    Object.entries(choices).flatMap(([code, label]): [string, string][] => {
      const text: unknown = Array.isArray(label) ? label[0] : label;
      return typeof text === 'string' && /^\d+$/.test(code) ? [[code, text]] : [];
    }),
  );
}
