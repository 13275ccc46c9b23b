import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { codeField } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { purposeOf } from '../../src/kit/recognise-team.ts';
import {
  type Called,
  calledIn,
  denied,
  lookedAt,
  type RuleField,
  readValues,
  ruleField,
  toAutomation,
  UNREAD,
  type Understood,
  unread,
  valuesOf,
} from '../../src/kit/rule-terms.ts';
import type { Account } from './map-ticket.ts';
import type { Rule } from './schema.ts';
import { statusByName } from './words.ts';

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
export function toRule(
  rule: Rule,
  kind: 'trigger' | 'automation' | 'macro',
  account: Account,
): TelemetryRecord<'automation'> {
  return toAutomation({
    id: kind === 'macro' ? `scenario:${rule.id}` : rule.id,
    kind,
    active: rule.active !== false,
    conditions:
      kind === 'macro'
        ? null
        : piecesOf(rule.conditions).map((one) => (one === null ? UNREAD : readCondition(one, account))),
    does: piecesOf(rule.actions).map((one) => (one === null ? UNREAD : readAction(one, account))),
    updated_at: rule.updated_at ?? rule.last_updated_at,
  });
}

/** Every object with the name of a field, however deep: rules nest their conditions in sets. Null for what has another form: it is not understood. */
function piecesOf(value: unknown): (Piece | null)[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(piecesOf);
  if (typeof value !== 'object') return [null];
  const record = value as Record<string, unknown>;
  const field = record.field_name ?? (isSet(record) ? undefined : record.name);
  if (typeof field !== 'string') {
    const within = Object.values(record).filter((one) => typeof one === 'object' && one !== null);
    return within.length === 0 ? [null] : within.flatMap(piecesOf);
  }
  const company = record.resource_type === 'company' ? 'company:' : '';
  return [
    {
      field: `${company}${field}`,
      operator: String(record.operator ?? 'is'),
      values: valuesOf(record.value ?? record.email_to),
    },
  ];
}

/** A set of conditions has a name as well; an action may have nothing but a name. */
function isSet(record: Readonly<Record<string, unknown>>): boolean {
  if (record.operator !== undefined || record.value !== undefined) return false;
  return (
    record.match_type !== undefined || Object.values(record).some((one) => typeof one === 'object' && one !== null)
  );
}

function readCondition({ field, operator, values }: Piece, account: Account): Understood {
  const looked = LOOKED_AT[field];
  if (looked !== undefined) return lookedAt(looked);
  if (HOURS.test(field)) return lookedAt('time', 'time:*');
  const understood = readField(field, values, account);
  if (/^(not_in|is_not|!=|is_none_of|does_not_contain)/.test(operator)) return denied(understood);
  return /^(in|is|==|=|is_any_of|contains)$/.test(operator) ? understood : unread(understood);
}

/** Field and values in canonical words, the same for conditions and actions. */
export function readField(field: string, values: readonly string[], account: Account): Understood {
  const company = /^company:(.+)$/.exec(field)?.[1];
  if (company === 'name') return { word: 'organisation', terms: null };
  if (company !== undefined)
    return readValues(
      ruleField(COMPANY_WORDS[company] ?? 'organisation', (value) => `${company}=${value}`, 'org'),
      values,
    );
  const known = fieldsOf(account)[field];
  if (known !== undefined) return readValues(known, values);
  const custom = account.fields.find((one) => one.name === field || `cf_${one.name}` === field);
  if (custom === undefined) return UNREAD;
  const understood = readValues(codeField(account.codes, custom.name), values);
  return /dropdown|nested|checkbox/.test(custom.type ?? '') ? understood : unread(understood);
}

function fieldsOf({ context, words, statuses }: Account): Readonly<Record<string, RuleField>> {
  const { pseudonymise, settings } = context;
  const type = ruleField('type', (value) => words.type(value) ?? 'other');
  const tag = ruleField('tag', (value) => keptTag(pseudonymise, settings.clearTags, value));
  const [group, assignee] = [ruleField('group'), ruleField('assignee')];
  return {
    priority: ruleField('priority', words.rank),
    status: ruleField('status', (value) => words.status(value) ?? statusByName(statuses.get(value) ?? null)),
    ticket_type: type,
    type,
    source: ruleField('channel', words.source),
    group_id: group,
    internal_group_id: group,
    responder_id: assignee,
    internal_agent_id: assignee,
    company_id: ruleField('organisation'),
    product_id: ruleField('product', (value) => `product=${value}`, 'field'),
    tag,
    tags: tag,
    tag_names: tag,
    add_tag: tag,
  };
}

const TELLS: Called = [
  [/^send_(email_)?to_requester$|^send_email_to_requester/, 'notify_requester', 'notify:requester'],
  [/^send_(email_)?to_(agent|responder)|^add_watcher|^notify_agent/, 'notify_agent', 'notify:agent'],
  [/webhook|slack|teams|^integrate/, 'notify_target', 'notify:target'],
];

function readAction({ field, values }: Piece, account: Account): Understood {
  if (/^send_(email_)?to_group$/.test(field))
    return lookedAt('notify_agent', `notify:group:${values.find((one) => /^\d+$/.test(one)) ?? '*'}`);
  const told = calledIn(TELLS, field);
  if (told !== null) return told;
  if (/^(add_note|add_comment|add_a_cc)$/.test(field)) return lookedAt('comment');
  const { word, terms } = readField(field, values, account);
  if (word === 'group' && values.some((id) => purposeOf(account.groups?.get(id)?.name ?? null) === 'escalation'))
    return { word: 'escalate', terms };
  return word === null ? UNREAD : { word: `set_${word}`, terms };
}
