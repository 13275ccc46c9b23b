import type { SetAside } from '../../src/domain/observability.ts';
import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { codeText } from '../../src/kit/code-fields.ts';
import { setAside } from '../../src/kit/parse-each.ts';
import { saysEscalation } from '../../src/kit/recognise-escalation.ts';
import {
  type Change,
  codeChange,
  escalation,
  type Present,
  rankText,
  type Step,
  toEvents,
} from '../../src/kit/records/history.ts';
import { actorOf, type Desk, fieldValue, firstOf, ownersOf, rankOf, statusById } from './desk.ts';
import type { Detail, Issue, Journal } from './schema.ts';

/** Values of an issue at one moment, as the vendor keeps them: ids by name of the attribute, custom fields as `cf:<id>`. */
type State = Readonly<Record<string, string | null>>;

/** Attributes whose values are codes, by the name of their field in events. */
const CODES = {
  category: 'category_id',
  tracker: 'tracker_id',
  version: 'fixed_version_id',
  project: 'project_id',
  due: 'due_date',
} as const;

/**
 * Changes of one issue after the values that it was created with. Journals tell old and new values; what an owner means rests on the project too, so the
 * first state is worked out by walking back from the present one. `journals` are all of the issue up to the bound, oldest first.
 */
export function toHistory(row: Issue, journals: readonly Journal[], isPartly: boolean, desk: Desk) {
  const present = stateOf(row, desk);
  let state = journals.toReversed().reduce((after, one) => moved(after, one.details, 'old_value'), present);
  const rejected: SetAside[] = [];
  const steps = journals.map((one): Step => {
    const next = moved(state, one.details, 'new_value');
    const [before, after] = [facetsOf(state, desk), facetsOf(next, desk)];
    const isGone = desk.statuses !== null && [state, next].some((at) => statusIn(at, desk) === null);
    if (isGone && state.status_id !== next.status_id) rejected.push(goneStatus(one));
    const changes = after.flatMap(({ kind, field, value }, i): Change[] => {
      const from = before[i]?.value ?? null;
      // It keeps its place among the changes of the journal, by which these are told apart, and is none.
      if (isUntold(kind, state, next, desk)) return [{ kind, from: null, to: null }];
      return from === value || (kind === 'status' && isGone) ? [] : [{ kind, field: field ?? null, from, to: value }];
    });
    state = next;
    const links = one.details.filter(isRelation).map((detail): Change => {
      return { kind: 'link', from: codeText(detail.old_value), to: codeText(detail.new_value) };
    });
    const { actor, actor_id } = actorOf(one.user, row.author, desk);
    return { id: one.id, at: one.created_on, actor, actor_id, changes: [...changes, ...links, ...marks(one, desk)] };
  });
  const story = {
    ticketId: row.id,
    createdAt: row.created_on,
    ...actorOf(row.author, row.author, desk),
    present: facetsOf(present, desk),
    isPartly,
  };
  return { events: toEvents(story, steps) satisfies TicketEvent[], rejected };
}

/** A relation to another issue, or a place below one. */
export function isRelation({ property, name }: Detail): boolean {
  return property === 'relation' || (property === 'attr' && name === 'parent_id');
}

const KEPT_IN: Partial<Record<Change['kind'], string>> = {
  status: 'status_id',
  priority: 'priority_id',
  assignee: 'assigned_to_id',
};

/** A value changed, and what it meant before and after is not shown. */
function isUntold(kind: Change['kind'], before: State, after: State, { statuses, priorities, staff }: Desk): boolean {
  const hidden = { status: statuses === null, priority: priorities === null, assignee: staff.groups === null };
  const attribute = KEPT_IN[kind];
  if (attribute === undefined || !hidden[kind as keyof typeof hidden]) return false;
  return before[attribute] !== after[attribute];
}

function stateOf(row: Issue, { codes }: Desk): State {
  const custom = [...codes.values()].map((field) => [`cf:${field}`, fieldValue(row, field)]);
  return {
    status_id: row.status?.id ?? null,
    priority_id: row.priority?.id ?? null,
    assigned_to_id: row.assigned_to?.id ?? null,
    project_id: row.project?.id ?? null,
    tracker_id: row.tracker?.id ?? null,
    category_id: row.category?.id ?? null,
    fixed_version_id: row.fixed_version?.id ?? null,
    due_date: row.due_date,
    ...Object.fromEntries(custom),
  };
}

function moved(state: State, details: readonly Detail[], to: 'old_value' | 'new_value'): State {
  const changed = details.flatMap((detail): [string, string | null][] => {
    const key = detail.property === 'cf' ? `cf:${detail.name}` : detail.property === 'attr' ? detail.name : '';
    return key in state ? [[key, firstOf(detail[to])]] : [];
  });
  return { ...state, ...Object.fromEntries(changed) };
}

function statusIn(state: State, desk: Desk) {
  return state.status_id == null ? null : statusById(state.status_id, desk);
}

/** What a state means. Custom fields are named as those of their roles, in the same order for every state. */
function facetsOf(state: State, desk: Desk): Present[] {
  const rank = rankOf(state.priority_id ?? null, null, desk);
  const { group, assignee } = ownersOf(state.assigned_to_id ?? null, state.project_id ?? null, desk);
  const codes = [...desk.codes.values()].filter((field) => `cf:${field}` in state);
  return [
    { kind: 'status', value: statusIn(state, desk) },
    { kind: 'priority', value: rankText(rank) },
    { kind: 'group', value: group },
    { kind: 'assignee', value: assignee },
    ...Object.entries(CODES).map(([field, attribute]) => ({
      kind: 'field' as const,
      field,
      value: state[attribute] ?? null,
    })),
    ...codes.map((field) => ({ kind: 'field' as const, field: `cf.${field}`, value: state[`cf:${field}`] ?? null })),
  ];
}

/** A status or a code whose clear name says so marks an escalation. */
function marks({ details }: Journal, desk: Desk): Change[] {
  return details.flatMap(({ property, name, old_value, new_value }): Change[] => {
    const [from, to] = [firstOf(old_value), firstOf(new_value)];
    if (property === 'attr' && name === 'status_id') {
      const named = (id: string | null) => (id === null ? null : (desk.statuses?.get(id)?.name ?? null));
      return saysEscalation(named(to)) && !saysEscalation(named(from)) ? [escalation(`state:${to}`)] : [];
    }
    if (property !== 'cf' || ![...desk.codes.values()].includes(name)) return [];
    const title = desk.fields?.find((field) => field.id === name)?.name ?? null;
    return codeChange(`cf.${name}`, title, from, to).filter((change) => change.kind === 'escalation');
  });
}

function goneStatus(one: Journal): SetAside {
  const detail = 'expected a status that there is or that settings.statuses names, found string';
  return setAside('tickets', one.id, 'details.status_id', detail);
}
