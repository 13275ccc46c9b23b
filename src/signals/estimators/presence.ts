import { z } from 'zod';
import { COMMON_CELLS, type Estimator, num, passAt } from './estimator.ts';

/**
 * Number of configuration facts that are there: active policies, live rules, dedicated groups.
 * Rows: the records considered, `hit` = the record is the fact looked for. Estimate: hits, unit 1. n counts records considered.
 * No uncertainty: a fact is there or not, so q is 1 at or above a line and 0 below it; no interval.
 * Empty input is an answer (nothing is configured) and gives 0, because the engine has already made sure that the stream is observable.
 * Records with an unknown `hit` are not "no": where they could change the answer the engine makes the finding `insufficient`.
 * Never throws.
 */
export const presence: Estimator = {
  id: 'presence',
  doc: 'Number of configuration facts that are there; zero rows mean "none" once the stream is observable.',
  cells: {
    ...COMMON_CELLS,
    hit: { type: 'bool', required: true, meaning: 'The record is the fact looked for.' },
  },
  params: z.strictObject({}),
  emptyIsAnswer: true,
  exactLines: true,
  reduce: (source) => ({
    sums: `select count(*)::double as n, (count(*) filter (where hit))::double as k from (${source})`,
  }),
  reduceBy: (source, key) => ({
    sums: `select ${key}, count(*)::double as n, (count(*) filter (where hit))::double as k from (${source}) group by ${key}`,
  }),
  estimate({ sums }, lines) {
    const n = num(sums?.[0], 'n');
    const k = num(sums?.[0], 'k');
    return {
      kind: 'measured',
      estimate: k,
      n,
      sampleSize: n,
      nEffective: null,
      interval: null,
      ...passAt(lines, (line) => (k >= line ? 1 : 0)),
      extra: {},
      summary: k === 0 ? `none found among ${n} records` : `${k} found among ${n} records`,
    };
  },
  hit: () => 'hit',
};
