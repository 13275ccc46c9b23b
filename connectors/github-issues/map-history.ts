import { keptTag } from '../../src/kit/kept-tag.ts';
import { type Change, type Present, rankText, type Step, tagChanges, toEvents } from '../../src/kit/records/history.ts';
import { actorOf, type Desk } from './desk.ts';
import { type Issue, type Item, isStep } from './schema.ts';
import { codeIn, rankOf, statusOf } from './words.ts';

/** What an issue is at one moment, as far as its timeline tells. */
interface State {
  readonly open: boolean;
  readonly reason: string | null;
  readonly labels: readonly string[];
  /** In the order in which they were assigned; the first is the one who is responsible. */
  readonly assignees: readonly string[];
  readonly milestone: string | null;
}

const BORN: State = { open: true, reason: null, labels: [], assignees: [], milestone: null };

/**
 * Changes of one issue after the values that it was created with. An issue is born open and bare: whatever it was given in the form is in the timeline with
 * the second of its creation, and counts as given at creation. `items` are the whole timeline up to the bound, oldest first.
 */
export function toHistory(row: Issue, items: readonly Item[], isPartly: boolean, desk: Desk) {
  const { context } = desk;
  const steps = withReasons(row, items.filter(isStep));
  const created = row.created_at.getTime();
  const given = steps.filter((one) => one.event !== 'closed' && one.created_at?.getTime() === created);
  let state = given.reduce(moved, BORN);
  const born = facetsOf(state, desk);
  const present = facetsOf(steps.reduce(moved, BORN), desk).map((one, i) => ({ ...one, born: born[i]?.value ?? null }));
  const told = steps
    .filter((one) => !given.includes(one))
    .map((one, i): Step => {
      const next = moved(state, one);
      const [before, after] = [facetsOf(state, desk), facetsOf(next, desk)];
      const changes = after.flatMap(({ kind, field, value }, k): Change[] => {
        const from = before[k]?.value ?? null;
        return from === value ? [] : [{ kind, field: field ?? null, from, to: value }];
      });
      const tags = tagChanges(state.labels, next.labels);
      state = next;
      const { actor, actor_id } = actorOf(one.actor, row.user, desk);
      return {
        id: one.id ?? `step:${i}`,
        at: one.created_at ?? row.created_at,
        actor,
        actor_id,
        changes: [...changes, ...tags],
      };
    });
  const story = {
    ticketId: row.number,
    createdAt: row.created_at,
    ...actorOf(row.user, row.user, desk, row.author_association),
    present,
    isPartly,
    tags: state.labels,
    keep: (label: string) => keptTag(context.pseudonymise, context.settings.clearLabels, label),
  };
  return toEvents(story, told);
}

/** The reason of the present closing stands with the issue where its event does not carry it. */
function withReasons(row: Issue, steps: readonly Item[]): Item[] {
  const last = row.state?.toLowerCase() === 'closed' ? steps.findLast((one) => one.event === 'closed') : undefined;
  return steps.map((one) => (one === last ? { ...one, state_reason: one.state_reason ?? row.state_reason } : one));
}

function moved(state: State, { event, label, assignee, milestone, state_reason: reason }: Item): State {
  const named = label ?? null;
  const without = <T>(list: readonly T[], one: T) => list.filter((other) => other !== one);
  switch (event) {
    case 'closed':
      return { ...state, open: false, reason };
    case 'reopened':
      return { ...state, open: true, reason: null };
    case 'labeled':
      return named === null ? state : { ...state, labels: [...without(state.labels, named), named] };
    case 'unlabeled':
      return named === null ? state : { ...state, labels: without(state.labels, named) };
    case 'assigned':
      return assignee === null
        ? state
        : { ...state, assignees: [...without(state.assignees, assignee.id), assignee.id] };
    case 'unassigned':
      return assignee === null ? state : { ...state, assignees: without(state.assignees, assignee.id) };
    case 'milestoned':
      return { ...state, milestone: milestone?.title ?? null };
    case 'demilestoned':
      return { ...state, milestone: null };
    default:
      return state;
  }
}

function facetsOf(state: State, { context }: Desk): Present[] {
  const { settings, pseudonymise } = context;
  const rank = rankOf(state.labels, settings);
  const status = statusOf(
    { state: state.open ? 'open' : 'closed', reason: state.reason, labels: state.labels },
    settings,
  );
  const codes = Object.entries(settings.fields).flatMap(([role, beginning]) =>
    beginning === undefined
      ? []
      : [
          {
            kind: 'field' as const,
            field: role === 'cause' ? 'cause_code' : role,
            value: codeIn(state.labels, beginning),
          },
        ],
  );
  return [
    { kind: 'status', value: status },
    { kind: 'priority', value: rankText(rank) },
    { kind: 'assignee', value: state.assignees[0] ?? null },
    // Titles of milestones are text of people.
    {
      kind: 'field',
      field: 'milestone',
      value: state.milestone === null ? null : pseudonymise('reference', state.milestone),
    },
    ...codes,
  ];
}
