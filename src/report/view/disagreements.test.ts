import { describe, expect, it } from 'vitest';
import { sayBeyond } from './disagreements.ts';

describe('sayBeyond', () => {
  it.each([
    [4, 3, 5, 'Together it is higher than either'],
    [3, 4, 2, 'Together it is lower than either'],
  ])('said %d, seen %d, together %d', (said, seen, merged, text) => {
    expect(sayBeyond({ said, seen, merged })).toContain(text);
  });

  it.each([
    [2, 4, 3],
    [2, 4, 4],
    [2, 4, 2],
    [null, 2, 3],
    [2, null, 3],
    [2, 3, null],
  ])('is silent of said %s, seen %s, together %s', (said, seen, merged) => {
    expect(sayBeyond({ said, seen, merged })).toBeNull();
  });
});
