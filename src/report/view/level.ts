import type { CriterionResult } from '../../domain/placement.ts';

/** `3`, `2 or 3` where the evidence does not tell these apart, `open` where it tells nothing apart, `–` where nothing speaks. */
export function sayLevel({ level, between }: Pick<CriterionResult, 'level' | 'between'>): string {
  if (level !== null) return String(level);
  if (between === null) return '–';
  const [low, high] = between;
  return high - low === 2 ? 'open' : `${low} or ${high}`;
}

/** A level as `sayLevel` wrote it, within a sentence: `level 2`, `level 2 or 3`; `open` and `not known` where there is none. */
export function tellLevel(level: string): string {
  if (level === '–') return 'not known';
  return level === 'open' ? level : `level ${level}`;
}
