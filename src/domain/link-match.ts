import { z } from 'zod';

const Count = z.int().nonnegative();
const Counts = { matched: Count, ambiguous: Count, unmatched: Count, of: Count };

/** How the issues that tickets of one desk name stand to the trackers beside it. */
export const LinkMatch = z.strictObject({
  desk: z.string(),
  issues: z.strictObject(Counts),
  /** By the system that the links say they lead to; null = they do not say. */
  by_system: z.array(
    z.strictObject({
      system: z.string().nullable(),
      ...Counts,
      /** A tracker beside the desk knows one of these at least, so that they decide whether the facts of the trackers count. */
      reached: z.boolean(),
    }),
  ),
  by_tracker: z.array(z.strictObject({ tracker: z.string(), issues: Count })),
  /** Matched share of the issues in reached systems, 0..1; null where no system is reached. */
  share: z.number().nullable(),
  /** Whether that is enough, so that the facts of the trackers count. */
  counts: z.boolean(),
  /** Issues that could be several, by the tickets that name them: none of them is joined. */
  ambiguous: z.array(z.strictObject({ system: z.string().nullable(), tickets: z.array(z.string()) })),
});
export type LinkMatch = z.infer<typeof LinkMatch>;
