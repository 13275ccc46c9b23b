import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { codeField, codeRole } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { purposeOf } from '../../src/kit/recognise-team.ts';
import {
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
import type { Desk } from './desk.ts';
import { type CompanyFields, type CompanyRole, holdsCode } from './fields.ts';
import { tagsOf } from './map-history.ts';
import type { Flow, Owner } from './schema.ts';
import { WORDS } from './words.ts';

/** What rules are understood by, beside the desk. */
export interface RuleWords {
  readonly desk: Desk;
  readonly companies: CompanyFields;
  readonly teams: ReadonlyMap<string, Owner['teams'][number]>;
}

export const TICKETS = '0-5';
const COMPANIES = '0-2';
/** Events that the vendor numbers for all accounts. */
const CHANGED = '4-655002';
const CREATED = '4-1463224';

type Json = Readonly<Record<string, unknown>>;
function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

/** A ticket workflow: what it waits for and does. Pieces that are not understood are counted, never guessed. */
export function toRule(flow: Flow, words: RuleWords): TelemetryRecord<'automation'> {
  const given: readonly unknown[] = Array.isArray(flow.actions) ? flow.actions : [];
  const steps = given.map(recordOf);
  // What has another form is there all the same, and not understood.
  const odd = (value: unknown) => (value === null || value === undefined || typeof value === 'object' ? [] : [UNREAD]);
  const delays = steps.some((step) => DELAYS.has(textOf(step.actionTypeId) ?? ''));
  const conditions = [
    ...odd(flow.enrollmentCriteria),
    ...piecesOf(flow.enrollmentCriteria, words, null),
    ...steps.filter((step) => /branch/i.test(textOf(step.type) ?? '')).flatMap((step) => piecesOf(step, words, null)),
    ...(delays ? [lookedAt('time', 'time:*')] : []),
  ];
  const actions = steps.flatMap((step) => actionOf(step, words) ?? []);
  return toAutomation({
    id: flow.id,
    kind: flow.enrollmentSchedule === undefined || flow.enrollmentSchedule === null ? 'trigger' : 'automation',
    active: flow.isEnabled === true,
    conditions,
    does: [...actions, ...(Array.isArray(flow.actions) ? [] : odd(flow.actions ?? null))],
    updated_at: flow.updatedAt,
  });
}

/** Every filter, however deep: the vendor nests them in branches. `object` = the records that a branch looks at, null = the tickets themselves. */
function piecesOf(value: unknown, words: RuleWords, object: string | null): Understood[] {
  if (Array.isArray(value)) return value.flatMap((one) => piecesOf(one, words, object));
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Json;
  const event = textOf(record.eventTypeId);
  if (event !== null) return eventOf(event, record, words);
  const type = textOf(record.filterType);
  if (type !== null) return [/^property$/i.test(type) ? filterOf(record, words, object) : UNREAD];
  if (Array.isArray(record.staticBranches)) return [branchOf(record, record.staticBranches, words)];
  const inside = textOf(record.objectTypeId) ?? object;
  return Object.entries(record).flatMap(([key, one]) =>
    // What enrols a record once more is among what enrols it.
    key === 'reEnrollmentTriggersFilterBranches' || key === 'connection' ? [] : piecesOf(one, words, inside),
  );
}

/** A branch for each of several values of one property. */
function branchOf(record: Json, branches: readonly unknown[], words: RuleWords): Understood {
  const property = textOf(recordOf(record.inputValue).propertyName);
  const values = branches.flatMap((one) => valuesOf(recordOf(one).branchValue));
  return property === null ? UNREAD : fieldOf(property, values, words, null);
}

/** A change of a property names it, and its new value, in filters of the event. */
function eventOf(event: string, record: Json, words: RuleWords): Understood[] {
  if (event === CREATED) return [lookedAt('created')];
  if (event !== CHANGED) return [UNREAD];
  const filters = (Array.isArray(record.filters) ? record.filters : []).map(recordOf);
  const of = (name: string) => recordOf(filters.find((one) => one.property === name)?.operation);
  const property = valuesOf(of('hs_name').values ?? of('hs_name').value)[0];
  if (property === undefined) return [UNREAD];
  const { word } = fieldOf(property, [], words, null);
  if (word === null) return [UNREAD];
  const changed: Understood = { word, terms: [`changed:${word === 'field' ? `field:${property}` : word}`] };
  const value = of('hs_value');
  return /^is_known$/i.test(textOf(value.operator) ?? 'is_known')
    ? [changed]
    : [changed, filterOf({ property, operation: value }, words, null)];
}

const IS =
  /^(?:is_any_of|is_equal_to|is_exactly|is|contains|contains_any|has_ever_been_any_of|has_ever_been_equal_to)$/i;
const IS_NOT = /^(?:is_none_of|is_not_equal_to|is_not_any_of|is_not|does_not_contain|has_never_been_any_of)$/i;

function filterOf(filter: Json, words: RuleWords, object: string | null): Understood {
  const property = textOf(filter.property);
  if (property === null) return UNREAD;
  const operation = recordOf(filter.operation);
  const operator = textOf(operation.operator) ?? '';
  const values = valuesOf(operation.values ?? operation.value);
  const { word, terms } = fieldOf(property, values, words, object);
  if (word !== null && LOOKED_AT.has(word)) return lookedAt(word, terms?.[0]);
  if (/^is_(?:not_known|unknown|known)$/i.test(operator)) {
    const any = anyOf(property, word, object);
    const filled = { word, terms: [any] };
    return /^is_known$/i.test(operator) ? filled : denied(filled);
  }
  const meant = { word, terms };
  return IS.test(operator) ? meant : IS_NOT.test(operator) ? denied(meant) : unread(meant);
}

/** Words that stand for looking at something, whatever its value. */
const LOOKED_AT = new Set(['sla_breach', 'csat', 'text', 'time', 'language', 'count']);

function anyOf(property: string, word: string | null, object: string | null): string {
  if (object === COMPANIES) return `org:${property}=*`;
  return word === 'group' || word === 'assignee' || word === 'priority' || word === 'channel'
    ? `${word}:*`
    : `field:${property}=*`;
}

function wordFor(property: string): string | null {
  if (/_sla_|_sla$/.test(property)) return 'sla_breach';
  if (/csat|feedback|_ces_|nps/.test(property)) return 'csat';
  if (/^(?:subject|content)$/.test(property)) return 'text';
  if (/language/.test(property)) return 'language';
  if (/^(?:num_|hs_num)/.test(property)) return 'count';
  return /date$|_at$|timestamp/.test(property) ? 'time' : null;
}

function keptLabel(id: string, desk: Desk): string {
  const { pseudonymise, settings } = desk.context;
  return keptTag(pseudonymise, settings.clearTags, tagsOf(id, desk)[0] ?? id);
}

/** Properties of tickets with a canonical word of their own. */
const FIELDS: Readonly<Record<string, (desk: Desk) => RuleField>> = {
  hs_ticket_priority: () => ruleField('priority', WORDS.rank),
  hs_pipeline_stage: ({ stages }) => ruleField('status', (id) => stages.get(id)?.status ?? null),
  hubspot_owner_id: () => ruleField('assignee'),
  hubspot_team_id: () => ruleField('group'),
  hs_assigned_team_ids: () => ruleField('group'),
  source_type: () => ruleField('channel', WORDS.source),
  hs_form_id: () => ruleField('form'),
  hs_tag_ids: (desk) => ruleField('tag', (id) => keptLabel(id, desk)),
};

/** Property and values in canonical words, the same for conditions and actions. */
function fieldOf(property: string, values: readonly string[], words: RuleWords, object: string | null): Understood {
  const { desk } = words;
  if (object === COMPANIES) return ofCompany(property, values, words.companies);
  if (object !== null && object !== TICKETS) return UNREAD;
  const field = FIELDS[property]?.(desk);
  if (field !== undefined) return readValues(field, values);
  const looked = wordFor(property);
  const known = desk.properties.get(property);
  const role = codeRole(desk.codes, property);
  if (role === null && looked !== null) return lookedAt(looked, looked === 'time' ? 'time:*' : looked);
  const coded = role !== null || property === 'hs_pipeline' || (known !== undefined && holdsCode(known));
  if (coded) return readValues(codeField(desk.codes, property), values);
  return { word: known === undefined ? null : 'field', terms: null };
}

const COMPANY_WORDS: Readonly<Record<CompanyRole, string>> = {
  ...{ tier: 'tier', renewal: 'contract', value: 'contract', expanded: 'contract' },
  ...{ health: 'health', churned: 'health' },
};

function ofCompany(property: string, values: readonly string[], { by, codes }: CompanyFields): Understood {
  const role = [...by].find(([, names]) => names.includes(property))?.[0];
  const word = role === undefined ? 'organisation' : COMPANY_WORDS[role];
  return codes.includes(property)
    ? readValues({ word, term: (value) => `org:${property}=${value}` }, values)
    : { word, terms: null };
}

/** Waits: for a while, for a day, for an event. */
const DELAYS = new Set(['0-1', '0-29', '0-35']);

/** Null for what is no action: waits and branches. */
function actionOf(step: Json, words: RuleWords): Understood[] | null {
  const type = textOf(step.type) ?? '';
  const action = textOf(step.actionTypeId) ?? '';
  if (/branch/i.test(type) || DELAYS.has(action)) return null;
  if (/^webhook$/i.test(type) || action.startsWith('1-')) return [lookedAt('notify_target', 'notify:target')];
  const fields = recordOf(step.fields);
  switch (action) {
    case '0-5':
      return [setProperty(fields, words)];
    case '0-11':
      return rotate(fields, words);
    case '0-4':
      return [lookedAt('notify_requester', 'notify:requester')];
    case '0-8':
    case '0-9': {
      const teams = valuesOf(fields.team_ids);
      return [
        {
          word: 'notify_agent',
          terms: teams.length === 0 ? ['notify:agent'] : teams.map((id) => `notify:group:${id}`),
        },
      ];
    }
    default:
      return [UNREAD];
  }
}

function setProperty(fields: Json, words: RuleWords): Understood {
  const property = textOf(fields.property_name);
  if (property === null) return UNREAD;
  const value = recordOf(fields.value);
  const { word, terms } = fieldOf(property, valuesOf(value.staticValue), words, null);
  const marked = /^hs_pipeline_stage$/.test(property) && words.desk.stages.get(String(value.staticValue))?.escalated;
  return { word: word === null ? null : marked === true ? 'escalate' : `set_${word}`, terms };
}

/** Deals tickets out to people in turn, or to those of teams. */
function rotate(fields: Json, { desk, teams }: RuleWords): Understood[] {
  const people = valuesOf(fields.user_ids).map((user) => desk.byUser.get(user)?.id ?? `user:${user}`);
  const groups = valuesOf(fields.team_ids);
  const escalates = groups.some((id) => purposeOf(teams.get(id)?.name ?? null) === 'escalation');
  return [
    { word: 'set_assignee', terms: people.length === 0 ? ['assignee:*'] : people.map((id) => `assignee:${id}`) },
    ...(groups.length === 0
      ? []
      : [{ word: escalates ? 'escalate' : 'set_group', terms: groups.map((id) => `group:${id}`) }]),
  ];
}
