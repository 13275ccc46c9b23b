import { z } from 'zod';

const Interval = z.tuple([z.number(), z.number()]);

export const MarkerReading = z.strictObject({
  marker: z.string(),
  /** Who speaks: records, people, both (people for what records leave open), or nobody. */
  by: z.enum(['records', 'people', 'both', 'nobody']),
  /** P(yes), 0..1; null when nobody speaks. */
  yes: z.number().min(0).max(1).nullable(),
  /** How much of the marker is known, 0..1. */
  weight: z.number().min(0).max(1),
  /** Why the records do not speak: status of the finding and its reason; null when they do or are not asked. */
  silent: z.string().nullable(),
});
export type MarkerReading = z.infer<typeof MarkerReading>;

export const NextLevel = z.strictObject({
  level: z.int(),
  /** Fewest markers whose answer is no that lead there, the one that gains most first. */
  steps: z.array(z.strictObject({ marker: z.string(), step: z.string(), gain: z.number() })),
  /** Maturity when all steps are made. */
  after: z.number(),
  /** False when the markers that are known to be missing do not suffice: then something has to be found out first. */
  reaches: z.boolean(),
});
export type NextLevel = z.infer<typeof NextLevel>;

export const ActivityReading = z.strictObject({
  id: z.string(),
  name: z.string(),
  objective: z.string().nullable(),
  state: z.enum(['assessed', 'not_assessed']),
  markers: z.array(MarkerReading),
  /** Weight of what is known, in markers. */
  known: z.number(),
  /** Markers of which nothing is known. */
  unknown: z.int(),
  /** 1..5, unrounded; null = not assessed. */
  maturity: z.number().nullable(),
  /** Chance alone: what the known markers leave open. */
  interval: Interval.nullable(),
  /** Ignorance alone: maturity if every unknown marker were no, and if every one were yes. */
  bounds: Interval.nullable(),
  grade: z.string().nullable(),
  band: z.enum(['low', 'medium', 'high']).nullable(),
  /** Mean over respondents, 1..5; the decided one while nobody has answered; null = unknown. */
  importance: z.number().nullable(),
  importance_from: z.enum(['people', 'decided']).nullable(),
  importance_respondents: z.int(),
  /** Importance minus maturity. */
  gap: z.number().nullable(),
  /** (importance - maturity) * importance; negative values are kept. */
  priority: z.number().nullable(),
  /** 1 = first; equal activities share the rank. */
  rank: z.int().nullable(),
  rank_interval: z.tuple([z.int(), z.int()]).nullable(),
  next: NextLevel.nullable(),
  /** Markers to ask about, since nobody speaks for them. */
  to_find_out: z.array(z.string()),
});
export type ActivityReading = z.infer<typeof ActivityReading>;

/** Verdict of a model of kind `activity`. */
export const ActivityVerdict = z.strictObject({
  activities: z.array(ActivityReading),
  /** Plain mean over assessed activities; null when there are none. */
  overall: z.strictObject({
    maturity: z.number().nullable(),
    grade: z.string().nullable(),
    /** Ignorance alone: means of the bounds of the assessed activities; null when there are none. */
    bounds: Interval.nullable(),
    assessed: z.int(),
    of: z.int(),
    empty_slots: z.int(),
  }),
  /** People whose answers count. */
  respondents: z.int(),
  /** Ids by rank; activities without maturity or importance are not in it. */
  ranking: z.array(z.string()),
  lowest_maturity: z.array(z.string()),
  highest_importance: z.array(z.string()),
});
export type ActivityVerdict = z.infer<typeof ActivityVerdict>;
