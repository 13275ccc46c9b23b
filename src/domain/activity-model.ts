import { z } from 'zod';
import { FedBy, Slug } from './fed-by.ts';
import { MODEL_HEAD, Role } from './model.ts';

/** A yes/no question about an activity. Records answer it where a signal is named and measured, people answer what is left open. */
export const Marker = z.strictObject({
  id: Slug,
  /** States what is true when the answer is yes, in our own words. */
  question: z.string().min(10).max(160),
  /** Left out = only people can say. */
  signal: FedBy.optional(),
  ask: z.array(Role).min(1),
  /** What to do where the answer is no, one imperative sentence. */
  step: z.string().min(5).max(200),
});
export type Marker = z.infer<typeof Marker>;

/** Markers that an activity needs at least, and may have at most. */
export const MARKERS = { fewest: 6, most: 12 } as const;

export const Activity = z.strictObject({
  id: Slug,
  /** Null = a slot that nobody has filled. */
  name: z.string().min(3).max(60).nullable(),
  /** Null only for a slot. */
  objective: z.string().nullable(),
  /** What it covers, in our own words; empty for an empty slot. */
  statement: z.string(),
  /** Left to the user to name: the source has more activities than it names publicly. */
  slot: z.boolean().default(false),
  /** What the organisation has decided (1 to 5); counts while no person has answered. */
  importance: z.number().optional(),
  markers: z.array(Marker),
});
export type Activity = z.infer<typeof Activity>;

/** Model of kind `activity`: maturity and importance of activities, ranked by how far maturity lags behind importance. docs/method.md. */
export const ActivityModel = z.strictObject({
  kind: z.literal('activity'),
  ...MODEL_HEAD,
  objectives: z.array(z.strictObject({ id: Slug, name: z.string() })).min(1),
  importance: z.strictObject({ question: z.string(), ask: z.array(Role).min(1) }),
  /** An activity is assessed from this weight of known markers on; a marker that is known in full weighs 1. */
  min_known: z.number().positive(),
  /** Records lose half of their weight in this time; what they leave open is for people. */
  half_life_days: z.strictObject({ config: z.number().positive(), behaviour: z.number().positive() }),
  /** Lower lines of the bands of the legend, on the scale of maturity and importance. */
  bands: z.strictObject({ medium: z.number(), high: z.number() }),
  /** Share of the probability that an interval of maturity or rank holds. */
  interval: z.number().gt(0).lt(1),
  /** How many activities the lists of lowest maturity and highest importance name. */
  list_length: z.int().positive(),
  activities: z.array(Activity).min(1),
});
export type ActivityModel = z.infer<typeof ActivityModel>;
