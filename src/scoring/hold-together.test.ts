import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/harness/property-runs.ts';
import type { LedgerLine } from '../domain/placement.ts';
import { holdLines } from './hold-together.ts';

const model = { criteria: [{ id: 'S1.3', together: ['recorded', 'effect'] }] } as never;

function line(family: string, exists: number, full: number): LedgerLine {
  return {
    criterion: 'S1.3',
    source: 'signal',
    ref: `${family}${full}`,
    family,
    class: 'B',
    alpha: 1,
    age_days: 0,
    decay: 1,
    q2: 1,
    q3: 1,
    points: [exists, full],
    n: 100,
    n_effective: 100,
    interval: null,
    line: null,
  };
}

function full(lines: readonly LedgerLine[]): number {
  return holdLines(model, lines, []).reduce((sum, one) => sum + one.points[1], 0);
}

describe('families that stand together', () => {
  it.each([
    ['both say full', [7.5, 7.5], 15],
    ['one says it half: the other is held there', [7.5, 2.5], 5],
    ['one speaks against: nothing of the other outvotes it', [7.5, -7.5], -7.5],
    ['both against', [-7.5, -2.5], -10],
    ['one was not measured: the other proves a part only', [7.5, null], 0],
  ] as const)('%s', (_what, [recorded, effect], sum) => {
    const lines = [line('recorded', 5, recorded), ...(effect === null ? [] : [line('effect', 5, effect)])];
    expect(full(lines)).toBeCloseTo(sum, 12);
  });

  it('leaves the gate "exists", other families and other statements alone', () => {
    const other = { ...line('recorded', 3, 9), criterion: 'S2.1' };
    const held = holdLines(model, [line('recorded', 5, 7.5), line('effect', 5, -1), line('policy', 15, 2), other], []);
    expect(held.map((one) => one.points)).toEqual([
      [5, 0],
      [5, -1],
      [15, 2],
      [3, 9],
    ]);
  });

  it('shares what a family keeps among its lines in proportion', () => {
    const held = holdLines(model, [line('recorded', 0, 6), line('recorded', 0, 2), line('effect', 0, 4)], []);
    expect(held.map((one) => one.points[1])).toEqual([3, 1, 4]);
  });

  it('asks no part that makes no sense here', () => {
    const use = (name: string, status: string) => ({ target: 'S1.3', family: { name }, finding: { status } }) as never;
    const [kept] = holdLines(
      model,
      [line('recorded', 0, 7.5)],
      [use('recorded', 'measured'), use('effect', 'not_applicable')],
    );
    expect(kept?.points[1]).toBe(7.5);
  });

  it('never falls when a family says more, or begins to speak for', () => {
    const points = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(points, points, fc.double({ min: 0, max: 5, noNaN: true }), (a, b, more) => {
        const before = full([line('recorded', 0, a), line('effect', 0, b)]);
        expect(full([line('recorded', 0, a + more), line('effect', 0, b)])).toBeGreaterThanOrEqual(before - 1e-9);
        expect(full([line('recorded', 0, a), line('effect', 0, more)])).toBeGreaterThanOrEqual(
          full([line('recorded', 0, a)]) - 1e-9,
        );
      }),
      runs(500),
    );
  });
});
