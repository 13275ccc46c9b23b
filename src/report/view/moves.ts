import { z } from 'zod';
import { RecordLink, SignalName, StatementName } from './named.ts';
import { Step } from './step.ts';

export const MoveView = z.strictObject({
  statement: StatementName,
  from: z.int().nullable(),
  to: z.int(),
  title: z.string(),
  how: z.string(),
  effort: z.enum(['days', 'weeks', 'quarter']),
  /** `days`, `weeks`, `a quarter`. */
  effort_words: z.string(),
  /** Rise of P(stage >= target), 0..1, made alone and made in this order. */
  gain_alone: z.number(),
  gain_in_order: z.number(),
  /** `+12 points`. */
  gain_words: z.string(),
  /** Signals that will show it: a move is done when they say so. */
  verified_by: z.array(SignalName),
  tickets: z.array(RecordLink),
});
export type MoveView = z.infer<typeof MoveView>;

/** The way to a higher step: fewest moves, and fewest weeks. No moves: `nothing_left` says why. */
export const MovesView = z.strictObject({
  target: Step,
  probability_now: z.number(),
  probability_after: z.number(),
  sentence: z.string(),
  moves: z.array(MoveView),
  /** Moves that are not among `moves`. */
  more: z.int(),
  nothing_left: z.string().nullable(),
});
export type MovesView = z.infer<typeof MovesView>;

/** Both paths; null where nothing is placed, with the reason. `same` = fewest moves and fewest weeks are the same moves. */
export const PathView = z.strictObject({
  smallest: MovesView.nullable(),
  cheapest: MovesView.nullable(),
  same: z.boolean(),
  none: z.string().nullable(),
});
export type PathView = z.infer<typeof PathView>;
