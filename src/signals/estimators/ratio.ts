import { z } from 'zod';
import { passNormal, Z95 } from '../math/shares.ts';
import { COMMON_CELLS, type Estimator, num, passAt, plain } from './estimator.ts';

/**
 * Ratio of two totals, e.g. help-centre visitors per requester.
 * Rows: `numerator`, `denominator` (both >= 0), `cluster` (week). Estimate: sum / sum over all rows, no unit. n: sum of denominators.
 * SE on the log scale from week totals (linearised ratio variance, m/(m-1)); q = Phi((ln estimate - ln line) / SE); interval: 95 % on the
 * log scale. A ratio of zero passes no line above zero. min_sample counts n. No denominator, or fewer than two weeks: `insufficient`.
 * Never throws. Source: Cochran 1977, section 6.
 */
export const ratio: Estimator = {
  id: 'ratio',
  doc: 'Ratio of two totals, with uncertainty from weeks.',
  cells: {
    ...COMMON_CELLS,
    cluster: { type: 'cluster', required: true, meaning: 'When; put into its ISO week.' },
    numerator: { type: 'real', required: true, meaning: 'Added up above the line.' },
    denominator: { type: 'real', required: true, meaning: 'Added up below the line.' },
  },
  params: z.strictObject({}),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source) => ({
    weeks: `select "cluster" as week, round(sum(numerator order by numerator), 6) as above, round(sum(denominator order by denominator), 6) as below from (${source})
      group by 1 order by 1`,
  }),
  estimate({ weeks = [] }, lines) {
    const m = weeks.length;
    const above = weeks.reduce((total, week) => total + num(week, 'above'), 0);
    const below = weeks.reduce((total, week) => total + num(week, 'below'), 0);
    if (below <= 0 || m < 2)
      return { kind: 'insufficient', n: Math.max(0, below), sampleSize: below, extra: { weeks: m } };
    const r = above / below;
    const squares = weeks.reduce((total, week) => total + (num(week, 'above') - r * num(week, 'below')) ** 2, 0);
    const se = r > 0 ? Math.sqrt((m / (m - 1)) * squares) / (below * r) : 0;
    const pass = (line: number): number => {
      if (line <= 0) return r >= line ? 1 : 0;
      return r > 0 ? passNormal(Math.log(r), Math.log(line), se) : 0;
    };
    return {
      kind: 'measured',
      estimate: r,
      n: below,
      sampleSize: below,
      nEffective: null,
      interval: [r * Math.exp(-Z95 * se), r * Math.exp(Z95 * se)],
      ...passAt(lines, pass),
      extra: { numerator: above, denominator: below, weeks: m, se_log: se },
      summary: `${plain(above)} / ${plain(below)} = ${plain(r)}`,
    };
  },
  hit: () => 'null::boolean',
};
