import { type Step, viaOf } from './attribute.ts';
import type { ChildEvent } from './schema-events.ts';
import { wayOf } from './words.ts';

/** Seconds within which the vendor writes both sides of one merge. */
const MOMENT_S = 5;

/**
 * Tickets that a person merged away around an instant, by the merges of a page of updates: told by their form and never by words, which are in the language of the agent: an update that says so, or one in
 * which a person closes a ticket directly and tags it `closed_by_merge`. Null where there is none.
 */
export function findMergers(
  steps: readonly Omit<Step, 'merged'>[],
): ((by: string | null, at: Date) => readonly string[]) | null {
  const found = steps
    .filter(({ update, children }) => update.via.rel === 'merge' || children.some(mergesAway))
    .map(({ update }) => ({ by: update.updaterId, at: update.at.getTime(), ticket: update.ticketId }));
  if (found.length === 0) return null;
  return (by, at) => {
    const same = found.filter((one) => one.by === by && Math.abs(one.at - at.getTime()) <= MOMENT_S * 1000);
    return by === null ? [] : same.map(({ ticket }) => ticket);
  };
}

function mergesAway(child: ChildEvent): boolean {
  if (child.via.rel === 'merge') return true;
  return child.changes.some(
    ({ field, to }) =>
      (field === 'tags' || field === 'current_tags' || field === 'added_tags') &&
      /\bclosed_by_merge\b/.test(String(to)),
  );
}

/** Ways in which only the system writes. */
const SYSTEM_WAYS = /^(system|merge|admin_setting|sample_ticket|sample_interactive_ticket)$/;

/**
 * A text that the system wrote in a person's name: the comment that a merge leaves on either ticket, and what comes from the system itself.
 * On the ticket that was merged away every comment of that moment is one. On the surviving ticket the vendor mostly says so; else it is the
 * comment of the same person and moment that names the other ticket by its number.
 */
export function isSystemText(child: ChildEvent, step: Step): boolean {
  if (child.via.rel === 'merge' || SYSTEM_WAYS.test(wayOf(viaOf(child, step)).word)) return true;
  if (step.update.via.rel === 'merge') return true;
  if (step.merged.includes(step.update.ticketId)) return step.children.some(mergesAway);
  if (step.merged.length === 0) return false;
  const text = [child.row.body, child.row.html_body, child.row.plain_body]
    .filter((one) => typeof one === 'string')
    .join(' ');
  return step.merged.some((ticket) => new RegExp(`(^|\\D)${ticket.replace(/\D/g, '')}(\\D|$)`).test(text));
}
