import type { Account as Access, Auth, VendorReply } from '../../src/kit/account.ts';
import { clientCredentials, refreshSecret } from '../../src/kit/auth/oauth.ts';
import { readSecretParts } from '../../src/kit/auth/secret-parts.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { byKey } from '../../src/kit/feed/read-all.ts';
import { once, oncePer } from '../../src/kit/once.ts';
import { type BaseReaders, readBaseReaders } from './base-readers.ts';
import { type Early, isIn, lookAt, readSide, readsUtc, where } from './calls.ts';
import { readStaff, type Staff } from './people.ts';
import {
  ArticleNumber,
  ChildSchedule,
  Choice,
  Group,
  Property,
  Question,
  ScheduleSpan,
  SlaDefinition,
} from './schema.ts';
import { concernsTickets, instanceUrl, type Settings, TICKET_TABLES, type TicketTable } from './settings.ts';

/** Where the history of a table is read from; null = nowhere, and why. */
type HistorySource = { readonly from: 'audit' | 'metrics' } | { readonly from: null; readonly why: Capability };

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the user may not see it. */
export interface Session {
  /** Whether instants in questions are read as UTC, as histories are asked for by them. */
  readonly readsUtc: () => Promise<boolean>;
  readonly staff: () => Promise<Staff>;
  readonly groups: () => Promise<ReadonlyMap<string, Group> | null>;
  /** Labels of values, by table, field and value as one text. */
  readonly labels: () => Promise<ReadonlyMap<string, string> | null>;
  readonly history: (table: TicketTable) => Promise<HistorySource>;
  /** Definitions for tickets; the others are of requests, changes and the like. */
  readonly slas: () => Promise<ReadonlyMap<string, SlaDefinition> | null>;
  readonly spans: () => Promise<readonly ScheduleSpan[] | null>;
  readonly childSchedules: () => Promise<readonly { schedule: string; child_schedule: string }[] | null>;
  /** Zone of the instance; null = neither stated nor visible. */
  readonly timeZone: () => Promise<string | null>;
  readonly questions: () => Promise<ReadonlyMap<string, Question> | null>;
  /** Ids of articles by their number. */
  readonly articles: () => Promise<ReadonlyMap<string, string> | null>;
  readonly baseReaders: () => Promise<BaseReaders | null>;
}
export type Context = FeedContext<Settings, Session>;

export function openSession(context: Early): Session {
  const { settings } = context;
  const choices = where(isIn('name', ['task', ...TICKET_TABLES]), isIn('element', ['state', 'hold_reason']));
  const slas = once(async () => {
    const rows = await readSide(context, 'contract_sla', SlaDefinition, null);
    return byKey(rows?.filter((row) => concernsTickets(row.collection ?? row.table)) ?? null, 'sys_id');
  });
  const childSchedules = once(() => readSide(context, 'cmn_other_schedule', ChildSchedule, null));
  return {
    readsUtc: once(async () => {
      const [table] = settings.tables;
      const asked = await orRefusal(() => readsUtc(context, table as string));
      return asked.found ?? true;
    }),
    staff: once(() => readStaff(context)),
    groups: once(async () => byKey(await readSide(context, 'sys_user_group', Group, null), 'sys_id')),
    labels: once(async () => {
      const rows = await readSide(context, 'sys_choice', Choice, choices);
      if (rows === null) return null;
      const byValue = new Map<string, string>();
      // The label in English goes before others: its words are known best.
      for (const row of [...rows].sort((a, b) => Number(a.language === 'en') - Number(b.language === 'en')))
        if (row.label !== null) byValue.set(`${row.name} ${row.element} ${row.value}`, row.label);
      return byValue;
    }),
    history: oncePer((table) => historyOf(context, table)),
    slas,
    spans: once(async () => {
      const schedules = [...usedSchedules(await slas()).keys()];
      const below = ((await childSchedules()) ?? []).filter((one) => schedules.includes(one.schedule));
      const wanted = [...new Set([...schedules, ...below.map((one) => one.child_schedule)])].sort();
      if (wanted.length === 0) return [];
      return readSide(context, 'cmn_schedule_span', ScheduleSpan, isIn('schedule', wanted));
    }),
    childSchedules,
    timeZone: once(async () => {
      if (settings.timeZone !== undefined) return settings.timeZone;
      const rows = await readSide(context, 'sys_properties', Property, 'name=glide.sys.default.tz');
      return rows?.[0]?.value ?? null;
    }),
    questions: once(async () => byKey(await readSide(context, 'asmt_metric', Question, null), 'sys_id')),
    articles: once(async () => {
      const rows = await readSide(context, 'kb_knowledge', ArticleNumber, 'workflow_state!=outdated');
      return rows && new Map(rows.map((row) => [row.number, row.sys_id]));
    }),
    baseReaders: once(() => readBaseReaders(context)),
  };
}

