import { z } from 'zod';

/** A word of ours in plain English, the same text wherever it is asked for. */
export const GlossaryEntry = z.strictObject({
  word: z.string(),
  /** Other words that ask for it. */
  also: z.array(z.string()),
  /** One sentence. */
  short: z.string(),
  /** Further sentences: how it is worked out, and what it is not. */
  more: z.string(),
  /** Words to read next. */
  see: z.array(z.string()),
});
export type GlossaryEntry = z.infer<typeof GlossaryEntry>;
