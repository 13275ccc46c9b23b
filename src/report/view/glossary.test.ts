import { describe, expect, it } from 'vitest';
import { findEntry, glossaryView } from './glossary.ts';
import { GlossaryEntry } from './glossary-entry.ts';

const { entries } = glossaryView();
const names = entries.flatMap(({ word, also }) => [word, ...also]);

describe('the glossary', () => {
  it.each(['assured', 'range', 'coverage', 'deciban', 'kappa', 'Over rated', 'n_effective'])('knows %s', (word) => {
    expect(findEntry(word)).not.toBeNull();
  });

  it('knows no word that is none', () => {
    expect(findEntry('S1.4')).toBeNull();
    expect(findEntry('')).toBeNull();
  });

  it('gives each word one meaning, in the order of the alphabet', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(entries.map(({ word }) => word)).toEqual(entries.map(({ word }) => word).toSorted());
  });

  it.each(entries)('$word is told in one sentence first, and leads to words that are there', (entry) => {
    expect(GlossaryEntry.safeParse(entry).success).toBe(true);
    expect(entry.short).toMatch(/^[A-Z][^.]*(\.\d[^.]*)*\.$/);
    expect(entry.more).toMatch(/\.$/);
    expect(entry.see.filter((word) => findEntry(word) === null)).toEqual([]);
  });
});
