import { describe, expect, it } from 'vitest';
import { sayLevel, tellLevel } from './level.ts';

describe('sayLevel', () => {
  it.each([
    [{ level: 3, between: null }, '3'],
    [{ level: null, between: [2, 3] }, '2 or 3'],
    [{ level: null, between: [1, 3] }, 'open'],
    [{ level: null, between: null }, '–'],
  ] as const)('%j is said as %s', (result, text) => {
    expect(sayLevel({ level: result.level, between: result.between === null ? null : [...result.between] })).toBe(text);
  });
});

describe('tellLevel', () => {
  it.each([
    ['3', 'level 3'],
    ['2 or 3', 'level 2 or 3'],
    ['open', 'open'],
    ['–', 'not known'],
  ])('%s is told as %s', (level, words) => {
    expect(tellLevel(level)).toBe(words);
  });
});
