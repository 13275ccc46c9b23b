import { z } from 'zod';
import { type Estimator, num, numberParam, percent, plain } from './estimator.ts';
import { SHARE_CELLS } from './share.ts';
import { shareFigures, shareSums } from './share-sums.ts';

const { hit: _hit, ...WITHOUT_HIT } = SHARE_CELLS;

/**
 * Claim "the m-quantile of x is at most t" as a share: the share of units with x <= t against m.
 * Rows: `value` in any unit; params `threshold` (t, same unit) and optionally `threshold_full` (a stricter t for the full line). Lines are
 * quantile orders m (0.5 = median). Estimate: share with value <= threshold, unit 1; extra shows the type 7 median and 90 % quantile.
 * Uncertainty as in `share`. Empty input gives `insufficient` with n = 0. Never throws.
 */
export const quantileShare: Estimator = {
  id: 'quantile-share',
  doc: 'Share of units whose value is at most a threshold ("the median is at most t").',
  cells: {
    ...WITHOUT_HIT,
    value: { type: 'real', required: true, meaning: 'The measured value, e.g. business seconds.' },
  },
  params: z.strictObject({ threshold: z.number(), threshold_full: z.number().optional() }),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source, params) => ({
    partial: shareSums(source, {
      hit: `value <= ${numberParam(params, 'threshold', 0)}`,
      weight: 'coalesce(weight, 1)',
    }),
    full: shareSums(source, {
      hit: `value <= ${numberParam(params, 'threshold_full', numberParam(params, 'threshold', 0))}`,
      weight: 'coalesce(weight, 1)',
    }),
    quantiles: `select quantile_cont(value, 0.5) as p50, quantile_cont(value, 0.9) as p90 from (${source})`,
  }),
  estimate({ partial, full, quantiles }, lines, params) {
    const lower = shareFigures(partial?.[0], lines);
    const upper = shareFigures(full?.[0], lines);
    if (lower === null || upper === null) return { kind: 'insufficient', n: 0, sampleSize: 0, extra: {} };
    const p50 = num(quantiles?.[0], 'p50');
    return {
      kind: 'measured',
      estimate: lower.p,
      n: lower.n,
      sampleSize: lower.n,
      nEffective: lower.nEffective,
      interval: lower.interval,
      q2: lower.q2,
      q3: upper.q3,
      extra: { p50, p90: num(quantiles?.[0], 'p90'), deff: lower.deff, share_full: upper.p },
      summary: `${percent(lower.p)} of ${lower.n} at or below ${plain(numberParam(params, 'threshold', 0))}, median ${plain(p50)}`,
    };
  },
  hit: (params) => `value <= ${numberParam(params, 'threshold', 0)}`,
};
