import { z } from 'zod';
import { PLACEMENT_STATUSES } from '../../domain/placement.ts';

/** All workspaces that the caller may see: verdict, change since the one before, age of the data, broken syncs. */
export const FleetView = z.strictObject({
  sentence: z.string(),
  workspaces: z.array(
    z.strictObject({
      workspace: z.string(),
      /** Null where no snapshot was taken, or it could not be read: `sentence` says which. */
      verdict: z
        .strictObject({
          model: z.string(),
          title: z.string(),
          value: z.number().nullable(),
          of: z.number(),
          label: z.string(),
          assured: z.number().nullable(),
          coverage: z.number(),
          status: z.enum(PLACEMENT_STATUSES),
          digest: z.string(),
          last_day: z.iso.date(),
        })
        .nullable(),
      /** Value minus that of the snapshot before; null without one, or where either is withheld. */
      change: z.number().nullable(),
      change_words: z.string().nullable(),
      /** Of the oldest connection, whole days to now; null when nothing was read. */
      age_days: z.int().nullable(),
      connections: z.int(),
      /** Connections of which something was never read to its end. */
      broken: z.array(z.string()),
      sentence: z.string(),
    }),
  ),
});
export type FleetView = z.infer<typeof FleetView>;
