import { z } from 'zod';
import { passNormal, Z95 } from '../math/shares.ts';
import { COMMON_CELLS, type Estimator, num, passAt, plain } from './estimator.ts';

/** Gini coefficient of values >= 0 in ascending order; 0 = all equal. */
function gini(sorted: readonly number[]): number {
  const total = sorted.reduce((a, b) => a + b, 0);
  if (total === 0) return 0;
  const n = sorted.length;
  const weighted = sorted.reduce((sum, x, i) => sum + (2 * (i + 1) - n - 1) * x, 0);
  return weighted / (n * total);
}

/**
 * How evenly a load is spread: 1 - Gini coefficient of the totals per unit (agents, teams).
 * Rows: `value` >= 0, any number per unit; they are added by connection and unit. Estimate unit: 1 (1 = all the same). n: units.
 * SE: delete-one jackknife over units; q = Phi((estimate - line) / SE); interval: normal 95 %.
 * Fewer than two units: `insufficient`. Never throws. Source: Gini mean difference; Yitzhaki 1991 for the jackknife.
 */
export const evenness: Estimator = {
  id: 'evenness',
  doc: 'How evenly a load is spread over units (1 - Gini).',
  cells: { ...COMMON_CELLS, value: { type: 'real', required: true, meaning: 'Load of the unit, zero or more.' } },
  params: z.strictObject({}),
  emptyIsAnswer: false,
  exactLines: true,
  mostRows: 5_000,
  reduce: (source) => ({
    units: `select round(sum(greatest(value, 0) order by value), 6) as value from (${source}) group by connection, unit order by value, connection, unit`,
  }),
  estimate({ units = [] }, lines) {
    const values = units.map((row) => num(row, 'value'));
    const n = values.length;
    if (n < 2) return { kind: 'insufficient', n, sampleSize: n, extra: {} };
    const even = 1 - gini(values);
    const left = values.map((_, i) => 1 - gini(values.filter((_value, j) => j !== i)));
    const mean = left.reduce((a, b) => a + b, 0) / n;
    const se = Math.sqrt(((n - 1) / n) * left.reduce((a, x) => a + (x - mean) ** 2, 0));
    return {
      kind: 'measured',
      estimate: even,
      n,
      sampleSize: n,
      nEffective: n,
      interval: [Math.max(0, even - Z95 * se), Math.min(1, even + Z95 * se)],
      ...passAt(lines, (line) => passNormal(even, line, se)),
      extra: { gini: 1 - even, se },
      summary: `evenness ${plain(even)} over ${n} units (1 = all the same)`,
    };
  },
  hit: () => 'null::boolean',
};
