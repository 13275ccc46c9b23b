import { z } from 'zod';
import type { SqlRow } from '../../domain/sql-session.ts';
import { median } from '../math/numbers.ts';
import { normalCdf, normalQuantile } from '../math/special.ts';
import { COMMON_CELLS, type Estimator, type Lines, num, plain, text, textParam } from './estimator.ts';

interface Series {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Slopes between all pairs of points with different times, sorted. */
function pairSlopes({ times, values }: Series): number[] {
  const slopes: number[] = [];
  for (let j = 1; j < times.length; j++)
    for (let i = 0; i < j; i++) {
      const span = (times[j] ?? 0) - (times[i] ?? 0);
      if (span > 0) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / span);
    }
  return slopes.sort((a, b) => a - b);
}

/** Average ranks, ties shared. */
function ranks(values: readonly number[]): number[] {
  return values.map((x) => {
    const below = values.filter((y) => y < x).length;
    const same = values.filter((y) => y === x).length;
    return below + (same + 1) / 2;
  });
}

/**
 * Factor by which autocorrelation widens the variance of Kendall's S, from the ranks of the detrended series; only lags outside the 95 % band
 * count, never below 1. Hamed and Rao (1998): a backlog is a running sum, so neighbouring weeks are not independent.
 */
function autocorrelationFactor(series: Series, slope: number): number {
  const n = series.values.length;
  const scale = Math.max(...series.values.map(Math.abs), Number.MIN_VALUE);
  // Residuals that are equal but for the last bits of a double must tie.
  const r = ranks(series.values.map((y, i) => Math.round(((y - slope * (series.times[i] ?? 0)) / scale) * 1e9)));
  const mean = (n + 1) / 2;
  const variance = r.reduce((a, x) => a + (x - mean) ** 2, 0);
  if (n < 4 || variance === 0) return 1;
  let total = 0;
  for (let lag = 1; lag < n - 2; lag++) {
    let covariance = 0;
    for (let i = 0; i + lag < n; i++) covariance += ((r[i] ?? 0) - mean) * ((r[i + lag] ?? 0) - mean);
    const rho = covariance / variance;
    if (Math.abs(rho) > 1.96 / Math.sqrt(n)) total += (n - lag) * (n - lag - 1) * (n - lag - 2) * rho;
  }
  return Math.max(1, 1 + (2 / (n * (n - 1) * (n - 2))) * total);
}

interface Trend {
  readonly slope: number;
  readonly interval: readonly [number, number];
  readonly factor: number;
  /** P(slope <= line): Kendall's test of the series with the line taken out. */
  below(line: number): number;
}

/** Variance of Kendall's S with n points. */
const kendallVariance = (n: number): number => (n * (n - 1) * (2 * n + 5)) / 18;

/** Theil-Sen slope with Sen's interval and a pass probability by the same test statistic. Needs three points or more. */
export function theilSen(series: Series): Trend {
  const slopes = pairSlopes(series);
  const slope = median(slopes);
  const factor = autocorrelationFactor(series, slope);
  const deviation = Math.sqrt(kendallVariance(series.values.length) * factor);
  const half = (normalQuantile(0.975) * deviation) / 2;
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] ?? slope;
  return {
    slope,
    factor,
    interval: [at(slopes.length / 2 - half - 0.5), at(slopes.length / 2 + half - 0.5)],
    below(line) {
      const tolerance = 1e-12 * Math.max(1, Math.abs(line));
      const s = slopes.reduce(
        (total, one) => total + (Math.abs(one - line) <= tolerance ? 0 : Math.sign(one - line)),
        0,
      );
      return normalCdf(-s / deviation);
    },
  };
}

/** Seven days: slopes are per week. */
const WEEK_DAYS = 7;

function seriesOf(rows: readonly SqlRow[], name: string | null): Series {
  const own = rows.filter((row) => (name === null || text(row.series) === name) && num(row, 'below') > 0);
  return {
    times: own.map((row) => num(row, 'day') / WEEK_DAYS),
    values: own.map((row) => num(row, 'above') / num(row, 'below')),
  };
}

