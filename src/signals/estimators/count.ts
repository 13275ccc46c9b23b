import { z } from 'zod';
import { COMMON_CELLS, type Estimator, num, passAt, text } from './estimator.ts';

/**
 * Number of distinct classes (tool classes, teams, priority values) that are in use.
 * Rows: one per class and connection, or finer; `class` null = a row that only carries `base`; `hit` = the class counts as in use there.
 * Estimate: distinct classes with a hit, over all connections. n: `base` where given (largest per connection, summed: the population the
 * classes were looked for in, e.g. tickets), else the number of rows. Deterministic: q is 1 at or above a line, else 0; no interval.
 * Empty input gives 0 classes with n = 0, which is `insufficient` unless min_sample is 0.
 * Rows with an unknown `hit` are not "no": where they could reach the first line the engine makes the finding `insufficient`, where only the second,
 * its q there 0.5. Never throws.
 */
export const count: Estimator = {
  id: 'count',
  doc: 'Number of distinct classes in use (tool classes, teams, values).',
  cells: {
    ...COMMON_CELLS,
    class: { type: 'text', required: false, meaning: 'The class; null for a row that only carries `base`.' },
    hit: { type: 'bool', required: true, meaning: 'The class counts as in use.' },
    base: {
      type: 'int',
      required: false,
      meaning: 'Size of the population looked at, the same on every row of a connection.',
    },
  },
  params: z.strictObject({}),
  emptyIsAnswer: true,
  exactLines: true,
  reduce: (source) => ({
    totals: `select coalesce(sum(coalesce(base, row_count)), 0)::double as n from
      (select connection, max(base) as base, count(*) as row_count from (${source}) group by connection)`,
    classes: `select class, count(*)::double as row_count from (${source}) where hit and class is not null group by class order by class`,
  }),
  reduceBy: (source, key) => ({
    totals: `select ${key}, coalesce(sum(coalesce(base, row_count)), 0)::double as n from
      (select ${key}, connection, max(base) as base, count(*) as row_count from (${source}) group by ${key}, connection) group by ${key}`,
    classes: `select ${key}, class, count(*)::double as row_count from (${source}) where hit and class is not null
      group by ${key}, class order by ${key}, class`,
  }),
  estimate({ totals, classes = [] }, lines) {
    const n = num(totals?.[0], 'n');
    const names = classes.map((row) => text(row.class));
    const found = names.length;
    return {
      kind: 'measured',
      estimate: found,
      n,
      sampleSize: n,
      nEffective: null,
      interval: null,
      ...passAt(lines, (line) => (found >= line ? 1 : 0)),
      extra: { classes: names.slice(0, 20).join(', ') },
      summary: found === 0 ? 'none in use' : `${found} in use`,
    };
  },
  hit: () => 'hit',
};
