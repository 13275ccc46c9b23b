import { describe, expect, it } from 'vitest';
import { estimateRows, LINES, measuredRows, repeat } from '../../../test/harness/estimate-rows.ts';

// Design effect by numpy, q by scipy 1.17.1 stats.beta.sf.
const week = (i: number): string => `w${i}`;

describe('share', () => {
  it('reads nothing as nothing', async () => {
    expect(await estimateRows('share', [])).toMatchObject({ kind: 'insufficient', n: 0 });
  });

  it('clusters by week', async () => {
    const weeks: [number, number][] = [
      [8, 10],
      [2, 10],
      [5, 12],
      [9, 9],
      [3, 11],
    ];
    const rows = weeks.flatMap(([k, n], w) => repeat(n, (i) => ({ cluster: week(w), hit: i < k })));
    const found = await measuredRows('share', rows);
    expect(found.estimate).toBeCloseTo(27 / 52, 12);
    expect(found.extra).toMatchObject({ clustered_by: 'week', clusters: 5, hits: 27 });
    expect(found.nEffective).toBeCloseTo(52 / 4.397222222222222, 9);
    expect(found.q2).toBeCloseTo(0.5522072816752172, 8);
  });

  it.each([
    ['over a fifth of the volume in one organisation', 11, 'organisation'],
    ['exactly a fifth', 10, 'week'],
  ])('clusters by organisation when the top one holds %s', async (_, size, by) => {
    const rows = repeat(50, (i) => ({
      cluster: week(i % 5),
      hit: i % 2 === 0,
      organisation: i < size ? 'big' : `o${i}`,
    }));
    expect((await measuredRows('share', rows)).extra.clustered_by).toBe(by);
  });

  it('takes a unit without organisation for a cluster of its own', async () => {
    const rows = repeat(40, (i) => ({ cluster: week(0), hit: i < 20, organisation: i < 10 ? 'big' : null }));
    const found = await measuredRows('share', rows);
    // numpy: clusters (10 of 10) and 30 of size one, 10 of them hits.
    expect(found.extra).toMatchObject({ clustered_by: 'organisation', clusters: 31 });
    expect(found.extra.deff).toBeCloseTo(((31 / 30) * (25 + 30 * 0.25)) / 1600 / (0.25 / 40), 9);
  });

  it('counts weights as units', async () => {
    const found = await measuredRows('share', [
      { cluster: week(0), hit: true, weight: 30 },
      { cluster: week(1), hit: false, weight: 10 },
      { cluster: week(1), hit: true, weight: 0 },
    ]);
    expect(found).toMatchObject({ estimate: 0.75, n: 40, sampleSize: 40 });
  });

  it('does not care about the order of rows', async () => {
    const rows = repeat(60, (i) => ({
      unit: `u${i}`,
      cluster: week(i % 7),
      hit: i % 3 === 0,
      organisation: `o${i % 4}`,
    }));
    expect(await measuredRows('share', [...rows].reverse())).toEqual(await measuredRows('share', rows));
  });

  it('leaves out the pass at a line that the signal does not have', async () => {
    const rows = repeat(40, (i) => ({ cluster: week(i % 4), hit: true }));
    const found = await measuredRows('share', rows, { lines: { ...LINES, full: null } });
    expect(found.q2).toBeGreaterThan(0.99);
    expect(found.q3).toBeNull();
  });
});

describe('quantile-share', () => {
  const rows = repeat(10, (i) => ({ cluster: week(i % 5), value: (i + 1) * 10 }));
  it.each([
    ['just below a value', 49.9, 0.4],
    ['on a value', 50, 0.5],
    ['above all', 100, 1],
    ['below all', 9, 0],
  ])('counts values up to the threshold: %s', async (_, threshold, expected) => {
    expect((await measuredRows('quantile-share', rows, { params: { threshold } })).estimate).toBe(expected);
  });
  it('shows type 7 quantiles', async () => {
    // numpy.quantile(range(10, 101, 10), [.5, .9])
    const { extra } = await measuredRows('quantile-share', rows, { params: { threshold: 50 } });
    expect(extra).toMatchObject({ p50: 55, p90: 91 });
  });
  it('holds the full line against its own threshold', async () => {
    const found = await measuredRows('quantile-share', rows, {
      params: { threshold: 100, threshold_full: 10 },
      lines: { ...LINES, partial: 0.5, full: 0.5 },
    });
    expect(found.q2).toBeGreaterThan(0.99);
    expect(found.q3).toBeLessThan(0.01);
  });
});

describe('attainment', () => {
  const metric = (name: string, n: number, k: number) =>
    repeat(n, (i) => ({ metric: name, cluster: week(i % 5), hit: (i * 7) % n < k }));
  it('takes the weakest metric', async () => {
    const found = await measuredRows('attainment', [...metric('first_reply', 50, 50), ...metric('resolution', 40, 20)]);
    expect(found).toMatchObject({ estimate: 0.5, n: 40, extra: { weakest: 'resolution', share_first_reply: 1 } });
  });
  it('leaves out a metric below the minimum and says so', async () => {
    const rows = [...metric('first_reply', 30, 27), ...metric('resolution', 29, 0)];
    const found = await measuredRows('attainment', rows, { minSample: 30 });
    expect(found).toMatchObject({ estimate: 0.9, extra: { metrics_left_out: 'resolution' } });
  });
  it('reaches the upper line only with so many metrics as it asks for, small ones included', async () => {
    const params = { full_metrics: 2 };
    const one = await measuredRows('attainment', metric('first_reply', 200, 200), { params });
    expect(one).toMatchObject({ estimate: 1, q3: 0 });
    expect(one.q2).toBeGreaterThan(0.99);
    const two = [...metric('first_reply', 200, 200), ...metric('resolution', 29, 29)];
    expect((await measuredRows('attainment', two, { params, minSample: 30 })).q3).toBeGreaterThan(0.99);
  });
  it('is insufficient when no metric has enough', async () => {
    expect(await estimateRows('attainment', metric('first_reply', 29, 29), { minSample: 30 })).toMatchObject({
      kind: 'insufficient',
      n: 29,
    });
  });
});

describe('control-limits', () => {
  const weeks = (ks: readonly number[]) =>
    ks.flatMap((k, w) => [
      { cluster: week(100 + w), hit: true, weight: k },
      { cluster: week(100 + w), hit: false, weight: 100 - k },
    ]);
  // numpy: Laney p' with mean moving range / 1.128.
  it('finds the week that falls out', async () => {
    const found = await measuredRows('control-limits', weeks([90, 85, 88, 92, 60, 89, 91, 87, 90, 86]));
    expect(found).toMatchObject({ n: 10, estimate: 0.9 });
    expect(found.extra.sigma_z).toBeCloseTo(2.4269399240971876, 10);
    expect(found.extra.mean_share).toBeCloseTo(0.858, 12);
  });
  it('calls steady weeks steady', async () => {
    expect((await measuredRows('control-limits', weeks(repeat(8, () => 90)))).estimate).toBe(1);
  });
  it.each([[1], [0]])('has no limits with %d week', async (n) => {
    expect(await estimateRows('control-limits', weeks(repeat(n, () => 90)))).toMatchObject({ kind: 'insufficient' });
  });
});
