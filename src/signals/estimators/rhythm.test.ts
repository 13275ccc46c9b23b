import { describe, expect, it } from 'vitest';
import { type Cell, estimateRows, LINES, measuredRows, repeat } from '../../../test/harness/estimate-rows.ts';
import { equalNeighbours } from './runs.ts';
import { theilSen } from './trend.ts';

// Expected values: scipy.stats.theilslopes for slope and interval; Kendall's S by double loop, Hamed-Rao factor with exact rationals.
const CLIMB = [10, 10.4, 9.8, 10.9, 11.2, 10.7, 11.9, 12.4, 11.8, 12.9, 13.1, 12.6, 13.8, 14.2];
const WALK = [
  30.346, 31.167, 31.498, 30.194, 31.1, 31.546, 31.009, 31.59, 31.955, 32.249, 32.278, 32.824, 32.088, 31.925, 31.443,
  32.042, 32.081, 31.789, 31.007, 30.75, 30.758, 30.482, 31.776, 32.783, 30.072, 28.183,
];
const series = (values: readonly number[]) => ({ times: values.map((_, i) => i), values });

describe('theilSen', () => {
  it('finds the median slope and widens for autocorrelation', () => {
    const climb = theilSen(series(CLIMB));
    expect(climb.slope).toBeCloseTo(0.31666666666666665, 12);
    expect(climb.factor).toBeCloseTo(1.1696428571428572, 12);
    const walk = theilSen(series(WALK));
    expect(walk.slope).toBeCloseTo(-0.006642857142857143, 12);
    expect(walk.factor).toBeCloseTo(1.5874539619067662, 12);
    expect(walk.below(0.0137)).toBeCloseTo(0.6690721265445949, 9);
  });
  it.each([
    [0.2137, 0.0026840993697103284],
    [0.3137, 0.2888274817114749],
    [0.3537, 0.9694601194044954],
  ])('gives the probability of a slope up to %d', (line, expected) => {
    expect(theilSen(series(CLIMB)).below(line)).toBeCloseTo(expected, 9);
  });
  it('is sure of a straight line and undecided exactly on it', () => {
    const line = theilSen(series(repeat(12, (i) => 5 + 0.25 * i)));
    expect(line.slope).toBeCloseTo(0.25, 12);
    expect(line.factor).toBe(1);
    expect(line.below(0.25)).toBe(0.5);
    expect(line.below(0.26)).toBeGreaterThan(0.999);
  });
});

const monday = (week: number): string =>
  new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 19).replace('T', ' ');

describe('trend', () => {
  it('folds, scales by the level and looks at two series', async () => {
    const rows = repeat(14, (i) => [
      { at: monday(i), series: 'load', numerator: CLIMB[i] ?? 0, denominator: 1 },
      { at: monday(i), series: 'old', numerator: 7, denominator: 70 },
    ]).flat();
    const params = { partial_series: 'load', full_series: 'old' };
    const found = await measuredRows('trend', rows, { params, lines: { ...LINES, partial: -0.02, full: 0 } });
    // 0.31666.../11.85
    expect(found.estimate).toBeCloseTo(-0.026722925457102673, 9);
    expect(found.n).toBe(14);
    expect(found.q2).toBeLessThan(0.01);
    expect(found.q3).toBe(found.q2);
  });
  it('adds connections before dividing, and leaves weeks without a denominator out', async () => {
    const rows = repeat(6, (i) => [
      { connection: 'a', at: monday(i), numerator: 10, denominator: i === 0 ? 0 : 2 },
      { connection: 'b', at: monday(i), numerator: 20, denominator: i === 0 ? 0 : 1 },
    ]).flat();
    const found = await measuredRows('trend', rows, { lines: { ...LINES, partial: -0.02, full: 0 } });
    expect(found).toMatchObject({ n: 5, extra: { last: 1 } });
    expect(found.estimate).toBeCloseTo(0, 12);
  });
  it.each([[0], [2]])('says nothing from %d weeks', async (n) => {
    const rows = repeat(n, (i) => ({ at: monday(i), numerator: i }));
    expect(await estimateRows('trend', rows)).toMatchObject({ kind: 'insufficient', n });
  });
});

