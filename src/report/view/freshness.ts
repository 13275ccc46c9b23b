import { z } from 'zod';

/** How old what was measured is. `now` is the caller's clock; ages are whole days from the end of the data to it. */
export const FreshnessView = z.strictObject({
  /** The end of the data that was judged; exclusive. */
  as_of: z.iso.datetime(),
  window: z.strictObject({ from: z.iso.date(), last_day: z.iso.date(), days: z.int() }),
  age_days: z.int(),
  sentence: z.string(),
  /** One for each connection, the oldest first; empty when only people spoke. */
  sources: z.array(
    z.strictObject({
      connection: z.string(),
      vendor: z.string(),
      /** Up to where all its streams are complete; null = not known. */
      until: z.iso.datetime().nullable(),
      age_days: z.int().nullable(),
      sentence: z.string(),
      streams: z.array(
        z.strictObject({
          stream: z.string(),
          status: z.string(),
          until: z.iso.datetime().nullable(),
          rows: z.int(),
          set_aside: z.int(),
          /** Stored rows / rows that the source counts, 0..1; null when it gives no count. */
          reconciled_share: z.number().nullable(),
        }),
      ),
    }),
  ),
});
export type FreshnessView = z.infer<typeof FreshnessView>;
