import { z } from 'zod';
import { COMMON_CELLS, type Estimator, num, plain } from './estimator.ts';

/**
 * A number worked out in SQL and shown as it is: for diagnostics, never scored, so without interval and pass probability.
 * Rows: `value` and `base` (how many units stand behind it); several rows give the mean weighted by `base`. Estimate: that mean, in the
 * signal's own unit; n: sum of `base` (default 1 a row). Empty input, or no base: `insufficient`. Never throws.
 */
export const figure: Estimator = {
  id: 'figure',
  doc: 'A diagnostic number worked out in SQL; never scored.',
  cells: {
    ...COMMON_CELLS,
    value: { type: 'real', required: true, meaning: 'The number.' },
    base: { type: 'int', required: false, meaning: 'Units behind it; default 1.' },
  },
  params: z.strictObject({}),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source) => ({
    sums: `select coalesce(sum(coalesce(base, 1)), 0)::double as n, coalesce(sum(product order by product), 0)::double as total
      from (select base, value * coalesce(base, 1) as product from (${source}))`,
  }),
  estimate({ sums }) {
    const n = num(sums?.[0], 'n');
    if (n <= 0) return { kind: 'insufficient', n: 0, sampleSize: 0, extra: {} };
    const mean = num(sums?.[0], 'total') / n;
    return {
      kind: 'measured',
      estimate: mean,
      n,
      sampleSize: n,
      nEffective: null,
      interval: null,
      q2: null,
      q3: null,
      extra: {},
      summary: `${plain(mean)} from ${n} units`,
    };
  },
  hit: () => 'null::boolean',
};