describe('coverage', () => {
  const moment = (kind: string, slot: number, week: number): Record<string, Cell> => ({ kind, slot, week: `w${week}` });
  const weeks = repeat(10, (w) => w);
  it.each([
    ['in five of ten weeks', 5, 1],
    ['in four of ten weeks', 4, 0.5],
  ])('calls a slot staffed when somebody acts %s', async (_, active, expected) => {
    const rows = weeks.flatMap((w) => [
      moment('demand', 10, w),
      moment('demand', 20, w),
      moment('action', 10, w),
      ...(w < active ? [moment('action', 20, w)] : []),
    ]);
    const found = await measuredRows('coverage', rows);
    expect(found).toMatchObject({ estimate: expected, n: 20, sampleSize: 10 });
  });
  it('counts slots instead of demand by the clock', async () => {
    const rows = weeks.flatMap((w) => [0, 1, 2].map((slot) => moment('action', slot, w)));
    const found = await measuredRows('coverage', rows, { params: { weigh: 'clock', slots: 12 } });
    expect(found).toMatchObject({ estimate: 0.25, n: 12 });
  });
  it('is insufficient without demand', async () => {
    expect(await estimateRows('coverage', [moment('action', 1, 1)])).toMatchObject({ kind: 'insufficient', n: 0 });
  });
});

describe('runs', () => {
  // Enumeration of all orders (itertools.permutations): mean and variance of equal neighbours.
  it.each([
    ['AABBC', [2, 2, 1], 0.8, 0.56],
    ['AAB', [2, 1], 2 / 3, 2 / 9],
    ['AB', [1, 1], 0, 0],
    ['AAAB', [3, 1], 1.5, 0.25],
    ['AABBCC', [2, 2, 2], 1, 0.8],
  ])('knows the moments of %s exactly', (_, counts, mean, variance) => {
    const m = counts.reduce((a, b) => a + b, 0);
    const power = (f: (c: number) => number): number => counts.reduce((total, c) => total + f(c), 0);
    const found = equalNeighbours(
      m,
      power((c) => c * (c - 1)),
      power((c) => c * (c - 1) * (c - 2)),
      power((c) => c * (c - 1) * (c - 2) * (c - 3)),
      power((c) => (c * (c - 1)) ** 2),
    );
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.variance).toBeCloseTo(variance, 12);
  });
  const sequence = (labels: string) =>
    [...labels].map((label, i) => ({ sequence: 's', at: `2026-01-05 00:00:${String(i).padStart(2, '0')}`, label }));
  it('adds up sequences into a z', async () => {
    const found = await measuredRows('runs', sequence('AABBCC'), { lines: { ...LINES, partial: 1.64, full: null } });
    expect(found.estimate).toBeCloseTo((3 - 1) / Math.sqrt(0.8), 9);
    expect(found).toMatchObject({ n: 5, extra: { equal_neighbours: 3, expected_by_chance: 1 } });
  });
  it('says nothing about one label only', async () => {
    expect(await estimateRows('runs', sequence('AAAA'))).toMatchObject({ kind: 'insufficient' });
  });
});

describe('skill-structure', () => {
  const lines = { ...LINES, partial: 0, full: 0.15 };
  const desk = (agentOf: (i: number) => number) =>
    repeat(400, (i) => ({ agent: `a${agentOf(i)}`, topic: `t${i % 4}`, shift: `d${Math.floor(i / 40)}` }));
  it('finds nothing when topics fall to anybody', async () => {
    const found = await measuredRows(
      'skill-structure',
      desk((i) => (i * 7 + Math.floor(i / 4)) % 5),
      { lines },
    );
    expect(Math.abs(found.estimate)).toBeLessThan(0.05);
    expect(found.q3).toBeLessThan(0.05);
  });
  it('is one when each topic has its agent', async () => {
    const found = await measuredRows(
      'skill-structure',
      desk((i) => i % 4),
      { lines },
    );
    expect(found.estimate).toBeGreaterThan(0.9);
    expect(found.q3).toBeGreaterThan(0.99);
  });
  it('repeats itself to the last digit', async () => {
    const rows = desk((i) => (i * 3 + Math.floor(i / 9)) % 5);
    expect(
      await measuredRows(
        'skill-structure',
        [...rows].map((row, i) => ({ ...row, unit: `u${i}` })),
        { lines },
      ),
    ).toEqual(await measuredRows('skill-structure', rows, { lines }));
  });
  it('needs two agents and two topics', async () => {
    const rows = repeat(50, (i) => ({ agent: 'a', topic: `t${i % 2}` }));
    expect(await estimateRows('skill-structure', rows, { lines })).toMatchObject({ kind: 'insufficient' });
  });
});
