import { z } from 'zod';
import { PLACEMENT_STATUSES } from '../../domain/placement.ts';
import { ChangeCause } from './change.ts';
import { Step } from './step.ts';

/** What a model said in the kept snapshots, oldest first. Values are on the scale of the headline: a stage, a mean, pairs. */
export const TrendView = z.strictObject({
  points: z.array(
    z.strictObject({
      digest: z.string(),
      as_of: z.iso.datetime(),
      last_day: z.iso.date(),
      value: z.number().nullable(),
      /** In the words of the model: `Managed`, `not placed`. */
      label: z.string(),
      step: Step.nullable(),
      /** P(exactly this step); null for models of other kinds and when nothing is placed. */
      sure: z.number().nullable(),
      assured: z.number().nullable(),
      /** By records alone; null as above. */
      seen: z.number().nullable(),
      coverage: z.number(),
      status: z.enum(PLACEMENT_STATUSES),
      version: z.int(),
    }),
  ),
  /** From each point to the next. `joined` = a line may be drawn: what changed is what the desk does, not what can be seen of it or is said. */
  steps: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      joined: z.boolean(),
      causes: z.array(ChangeCause),
      sentence: z.string(),
    }),
  ),
  sentence: z.string(),
});
export type TrendView = z.infer<typeof TrendView>;
