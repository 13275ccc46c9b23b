import { describe, expect, it } from 'vitest';
import { faceOf } from './matrix.ts';

describe('faceOf', () => {
  it.each([
    [{ level: 1, degree: 0 }, 'not_there'],
    [{ level: null, degree: 0.5 }, 'open'],
    [{ level: null, degree: null }, 'unseen'],
  ] as const)('%j is %s', (cell, face) => {
    expect(faceOf(cell)).toBe(face);
  });
});
