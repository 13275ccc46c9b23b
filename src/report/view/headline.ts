import { z } from 'zod';
import { PLACEMENT_STATUSES } from '../../domain/placement.ts';
import { ModelName } from './named.ts';
import { Step } from './step.ts';

/** What somebody may do next to get a verdict, or a surer one. */
export const NEXT_STEPS = ['connect', 'import', 'assess', 'doctor'] as const;

/**
 * The verdict of a staged model in one breath. `face` decides once how it is told: `step` = one step deserves the headline; `span` = too
 * little was seen to say which, so the steps that hold it in four of five cases are named and the median is what it is held at;
 * `answers_only` = people alone speak; `not_placed` = nothing may be said. Probabilities are 0..1.
 */
export const HeadlineView = z.strictObject({
  workspace: z.string(),
  as_of: z.iso.datetime(),
  /** Last day that the verdict covers, UTC. */
  last_day: z.iso.date(),
  digest: z.string(),
  model: ModelName,
  face: z.enum(['step', 'span', 'answers_only', 'not_placed']),
  /** `Stage 3 Managed`, `Stage 2 to 5`, `Not placed`. */
  title: z.string(),
  /** The median; null when it is withheld. */
  step: Step.nullable(),
  /** Given for the face `span` alone. */
  span: z.strictObject({ low: Step, high: Step }).nullable(),
  /** P(exactly this step). */
  probability: z.number().nullable(),
  /** The probability as a word: likely, very likely ... */
  likelihood: z.string().nullable(),
  /** All of it in a sentence. */
  sentence: z.string(),
  assured: z.strictObject({ step: Step, sentence: z.string() }).nullable(),
  /** The step if everything unseen were missing, and if all of it were in place: ignorance, apart from chance. */
  range: z.strictObject({ floor: z.int(), ceiling: z.int(), sentence: z.string() }).nullable(),
  coverage: z.strictObject({ share: z.number(), status: z.enum(PLACEMENT_STATUSES), sentence: z.string() }),
  /** A higher step whose own practices are there while lower ones are not complete; null when there is none. */
  reach: z.strictObject({ step: Step, sentence: z.string() }).nullable(),
  /** Why there is no verdict; empty when there is one. */
  why_not: z.array(z.string()),
  next: z.array(z.enum(NEXT_STEPS)),
});
export type HeadlineView = z.infer<typeof HeadlineView>;
