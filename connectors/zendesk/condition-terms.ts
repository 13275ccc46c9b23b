import type { Directory } from './directory.ts';
import { fieldName } from './field-names.ts';
import { codeTerms, organisationTerms } from './field-terms.ts';
import type { EarlyContext } from './pages.ts';
import { ANY, collect, looksAt, read, type Terms, UNREAD, type Understood, valuesOf } from './read-terms.ts';
import type { Condition } from './schema-config.ts';
import { keptTag } from './tags.ts';
import { channelWord, priorityRank, statusOf, typeWord } from './words.ts';

/** Conditions as terms, with the number of those that were not understood. All conditions, those of `any` too. */
export function conditionTerms(conditions: readonly Condition[], directory: Directory, context: EarlyContext): Terms {
  return collect(conditions.map((condition) => termsOf(condition, directory, context)));
}

type Sense = 'is' | 'not' | 'changed' | 'not_changed' | 'less' | 'more';

/** What an operator does; `value` = changed to it. Operators that are not listed are not understood. */
const SENSES: Readonly<Record<string, Sense>> = {
  is: 'is',
  includes: 'is',
  present: 'is',
  value: 'is',
  is_not: 'not',
  not_includes: 'not',
  not_present: 'not',
  not_value: 'not',
  changed: 'changed',
  value_previous: 'changed',
  not_changed: 'not_changed',
  not_value_previous: 'not_changed',
  less_than: 'less',
  greater_than: 'more',
};
const PRESENCE = new Set(['present', 'not_present']);

/** Things that a rule can look at and whose value no record of ours carries: looked at, whatever the value. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/sla|breach/i, 'sla_breach'],
  [/satisfaction|csat/i, 'csat'],
  [/sentiment/i, 'sentiment'],
  [/intent/i, 'intent'],
  [/language|locale/i, 'language'],
  [/skill|^attribute_value/i, 'skill'],
  [/schedule|business_hours|holiday/i, 'schedule'],
];

/** Hours since something: the status that began then, or a word for it. */
const HOURS: Readonly<Record<string, string>> = {
  new: 'time:new',
  open: 'time:open',
  pending: 'time:pending',
  hold: 'time:hold',
  solved: 'time:solved',
  closed: 'time:closed',
  created_at: 'time:new',
  hours_since_created: 'time:new',
  hours_since_solved: 'time:solved',
  solved_at: 'time:solved',
  assigned_at: 'time:assigned',
  updated_at: 'time:updated',
  requester_updated_at: 'time:requester_updated',
  assignee_updated_at: 'time:assignee_updated',
  due_date: 'time:due',
  until_due_date: 'time:due',
};
const HOURS_OPERATORS = /^(is|less_than|greater_than)(_or_equal)?(_business_hours)?$/;

/** Who can see the update, and words of its text. */
const SEEN = /^(comment_is_public|ticket_is_public|is_public|comment_mode_is_public|attachment)$/;
const TEXT = /_includes_(word|string)$/;

function termsOf(condition: Condition, directory: Directory, context: EarlyContext): Understood {
  const { field, value } = condition;
  const operator = condition.operator ?? 'is';
  const lower = field.toLowerCase();
  const hours = HOURS[lower];
  if (hours !== undefined) return HOURS_OPERATORS.test(operator) ? read([hours]) : looksAt(hours);
  if (SEEN.test(lower)) return read(['update']);
  if (TEXT.test(lower)) return read(['text']);
  const organisation = organisationTerms(condition, directory);
  if (organisation !== null) return saidBy(operator, organisation, `org:${organisation.name}`);
  const custom = /^(?:custom_fields?_|ticket_fields?_)(\d+)$/.exec(field)?.[1];
  if (custom !== undefined) {
    const codes = codeTerms(custom, value, directory);
    return saidBy(operator, codes, `field:${codes.name}`);
  }
  if (/tags?$/.test(lower))
    return saidBy(
      operator,
      {
        terms: valuesOf(value, true).map((tag) => `tag:${keptTag(context, tag)}`),
        whole: true,
      },
      'tag',
    );
  if (lower === 'update_type') return created(operator, value);
  const looked = LOOKS.find(([pattern]) => pattern.test(lower))?.[1];
  if (looked !== undefined)
    return operator in SENSES || HOURS_OPERATORS.test(operator) ? read([looked]) : looksAt(looked);
  const system = systemOf(lower, directory);
  if (system === null) return UNREAD;
  const sense = SENSES[operator];
  if (system.ordered !== undefined && (sense === 'less' || sense === 'more')) return compared(system, sense, value);
  return saidBy(operator, namedValues(system, value), system.name);
}

interface SystemField {
  readonly name: string;
  /** Canonical values of one value as written; null = not understood. */
  readonly canonical: (value: string) => readonly string[] | null;
  /** Values from the least to the greatest, where the vendor compares them. */
  readonly ordered?: readonly string[];
}

const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];

const ids = (name: string): SystemField => ({ name, canonical: (value) => [`${name}:${personOf(value)}`] });
const one = (term: string | null): readonly string[] | null => (term === null ? null : [term]);

/** The person who looks or acts, the teams of that person: a rule says so in words instead of an id. */
function personOf(value: string): string {
  return /^(current_user|current_groups?)$/.test(value) ? 'self' : value;
}

