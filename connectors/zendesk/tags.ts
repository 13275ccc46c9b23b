import { keptTag as keptBy } from '../../src/kit/kept-tag.ts';
import type { EarlyContext } from './pages.ts';

/** A tag as it is kept: in clear when the settings allow it, else as keyed hash. */
export function keptTag({ settings, pseudonymise }: EarlyContext, tag: string): string {
  return keptBy(pseudonymise, settings.clearTags, tag);
}

/** Tags come as a list, or as one text with spaces. */
export function tagList(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((tag) => tag !== '') : [];
}

/** Tags of the second value that the first has not, each once. */
export function addedTags(from: unknown, to: unknown): string[] {
  const before = new Set(tagList(from));
  return [...new Set(tagList(to))].filter((tag) => !before.has(tag));
}
