import { type Style, wrap } from '../style.ts';
import type { GlossaryEntry } from '../view/glossary-entry.ts';

/** A word of ours: what it means, and which to read next. */
export function renderEntry({ word, short, more, see }: GlossaryEntry, style: Style): string[] {
  const text = (said: string): string[] => wrap(said, style.width - 2).map((line) => `  ${line}`);
  return [
    style.bold(word),
    ...text(short),
    ...text(more),
    ...(see.length === 0 ? [] : [style.dim(`  See also: ${see.map((one) => `plumbline explain ${one}`).join(', ')}`)]),
  ];
}
