import { z } from 'zod';
import { ModelName, SignalName, StatementName } from './named.ts';
import { Step } from './step.ts';

/**
 * Why a verdict changed. `behaviour` = what the desk does; `configuration` = what is set up; `coverage` = what can be seen; `rules` = how it
 * is judged; `answers` = what people said about statements; `people` = what they said things are (plumbline.yaml); `age` = evidence grew old.
 */
export const CAUSES = ['behaviour', 'configuration', 'coverage', 'rules', 'answers', 'people', 'age'] as const;
export const ChangeCause = z.strictObject({
  cause: z.enum(CAUSES),
  /** Change of the sum of points over all statements, decibans. */
  change: z.number(),
  sentence: z.string(),
});
export type ChangeCause = z.infer<typeof ChangeCause>;

const Side = z.strictObject({
  digest: z.string(),
  as_of: z.iso.datetime(),
  last_day: z.iso.date(),
  step: Step.nullable(),
  assured: Step.nullable(),
  sentence: z.string(),
});

/** Two snapshots of one model beside each other: what changed and why, a sentence first. No statements when nothing noticeable changed. */
export const ChangeView = z.strictObject({
  model: ModelName,
  before: Side,
  after: Side,
  /** `You did not get worse; configuration became visible.` */
  sentence: z.string(),
  /** The strongest first; causes that changed nothing are left out. */
  causes: z.array(ChangeCause),
  statements: z.array(
    StatementName.extend({
      level_before: z.string(),
      level_after: z.string(),
      /** Decibans. */
      change: z.number(),
      sentence: z.string(),
      lines: z.array(
        z.strictObject({
          signal: SignalName.nullable(),
          /** Signal, or what else the line is of. */
          ref: z.string(),
          cause: z.enum(CAUSES),
          change: z.number(),
          sentence: z.string(),
        }),
      ),
    }),
  ),
  /** What is to be said of the documents it was read by; null when there is nothing. */
  note: z.string().nullable(),
});
export type ChangeView = z.infer<typeof ChangeView>;
