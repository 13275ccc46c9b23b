import { describe, expect, it } from 'vitest';
import type { Points } from '../../src/domain/placement.ts';
import { judgePair, sayTold, type Told, widest } from '../../tools/discriminate/verdict.ts';

function told(points: Record<string, Points>, status: Told['status'] = 'measured', reason: string | null = null): Told {
  return { version: 1, status, reason, estimate: null, n: 0, points };
}

const silent = told({}, 'insufficient', 'unknown');

describe('judgePair', () => {
  it.each([
    ['points for one, points against the other', told({ a: [5, 2] }), told({ a: [-5, -2] }), 'discriminates'],
    ['points for one, nothing known of the other', told({ a: [5, 0] }), silent, 'discriminates'],
    ['not counted on the other, as a one-sided signal is', told({ a: [5, 0] }), told({ a: [0, 0] }), 'discriminates'],
    [
      'told apart for one of two statements',
      told({ a: [5, 0], b: [2, 2] }),
      told({ a: [5, 0], b: [2, -2] }),
      'discriminates',
    ],
    ['the same', told({ a: [5, 2] }), told({ a: [5, 2] }), 'same points'],
    ['exactly one deciban apart', told({ a: [5, 2] }), told({ a: [5, 1] }), 'same points'],
    ['a little more than one deciban apart', told({ a: [5, 2.1] }), told({ a: [5, 1] }), 'discriminates'],
    ['the one that looks so gets more', told({ a: [1, 1] }), told({ a: [5, 2] }), 'same points'],
    [
      'less against the one that practises, but against',
      told({ a: [-2, -3] }),
      told({ a: [-5, -5] }),
      'practice not seen',
    ],
    ['it exists, not fully, and does not on the other', told({ a: [5, -7] }), told({ a: [-5, -7] }), 'discriminates'],
    ['it exists on both, not fully on either', told({ a: [5, -3] }), told({ a: [5, -7] }), 'same points'],
    ['nothing for the one that practises', told({ a: [0, 0] }), told({ a: [-5, -5] }), 'practice not seen'],
    ['measured, and no statement asks for it', told({}), told({}), 'practice not seen'],
    ['the one that practises cannot be measured', silent, told({ a: [-5, -5] }), 'not measured'],
  ] as const)('%s', (_what, practises, looksSo, verdict) => {
    expect(judgePair(false, practises, looksSo)).toBe(verdict);
  });

  it('asks nothing of a diagnostic', () => {
    expect(judgePair(true, silent, silent)).toBe('diagnostic');
  });
});

describe('widest', () => {
  it('names the statement for which the two stand furthest apart', () => {
    // Gates apart: a by 0 and 1, b by 4 and 3
    expect(widest(told({ a: [5, 2], b: [2, 1] }), told({ a: [5, 1], b: [-2, -2] }))).toEqual({
      holder: 'b',
      practises: [2, 1],
      looksSo: [-2, -2],
      apart: 4,
    });
  });

  it('has none where nothing was scored', () => {
    expect(widest(silent, told({ a: [1, 1] }))).toBeNull();
  });
});

describe('sayTold', () => {
  it('says points, or why there are none', () => {
    expect(sayTold(told({ a: [5, -2.25] }), 'a')).toBe('5.0, -2.3');
    expect(sayTold(silent, 'a')).toBe('insufficient (unknown)');
    expect(sayTold(told({}, 'not_applicable'), 'a')).toBe('not_applicable');
    expect(sayTold(told({}), null)).toBe('no points');
  });
});