/** Schedules that SLA definitions run on; an instance has many others (rotas, change windows). */
export function usedSchedules(slas: ReadonlyMap<string, SlaDefinition> | null): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { schedule, active } of slas?.values() ?? [])
    if (schedule !== null && active !== false) uses.set(schedule, (uses.get(schedule) ?? 0) + 1);
  return uses;
}

const AUDIT =
  'Give the user a read ACL on sys_audit (System Security > Access Control), or a role that has one; metric_instance is read where that is open.';

/** The audit log where it may be read, else the stays that metrics recorded. Lines of sys_history_line are made when somebody opens a record: they are never whole. */
async function historyOf(context: Early, table: TicketTable): Promise<HistorySource> {
  const sight = async (name: string, filter: string) =>
    (await orRefusal(() => lookAt(context, name, filter))).found ?? 'hidden';
  const audit = await sight('sys_audit', `tablename=${table}`);
  if (audit === 'some') return { from: 'audit' };
  const metrics = where(`table=${table}`, 'definition.type=field_value_duration');
  if ((await sight('metric_instance', metrics)) === 'some') return { from: 'metrics' };
  return {
    from: null,
    why:
      audit === 'hidden'
        ? { status: 'permission', detail: AUDIT }
        : {
            status: 'absent',
            detail: `No recorded changes of ${table} are shown: auditing is off (System Definition > Dictionary > Audit), or the user may not see its log. ${AUDIT}`,
          },
  };
}

/** How to speak with the instance. Errors: BAD_URL, SECRET_MISSING. */
export function accessOf(settings: Settings, secret: string): Access {
  const baseUrl = instanceUrl(settings);
  return {
    baseUrl,
    auth: authOf(settings, secret, new URL('/oauth_token.do', baseUrl)),
    // Limits are an administrator's own rules for each hour; replies that meet one say how long to wait.
    limits: { concurrency: 4, perMinute: null },
    classify: meaningOf,
  };
}

function authOf({ user, clientId, grant }: Settings, secret: string, tokenUrl: URL): Auth {
  if (clientId === undefined)
    return user === undefined
      ? { kind: 'header', name: 'x-sn-apikey', value: secret }
      : { kind: 'basic', user, password: secret };
  if (grant === 'client_credentials') {
    const { parts } = readSecretParts(secret, ['client_secret']);
    return { kind: 'token', source: clientCredentials({ tokenUrl, clientId, clientSecret: parts.client_secret }) };
  }
  return { kind: 'token', source: refreshSecret(secret, { tokenUrl, clientId }) };
}

/**
 * A question that ran out of its time gives what it has and an error beside it, with 200; a table that is not installed is no wrong question. The first version
 * of the Table API, which some instances still answer with, says 404 where nothing fits the question.
 */
function meaningOf(reply: VendorReply): 'absent' | 'empty' | 'failed' | null {
  const body = reply.status < 300 || reply.status === 400 || reply.status === 404 ? reply.json() : null;
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  if (reply.status < 300) return body.error === null ? null : 'failed';
  const { error } = body;
  const said = (key: string) =>
    typeof error === 'object' && error !== null && key in error ? String((error as Record<string, unknown>)[key]) : '';
  if (reply.status === 404) return /matching query not found/i.test(said('detail')) ? 'empty' : null;
  return /invalid table/i.test(said('message')) ? 'absent' : null;
}
