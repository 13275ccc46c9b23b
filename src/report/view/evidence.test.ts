import { describe, expect, it } from 'vitest';
import type { LedgerLine, Points } from '../../domain/placement.ts';
import { evidenceBars, sayPoints } from './evidence.ts';

function line(ref: string, points: Points, source: LedgerLine['source'] = 'signal'): LedgerLine {
  const none = { n: null, n_effective: null, interval: null, line: null };
  return {
    criterion: 'S1.1',
    source,
    ref,
    family: 'f',
    class: 'B',
    alpha: 1,
    age_days: 0,
    decay: 1,
    q2: 1,
    q3: 0,
    points,
    ...none,
  };
}

describe('sayPoints', () => {
  it.each([
    [[0.5, -0.9], 'says nothing either way'],
    [[4, 0], 'speaks weakly for it being there'],
    [[7.5, -7.5], 'speaks clearly for it being there, and clearly against it being fully in place'],
    [[-15, 0], 'speaks strongly against it being there'],
  ] as const)('%j', (points, words) => {
    expect(sayPoints([...points])).toBe(words);
  });
});

describe('evidenceBars', () => {
  it('stand on each other, the widest first, and end at the sum', () => {
    const bars = evidenceBars(
      [line('A1-a', [2, 0]), line('r1', [-7.5, -7.5], 'answer'), line('B1-b', [7.5, 0])],
      new Map(),
    );
    expect(bars.map(({ ref, from, to }) => [ref, from, to])).toEqual([
      ['r1', 0, -15],
      ['B1-b', -15, -7.5],
      ['A1-a', -7.5, -5.5],
    ]);
    expect(bars.map(({ direction, title }) => [direction, title])).toEqual([
      ['against', 'Answer of r1'],
      ['for', 'B1-b'],
      ['for', 'A1-a'],
    ]);
  });

  it('are none where nothing speaks', () => {
    expect(evidenceBars([], new Map())).toEqual([]);
  });
});
