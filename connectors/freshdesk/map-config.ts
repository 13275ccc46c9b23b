import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { ClockMinutes } from '../../src/kit/instants.ts';
import { readPromise } from '../../src/kit/read-promise.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import { departmentOfTeams, purposeOf, tierOfName } from '../../src/kit/recognise-team.ts';
import { tierRank } from '../../src/kit/recognise-tier.ts';
import { ianaZone } from '../../src/kit/time-zone-names.ts';
import { type Context, holdsCode, isProgram } from './account.ts';
import type { Account } from './map-ticket.ts';
import type {
  Agent,
  Article,
  BusinessHours,
  Company,
  Group,
  Policy,
  Rating,
  SolutionNode,
  TicketField,
} from './schema.ts';
import type { Settings } from './settings.ts';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const DAY_MINUTES = 1440;

export function toTeam(group: Group, settings: Settings): TelemetryRecord<'team'> {
  return {
    id: group.id,
    active: true,
    purpose: settings.groupPurposes[group.id] ?? purposeOf(group.name),
    tier: settings.groupTiers[group.id] ?? tierOfName(group.name),
  };
}

export function toAgent(
  agent: Agent,
  admins: ReadonlySet<string>,
  groups: ReadonlyMap<string, Group> | null,
  settings: Settings,
): TelemetryRecord<'agent'> {
  const program = isProgram(agent, settings);
  const light = /collaborator/i.test(agent.type ?? '');
  const teams = [...(groups?.values() ?? [])].filter(
    (one) => one.agent_ids.includes(agent.id) || agent.group_ids.includes(one.id),
  );
  return {
    id: agent.id,
    role: program ? 'integration' : agent.role_ids.some((id) => admins.has(id)) ? 'admin' : light ? 'light' : 'agent',
    department: departmentOfTeams(teams.map((team) => settings.groupPurposes[team.id] ?? purposeOf(team.name))),
    active: agent.deactivated !== true,
    human: !program,
    created_at: agent.created_at,
  };
}

/** Minutes of a week from Sunday; a day that is not named is closed. A zone or a time that is not understood sets the hours aside. */
export function toCalendar(row: BusinessHours): Mapped {
  const aside = (path: string, detail: string): Mapped => ({
    rejected: [{ stream: 'business-hours', ref: row.id, code: 'RECORD_REJECTED', path, detail } satisfies SetAside],
  });
  const zone = ianaZone(row.time_zone);
  if (zone === null) return aside('time_zone', 'expected: the name of a time zone, found string');
  const weekly: { start_minute: number; end_minute: number }[] = [];
  for (const [place, day] of DAYS.entries()) {
    const hours = row.business_hours[day];
    if (typeof hours !== 'object' || hours === null) continue;
    const { start_time: from, end_time: to } = hours as Record<string, unknown>;
    const start = ClockMinutes.safeParse(from);
    const end = ClockMinutes.safeParse(to);
    if (!start.success || !end.success) return aside(`business_hours.${day}`, 'expected: two times of day');
    // Midnight at the end of a day is written as its beginning.
    const until = end.data <= start.data ? DAY_MINUTES : end.data;
    weekly.push({ start_minute: place * DAY_MINUTES + start.data, end_minute: place * DAY_MINUTES + until });
  }
  return {
    calendar: [
      {
        ...blank('calendar'),
        id: row.id,
        time_zone: zone,
        weekly,
        holidays: [],
        // The vendor keeps no history of hours: the present ones stand for all time.
        valid_from: new Date(0),
        is_default: row.is_default === true,
      },
    ],
  };
}

const METRICS = [
  ['respond_within', 'first_reply'],
  ['next_respond_within', 'next_reply'],
  ['resolve_within', 'resolution'],
] as const;

/** Policy with its targets, and the alert of its escalation as a rule that looks at breaches. */
export function toPolicy(row: Policy, { words }: Account): Mapped {
  const targets = Object.entries(row.sla_target).flatMap(([key, target]) => {
    const rank = words.rank(/^priority_(\d)$/.exec(key)?.[1]);
    if (rank === null) return [];
    return METRICS.flatMap(([from, metric]): TelemetryRecord<'sla_target'>[] => {
      const seconds = target[from];
      if (seconds === null || seconds <= 0) return [];
      const businessHours = target.business_hours === true;
      return [
        { policy_id: row.id, metric, priority_key: String(rank), target_s: seconds, business_hours: businessHours },
      ];
    });
  });
  const looked = Object.entries(row.applicable_to).flatMap(([key, value]) => {
    const values = Array.isArray(value) ? value.filter((one) => one !== null && one !== '').map(String) : [];
    return values.length === 0 ? [] : [{ key, values }];
  });
  const conditions = looked.map(({ key, values }) => conditionOf(key, values, words));
  return {
    sla_policy: [
      {
        ...blank('sla_policy'),
        id: row.id,
        active: row.active !== false,
        scope: 'ticket',
        is_default: row.is_default === true && looked.length === 0,
        condition_fields: [...new Set(conditions.flatMap((one) => one.word ?? []))].sort(),
        condition_terms: conditions.flatMap((one) => one.terms ?? []).sort(),
        unread_conditions: conditions.filter((one) => one.terms === null).length,
        position: row.position,
        updated_at: row.updated_at,
      },
    ],
    sla_target: targets,
    automation: hasEscalation(row)
      ? [
          {
            ...blank('automation'),
            id: `sla:${row.id}`,
            kind: 'automation',
            active: row.active !== false,
            shared: true,
            vendor_default: row.is_default === true,
            condition_fields: ['sla_breach'],
            condition_terms: ['sla_breach'],
            unread_conditions: 0,
            actions: ['notify_agent'],
            action_terms: ['notify:agent'],
            unread_actions: 0,
            updated_at: row.updated_at,
          },
        ]
      : [],
  };
}

