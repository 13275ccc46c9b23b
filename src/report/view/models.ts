import { z } from 'zod';
import { Headline } from '../../domain/verdict.ts';
import { ModelName } from './named.ts';

/** What every model that judged a snapshot says of it, side by side, the shown one first. */
export const ModelsView = z.strictObject({
  rows: z.array(
    z.strictObject({
      model: ModelName,
      shown: z.boolean(),
      headline: Headline,
      /** Height on a common scale, 0..1; null when it is withheld. */
      height: z.number().nullable(),
      sentence: z.string(),
    }),
  ),
  /** Staged models that differ, and why. */
  pairs: z.array(z.strictObject({ models: z.tuple([z.string(), z.string()]), sentence: z.string() })),
});
export type ModelsView = z.infer<typeof ModelsView>;
