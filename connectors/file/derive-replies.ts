import type { ACTIVITY_EFFECTS } from './mapping-schema.ts';
import type { Plan } from './plan.ts';
import type { SourceRow } from './source-row.ts';

export type ActivityEffect = (typeof ACTIVITY_EFFECTS)[number];

/** What the activity of a row does to its ticket; null = nothing, or nothing that is known. */
export function effectOf(row: SourceRow): ActivityEffect | null {
  return (row.values['events.activity'] ?? null) as ActivityEffect | null;
}

/** Whether the mapping gives one of these effects to some activity. */
export function namesEffect(plan: Plan, ...effects: readonly ActivityEffect[]): boolean {
  const values = plan.mapping.events?.activity?.values ?? {};
  return Object.values(values).some((effect) => effect !== null && effects.includes(effect));
}

/**
 * Replies that activities state. They become the ticket's own stamp and count, not messages: a log that names replies shows neither notes nor
 * what customers wrote, and a stream of messages without them would read as "there were none". The count is null where the mapping names a
 * first reply only.
 */
export function deriveReplies(
  plan: Plan,
  rows: readonly SourceRow[],
): { readonly first: number | null; readonly count: number | null } {
  const begins = plan.mapping.ticket.created_at;
  // Where a ticket begins with its first row, a message of the desk there begins it and answers nobody.
  const begun = typeof begins === 'object' && 'first_event' in begins ? rows.slice(0, 1) : [];
  const replies = rows.filter(
    (row) => (effectOf(row) === 'first_reply' || effectOf(row) === 'reply') && !begun.includes(row),
  );
  const named = replies.filter((row) => effectOf(row) === 'first_reply');
  const first = (named.length > 0 ? named : replies).map((row) => row.values['events.at'] as number);
  return {
    first: first.length === 0 ? null : first.reduce((a, b) => Math.min(a, b)),
    count: namesEffect(plan, 'reply') ? replies.length : null,
  };
}
