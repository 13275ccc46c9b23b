import { describe, expect, it } from 'vitest';
import { faceOf, sayLevel } from './level.ts';

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

describe('faceOf', () => {
  it.each([
    [{ level: 1, degree: 0 }, 'not there'],
    [{ level: null, degree: 0.5 }, 'open'],
    [{ level: null, degree: null }, 'unseen'],
  ] as const)('%j is %s', (cell, face) => {
    expect(faceOf(cell)).toBe(face);
  });
});
