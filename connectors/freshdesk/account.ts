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
import { Agent, CompanyField, Group, Me, Role, Ticket, TicketField } from './schema.ts';
import type { Settings } from './settings.ts';

export const API = '/api/v2';

/** 100 rows a page; the next page stands in the Link header. Beyond page 300 the vendor answers with an error. */
export const PAGES = linkHeader({ size: { param: 'per_page', rows: 100 }, page: 'page', lastPage: 300 });

/** The vendor keeps lists of tickets to fewer requests a minute than the account as a whole: 20 on the smallest plan. */
export const TICKET_LIST = { id: 'ticket-list', perMinute: 20 } as const;

/** Statuses by which the vendor says that something may not be seen, or is not there. */
const REFUSED = [400, 402, 403, 404, 405, 410, 422];

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the key may not see it. */
export interface Session {
  readonly me: () => Promise<z.infer<typeof Me>>;
  readonly agents: () => Promise<ReadonlyMap<string, Agent> | null>;
  readonly groups: () => Promise<ReadonlyMap<string, Group> | null>;
  readonly adminRoles: () => Promise<ReadonlySet<string> | null>;
  readonly ticketFields: () => Promise<readonly TicketField[] | null>;
  readonly companyFields: () => Promise<ReadonlySet<string> | null>;
  /** Whether tickets may have been archived that `since` asks for. */
  readonly archives: () => Promise<boolean>;
}
export type Context = FeedContext<Settings, Session>;

/** The vendor archives closed tickets that nothing happened to for so long, and lists them nowhere. */
export const ARCHIVED_AFTER_S = 120 * 86_400;
/** It may take its time, by the traffic of the account. */
const BY_NOW_MS = 1000 * ARCHIVED_AFTER_S + 60 * 86_400_000;
const CLOSED = '5';

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
    archives: once(() => mayHaveArchived(context)),
  };
}

/**
 * Closed tickets that stay in the list much longer than the vendor says, or a plan without an archive, tell that nothing is archived. Anything else tells nothing, so
 * that there may be an archive. Errors: those of the client, but for refusals.
 */
async function mayHaveArchived(context: EarlyContext<Settings>): Promise<boolean> {
  const { http, settings, signal } = context;
  const start = startAt(settings);
  const query = { order_by: 'updated_at', order_type: 'asc', updated_since: writeSeconds(start), per_page: 100 };
  const listed = await orRefusal(
    () => http.getJson({ path: `${API}/tickets`, query, quota: TICKET_LIST, schema: z.array(z.unknown()), signal }),
    REFUSED,
  );
  if (listed.found === null) return true;
  const { kept } = parseEach(Ticket, listed.found.data, 'tickets');
  const asked = serverTime(listed.found).getTime();
  if (start.getTime() > asked - 1000 * ARCHIVED_AFTER_S) return false;
  const isLate = ({ status, updated_at }: Ticket) =>
    status === CLOSED && updated_at !== null && updated_at.getTime() < asked - BY_NOW_MS;
  if (kept.some(isLate)) return false;
  const first = () => http.getJson({ path: `${API}/tickets/archived/1`, schema: z.unknown(), signal });
  const answer = await orRefusal(first, REFUSED);
  return answer.found !== null || answer.refusal.meaning !== 'plan';
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
