import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../domain/placement.ts';
import { evidenceOf, massOf, UNSEEN } from './evidence.ts';

function line(points: [number, number], family: string): LedgerLine {
  return {
    criterion: 'S6.2',
    source: 'signal',
    ref: family,
    family,
    class: 'W',
    alpha: 1,
    age_days: 0,
    decay: 1,
    q2: 1,
    q3: 1,
    points,
    n: 100,
    n_effective: 100,
    interval: null,
    line: null,
  };
}

describe('telemetry mass', () => {
  it('counts a signal that speaks to both gates once', () => {
    expect(massOf(evidenceOf([line([2.5, 2.5], 'a')]).get('S6.2') ?? UNSEEN)).toBe(2.5);
  });

  it('adds up each gate over the lines and takes the larger', () => {
    const lines = [line([2.5, -2.5], 'a'), line([-4, 0], 'b')];
    const evidence = evidenceOf(lines).get('S6.2') ?? UNSEEN;
    expect([evidence.gateMass, massOf(evidence)]).toEqual([[6.5, 2.5], 6.5]);
  });
});
