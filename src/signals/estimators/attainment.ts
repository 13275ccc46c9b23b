import { z } from 'zod';
import { type Estimator, type Lines, num, numberParam, percent, text } from './estimator.ts';
import { SHARE_CELLS } from './share.ts';
import { type ShareFigures, shareFigures, shareSums } from './share-sums.ts';

const least = (values: readonly (number | null)[]): number | null => {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? null : Math.min(...numbers);
};

/**
 * Attainment of several objectives at once: the share of the weakest metric.
 * Rows: share rows plus `metric`. Each metric follows the uncertainty rule of `share`; metrics with fewer units than min_sample are left
 * out and named in `metrics_left_out`. Estimate, n, nEffective and interval are those of the metric with the smallest share; pass
 * probabilities are the smallest over metrics (metrics run on the same tickets, so they stand or fall together). With `full_metrics`
 * the upper line asks for so many metrics with units, whatever their sample: below that its pass probability is 0.
 * Empty input, or no metric with enough units, gives `insufficient` with the n of the largest metric. Never throws.
 */
export const attainment: Estimator = {
  id: 'attainment',
  doc: 'Smallest share over several metrics (all objectives are met).',
  cells: {
    ...SHARE_CELLS,
    metric: { type: 'text', required: true, meaning: 'The objective that the unit belongs to.' },
  },
  params: z.strictObject({ full_metrics: z.int().min(1).default(1) }),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source) => ({ sums: shareSums(source, { hit: 'hit', weight: 'coalesce(weight, 1)', by: 'metric' }) }),
  estimate({ sums = [] }, lines, params, minSample) {
    const largest = Math.max(0, ...sums.map((row) => num(row, 'n')));
    const enough = sums.filter((row) => num(row, 'n') >= Math.max(1, minSample));
    const leftOut = sums.filter((row) => !enough.includes(row)).map((row) => text(row.metric));
    const metrics = figuresByMetric(enough, lines);
    const weakest = metrics.reduce<(typeof metrics)[number] | null>(
      (found, metric) => (found === null || metric.figures.p < found.figures.p ? metric : found),
      null,
    );
    if (weakest === null)
      return { kind: 'insufficient', n: largest, sampleSize: largest, extra: { metrics_left_out: leftOut.join(', ') } };
    const { figures } = weakest;
    const several = sums.length >= numberParam(params, 'full_metrics', 1);
    return {
      kind: 'measured',
      estimate: figures.p,
      n: figures.n,
      sampleSize: figures.n,
      nEffective: figures.nEffective,
      interval: figures.interval,
      q2: least(metrics.map((metric) => metric.figures.q2)),
      q3: several || lines.full === null ? least(metrics.map((metric) => metric.figures.q3)) : 0,
      extra: {
        weakest: weakest.name,
        deff: figures.deff,
        ...Object.fromEntries(metrics.map((metric) => [`share_${metric.name}`, metric.figures.p])),
        ...(leftOut.length > 0 ? { metrics_left_out: leftOut.join(', ') } : {}),
      },
      summary: `weakest of ${metrics.length}: ${weakest.name} with ${figures.k} of ${figures.n} (${percent(figures.p)})`,
    };
  },
  hit: () => 'hit',
};

function figuresByMetric(
  rows: Parameters<typeof shareFigures>[0][],
  lines: Lines,
): { name: string; figures: ShareFigures }[] {
  return rows.flatMap((row) => {
    const figures = shareFigures(row, lines);
    return figures === null ? [] : [{ name: text(row?.metric), figures }];
  });
}
