import { describe, expect, it } from 'vitest';
import { sayAnswers } from './said.ts';

describe('sayAnswers', () => {
  it.each([
    [[3], 2.4, 'One person said 3, counted between 2 and 3 because self-ratings run high.'],
    [[1], 1.5, 'One person said 1, counted between 1 and 2 because one opinion proves little.'],
    [[3, 3], 2.6, '2 people said 3, counted between 2 and 3 because self-ratings run high.'],
    [[3, 1], 1.9, '2 people said 1, 3 (mean 2), counted between 1 and 2 because self-ratings run high.'],
    [[3], 2.02, 'One person said 3, counted as 2 because self-ratings run high.'],
    [[2], 2.01, 'One person said 2.'],
  ])('%j counted as %d', (values, counted, text) => {
    expect(sayAnswers(values, counted)).toBe(text);
  });

  it('says nothing where nobody gave a level', () => {
    expect(sayAnswers([], null)).toBeNull();
  });
});
