import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { purposeOf } from '../../src/kit/recognise-team.ts';
import {
  ANY,
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
import { type Desk, isList } from './account.ts';
import { type AssignmentRule, Condition, isOff, type RuleGroup } from './schema.ts';
import { WORDS } from './words.ts';

/** Fields of tickets that rules look at, whatever the value. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  subject: 'text',
  description: 'text',
  resolution: 'text',
  email: 'requester',
  phone: 'requester',
  'contact name': 'requester',
  'to address': 'recipient',
  language: 'language',
  sentiment: 'sentiment',
  'is overdue': 'sla_breach',
  'due date': 'sla_breach',
  'happiness rating': 'csat',
  'created time': 'created',
  'modified time': 'update',
  'thread count': 'count',
  'comment count': 'count',
};

/** Direct assignment: each target has criteria of its own and is a rule of its own. */
export function toAssignments(row: AssignmentRule, desk: Desk): TelemetryRecord<'automation'>[] {
  const targets = new Map(row.targets.map((target, i) => [target.targetId ?? String(i), target]));
  const runs = new Set(row.executeOptions.map((one) => one.toLowerCase()));
  // Only where it does not run on both.
  const when = runs.size === 1 ? [lookedAt('created', runs.has('edit') ? '!created' : 'created')] : [];
  return [...targets].map(([place, target]) => {
    const from = target.fromDepartmentId === null ? [] : [lookedAt('group', `group:${target.fromDepartmentId}`)];
    const conditions = (target.criteria?.fieldConditions ?? []).map((one) => readCondition(one, desk));
    const { teamId, agentId, toDepartmentId } = target;
    const moves = toDepartmentId !== null && toDepartmentId !== target.fromDepartmentId;
    const group = teamId ?? (moves ? toDepartmentId : null);
    return toAutomation({
      id: `${row.id}:${place}`,
      kind: 'routing',
      active: !isOff(row.status),
      conditions: [...when, ...from, ...conditions],
      does: [
        ...(group === null ? [] : [lookedAt(escalates(group, desk) ? 'escalate' : 'set_group', `group:${group}`)]),
        ...(agentId === null ? [] : [lookedAt('set_assignee', `assignee:${agentId}`)]),
      ],
    });
  });
}

function escalates(group: string, { teams, departments }: Desk): boolean {
  return purposeOf((teams?.get(group) ?? departments?.get(group))?.name ?? null) === 'escalation';
}

function readCondition(given: unknown, desk: Desk): Understood {
  const { data } = Condition.safeParse(given);
  if (data === undefined) return UNREAD;
  const module = (data.fieldModule ?? 'tickets').toLowerCase();
  const name = data.fieldName.trim().toLowerCase();
  if (module === 'contacts') return lookedAt('requester');
  if (module !== 'tickets') return unread({ word: module === 'accounts' ? 'organisation' : null, terms: null });
  const looked = LOOKED_AT[name];
  if (looked !== undefined) return lookedAt(looked);
  const field = fieldOf(name, desk);
  if (field === null) return UNREAD;
  const condition = (data.condition ?? '').toLowerCase();
  const any = lookedAt(field.word, field.any);
  switch (condition) {
    case 'is':
      return readValues(field, valuesOf(data.value));
    case "isn't":
      return denied(readValues(field, valuesOf(data.value)));
    case 'is empty':
      return denied(any);
    case 'is not empty':
      return any;
    case 'is open':
    case 'is closed':
      return field.word === 'status' ? lookedAt('status', `status:${condition.slice(3)}`) : unread(any);
    default:
      return unread(any);
  }
}

/** Field and values in canonical words; `any` = the term of some value. */
function fieldOf(name: string, desk: Desk): (RuleField & { readonly any: string }) | null {
  const known = (field: RuleField, any = `${field.word}:${ANY}`) => ({ ...field, any });
  switch (name) {
    case 'status':
      return known(ruleField('status', (value) => desk.status(value)));
    case 'priority':
      return known(ruleField('priority', WORDS.rank));
    case 'mode':
    case 'channel':
      return known(ruleField('channel', WORDS.channel));
    case 'team':
    case 'department':
      return known(ruleField('group'));
    case 'case owner':
    case 'ticket owner':
      return known(ruleField('assignee'));
    case 'is escalated':
      return known(
        ruleField('escalated', (value) => `isEscalated=${value}`, 'field'),
        `field:isEscalated=${ANY}`,
      );
    default:
      break;
  }
  const own = desk.fields.find(
    ({ apiName, displayLabel }) => apiName.toLowerCase() === name || displayLabel?.toLowerCase() === name,
  );
  if (own === undefined) return null;
  const role = [...desk.codes].find(([, field]) => field === own.apiName)?.[0] ?? 'field';
  const meaning = (value: string) => (isList(own) ? `${own.apiName}=${value}` : null);
  return known(ruleField(role, meaning, 'field'), `field:${own.apiName}=${ANY}`);
}

const EVENTS: Readonly<Record<string, Understood>> = {
  tickets_create: lookedAt('created'),
  tickets_update: lookedAt('created', '!created'),
};

/** Workflows and macros: the vendor shows that they are there, when they run and how much they hold. */
export function toRuleGroup(row: RuleGroup, kind: 'trigger' | 'macro'): TelemetryRecord<'automation'> {
  const holds = (value: Readonly<Record<string, unknown>> | null) => value !== null && Object.keys(value).length > 0;
  const events = [...new Map(row.events.map((one) => [one.sysName, one])).values()];
  const nodes = row.rules.flatMap(({ clusters }) => clusters.flatMap((one) => one.nodes));
  const asked = [
    ...events.filter(({ userCriteria }) => holds(userCriteria)),
    ...row.rules.filter(({ criteria }) => holds(criteria)),
    ...nodes.filter(({ propertyType }) => /^criteria$/i.test(propertyType ?? '')),
  ];
  return toAutomation({
    id: `group:${row.id}`,
    kind,
    active: row.departmentProperties.some(({ ruleGroupStatus }) => /^active$/i.test(ruleGroupStatus ?? '')),
    conditions:
      kind === 'macro'
        ? null
        : [...events.map(({ sysName }) => EVENTS[sysName ?? ''] ?? UNREAD), ...asked.map(() => UNREAD)],
    does: nodes.filter(({ propertyType }) => !/^criteria$/i.test(propertyType ?? '')).map(() => UNREAD),
    updated_at: row.modifiedTime,
  });
}