function systemOf(field: string, directory: Directory): SystemField | null {
  switch (field) {
    case 'status':
      return { name: 'status', ordered: STATUSES, canonical: (value) => one(prefixed('status', statusOf(value))) };
    case 'custom_status_id':
      return { name: 'status', canonical: (value) => ownStatus(value, directory) };
    case 'priority':
    case 'basic_priority':
      return {
        name: 'priority',
        ordered: PRIORITIES,
        canonical: (value) => one(prefixed('priority', priorityRank(value))),
      };
    case 'type':
    case 'ticket_type_id':
      return { name: 'type', canonical: (value) => one(prefixed('type', typeWord(value))) };
    case 'group_id':
    case 'group':
      return ids('group');
    case 'assignee_id':
    case 'assignee':
      return ids('assignee');
    case 'organization_id':
    case 'organization':
      return ids('organisation');
    case 'ticket_form_id':
    case 'form':
      return ids('form');
    case 'brand_id':
    case 'brand':
      return ids('brand');
    case 'via_id':
    case 'via_type':
    case 'current_via_id':
    case 'via':
      return { name: 'channel', canonical: (value) => one(prefixed('channel', channelWord(value))) };
    case 'recipient':
    case 'recipient_email':
    case 'received_at':
      return { name: 'recipient', canonical: () => ['recipient'] };
    case 'requester_id':
    case 'requester':
    case 'requester_role':
      return { name: 'requester', canonical: () => ['requester'] };
    case 'role':
    case 'current_user':
    case 'submitter_id':
      return { name: 'actor', canonical: () => ['actor'] };
    case 'reopens':
    case 'replies':
    case 'agent_stations':
    case 'group_stations':
      return { name: 'count', canonical: () => ['count'] };
    default:
      return null;
  }
}

function prefixed(name: string, value: string | number | null): string | null {
  return value === null ? null : `${name}:${value}`;
}

/** An own status of the account: its category, and the status itself. */
function ownStatus(value: string, directory: Directory): readonly string[] | null {
  const known = directory.statuses.get(value);
  const category = known === undefined ? null : statusOf(known.category);
  return category === null ? null : [`status:${category}`, `state:${value}`];
}

/** Terms of the values of a system field; an empty value stands for none. */
function namedValues(system: SystemField, value: unknown): Understood {
  const values = valuesOf(value);
  if (values.length === 0 || values.every((word) => word === '' || word === '-'))
    return { terms: [`${system.name}:${ANY}`], whole: true, none: true };
  const terms = values.map(system.canonical);
  return { terms: terms.flatMap((term) => term ?? []), whole: terms.every((term) => term !== null) };
}

function compared(system: SystemField, sense: 'less' | 'more', value: unknown): Understood {
  const order = system.ordered ?? [];
  const place = order.indexOf(String(valuesOf(value)[0] ?? '').toLowerCase());
  if (place < 0) return looksAt(system.name);
  return read(
    (sense === 'less' ? order.slice(0, place) : order.slice(place + 1)).flatMap((word) => system.canonical(word) ?? []),
  );
}

function created(operator: string, value: unknown): Understood {
  const sense = SENSES[operator];
  const word = String(valuesOf(value)[0] ?? '').toLowerCase();
  if ((sense !== 'is' && sense !== 'not') || (word !== 'create' && word !== 'change')) return looksAt('update');
  return read([(word === 'create') === (sense === 'is') ? 'created' : '!created']);
}

/** What an operator makes of the terms of its values. `what` = what it looks at, for changes and for operators that are not understood. */
function saidBy(operator: string, { terms, whole, none: empty = false }: Understood, what: string): Understood {
  const none = empty && !PRESENCE.has(operator);
  const said = (list: readonly string[]): Understood => ({ terms: list, whole });
  switch (SENSES[operator]) {
    case 'is':
      return operator === 'value'
        ? said([`changed:${what}`, ...(none ? denied(terms) : terms)])
        : said(none ? denied(terms) : terms);
    case 'not':
      return said(none ? terms : denied(terms));
    case 'changed':
      return read([`changed:${what}`]);
    case 'not_changed':
      return read([`!changed:${what}`]);
    default:
      return looksAt(what);
  }
}

function denied(terms: readonly string[]): string[] {
  return terms.map((term) => (term.startsWith('!') ? term.slice(1) : `!${term}`));
}

/** Words for what a list can be ordered by; first pattern that fits. */
const ORDERS: readonly (readonly [RegExp, string])[] = [
  [/sla|breach/, 'sla_breach'],
  [/^organi[sz]ation(_id)?$/, 'organisation'],
  [/^(priority|status|type|group|assignee|brand|requester|submitter)(_id)?$/, '$1'],
  [/^ticket_type_id$/, 'type'],
  [/^(ticket_)?form(_id)?$|^ticket_form$/, 'form'],
  [/satisfaction|csat|^score$/, 'csat'],
  [/^created(_at)?$|^nice_id$|^id$/, 'created'],
  [/^updated(_|$)|_updated(_|$)/, 'updated'],
  [/^(assigned|solved|due)(_at|_date)?$/, '$1'],
  [/^(locale|language)/, 'language'],
  [/^subject$|^description$/, 'subject'],
  [/^via|^channel$/, 'channel'],
];

/** What a view is grouped and sorted by, as terms; null = by nothing. */
export function orderTerms(orders: readonly (string | null)[], directory: Directory): Terms {
  return collect(orders.flatMap((order) => (order === null ? [] : [orderTerm(order, directory)])));
}

function orderTerm(order: string, directory: Directory): Understood {
  const custom = /^(?:custom_fields?_|ticket_fields?_)?(\d+)$/.exec(order)?.[1];
  if (custom !== undefined) return read([`by:field:${fieldName(directory, custom)}`]);
  const organisation = /^organi[sz]ation\.(?:custom_fields\.)?(.+)$/.exec(order)?.[1];
  if (organisation !== undefined) return read([`by:org:${organisation}`]);
  const word = order.toLowerCase();
  for (const [pattern, name] of ORDERS) {
    const match = pattern.exec(word);
    if (match !== null) return read([`by:${name === '$1' ? match[1] : name}`]);
  }
  return UNREAD;
}
