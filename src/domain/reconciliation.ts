import { z } from 'zod';

/** Why a figure of ours differs from the vendor's own, as far as the records tell. */
export const DIFFERENCES = [
  'deleted',
  'merged',
  'no_history',
  'former_agent',
  'opened_by_agent',
  'automatic_reply',
  'reply_not_seen',
  'vendor_counts_none',
  'other_calendar',
  'reopened',
  'unknown',
] as const;

/** One figure that both the vendor and we work out for each ticket. */
export const ReconciledFigure = z.strictObject({
  connection: z.string(),
  id: z.string(),
  unit: z.enum(['s', 'count']),
  definition: z.string(),
  /** Tickets for which at least one side has the figure and the other could have it. */
  compared: z.int(),
  agree: z.int(),
  differ: z.int(),
  /** Absolute difference of tickets that differ and for which both sides have a value; null without any. */
  median_difference: z.number().nullable(),
  max_difference: z.number().nullable(),
  reasons: z.array(z.strictObject({ reason: z.enum(DIFFERENCES), tickets: z.int(), sample: z.array(z.string()) })),
  /** Why it could not be compared at all; null when it could. */
  missing: z.string().nullable(),
});
export type ReconciledFigure = z.infer<typeof ReconciledFigure>;

/** Agreement with the vendor's own counters, figure by figure, as known at the end of the data. */
export const Reconciliation = z.strictObject({ as_of: z.iso.datetime(), figures: z.array(ReconciledFigure) });
export type Reconciliation = z.infer<typeof Reconciliation>;
