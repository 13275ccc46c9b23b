import { describe, expect, it } from 'vitest';
import {
  calibrationError,
  reliability,
  signalTable,
  stageFigures,
  statementFigures,
} from '../../tools/study/figures.ts';
import type { StageSaid, StatementSaid } from '../../tools/study/result.ts';

const said = (stage: number | null, ...atLeast: number[]): StageSaid => ({ stage, assured: 1, atLeast });

describe('stageFigures', () => {
  // Three stages; worked out by hand.
  // Desk a: true 2, said 2, P(>=2) .8, P(>=3) .1: RPS ((.8-1)^2 + .1^2) / 2 = .025; Brier .2^2 + (.7-1)^2 + .1^2 = .14
  // Desk b: true 3, said 2, P(>=2) 1, P(>=3) .4: RPS (0 + .36) / 2 = .18; Brier 0 + .6^2 + (.4-1)^2 = .72
  it('counts exact, near, bias and the proper scores', () => {
    const figures = stageFigures([
      { truth: 2, said: said(2, 1, 0.8, 0.1) },
      { truth: 3, said: said(2, 1, 1, 0.4) },
    ]);
    expect(figures).toMatchObject({ n: 2, exact: 0.5, within1: 1, bias: -0.5, assuredHolds: 1 });
    expect(figures.rps).toBeCloseTo((0.025 + 0.18) / 2, 12);
    expect(figures.brier).toBeCloseTo((0.14 + 0.72) / 2, 12);
  });

  it('leaves desks that were not placed out of the counts, not out of the scores', () => {
    const figures = stageFigures([{ truth: 1, said: said(null, 1, 0.5, 0) }]);
    expect(figures.exact).toBeNaN();
    expect(figures.rps).toBeCloseTo(0.125, 12);
  });
});

const statement = (truth: number, level: number | null, ...posterior: [number, number, number]): StatementSaid => ({
  id: 'S1.1',
  truth,
  level,
  posterior,
  mass: 10,
  seen: true,
});

describe('statementFigures', () => {
  const rows = [
    statement(3, 3, 0, 0.1, 0.9),
    statement(1, 3, 0.1, 0.1, 0.8),
    statement(2, null, 0.2, 0.4, 0.4),
    { ...statement(2, 2, 0, 1, 0), seen: false },
  ];

  it('asks the seen ones, and of the decided ones how many are right and how many two levels off', () => {
    expect(statementFigures(rows)).toMatchObject({ n: 3, seen: 0.75, exact: 0.5, forbidden: 0.5 });
    expect(statementFigures(rows).decided).toBeCloseTo(2 / 3, 12);
    expect(statementFigures(rows).dummyExact).toBeCloseTo(1 / 3, 12);
  });

  it('scores the probabilities of all seen ones', () => {
    const a = (0 + 0.01 + 0.01) / 3;
    const b = (0.81 + 0.01 + 0.64) / 3;
    const c = (0.04 + 0.36 + 0.16) / 3;
    expect(statementFigures(rows).brier).toBeCloseTo((a + b + c) / 3, 12);
  });
});

describe('calibration', () => {
  it('is without error when shares are as said', () => {
    const rows = [
      statement(3, 3, 0, 0.25, 0.75),
      statement(3, 3, 0, 0.25, 0.75),
      statement(3, 3, 0, 0.25, 0.75),
      statement(2, 3, 0, 0.25, 0.75),
    ];
    expect(calibrationError(rows)).toBeCloseTo(0, 12);
    expect(reliability(rows, 3)).toEqual([{ from: 0.7, n: 4, said: 0.75, true: 0.75 }]);
  });

  it('is the mean distance, weighed by the bins, over the three levels', () => {
    // Always sure of 3, right half the time: level 3 is off by .5, level 1 by .5, level 2 by 0.
    const rows = [statement(3, 3, 0, 0, 1), statement(1, 3, 0, 0, 1)];
    expect(calibrationError(rows)).toBeCloseTo(1 / 3, 12);
  });
});

it('shows the mean points of a signal by the truth', () => {
  const row = (truth: number, exists: number) => ({
    signal: 'D3',
    criterion: 'S1.4',
    truth,
    points: [exists, 0] as const,
  });
  expect(signalTable([row(1, -4), row(1, -2), row(3, 5)])).toEqual([
    { signal: 'D3', criterion: 'S1.4', n: 3, byLevel: [[-3, 0], null, [5, 0]] },
  ]);
});
