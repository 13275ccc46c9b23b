import { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { toField as fieldRecord, type Holds } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { dayOf } from '../../src/kit/instants.ts';
import { healthRank } from '../../src/kit/recognise-customer.ts';
import { toCalendar as calendarRecords } from '../../src/kit/records/calendar.ts';
import { toForm as formRecord } from '../../src/kit/records/forms.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import { toAgent as agentRecord } from '../../src/kit/records/people.ts';
import { toPolicy as policyRecords } from '../../src/kit/records/service-levels.ts';
import { promiseOfArticle } from '../../src/kit/records/texts.ts';
import { lookedAt, toAutomation, UNREAD } from '../../src/kit/rule-terms.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { firstFit, type Patterns } from '../../src/kit/vocabulary.ts';
import { type Context, holdsCode } from './account.ts';
import { readField } from './map-rules.ts';
import type { Account } from './map-ticket.ts';
import type {
  Agent,
  Article,
  BusinessHours,
  CannedFolder,
  CannedResponse,
  Company,
  Group,
  Policy,
  Rating,
  SolutionNode,
  TicketField,
} from './schema.ts';
import type { Settings } from './settings.ts';

export function toAgent(
  agent: Agent,
  admins: ReadonlySet<string> | null,
  groups: ReadonlyMap<string, Group> | null,
  settings: Settings,
): TelemetryRecord<'agent'> {
  return agentRecord(
    {
      id: agent.id,
      name: agent.contact?.name ?? null,
      role: roleOf(agent, admins),
      active: agent.deactivated !== true,
      teams: [...(groups?.values() ?? [])].filter(
        (one) => one.agent_ids?.includes(agent.id) === true || agent.group_ids?.includes(one.id) === true,
      ),
      created_at: agent.created_at,
    },
    statedOf(settings),
  );
}

/** Null where the names of roles are not shown, or which of them the agent has. */
function roleOf({ role_ids: ids, type }: Agent, admins: ReadonlySet<string> | null): TelemetryRecord<'agent'>['role'] {
  if (admins === null || ids === null) return null;
  if (ids.some((id) => admins.has(id))) return 'admin';
  return /collaborator/i.test(type ?? '') ? 'light' : 'agent';
}

const PERSONAL = 1;

/** A text at hand, which is shared unless it or its folder is somebody's own. */
export function toCannedResponse(row: CannedResponse, folder: CannedFolder): TelemetryRecord<'automation'> {
  return toAutomation({
    id: `canned:${row.id}`,
    kind: 'macro',
    active: true,
    shared: row.visibility !== PERSONAL && folder.personal !== true,
    actions: ['comment'],
  });
}

/** A day that is not named is closed. */
export function toCalendar(row: BusinessHours): Mapped {
  const days = Object.entries(row.business_hours ?? {}).flatMap(([day, hours]) => {
    const { start_time: from, end_time: to } = (hours ?? {}) as Record<string, unknown>;
    return hours === null ? [] : [{ day, from, to }];
  });
  return calendarRecords(
    { id: row.id, zone: row.time_zone, days, isDefault: row.is_default === true },
    'business-hours',
  );
}

const METRICS = [
  ['respond_within', 'first_reply'],
  ['next_respond_within', 'next_reply'],
  ['resolve_within', 'resolution'],
] as const;

/** Fields of rules by the names that policies give them. */
const POLICY_FIELDS: Readonly<Record<string, string>> = {
  company_ids: 'company_id',
  group_ids: 'group_id',
  product_ids: 'product_id',
  sources: 'source',
  ticket_types: 'type',
};

/** Policy with its targets, and the alert of its escalation as a rule that looks at breaches. */
export function toPolicy(row: Policy, account: Account): Mapped {
  const active = row.active !== false;
  const conditions = conditionsOf(row, account);
  const records = policyRecords({
    id: row.id,
    active,
    is_default: row.is_default === true && conditions.length === 0,
    conditions,
    position: row.position,
    updated_at: row.updated_at,
    targets: Object.entries(row.sla_target).flatMap(([key, target]) => {
      const rank = account.words.rank(/^priority_(\d)$/.exec(key)?.[1]);
      const businessHours = target.business_hours;
      return rank === null
        ? []
        : METRICS.map(([from, metric]) => ({ metric, rank, seconds: target[from], businessHours }));
    }),
  });
  const alert = toAutomation({
    id: `sla:${row.id}`,
    kind: 'automation',
    active,
    vendor_default: row.is_default === true,
    conditions: [lookedAt('sla_breach')],
    does: [lookedAt('notify_agent', 'notify:agent')],
    updated_at: row.updated_at,
  });
  return { ...records, automation: hasEscalation(row) ? [alert] : [] };
}

/** What does not have the expected form is a condition all the same, and unread: without it the policy would be for everybody. */
function conditionsOf({ applicable_to: given }: Policy, account: Account) {
  if (given === null || given === undefined) return [];
  const named = z.record(z.string(), z.array(z.unknown()).nullable()).safeParse(given);
  if (!named.success) return [UNREAD];
  return Object.entries(named.data).flatMap(([key, found]) => {
    const values = (found ?? []).filter((one) => one !== null && one !== '').map(String);
    const field = POLICY_FIELDS[key];
    return values.length === 0 ? [] : [field === undefined ? UNREAD : readField(field, values, account)];
  });
}

/** Somebody is told when a target runs out. */
function hasEscalation({ escalation }: Policy): boolean {
  return /"agent_ids":\[[^\]]/.test(JSON.stringify(escalation));
}

/** Seven faces: 103 extremely happy .. -103 extremely unhappy, 100 neither. */
const FACES: Readonly<Record<string, number>> = {
  '-103': 0,
  '-102': 1 / 6,
  '-101': 2 / 6,
  '100': 3 / 6,
  '101': 4 / 6,
  '102': 5 / 6,
  '103': 1,
};

/** The vendor shows answers only: when a survey was offered is not known. Without a face that we know, what the answer is worth is not known either. */
export function toCsat(row: Rating): TelemetryRecord<'csat'> {
  const face = row.ratings?.default_question ?? row.rating;
  return {
    ...blank('csat'),
    id: row.id,
    ticket_id: row.ticket_id,
    answered_at: row.created_at,
    score: FACES[String(face)] ?? null,
    scale: '-103..103',
  };
}

/** Whom a folder is for: all, who has signed in, agents, some companies, bots, some contacts, some kinds of companies. */
const FOR_CUSTOMERS: Readonly<Record<number, boolean>> = {
  1: true,
  2: true,
  3: false,
  4: true,
  5: false,
  6: true,
  7: true,
};
/** Codes of the state of an article; of another one nobody knows. */
const PUBLISHED: Readonly<Record<number, boolean>> = { 1: false, 2: true };

/** The text is looked at for a stated reply time and dropped. */
export function toArticle(row: Article, folder: SolutionNode): TelemetryRecord<'article'> {
  return {
    ...blank('article'),
    id: row.id,
    created_at: row.created_at,
    edited_at: row.updated_at,
    published: PUBLISHED[row.status ?? 0] ?? null,
    public: FOR_CUSTOMERS[folder.visibility ?? 0] ?? null,
    author_id: row.agent_id,
    category: folder.id,
    promised_reply_s: promiseOfArticle(row.description_text),
    helpful_votes: row.thumbs_up,
    unhelpful_votes: row.thumbs_down,
    views_total: row.hits,
  };
}

/** A field that the account has not set up is missing in every record: then nothing is known, and null says so. */
export function toOrganisation(row: Company, context: Context): TelemetryRecord<'organisation'> {
  const isFilled = (value: string | number | null | undefined) =>
    value === undefined ? null : value !== null && value !== '';
  const codes = Object.entries({
    account_tier: row.account_tier,
    health_score: row.health_score,
    industry: row.industry,
  });
  const facts = {
    id: row.id,
    created_at: row.created_at,
    tier: row.account_tier ?? null,
    terms: codes.flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [`org:${name}=${value}`],
    ),
    domain: row.domains[0],
    has_contract: isFilled(row.renewal_date),
    has_health: isFilled(row.health_score),
    health_rank: healthRank(row.health_score, 'health score'),
    renews_at: dayOf(row.renewal_date),
  };
  return organisationRecord(facts, context);
}

