import type { TicketEvent } from '../../domain/telemetry.ts';
import { blank } from '../blank.ts';
import { becomesEscalated, saysEscalation } from '../recognise-escalation.ts';

/** One change, in canonical values (status category, priority rank as text, ids, codes). */
export interface Change {
  readonly kind: TicketEvent['kind'];
  /** For kind `field`. */
  readonly field?: string | null;
  /** Null = it was unset; absent = the vendor does not say: the value before is carried forward. */
  readonly from?: string | null;
  readonly to: string | null;
}

/** What somebody did at one instant. */
export interface Step extends Pick<TicketEvent, 'actor' | 'actor_id'> {
  /** Unique inside the ticket; the ids of its events begin with it. */
  readonly id: string;
  readonly at: Date;
  readonly rule_id?: string | null;
  readonly changes: readonly Change[];
}

/** A value that tickets have one of at a time, as it is now. */
export interface Present {
  readonly kind: 'status' | 'priority' | 'group' | 'assignee' | 'field';
  readonly field?: string | null;
  readonly value: string | null;
  /** Value at creation, where it is known apart from the changes; null = unset or unknown. */
  readonly born?: string | null;
}

/** A rank of priority as histories tell it. */
export function rankText(rank: number | null): string | null {
  return rank === null ? null : String(rank);
}

/** A ticket whose history is told. */
interface Story extends Pick<TicketEvent, 'actor' | 'actor_id'> {
  readonly ticketId: string;
  readonly createdAt: Date;
  readonly present: readonly Present[];
  /** Some change could not be read: what the ticket was created with cannot be worked back. */
  readonly isPartly?: boolean;
  /** Tags that it has now, in clear, as in changes of kind `tag`; they are kept by `keep`. Absent = those at creation are not worked back. */
  readonly tags?: readonly string[];
  readonly keep?: (tag: string) => string;
}

/**
 * The history of one ticket from all its changes, oldest first, after the values that it was created with: of a value that changed, what its first
 * change says to have been before; of one that never did, the present one. A change from a value to the same is none. Where the changes are not complete
 * (`isPartly`) the values at creation are left out. A
 * tag whose clear name says so marks an escalation, at birth too.
 */
export function toEvents(story: Story, steps: readonly Step[]): TicketEvent[] {
  const changes = steps.flatMap((step) => step.changes);
  const now = new Map<string, string | null>();
  const born = story.present.flatMap((one): Change[] => {
    const first = changes.find((change) => nameOf(change) === nameOf(one));
    const value = one.born !== undefined ? one.born : first === undefined ? one.value : (first.from ?? null);
    now.set(nameOf(one), value);
    return value === null ? [] : [{ kind: one.kind, field: one.field ?? null, from: null, to: value }];
  });
  const { keep = () => null } = story;
  const tags = story.tags === undefined ? [] : tagChanges([], tagsAtBirth(story.tags, changes));
  const head = { ...blank('event'), ticket_id: story.ticketId };
  const initial = [...born, ...keptChanges(tags, keep)].map(
    (change): TicketEvent => ({
      ...head,
      id: [story.ticketId, 'initial', nameOf(change), ...(FOLLOWED.has(change.kind) ? [] : [change.to])].join(':'),
      at: story.createdAt,
      seq: 0,
      kind: change.kind,
      field: change.field ?? null,
      to_value: change.to,
      initial: true,
      actor: story.actor,
      actor_id: story.actor_id,
    }),
  );
  const later = steps.flatMap((step) =>
    keptChanges(step.changes, keep).flatMap((change, i): TicketEvent[] => {
      const name = nameOf(change);
      const from = change.from === undefined ? (now.get(name) ?? null) : change.from;
      now.set(name, change.to);
      if (from === change.to && FOLLOWED.has(change.kind)) return [];
      return [
        {
          ...head,
          id: `${story.ticketId}:${step.id}:${i}`,
          at: step.at,
          seq: 0,
          kind: change.kind,
          field: change.field ?? null,
          from_value: from,
          to_value: change.to,
          initial: false,
          actor: step.actor,
          actor_id: step.actor_id,
          rule_id: step.rule_id ?? null,
        },
      ];
    }),
  );
  return [...(story.isPartly === true ? [] : initial), ...later].map((event, seq) => ({ ...event, seq }));
}

const FOLLOWED: ReadonlySet<string> = new Set(['status', 'priority', 'group', 'assignee', 'field']);

function nameOf({ kind, field }: { readonly kind: string; readonly field?: string | null }): string {
  return kind === 'field' ? `field:${field ?? ''}` : kind;
}

/** What was there before the first change of each tag. */
function tagsAtBirth(present: readonly string[], changes: readonly Change[]): string[] {
  const first = new Map<string, boolean>();
  for (const { kind, from, to } of changes) {
    if (kind !== 'tag') continue;
    const tag = to ?? from ?? null;
    if (tag !== null && !first.has(tag)) first.set(tag, to === null);
  }
  const removed = [...first].filter(([, wasThere]) => wasThere).map(([tag]) => tag);
  return [...new Set([...present.filter((tag) => !first.has(tag)), ...removed])].sort();
}

/** Tags that came and went, in clear. */
export function tagChanges(before: readonly string[], after: readonly string[]): Change[] {
  return [
    ...after.filter((tag) => !before.includes(tag)).map((tag): Change => ({ kind: 'tag', from: null, to: tag })),
    ...before.filter((tag) => !after.includes(tag)).map((tag): Change => ({ kind: 'tag', from: tag, to: null })),
  ];
}

/** Tags as they are kept, with the escalations that their clear names say. A tag that cannot be kept is left out. */
function keptChanges(changes: readonly Change[], keep: (tag: string) => string | null): Change[] {
  const tag = (clear: string | null | undefined) => (clear == null ? null : keep(clear));
  return changes.flatMap((change): Change[] => {
    if (change.kind !== 'tag') return [change];
    const [from, to] = [tag(change.from), tag(change.to)];
    if (from === null && to === null) return [];
    const kept: Change = { kind: 'tag', from, to };
    return to !== null && saysEscalation(change.to) ? [kept, escalation(`tag:${to}`)] : [kept];
  });
}

/** A change of a code field; `title` is the field's clear name. A value or title that says so marks an escalation. */
export function codeChange(field: string, title: string | null, from: string | null, to: string | null): Change[] {
  const change: Change = { kind: 'field', field, from, to };
  return becomesEscalated(title, from, to) ? [change, escalation(`field:${field}=${to}`)] : [change];
}

/** A mark that the case is escalated, by its term. */
export function escalation(term: string): Change {
  return { kind: 'escalation', from: null, to: term };
}
