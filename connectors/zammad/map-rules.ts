import { z } from 'zod';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { codeField } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import {
  ANY,
  type Called,
  calledIn,
  denied,
  lookedAt,
  type RuleField,
  readValues,
  ruleField,
  setTo,
  tellsRequester,
  toAutomation,
  UNREAD,
  type Understood,
  unread,
} from '../../src/kit/rule-terms.ts';
import { type Desk, holdsCode, rankOf, statusOf } from './account.ts';
import type { Filter, Overview, Rule, Workflow } from './schema.ts';
import { channelOf, SYSTEM, WORDS } from './words.ts';

type Automation = TelemetryRecord<'automation'>;

/** A condition on an attribute, or what is done to one. */
interface Piece {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** Who is meant instead of a value: `not_set`, `current_user.id`. */
  readonly whom: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Conditions as the vendor wrote them first, by attribute, and as trees of blocks. Null for what a block denies, or what has another form: it is not understood.
 */
function piecesOf(value: unknown, isDenied = false): (Piece | null)[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [null];
  const block = value as Record<string, unknown>;
  if (Array.isArray(block.conditions)) {
    const denies = isDenied || String(block.operator).toUpperCase() === 'NOT';
    return block.conditions.flatMap((one: unknown) => piecesOf(one, denies));
  }
  if (typeof block.name === 'string') return [isDenied ? null : pieceOf(block.name, block)];
  return Object.entries(block).map(([name, body]) => (isDenied ? null : pieceOf(name, body)));
}

function pieceOf(name: string, given: unknown): Piece {
  const isBody = typeof given === 'object' && given !== null && !Array.isArray(given);
  const body = isBody ? (given as Record<string, unknown>) : { value: given };
  return {
    name: name.toLowerCase(),
    operator: String(body.operator ?? 'is').toLowerCase(),
    values: textsOf(body.value),
    whom: String(body.pre_condition ?? ''),
    body,
  };
}

/** Values as texts; the vendor also writes them as objects with a label beside the value. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object' && value !== null) return textsOf((value as Record<string, unknown>).value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}

/** Attributes that rules look at, whatever the value: canonical word and term. First row that fits wins. */
const LOOKED_AT: Called = [
  [/^ticket\.(\w+_)?escalation_at$/, 'sla_breach', 'sla_breach'],
  [/^ticket\.created_at$/, 'time', 'time:new'],
  [/^ticket\.(last_)?close_at$/, 'time', 'time:closed'],
  [/^ticket\.pending_time$/, 'time', 'time:pending'],
  [/^ticket\.updated_at$/, 'time', 'time:updated'],
  [/^ticket\.last_contact_customer_at$/, 'time', 'time:requester_updated'],
  [/^ticket\.last_contact_agent_at$/, 'time', 'time:assignee_updated'],
  [/^ticket\.\w+_at$/, 'time', 'time:*'],
  [/^execution_time\./, 'schedule', 'schedule'],
  [/^ticket\.(title|number)$|^article\.(subject|body)$|^(subject|body)$/, 'text', 'text'],
  [/^article\.(from|to|cc|reply_to)$|^(from|to|cc|reply-to|x-any-recipient)$/, 'recipient', 'recipient'],
  [/^article\.(created_by_id|sender_id|origin_by_id)$/, 'actor', 'actor'],
  [/^ticket\.(updated_by_id|mention_user_ids|out_of_office_replacement_id)$/, 'actor', 'actor'],
  [/^article\.(action|internal|time_accounting)$/, 'update', 'update'],
  [/^ticket\.(customer_id|created_by_id)$|^customer\.(?!organization_id)/, 'requester', 'requester'],
  [/^ticket\.article_count$/, 'count', 'count'],
];

/** What happened to the ticket when a rule runs. */
const HAPPENED: Readonly<Record<string, Understood>> = {
  create: lookedAt('created'),
  update: lookedAt('created', '!created'),
  reminder_reached: lookedAt('time', 'time:pending'),
  escalation: lookedAt('sla_breach'),
  escalation_warning: lookedAt('sla_breach'),
};

const DENIES = /^(is not|is none of|not set|contains (all |one )?not)$/;
const STATES = /^(is|is any of|is set|contains|contains (all|one))$/;

export function readConditions(condition: unknown, desk: Desk): Understood[] {
  return piecesOf(condition).map((piece) => (piece === null ? UNREAD : readCondition(piece, desk)));
}

function readCondition(piece: Piece, desk: Desk): Understood {
  const { name, operator, values } = piece;
  if (name === 'ticket.action') return HAPPENED[values[0] ?? ''] ?? UNREAD;
  const looked = calledIn(LOOKED_AT, name);
  if (looked !== null) return looked;
  const understood = readAttribute(piece, desk);
  const { word } = understood;
  if (operator === 'has changed') return word === null ? UNREAD : lookedAt(word, `changed:${word}`);
  if (DENIES.test(operator)) return denied(understood);
  return STATES.test(operator) ? understood : unread(understood);
}

/** Attribute and values in canonical words, the same for conditions and actions. */
function readAttribute(piece: Piece, desk: Desk): Understood {
  const { name, values, whom, operator } = piece;
  const person = PEOPLE[name];
  if (person !== undefined && whom === 'not_set') return lookedAt(person, `!${person}:${ANY}`);
  if (person !== undefined && whom.startsWith('current_user.')) return lookedAt(person, `${person}:self`);
  if (name === 'ticket.tags') return readValues(tagField(desk), tagsOf(values));
  const known = fieldsOf(desk)[name];
  if (known !== undefined) return readValues(known, values);
  const [object = '', attribute = ''] = name.split('.');
  if (object === 'organization') {
    const field = desk.fields?.find((one) => one.object === 'Organization' && one.name === attribute);
    const code = attribute === 'vip' || (field !== undefined && holdsCode(field));
    const read = readValues(
      ruleField('organisation', (value) => `${attribute}=${value}`, 'org'),
      values,
    );
    return code ? read : unread(read);
  }
  if (object !== 'ticket' || !desk.codes.has(attribute)) return UNREAD;
  const code = codeField(desk.roles, attribute);
  return /^(is set|not set)$/.test(operator)
    ? lookedAt(code.word, `field:${attribute}=${ANY}`)
    : readValues(code, values);
}

/** Attributes that may name nobody or whoever looks. */
const PEOPLE: Readonly<Record<string, string>> = {
  'ticket.group_id': 'group',
  'ticket.owner_id': 'assignee',
  'ticket.organization_id': 'organisation',
  'customer.organization_id': 'organisation',
};

function fieldsOf(desk: Desk): Readonly<Record<string, RuleField>> {
  const { states, priorities, groups } = desk;
  const status = ruleField('status', (value) => {
    const id = idOf(value, states);
    return id === null ? null : statusOf(id, null, desk);
  });
  const priority = ruleField('priority', (value) => rankOf(idOf(value, priorities) ?? '', value, desk));
  const organisation = ruleField('organisation');
  return {
    'ticket.state_id': status,
    'ticket.state': status,
    'ticket.priority_id': priority,
    'ticket.priority': priority,
    'ticket.group_id': ruleField('group'),
    'ticket.group': ruleField('group', (value) => idOf(value, groups)),
    'ticket.owner_id': ruleField('assignee'),
    'ticket.organization_id': organisation,
    'customer.organization_id': organisation,
    'ticket.type': ruleField('type', (value) => WORDS.type(value) ?? 'other'),
    'article.type_id': ruleField('channel', channelOf),
  };
}

function tagField({ context }: Desk): RuleField {
  return ruleField('tag', (tag) => keptTag(context.pseudonymise, context.settings.clearTags, tag));
}

function tagsOf(values: readonly string[]): string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Id of what is named by id or by name; null where the desk shows no such thing. */
function idOf(value: string, known: ReadonlyMap<string, { readonly name: string | null }> | null): string | null {
  if (/^\d+$/.test(value)) return value;
  return [...(known ?? [])].find(([, one]) => one.name === value)?.[0] ?? null;
}

function readActions(perform: unknown, desk: Desk): Understood[] {
  return piecesOf(perform).map((piece) => (piece === null ? UNREAD : readAction(piece, desk)));
}

/** Actions that do something whatever the value. */
const DOES: Readonly<Record<string, Understood>> = {
  'notification.webhook': lookedAt('notify_target', 'notify:target'),
  'article.note': lookedAt('comment'),
  'ticket.subscribe': lookedAt('notify_agent', 'notify:agent'),
  'ticket.pending_time': lookedAt('set_time', 'time:pending'),
};

function readAction(piece: Piece, desk: Desk): Understood {
  const { name, body, values } = piece;
  const done = DOES[name];
  if (done !== undefined) return done;
  if (/^notification\.(email|sms)$/.test(name)) return tells(body);
  if (name === 'ticket.action') return values[0] === 'delete' ? lookedAt('delete') : UNREAD;
  const understood = readAttribute(piece, desk);
  const isTag = understood.word === 'tag';
  const removes = isTag && /remove/.test(piece.operator);
  return setTo(understood, isTag ? tagsOf(values) : values, (id) => desk.groups?.get(id)?.name, removes);
}

/** Whom a notification reaches, and the reply time that it states. Its text is dropped. */
function tells({ recipient, body }: Piece['body']): Understood {
  const recipients = textsOf(recipient);
  if (recipients.length === 0) return { word: 'notify_agent', terms: null };
  if (!recipients.some((one) => /^(article_last_sender|ticket_customer)$/.test(one)))
    return lookedAt('notify_agent', 'notify:agent');
  return tellsRequester(typeof body === 'string' ? body : null);
}

/** Made and last changed by the vendor's own account. */
export function isShipped(row: { created_by_id: string | null; updated_by_id: string | null }): boolean {
  return row.created_by_id === SYSTEM && row.updated_by_id === SYSTEM;
}

/** Rules that act, by table of the vendor. */
const TABLES = {
  trigger: { kind: 'trigger', prefix: '' },
  job: { kind: 'automation', prefix: 'job:' },
  macro: { kind: 'macro', prefix: 'macro:' },
} as const;

export function toRule(row: Rule, table: keyof typeof TABLES, desk: Desk): Automation {
  const { kind, prefix } = TABLES[table];
  return toAutomation({
    id: `${prefix}${row.id}`,
    kind,
    active: row.active !== false,
    vendor_default: isShipped(row),
    conditions: kind === 'macro' ? null : readConditions(row.condition, desk),
    does: readActions(row.perform, desk),
    last_fired_at: row.last_run_at,
    updated_at: row.updated_at,
  });
}

/** What is set on a message when it comes in: headers with the names of attributes. */
export function toFilter(row: Filter, desk: Desk): Automation {
  const headers = z.record(z.string(), z.unknown()).nullish().safeParse(row.perform);
  const perform = Object.entries(headers.data ?? {}).map(([name, body]): [string, unknown] => [
    name.toLowerCase().replace(/^x-zammad-ticket-(followup-)?/, 'ticket.'),
    body,
  ]);
  return toAutomation({
    id: `filter:${row.id}`,
    kind: 'routing',
    active: row.active !== false,
    conditions: readConditions(row.match, desk),
    does: headers.success ? readActions(Object.fromEntries(perform), desk) : [UNREAD],
    updated_at: row.updated_at,
  });
}

const GROUPED: Readonly<Record<string, string>> = {
  organization: 'organisation',
  owner: 'assignee',
  customer: 'requester',
  state: 'status',
  escalation_at: 'sla_breach',
};

/** A view, with what it is sorted and grouped by. A view of one person is a view of his own. */
export function toView(row: Overview, desk: Desk): Automation {
  const by = [row.order?.by, row.group_by].flatMap((name): Understood[] => {
    if (typeof name !== 'string' || name === '') return [];
    const plain = name.replace(/_id$/, '');
    const word = GROUPED[plain] ?? plain;
    return [lookedAt(word, `by:${word}`)];
  });
  return toAutomation({
    id: `overview:${row.id}`,
    kind: 'view',
    active: row.active !== false,
    shared: row.user_ids.length !== 1,
    vendor_default: isShipped(row),
    conditions: [...readConditions(row.condition, desk), ...by],
    updated_at: row.updated_at,
  });
}

/** A workflow of the ticket screens: under its conditions it asks for attributes. Those that ask on closing ask for them to solve. */
export function toWorkflow(row: Workflow, desk: Desk): Automation {
  const selected = readConditions(row.condition_selected, desk);
  const asked = piecesOf(row.perform)
    .flatMap((piece) => piece ?? [])
    .filter((piece) => textsOf(piece.body.operator).includes('set_mandatory'))
    .map((piece) => piece.name.replace(/^ticket\./, ''))
    .sort();
  const closing = selected.some(({ terms }) => terms?.some((term) => /^status:(closed|solved)$/.test(term)) === true);
  return toAutomation({
    id: `workflow:${row.id}`,
    kind: 'form',
    active: row.active !== false,
    vendor_default: row.changeable === false || isShipped(row),
    conditions: [...selected, ...readConditions(row.condition_saved, desk)],
    required_fields: closing ? [] : asked,
    required_to_solve: closing ? asked : [],
    updated_at: row.updated_at,
  });
}
