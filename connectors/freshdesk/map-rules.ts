import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { purposeOf } from '../../src/kit/recognise-team.ts';
import type { Account } from './map-ticket.ts';
import type { Rule } from './schema.ts';
import { statusByName } from './words.ts';

type Automation = TelemetryRecord<'automation'>;

/** What one condition or action was understood as; `terms` null = it was not. */
interface Understood {
  readonly word: string | null;
  readonly terms: readonly string[] | null;
}
const UNREAD: Understood = { word: null, terms: null };

/** A piece of a rule: a condition on a field, or an action on one. */
interface Piece {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Fields that rules look at, whatever the value: canonical word and term. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  subject: 'text',
  description: 'text',
  subject_or_description: 'text',
  requester: 'requester',
  requester_id: 'requester',
  from_email: 'recipient',
  to_email: 'recipient',
  ticket_cc: 'recipient',
  language: 'language',
  time_zone: 'time',
  inbound_count: 'count',
  outbound_count: 'count',
  survey: 'csat',
  customer_feedback: 'csat',
  response_due: 'sla_breach',
  resolution_due: 'sla_breach',
  frDueBy: 'sla_breach',
  due_by: 'sla_breach',
  business_hours: 'schedule',
  supervisor_business_hours: 'schedule',
};
const COMPANY_WORDS: Readonly<Record<string, string>> = {
  account_tier: 'tier',
  health_score: 'health',
  renewal_date: 'contract',
};
const HOURS =
  /^(hours_since_|created_at|updated_at|pending_since|resolved_at|closed_at|assigned_at|opened_at|due_by_hours)/;

/** What a rule looks at and does. Its form is not described by the vendor: pieces that are not understood are counted, never guessed. */
export function toRule(rule: Rule, kind: 'trigger' | 'automation' | 'macro', account: Account): Automation {
  const conditions = kind === 'macro' ? null : piecesOf(rule.conditions).map((one) => readCondition(one, account));
  const actions = piecesOf(rule.actions).map((one) => readAction(one, account));
  const termsOf = (all: readonly Understood[]) => [...new Set(all.flatMap((one) => one.terms ?? []))].sort();
  const wordsOf = (all: readonly Understood[]) => [...new Set(all.flatMap((one) => one.word ?? []))].sort();
  const unread = (all: readonly Understood[]) => all.filter((one) => one.terms === null).length;
  return {
    ...blank('automation'),
    id: kind === 'macro' ? `scenario:${rule.id}` : rule.id,
    kind,
    active: rule.active !== false,
    shared: true,
    vendor_default: false,
    condition_fields: wordsOf(conditions ?? []),
    condition_terms: conditions === null ? null : termsOf(conditions),
    unread_conditions: conditions === null ? null : unread(conditions),
    actions: wordsOf(actions),
    action_terms: termsOf(actions),
    unread_actions: unread(actions),
    updated_at: rule.updated_at ?? rule.last_updated_at,
  };
}

/** Every object with the name of a field, however deep: rules nest their conditions in sets. */
function piecesOf(value: unknown): Piece[] {
  if (Array.isArray(value)) return value.flatMap(piecesOf);
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  const field =
    record.field_name ?? (record.operator === undefined && record.value === undefined ? undefined : record.name);
  if (typeof field !== 'string') return Object.values(record).flatMap(piecesOf);
  const company = record.resource_type === 'company' ? 'company:' : '';
  return [
    {
      field: `${company}${field}`,
      operator: String(record.operator ?? 'is'),
      values: textsOf(record.value ?? record.email_to),
    },
  ];
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}

function readCondition({ field, operator, values }: Piece, account: Account): Understood {
  const looked = LOOKED_AT[field];
  if (looked !== undefined) return { word: looked, terms: [looked] };
  if (HOURS.test(field)) return { word: 'time', terms: ['time:*'] };
  const sign = /^(not_in|is_not|!=|is_none_of|does_not_contain)/.test(operator) ? '!' : '';
  if (sign === '' && !/^(in|is|==|=|is_any_of|contains)$/.test(operator))
    return { ...fieldOf(field, values, account), terms: null };
  const { word, terms } = fieldOf(field, values, account);
  return { word, terms: terms?.map((term) => `${sign}${term}`) ?? null };
}

