import { describe, expect, it } from 'vitest';
import { sayLevel } from './level.ts';

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
