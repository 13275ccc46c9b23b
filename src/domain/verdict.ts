import { z } from 'zod';
import { LedgerLine, PLACEMENT_STATUSES } from './placement.ts';

/** What may be said of a verdict whatever the kind of its model: all that notices, fleet, trend and metrics read. */
export const Headline = z.strictObject({
  /** Stage, tier, level, mean maturity, or pairs that are exchanged; null = withheld. */
  value: z.number().nullable(),
  /** The value in the model's own words ("Managed", "2+"); "not placed" where it is withheld. */
  label: z.string(),
  /** Upper end of the scale of `value`. */
  of: z.number(),
  /** The part of `value` that may be called assured; null where nothing may. */
  assured: z.number().nullable(),
  status: z.enum(PLACEMENT_STATUSES),
  /** Share of what the value rests on that was seen in data, 0..1. */
  coverage: z.number().min(0).max(1),
});
export type Headline = z.infer<typeof Headline>;

/** One item of a verdict, whatever the kind of its model. */
export const ItemVerdict = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** How far it is in place, 0..1; null when nothing speaks. */
  degree: z.number().min(0).max(1).nullable(),
  /** In the model's own words ("level 2", "yes, likely"); null when nothing speaks. */
  label: z.string().nullable(),
  decided_by: z.enum(['telemetry', 'answers', 'both', 'none']),
  not_applicable: z.boolean(),
});
export type ItemVerdict = z.infer<typeof ItemVerdict>;

/**
 * What one model says of one measurement. `body` is of the kind's own shape, which its method knows (`METHODS` of src/scoring/methods.ts); the
 * rest may be read of any.
 */
export const Verdict = z.strictObject({
  model: z.strictObject({
    id: z.string(),
    version: z.int(),
    /** SHA-256 of the content of the model file. */
    hash: z.string(),
    kind: z.string(),
    title: z.string(),
    source: z.string(),
  }),
  headline: Headline,
  items: z.array(ItemVerdict),
  ledger: z.array(LedgerLine),
  body: z.unknown(),
});
export type Verdict = z.infer<typeof Verdict>;

/** What a method gives; `body` is of the kind's own shape. */
export interface Judged<Body> {
  readonly headline: Headline;
  readonly items: readonly ItemVerdict[];
  /** Lines whose sums the verdict was made from; empty for kinds that do not add up points. */
  readonly ledger: readonly LedgerLine[];
  readonly body: Body;
}
