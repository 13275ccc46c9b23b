import { describe, expect, it } from 'vitest';
import { matches } from './expect.ts';

describe('matches', () => {
  it.each<[number | null, number | string | null, boolean]>([
    [0.5, 0.5, true],
    [0.5005, 0.5, true],
    [0.5006, 0.5, false],
    [10_004, 10_000, true],
    [10_006, 10_000, false],
    [0.91, '> 0.9', true],
    [0.9, '> 0.9', false],
    [0.9, '>= 0.9', true],
    [0.1, '< 0.1', false],
    [0.1, '<= 0.1', true],
    [-0.3, '-0.5..-0.2', true],
    [-0.1, '-0.5..-0.2', false],
    [0.2, '0.2..0.4', true],
    [null, null, true],
    [null, 0, false],
    [0, null, false],
    [null, '> 0', false],
  ])('%s against %s: %s', (actual, expected, fits) => {
    expect(matches(actual, expected)).toBe(fits);
  });
});
