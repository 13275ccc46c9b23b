import {
  type Called,
  calledIn,
  denied,
  lookedAt,
  UNREAD,
  type Understood,
  valuesOf,
} from '../../src/kit/rule-terms.ts';
import { vocabulary } from '../../src/kit/vocabulary.ts';
import { type Desk, type FieldSaid, partly, readField } from './field-terms.ts';
import { tierOfTags } from './recognise.ts';
import type { Condition } from './schema-config.ts';
import { tagList } from './tags.ts';

/** What an operator does; `becomes` = changed to it. Operators that are not listed are not understood. */
const SENSE = vocabulary({
  of: {
    ...{ is: 'is', includes: 'is', present: 'is', value: 'becomes' },
    ...{ is_not: 'not', not_includes: 'not', not_present: 'not', not_value: 'not' },
    ...{ changed: 'changed', value_previous: 'changed', not_changed: 'unchanged', not_value_previous: 'unchanged' },
    ...{ less_than: 'less', greater_than: 'more' },
  },
}).of;

/** Things that a rule can look at and whose value no record of ours carries: looked at, whatever the value. Hours since something: the status that began then. */
const LOOKED_AT: Called = [
  [/^(new|open|pending|hold|solved|closed)$/, 'status', 'time:$1'],
  [/^(created_at|hours_since_created)$/, 'time', 'time:new'],
  [/^(solved_at|hours_since_solved)$/, 'time', 'time:solved'],
  [/^((requester_|assignee_)?updated|assigned)_at$/, 'time', 'time:$1'],
  [/^(until_)?due_date$/, 'time', 'time:due'],
  [/^((comment_|ticket_|comment_mode_)?is_public|attachment)$/, 'update'],
  [/_includes_(word|string)$/, 'text'],
  [/sla|breach/, 'sla_breach'],
  [/satisfaction|csat/, 'csat'],
  [/sentiment/, 'sentiment'],
  [/intent/, 'intent'],
  [/language|locale/, 'language'],
  [/skill|^attribute_value/, 'skill'],
  [/schedule|business_hours|holiday/, 'schedule'],
];

/** A condition. A tag that names a tier looks at both. */
export function readCondition(condition: Condition, desk: Desk): readonly Understood[] {
  const { field, value } = condition;
  const operator = condition.operator ?? 'is';
  const found = readField(field, value, desk);
  if (found !== null)
    return tierTag(condition, desk) === null
      ? saidBy(condition, found, desk)
      : [...saidBy(condition, found, desk), { word: 'tier', terms: [] }];
  const name = field.toLowerCase();
  if (name === 'update_type') return readUpdate(operator, value);
  const looked = calledIn(LOOKED_AT, name);
  if (looked === null) return [UNREAD];
  return SENSE(operator.replace(/(_or_equal)?(_business_hours)?$/, '')) === null ? [looked, UNREAD] : [looked];
}

/** Tier that a condition selects by a tag; null = by none. */
export function tierTag({ field, value }: Condition, { directory, context }: Desk): string | null {
  return /tags?$/.test(field)
    ? tierOfTags(tagList(value), directory.organisationKeys.tierValues, context.settings)
    : null;
}

function readUpdate(operator: string, value: unknown): readonly Understood[] {
  const sense = SENSE(operator);
  const word = valuesOf(value)[0]?.toLowerCase();
  const isKnown = sense === 'is' || sense === 'becomes' || sense === 'not';
  if (!isKnown || (word !== 'create' && word !== 'change')) return partly('update');
  return [lookedAt('update', (word === 'create') === (sense !== 'not') ? 'created' : '!created')];
}

const PRIORITIES = ['low', 'normal', 'high', 'urgent'];
/** Values from the least to the greatest, by the fields whose values the vendor compares. */
const ORDERED: Readonly<Record<string, readonly string[]>> = {
  status: ['new', 'open', 'pending', 'hold', 'solved', 'closed'],
  priority: PRIORITIES,
  basic_priority: PRIORITIES,
};

/** What an operator makes of values of a field. An empty value stands for none, but for operators that ask whether there is one and need no value. */
function saidBy({ field, value, ...given }: Condition, found: FieldSaid, desk: Desk): readonly Understood[] {
  const { word, what } = found;
  const operator = given.operator ?? 'is';
  const sense = SENSE(operator);
  const denies = (sense === 'not') !== (found.none && !/^(not_)?present$/.test(operator));
  const said = denies ? found.said.map(denied) : found.said;
  const order = ORDERED[field] ?? [];
  const place = order.indexOf(valuesOf(value)[0]?.toLowerCase() ?? '');
  switch (sense) {
    case 'is':
    case 'not':
      return said;
    case 'becomes':
      return [lookedAt(word, `changed:${what}`), ...said];
    case 'changed':
      return [lookedAt(word, `changed:${what}`)];
    case 'unchanged':
      return [lookedAt(word, `!changed:${what}`)];
    case 'less':
    case 'more': {
      const meant = sense === 'less' ? order.slice(0, place) : order.slice(place + 1);
      const each = meant.flatMap((one) => readField(field, one, desk)?.said ?? []);
      return place < 0 ? partly(word, what) : [{ word, terms: [] }, ...each];
    }
    default:
      return partly(word, what);
  }
}

/** What lists are ordered by beside fields. */
const ORDERS: Called = [
  [/sla|breach/, 'sla_breach'],
  [/satisfaction|csat|^score$/, 'csat'],
  [/^created(_at)?$|^nice_id$|^id$/, 'time', 'created'],
  [/^updated(_|$)|_updated(_|$)/, 'time', 'updated'],
  [/^(assigned|solved|due)(_at|_date)?$/, 'time', '$1'],
  [/^(locale|language)/, 'language'],
  [/^subject$|^description$/, 'text', 'subject'],
];

/** What a view is grouped or sorted by. */
export function readOrder(order: string, desk: Desk): Understood {
  const found = readField(/^\d+$/.test(order) ? `custom_fields_${order}` : order, null, desk);
  const named = found === null ? calledIn(ORDERS, order.toLowerCase()) : lookedAt(found.word, found.what);
  const { word, terms } = named ?? UNREAD;
  return { word, terms: terms?.map((term) => `by:${term}`) ?? null };
}
