import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { codeRole } from '../../src/kit/code-fields.ts';
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
  const looked = WORDS.looks(name);
  if (looked !== null) return lookedAt(looked);
  const field = fieldOf(name, desk);
  if (field === null) return UNREAD;
  const condition = (data.condition ?? '').toLowerCase();
  const any = lookedAt(field.word, field.any);
  if (condition === 'is') return readValues(field, valuesOf(data.value));
  if (condition === "isn't") return denied(readValues(field, valuesOf(data.value)));
  if (condition === 'is empty') return denied(any);
  if (condition === 'is not empty') return any;
  if (/^is (open|closed)$/.test(condition) && field.word === 'status')
    return lookedAt('status', `status:${condition.slice(3)}`);
  return unread(any);
}

/** Field and values in canonical words; `any` = the term of some value. */
function fieldOf(name: string, desk: Desk): (RuleField & { readonly any: string }) | null {
  const known = (field: RuleField) => ({ ...field, any: `${field.word}:${ANY}` });
  const coded = (word: string, code: string, term: (value: string) => string | null) => ({
    ...ruleField(word, term, 'field'),
    any: `field:${code}=${ANY}`,
  });
  const property = WORDS.property(name);
  if (property === 'status') return known(ruleField('status', (value) => desk.status(value)));
  if (property === 'priority') return known(ruleField('priority', WORDS.rank));
  if (property === 'assignee') return known(ruleField('assignee'));
  if (property === 'department' || property === 'team') return known(ruleField('group'));
  if (property === 'escalated') return coded('escalated', 'isEscalated', (value) => `isEscalated=${value}`);
  if (name === 'mode' || name === 'channel') return known(ruleField('channel', WORDS.channel));
  const own = desk.fields.find(
    ({ apiName, displayLabel }) => apiName.toLowerCase() === name || displayLabel?.toLowerCase() === name,
  );
  if (own === undefined) return null;
  const role = codeRole(desk.codes, own.apiName) ?? 'field';
  return coded(role, own.apiName, (value) => (isList(own) ? `${own.apiName}=${value}` : null));
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