/** Fields that every ticket has by nature: requiring them asks nothing of anybody. */
const GIVEN = new Set(['subject', 'description', 'requester', 'status', 'group', 'agent', 'source', 'company']);

/** A field by what it asks for and by the hints of its label and type (docs/recognition.md). */
export function toField(row: TicketField): TelemetryRecord<'automation'> {
  const given = GIVEN.has(row.name);
  return fieldRecord({
    id: row.id,
    name: row.name,
    title: row.label,
    holds: firstFit(HOLDS, row.type) ?? (holdsCode(row) ? 'code' : 'text'),
    active: row.archived !== true,
    vendor_default: row.default === true,
    required_fields: row.required_for_customers === true && !given ? [row.name] : [],
    required_to_solve: row.required_for_closure === true && !given ? [row.name] : [],
    updated_at: row.updated_at,
  });
}

const HOLDS: Patterns<Holds> = [
  [/checkbox/, 'checkbox'],
  [/number|decimal/, 'number'],
  [/date/, 'date'],
];

/** The one form of the portal: all fields that customers see. */
export function toForm(fields: readonly TicketField[]): TelemetryRecord<'automation'> {
  const shown = fields.filter((field) => field.archived !== true && field.displayed_to_customers !== false);
  const names = (some: readonly TicketField[]) => some.map((field) => field.name);
  const asked = shown.filter((field) => !GIVEN.has(field.name));
  return formRecord({
    id: 'portal',
    active: shown.length > 0,
    shown: names(shown),
    required: names(asked.filter((field) => field.required_for_customers === true)),
    toSolve: names(asked.filter((field) => field.required_for_closure === true)),
  });
}