/** Field and values in canonical words, the same for conditions and actions. */
function fieldOf(field: string, values: readonly string[], account: Account): Understood {
  const { context, words, statuses, roles } = account;
  const whole = (word: string, terms: readonly (string | null)[]): Understood => {
    const known = terms.flatMap((term) => term ?? []);
    return { word, terms: known.length === terms.length && known.length > 0 ? known : null };
  };
  const company = /^company:(.+)$/.exec(field)?.[1];
  if (company === 'name') return { word: 'organisation', terms: null };
  if (company !== undefined)
    return whole(
      COMPANY_WORDS[company] ?? 'organisation',
      values.map((value) => `org:${company}=${value}`),
    );
  switch (field) {
    case 'priority':
      return whole(
        'priority',
        values.map((value) => termOf('priority', words.rank(value))),
      );
    case 'status':
      return whole(
        'status',
        values.map((value) => `status:${words.status(value) ?? statusByName(statuses.get(value) ?? null)}`),
      );
    case 'ticket_type':
    case 'type':
      return whole(
        'type',
        values.map((value) => `type:${words.type(value) ?? 'other'}`),
      );
    case 'source':
      return whole(
        'channel',
        values.map((value) => termOf('channel', words.source(value))),
      );
    case 'group_id':
    case 'internal_group_id':
      return whole(
        'group',
        values.map((value) => `group:${value}`),
      );
    case 'responder_id':
    case 'internal_agent_id':
      return whole(
        'assignee',
        values.map((value) => `assignee:${value}`),
      );
    case 'company_id':
      return whole(
        'organisation',
        values.map((value) => `organisation:${value}`),
      );
    case 'product_id':
      return whole(
        'product',
        values.map((value) => `field:product=${value}`),
      );
    case 'tag':
    case 'tags':
    case 'tag_names':
    case 'add_tag':
      return whole(
        'tag',
        values.map((value) => `tag:${keptTag(context.pseudonymise, context.settings.clearTags, value)}`),
      );
    default:
      break;
  }
  const custom = account.fields.find((one) => one.name === field || `cf_${one.name}` === field);
  if (custom === undefined) return UNREAD;
  const role = [...roles].find(([, name]) => name === custom.name)?.[0];
  const listed = /dropdown|nested|checkbox/.test(custom.type ?? '');
  return {
    word: role ?? 'field',
    terms: listed && values.length > 0 ? values.map((value) => `field:${custom.name}=${value}`) : null,
  };
}

function termOf(kind: string, value: string | number | null): string | null {
  return value === null ? null : `${kind}:${value}`;
}

const TELLS: readonly (readonly [RegExp, string, string])[] = [
  [/^send_(email_)?to_requester$|^send_email_to_requester/, 'notify_requester', 'notify:requester'],
  [/^send_(email_)?to_(agent|responder)|^add_watcher|^notify_agent/, 'notify_agent', 'notify:agent'],
  [/webhook|slack|teams|^integrate/, 'notify_target', 'notify:target'],
];

function readAction({ field, values }: Piece, account: Account): Understood {
  const group = /^send_(email_)?to_group$/.test(field);
  if (group) return { word: 'notify_agent', terms: [`notify:group:${values.find((one) => /^\d+$/.test(one)) ?? '*'}`] };
  const told = TELLS.find(([pattern]) => pattern.test(field));
  if (told !== undefined) return { word: told[1], terms: [told[2]] };
  if (/^(add_note|add_comment|add_a_cc)$/.test(field)) return { word: 'comment', terms: ['comment'] };
  const { word, terms } = fieldOf(field, values, account);
  if (word === 'group' && values.some((id) => purposeOf(account.groups?.get(id)?.name ?? null) === 'escalation'))
    return { word: 'escalate', terms };
  return word === null ? UNREAD : { word: `set_${word}`, terms };
}
