import { z } from 'zod';
import { StatementName } from './named.ts';
import { Step } from './step.ts';

/** What is known of a statement that holds a stage back. */
export const HOLDING_STATES = ['not_there', 'partly', 'undecided', 'unknown', 'in_place'] as const;

/** What keeps a desk from the next step, the strongest first; no statements at the last step, or when nothing is placed. */
export const HoldsBackView = z.strictObject({
  /** The next step; null when there is none. */
  target: Step.nullable(),
  sentence: z.string(),
  statements: z.array(
    StatementName.extend({
      set: z.int(),
      state: z.enum(HOLDING_STATES),
      /** Rise of P(stage >= target), 0..1, if the statement were known to be fully in place. */
      gain: z.number(),
      sentence: z.string(),
    }),
  ),
});
export type HoldsBackView = z.infer<typeof HoldsBackView>;