function conditionOf(key: string, values: readonly string[], words: Account['words']) {
  switch (key) {
    case 'company_ids':
      return { word: 'organisation', terms: values.map((id) => `organisation:${id}`) };
    case 'group_ids':
      return { word: 'group', terms: values.map((id) => `group:${id}`) };
    case 'product_ids':
      return { word: 'product', terms: values.map((id) => `field:product=${id}`) };
    case 'sources': {
      const channels = values.flatMap((code) => words.source(code) ?? []);
      return {
        word: 'channel',
        terms: channels.length === values.length ? channels.map((one) => `channel:${one}`) : null,
      };
    }
    case 'ticket_types':
      return { word: 'type', terms: values.map((type) => `type:${words.type(type) ?? 'other'}`) };
    default:
      return { word: null, terms: null };
  }
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

/** The vendor shows answers only: when a survey was offered is not known. Null for an answer without a face that we know. */
export function toCsat(row: Rating): TelemetryRecord<'csat'> | null {
  const face = row.ratings?.default_question ?? row.rating;
  const score = typeof face === 'number' || typeof face === 'string' ? FACES[String(face)] : undefined;
  if (score === undefined) return null;
  return {
    ...blank('csat'),
    id: row.id,
    ticket_id: row.ticket_id,
    answered_at: row.created_at,
    score,
    scale: '-103..103',
  };
}

const AGENTS_ONLY = 3;
const PUBLISHED = 2;

/** The text is looked at for a stated reply time and dropped. */
export function toArticle(row: Article, folder: SolutionNode): TelemetryRecord<'article'> {
  return {
    ...blank('article'),
    id: row.id,
    created_at: row.created_at,
    edited_at: row.updated_at,
    published: row.status === PUBLISHED,
    public: folder.visibility !== AGENTS_ONLY,
    author_id: row.agent_id,
    category: folder.id,
    promised_reply_s: row.description_text === null ? null : (readPromise(row.description_text)?.seconds ?? null),
  };
}

/** A field that the account has not set up is missing in every record: then nothing is known, and null says so. */
export function toOrganisation(row: Company, { settings, pseudonymise }: Context): TelemetryRecord<'organisation'> {
  const isFilled = (value: string | null | undefined) => (value === undefined ? null : value !== null && value !== '');
  const codes = Object.entries({
    account_tier: row.account_tier,
    health_score: row.health_score,
    industry: row.industry,
  });
  const [domain] = row.domains;
  return {
    ...blank('organisation'),
    id: row.id,
    created_at: row.created_at,
    tier: row.account_tier ?? null,
    tier_rank: tierRank(row.account_tier ?? null, settings.tierOrder),
    terms: codes
      .flatMap(([name, value]) =>
        value === null || value === undefined || value === '' ? [] : [`org:${name}=${value}`],
      )
      .sort(),
    domain_hash: domain === undefined ? null : pseudonymise('domain', domain.toLowerCase()),
    has_contract: isFilled(row.renewal_date),
    has_health: isFilled(row.health_score),
  };
}

/** Fields that every ticket has by nature: requiring them asks nothing of anybody. */
const GIVEN = new Set(['subject', 'description', 'requester', 'status', 'group', 'agent', 'source', 'company']);

/** A field by what it asks for and by the hints of its label and type (docs/recognition.md). */
export function toField(row: TicketField): TelemetryRecord<'automation'> {
  const given = GIVEN.has(row.name);
  const type = row.type ?? '';
  const holds = /checkbox/.test(type)
    ? 'checkbox'
    : /number|decimal/.test(type)
      ? 'number'
      : /date/.test(type)
        ? 'date'
        : holdsCode(row)
          ? 'code'
          : 'text';
  return {
    ...blank('automation'),
    id: row.id,
    kind: 'field',
    active: row.archived !== true,
    shared: true,
    vendor_default: row.default === true,
    condition_fields: [row.name],
    condition_terms: [...rolesOfField(row.label).map((role) => `role:${role}`), `holds:${holds}`].sort(),
    unread_conditions: 0,
    actions: [],
    required_fields: row.required_for_customers === true && !given ? [row.name] : [],
    required_to_solve: row.required_for_closure === true && !given ? [row.name] : [],
    updated_at: row.updated_at,
  };
}

/** The one form of the portal: all fields that customers see. */
export function toForm(fields: readonly TicketField[]): TelemetryRecord<'automation'> {
  const shown = fields.filter((field) => field.archived !== true && field.displayed_to_customers !== false);
  const names = (wanted: (field: TicketField) => boolean) =>
    shown
      .filter((field) => wanted(field))
      .map((field) => field.name)
      .sort();
  return {
    ...blank('automation'),
    id: 'portal',
    kind: 'form',
    active: shown.length > 0,
    shared: true,
    vendor_default: false,
    condition_fields: names(() => true),
    actions: [],
    required_fields: names((field) => field.required_for_customers === true && !GIVEN.has(field.name)),
    required_to_solve: names((field) => field.required_for_closure === true && !GIVEN.has(field.name)),
  };
}
