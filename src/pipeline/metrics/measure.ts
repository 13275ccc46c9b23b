import type { Needs } from './observed.ts';

/**
 * One quantity of the plain figures: where its rows come from, its value and, where it has none, why.
 * SQL over the measure views with `t` = the ticket (see base-sql.ts), `$from` and `$to`; the value is null where `reason` gives a word.
 */
export interface Measure {
  readonly needs: Needs;
  /** Relation after FROM; `t` is the ticket's row. */
  readonly rows: string;
  readonly value: string;
  readonly reason: string;
  /**
   * Streams without which a row that has no value is unknown: the reason is then why they are not seen. Not where the source never records
   * them at all, and not where `told` holds, as there the desk's own counters say it.
   */
  readonly unread?: { readonly needs: Needs; readonly told: string };
  readonly figures: readonly Figure[];
  /** Instant that dates a row, when it is not the creation of its ticket; null = a state of the end, which has no place in a series. */
  readonly at?: string | null;
  /** For `ratio`: what the sum of the values is divided by. */
  readonly weight?: string;
  /** `records` or `vendor`: who worked the value out. */
  readonly source?: string;
  /** A count of things that must be known by name: rows of which none is known make it unknown, not 0. */
  readonly unknownIsNull?: boolean;
}

export type Statistic = 'p50' | 'p90' | 'mean' | 'share' | 'sum' | 'distinct' | 'ratio';

export interface Figure {
  readonly id: string;
  readonly unit: string;
  readonly statistic: Statistic;
  readonly definition: string;
  /** Where it differs from what the vendor's own screen shows, and why. */
  readonly differs: string;
}

/** Tickets created in the span. */
export const CREATED = 'base t where t.created_at >= $from and t.created_at < $to';

/** Where the end of a ticket can be told from. */
export const ENDS: Needs = [
  ['events.status'],
  ['tickets.reported_solved_at'],
  ['tickets.reported_closed_at'],
  ['tickets.reported_full_resolution_calendar_s'],
  ['tickets.reported_first_resolution_calendar_s'],
];

/** Why a ticket of the span has no finished duration. */
export const UNFINISHED = `case when t.resolution = 'none' then 'unresolved_at_end' when t.resolution = 'closed_only' then 'closed_without_resolution'
  when t.resolution = 'undated' then 'end_not_recorded' end`;

export const POPULATION = 'Deleted, merged, spam and test tickets are left out.';

/**
 * The desk's own count, as far as it was the same at the end of the span. It goes before what events tell: it counts what the desk means by
 * the word and sees what happened between two recorded states; mixing both by ticket would be a share of neither.
 */
export function own(count: 'reopens' | 'reassignments'): string {
  return `case when coalesce(t.updated_at < $to, true) then t.reported_${count} end`;
}
