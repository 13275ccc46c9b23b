import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { type Holds, toField } from '../../src/kit/code-fields.ts';
import { readPromise } from '../../src/kit/read-promise.ts';
import {
  type Called,
  calledIn,
  denied,
  lookedAt,
  promiseTerms,
  type RuleField,
  readValues,
  ruleField,
  setTo,
  toAutomation,
  UNREAD,
  type Understood,
  unread,
} from '../../src/kit/rule-terms.ts';
import { statusOf } from './desk.ts';
import { type Piece, piecesOf } from './encoded-query.ts';
import type { AssignmentRule, BusinessRule, Field, Group, Notification } from './schema.ts';
import type { Context } from './session.ts';
import { rankOf, WORDS } from './words.ts';

type Automation = TelemetryRecord<'automation'>;

/** What conditions are understood by. */
export interface RuleWords {
  readonly context: Context;
  readonly labels: ReadonlyMap<string, string> | null;
  readonly groups: ReadonlyMap<string, Group> | null;
}

export async function loadRuleWords(context: Context): Promise<RuleWords> {
  return { context, labels: await context.session.labels(), groups: await context.session.groups() };
}

/** Fields that conditions look at, whatever the value: word, and term where it is another. */
const LOOKED_AT: Called = [
  [/^(short_description|description|comments|work_notes|comments_and_work_notes|close_notes)$/, 'text'],
  [/^(caller_id|contact|consumer|opened_by|requested_for)(\.|$)/, 'requester'],
  [/^(sla_due|made_sla|escalation|due_date|activity_due|has_breached)$/, 'sla_breach'],
  [/^(sys_created_on|sys_updated_on|opened_at|resolved_at|closed_at|reopened_time|work_start)$/, 'time', 'time:*'],
  [/^(reopen_count|reassignment_count|child_incidents|sys_mod_count)$/, 'count'],
  [/^(sys_created_by|sys_updated_by|resolved_by|closed_by)$/, 'actor'],
  [/^(location|caller_id\.location)$/, 'location'],
];

/** Code fields by the word of what they tell. */
const CODES: Readonly<Record<string, string>> = {
  impact: 'severity',
  urgency: 'severity',
  severity: 'severity',
  category: 'category',
  subcategory: 'category',
  business_service: 'product',
  service_offering: 'product',
  cmdb_ci: 'product',
  product: 'product',
  close_code: 'cause',
  resolution_code: 'cause',
  cause: 'cause',
  hold_reason: 'field',
  knowledge: 'field',
  universal_request: 'field',
};

function fieldIn(field: string, words: RuleWords): RuleField | null {
  switch (field) {
    case 'priority':
      return ruleField('priority', rankOf);
    case 'state':
    case 'incident_state':
      return ruleField('status', (value) => statusOf(value, null, { ...words, table: 'incident' }));
    case 'assignment_group':
      return ruleField('group');
    case 'assigned_to':
      return ruleField('assignee');
    case 'company':
    case 'account':
      return ruleField('organisation');
    case 'contact_type':
      return ruleField('channel', (value) => WORDS.channel(value) ?? 'other');
    default: {
      const role = CODES[field];
      return role === undefined ? null : ruleField(role, (value) => `${field}=${value}`, 'field');
    }
  }
}

/** Conditions of an encoded query. A ticket that is active is no condition of its own; alternatives of one field are one condition. */
export function readConditions(query: string | null, words: RuleWords): Understood[] {
  const read: { readonly field: string; readonly understood: Understood }[] = [];
  for (const piece of piecesOf(query)) {
    if (piece.field === 'active') continue;
    const understood = readCondition(piece, words);
    const last = read.at(-1);
    if (piece.or && last?.field === piece.field && last.understood.terms !== null && understood.terms !== null)
      read[read.length - 1] = {
        field: piece.field,
        understood: { ...understood, terms: [...last.understood.terms, ...understood.terms] },
      };
    else read.push({ field: piece.field, understood });
  }
  return read.map((one) => one.understood);
}

function readCondition({ field, operator, values }: Piece, words: RuleWords): Understood {
  const looked = calledIn(LOOKED_AT, field);
  if (looked !== null) return looked;
  const known = fieldIn(field, words);
  if (known === null) return UNREAD;
  if (operator === 'VALCHANGES') return lookedAt(known.word, `changed:${known.word}`);
  const any: Understood = { word: known.word, terms: [anyOf(field, known)] };
  if (operator === 'ISNOTEMPTY') return any;
  if (operator === 'ISEMPTY') return denied(any);
  // Values that a script works out are not known.
  const understood = values.some((value) => value.startsWith('javascript:'))
    ? { word: known.word, terms: null }
    : readValues(known, values);
  if (operator === '!=' || operator === 'NOT IN') return denied(understood);
  return /^(=|IN|CHANGESTO)$/.test(operator) ? understood : unread(understood);
}

const anyOf = (field: string, { word }: RuleField) => (CODES[field] === undefined ? `${word}:*` : `field:${field}=*`);

/** What a template sets, or one field of a rule. */
function readSettings(query: string | null, words: RuleWords): Understood[] {
  return piecesOf(query).map(({ field, values }) => {
    const known = fieldIn(field, words);
    if (known === null || values.some((value) => value.startsWith('javascript:'))) return UNREAD;
    return setTo(readValues(known, values), values, (id) => words.groups?.get(id)?.name);
  });
}

