import { describe, expect, it } from 'vitest';
import { sayPart } from './part-period.ts';

/** Copenhagen is an hour ahead of UTC in winter, two in summer. */
const ZONE = 'Europe/Copenhagen';
const HALF_YEAR = { from: '2025-12-30T00:01:00.000Z', to: '2026-06-29T21:59:00.000Z' };

describe('sayPart', () => {
  it.each<[string, string, { from: string; to: string }, string | null]>([
    ['month', '2025-12', HALF_YEAR, 'only from 2025-12-30 on'],
    ['month', '2026-01', HALF_YEAR, null],
    ['month', '2026-06', HALF_YEAR, 'so far, to 2026-06-29'],
    ['week', '2025-12-29', HALF_YEAR, 'only from 2025-12-30 on'],
    ['week', '2026-06-22', HALF_YEAR, null],
    ['week', '2026-06-29', HALF_YEAR, 'so far, to 2026-06-29'],
    // The first ticket of a desk comes some hours after its first midnight.
    ['month', '2026-01', { from: '2026-01-01T07:30:00.000Z', to: '2026-03-31T22:00:00.000Z' }, null],
    // Midnight there, which is 22:00 UTC; a minute before, the last day is not over.
    ['month', '2026-03', { from: '2026-01-01T07:30:00.000Z', to: '2026-03-31T22:00:00.000Z' }, null],
    ['month', '2026-03', { from: '2026-01-01T07:30:00.000Z', to: '2026-03-31T21:59:00.000Z' }, 'so far, to 2026-03-31'],
    [
      'month',
      '2026-03',
      { from: '2026-03-09T23:00:00.000Z', to: '2026-03-20T23:00:00.000Z' },
      'only from 2026-03-10 to 2026-03-20',
    ],
    ['month', '2026-12', { from: '2026-11-30T23:00:00.000Z', to: '2026-12-31T23:00:00.000Z' }, null],
    ['month', 'unknown', HALF_YEAR, null],
    ['week', 'unknown', HALF_YEAR, null],
    ['team', '2026-06', HALF_YEAR, null],
  ])('%s %s', (by, value, span, words) => {
    expect(sayPart(by, value, span, ZONE)).toBe(words);
  });
});
