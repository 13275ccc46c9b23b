import { z } from 'zod';
import { SignalName, StatementName } from './named.ts';

/** Why a signal says nothing; the first five are reasons of `not_observable`. */
export const UNSEEN_REASONS = [
  'plan',
  'permission',
  'retention',
  'stream',
  'volume',
  'too_few',
  'failed',
  'does_not_apply',
  'other',
] as const;

/** How much the records could show of what the model asks of them, and what stayed dark, by reason. Signals of the model alone. */
export const UnseenView = z.strictObject({
  measured: z.int(),
  of: z.int(),
  /** Measured share, 0..1; null when the model asks for no signal. */
  share: z.number().nullable(),
  sentence: z.string(),
  groups: z.array(
    z.strictObject({
      reason: z.enum(UNSEEN_REASONS),
      /** `cannot be seen: the token may not read them`. */
      words: z.string(),
      /** What would bring them back; null where nothing can. */
      way_out: z.string().nullable(),
      signals: z.array(SignalName),
      /** Statements that lose some of their evidence by it. */
      statements: z.array(StatementName),
    }),
  ),
  /** Signals that could not read many of their cases; null when none. */
  unread: z.string().nullable(),
  /** Signals that pass over many tickets; null when none. */
  left_out: z.string().nullable(),
});
export type UnseenView = z.infer<typeof UnseenView>;
