import { z } from 'zod';
import type { SqlRow } from '../../domain/sql-session.ts';
import { passNormal } from '../math/shares.ts';
import { COMMON_CELLS, type Estimator, num, passAt, plain } from './estimator.ts';

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Exact mean and variance of the number of equal neighbours when the labels of one sequence are shuffled.
 * m = length; s2, s3, s4 = sums over labels of c(c-1), c(c-1)(c-2), c(c-1)(c-2)(c-3); q = sum of (c(c-1))^2.
 */
export function equalNeighbours(m: number, s2: number, s3: number, s4: number, q: number): Moments {
  if (m < 2) return { mean: 0, variance: 0 };
  const p2 = s2 / (m * (m - 1));
  const mean = (m - 1) * p2;
  const p3 = m > 2 ? s3 / (m * (m - 1) * (m - 2)) : 0;
  const p4 = m > 3 ? (s4 + s2 * s2 - q) / (m * (m - 1) * (m - 2) * (m - 3)) : 0;
  const second = mean + 2 * Math.max(0, m - 2) * p3 + Math.max(0, (m - 2) * (m - 3)) * p4;
  return { mean, variance: Math.max(0, second - mean * mean) };
}

function momentsOf(row: SqlRow): Moments {
  return equalNeighbours(num(row, 'm'), num(row, 's2'), num(row, 's3'), num(row, 's4'), num(row, 'q'));
}

/**
 * Do equal labels follow each other more often than chance: z of the number of equal neighbours against shuffling inside sequences.
 * Rows: `sequence` (e.g. agent and day), `at`, `label` (e.g. organisation). Mean and variance under shuffling are exact (closed form), so nothing is
 * random. Estimate: z, unit standard deviations; line 1.64 = one-sided 5 %. q = Phi(z - line), z having standard error 1.
 * n and min_sample count neighbours. No sequence with two rows, or one label only: `insufficient`. Never throws.
 * Source: Wald and Wolfowitz 1940, join counts on a path.
 */
export const runs: Estimator = {
  id: 'runs',
  doc: 'Do equal labels follow each other more often than chance (z against shuffling).',
  cells: {
    ...COMMON_CELLS,
    sequence: { type: 'text', required: true, meaning: 'Rows are shuffled only inside the same sequence.' },
    at: { type: 'time', required: true, meaning: 'Order inside the sequence.' },
    label: { type: 'text', required: true, meaning: 'What neighbours may have in common.' },
  },
  params: z.strictObject({}),
  emptyIsAnswer: false,
  exactLines: false,
  reduce: (source) => ({
    sequences: `
with rows_in as (select connection, sequence, label, "at", unit from (${source})),
pairs as (select connection, sequence, count(*) filter (where label = before) as equal, count(*)::double as m from (
    select connection, sequence, label, lag(label) over (partition by connection, sequence order by "at", unit) as before from rows_in)
  group by 1, 2),
labels as (select connection, sequence, count(*)::hugeint as c from rows_in group by connection, sequence, label),
sums as (select connection, sequence, sum(c * (c - 1)) as s2, sum(c * (c - 1) * (c - 2)) as s3, sum(c * (c - 1) * (c - 2) * (c - 3)) as s4,
    sum(c * (c - 1) * c * (c - 1)) as q from labels group by 1, 2)
select m, s2::double as s2, s3::double as s3, s4::double as s4, q::double as q, sum(equal)::double as equal, count(*)::double as times
from pairs join sums using (connection, sequence) where m > 1 group by all order by all`,
  }),
  estimate({ sequences = [] }, lines) {
    let [observed, mean, variance, n] = [0, 0, 0, 0];
    for (const row of sequences) {
      const moments = momentsOf(row);
      const times = num(row, 'times');
      observed += num(row, 'equal');
      mean += times * moments.mean;
      variance += times * moments.variance;
      n += times * (num(row, 'm') - 1);
    }
    if (variance <= 0) return { kind: 'insufficient', n, sampleSize: 0, extra: {} };
    const z = (observed - mean) / Math.sqrt(variance);
    return {
      kind: 'measured',
      estimate: z,
      n,
      sampleSize: n,
      nEffective: null,
      interval: [z - 1.96, z + 1.96],
      ...passAt(lines, (line) => passNormal(z, line, 1)),
      extra: { equal_neighbours: observed, expected_by_chance: mean },
      summary: `${observed} equal neighbours of ${n}, ${plain(mean)} expected by chance (z = ${plain(z)})`,
    };
  },
  hit: () => 'null::boolean',
};
