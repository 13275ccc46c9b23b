import { z } from 'zod';
import { GlossaryEntry } from './glossary-entry.ts';
import { GLOSSARY } from './glossary-texts.ts';

/** Every word of ours, in the order of the alphabet. */
export const GlossaryView = z.strictObject({ entries: z.array(GlossaryEntry) });
export type GlossaryView = z.infer<typeof GlossaryView>;

/** `Assured`, `over rated` and `n_effective` ask for the same as `assured`, `over-rated` and `n-effective`. */
function keyOf(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}

/** What a word of ours means; null for one that is none. */
export function findEntry(word: string): GlossaryEntry | null {
  const key = keyOf(word);
  return GLOSSARY.find((entry) => entry.word === key || entry.also.includes(key)) ?? null;
}

/** Every word, in the order of the alphabet. */
export function glossaryView(): GlossaryView {
  return { entries: [...GLOSSARY] };
}
