import { z } from 'zod';
import { Step } from './step.ts';

/** `said` = by answers alone, `seen` = by records alone, `together` = the verdict, `assured` = at least this, in nine of ten cases. */
export const LADDER_MARKS = ['said', 'seen', 'together', 'assured'] as const;

/** The ladder of a staged model with the law of the stage on it, lowest step first. Probabilities are 0..1 and add up to 1. */
export const LadderView = z.strictObject({
  /** What the model calls a step. */
  word: z.string(),
  rungs: z.array(
    z.strictObject({
      step: Step,
      summary: z.string(),
      /** P(exactly this step). */
      probability: z.number(),
      /** P(this step or higher). */
      at_least: z.number(),
      /** The probability for reading: `34 %`. */
      text: z.string(),
      /** Between floor and ceiling: what is not seen could put it here. */
      in_range: z.boolean(),
      marks: z.array(z.enum(LADDER_MARKS)),
    }),
  ),
  /** One for each mark; `step` is null where that side has nothing to say. */
  marks: z.array(z.strictObject({ mark: z.enum(LADDER_MARKS), step: Step.nullable(), sentence: z.string() })),
});
export type LadderView = z.infer<typeof LadderView>;