/** Slope in units of the typical level, so that 0.02 means two percent a week; a series that is mostly zero has no scale and stays as it is. */
function relative(series: Series, isRelative: boolean): Series {
  const level = median(series.values.map(Math.abs));
  return isRelative && level > 0 ? { ...series, values: series.values.map((y) => y / level) } : series;
}

/**
 * Weekly growth of a rhythm series, folded so that higher is better: estimate = -(Theil-Sen slope per week).
 * Rows: `at` (the week), `numerator`, `denominator` (default 1), `series`; all connections of a week are added before dividing; weeks whose
 * denominators add up to zero are left out. With `scale: relative` (default) slopes are shares of the median level. The series named by
 * `partial_series` is held against lines.partial; the one named by `full_series` against lines.full, and the full line also needs the partial
 * one: q3 = min(P(first passes partial), P(second passes full)). Without names all rows are one series.
 * q = P(slope <= -line) by Kendall's test inverted at the line, variance widened for autocorrelation (Hamed and Rao 1998); so q2 >= 0.9 is the
 * same as "the upper 90 % bound of the slope is at most -lines.partial". n and min_sample count weeks. Fewer than three weeks:
 * `insufficient`. Never throws. Sources: Sen 1968; Kendall 1975.
 */
export const trend: Estimator = {
  id: 'trend',
  doc: 'Weekly growth (Theil-Sen), folded: 0 = stationary, negative = growing.',
  cells: {
    ...COMMON_CELLS,
    at: { type: 'time', required: true, meaning: 'The week that the figure stands for.' },
    numerator: { type: 'real', required: true, meaning: 'Figure of the week; added over connections.' },
    denominator: {
      type: 'real',
      required: false,
      meaning: 'What it is divided by, added over connections; default 1.',
    },
    series: { type: 'text', required: false, meaning: 'Name, when the lines look at different series.' },
  },
  params: z.strictObject({
    partial_series: z.string().optional(),
    full_series: z.string().optional(),
    scale: z.enum(['relative', 'absolute']).default('relative'),
  }),
  emptyIsAnswer: false,
  exactLines: false,
  mostRows: 2_000,
  reduce: (source) => ({
    weeks: `select coalesce(series, '') as series, (epoch("at") / 86400)::double as day,
      round(sum(numerator order by numerator), 6) as above, round(sum(coalesce(denominator, 1) order by denominator), 6) as below
      from (${source}) group by 1, 2 order by 1, 2`,
  }),
  estimate({ weeks = [] }, lines, params) {
    const isRelative = textParam(params, 'scale', 'relative') === 'relative';
    const named = (key: string): string | null => (typeof params[key] === 'string' ? textParam(params, key, '') : null);
    const main = relative(seriesOf(weeks, named('partial_series')), isRelative);
    const second = relative(seriesOf(weeks, named('full_series')), isRelative);
    const n = main.values.length;
    if (n < 3 || second.values.length < 3) return { kind: 'insufficient', n, sampleSize: n, extra: {} };
    const first = theilSen(main);
    const other = theilSen(second);
    return {
      kind: 'measured',
      estimate: -first.slope,
      n,
      sampleSize: Math.min(n, second.values.length),
      nEffective: n / first.factor,
      interval: [-first.interval[1], -first.interval[0]],
      ...passBoth(first, other, lines),
      extra: {
        slope: first.slope,
        second_slope: other.slope,
        autocorrelation_factor: first.factor,
        last: main.values.at(-1) ?? null,
      },
      summary: `slope ${plain(first.slope)} a week over ${n} weeks`,
    };
  },
  hit: () => 'null::boolean',
};

function passBoth(first: Trend, second: Trend, lines: Lines): { q2: number | null; q3: number | null } {
  const q2 = lines.partial === null ? null : first.below(-lines.partial);
  const full = lines.full === null ? null : second.below(-lines.full);
  return { q2, q3: full === null ? null : Math.min(full, q2 ?? 1) };
}