/** When a rule runs: on both, at creation alone, or on updates alone. */
function runsOn({
  action_insert: insert,
  action_update: update,
}: Pick<BusinessRule, 'action_insert' | 'action_update'>) {
  if (insert === update || insert === null || update === null) return [];
  return [{ word: null, terms: [insert ? 'created' : '!created'] }];
}

export function toRouting(row: AssignmentRule, words: RuleWords): Automation {
  const sets = [
    ...(row.group === null ? [] : [`assignment_group=${row.group}`]),
    ...(row.user === null ? [] : [`assigned_to=${row.user}`]),
  ].join('^');
  return toAutomation({
    id: row.sys_id,
    kind: 'routing',
    active: row.active !== false,
    conditions: readConditions(row.condition, words),
    does: [...readSettings(sets, words), ...scripted(row.script)],
    updated_at: row.sys_updated_on,
  });
}

/** A script is one action that is not understood. */
const scripted = (script: string | null): Understood[] => (script === null ? [] : [UNREAD]);

export function toBusinessRule(row: BusinessRule, words: RuleWords): Automation {
  return toAutomation({
    id: row.sys_id,
    kind: 'trigger',
    active: row.active !== false,
    vendor_default: row.sys_customer_update === false,
    conditions: [
      ...runsOn(row),
      ...readConditions(row.filter_condition, words),
      ...(row.advanced === true ? scripted(row.condition) : []),
    ],
    does: [...readSettings(row.template, words), ...(row.advanced === true ? scripted(row.script) : [])],
    updated_at: row.sys_updated_on,
  });
}

const REQUESTER = /^(caller_id|contact|consumer|requested_for)$/;
/** Names of events that a new record fires. */
const AT_BIRTH = /\b(inserted|created|opened)$/i;

/** Whom one recipient field of a mail reaches. Who opened a ticket may be its requester or an agent, and followers are neither. */
function toldBy(field: string): Understood {
  if (REQUESTER.test(field)) return lookedAt('notify_requester', 'notify:requester');
  if (field === 'assigned_to') return lookedAt('notify_agent', 'notify:agent');
  return field === 'assignment_group' ? lookedAt('notify_agent', 'notify:group:*') : UNREAD;
}

const partsOf = (list: string | null) =>
  (list ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** A mail that a rule sends; one that greets the requester of a new ticket is an acknowledgement too. */
export function toNotification(row: Notification, words: RuleWords): Automation[] {
  const generation = row.generation_type ?? (row.event_name === null ? 'engine' : 'event');
  const byRecord = /engine/i.test(generation);
  const born = byRecord ? isAtBirth(row) : AT_BIRTH.test(row.event_name ?? '');
  const created: Understood = { word: null, terms: ['created'] };
  const told = partsOf(row.recipient_fields).map((field) => toldBy(field));
  const requester = told.some(({ word }) => word === 'notify_requester');
  const promise = requester ? readPromise(`${row.message_html ?? ''} ${row.message ?? ''}`) : null;
  const does: Understood[] = [
    ...told,
    ...(row.recipient_users === null ? [] : [lookedAt('notify_agent', 'notify:agent')]),
    ...partsOf(row.recipient_groups).map((id) => lookedAt('notify_agent', `notify:group:${id}`)),
    ...(promise === null ? [] : [{ word: null, terms: promiseTerms(promise) }]),
  ];
  const when = byRecord ? runsOn(row) : [born ? created : UNREAD];
  const mail = toAutomation({
    id: `mail:${row.sys_id}`,
    kind: 'trigger',
    active: row.active !== false,
    vendor_default: row.sys_customer_update === false,
    conditions: [...when, ...readConditions(row.condition, words), ...scripted(row.advanced_condition)],
    does: does.length === 0 ? [UNREAD] : does,
    updated_at: row.sys_updated_on,
  });
  return requester && born ? [mail, { ...mail, kind: 'acknowledgement' }] : [mail];
}

const isAtBirth = ({ action_insert: insert, action_update: update }: Notification) =>
  insert === true && update !== true;

/** Fields that every ticket has by nature: requiring them asks nothing of anybody. */
const GIVEN: ReadonlySet<string> = new Set([
  'number',
  'short_description',
  'description',
  'caller_id',
  'contact',
  'state',
  'priority',
  'opened_at',
]);

export function toTicketField(row: Field): Automation {
  const type = row.internal_type ?? '';
  const coded = (row.choice !== null && row.choice !== '0') || /reference|choice/.test(type);
  const holds: Holds = coded
    ? 'code'
    : /integer|decimal|float|currency|duration/.test(type)
      ? 'number'
      : /date|time/.test(type)
        ? 'date'
        : type === 'boolean'
          ? 'checkbox'
          : 'text';
  return toField({
    id: row.sys_id,
    name: row.element,
    title: row.column_label,
    holds,
    active: row.active !== false,
    vendor_default: !row.element.startsWith('u_'),
    required_fields: row.mandatory === true && !GIVEN.has(row.element) ? [row.element] : [],
    updated_at: row.sys_updated_on,
  });
}
