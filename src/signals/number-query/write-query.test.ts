import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import type { SignalDefinition } from '../../domain/signal.ts';
import { writeNumberQuery } from './index.ts';

const BASE: SignalDefinition = {
  id: 'X1-a-signal',
  version: 1,
  title: 'A signal of a test',
  description: 'For tests only.',
  group: 'own',
  needs: ['tickets'],
  estimator: 'share',
  params: {},
  unit: 'share',
  window: '90d',
  min_sample: 0,
  sample_unit: 'rows',
  lines: { partial: 0.5, full: 0.8, origin: 'CONV', source: 'a test' },
  existence_only: false,
  one_sided: false,
  diagnostic: false,
  kind: 'behaviour',
  fooled_by: ['nothing'],
  counts_out: {},
  remedy: 'Do it.',
  sql: '',
  aliases: [],
};

/** Runs the query beside a table `finding` that leaves the connection `blind` out. */
async function numberOf(definition: Partial<SignalDefinition>): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("create table finding as select 'X1-a-signal' as signal, ['blind'] as connections_left_out");
  await connection.run("set variable as_of = timestamp '2026-03-02'; set variable from_90d = timestamp '2025-12-02'");
  const query = writeNumberQuery({ ...BASE, ...definition });
  const rows = (await connection.runAndReadAll(String(query))).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return (rows[0] ?? []).map(Number);
}

const rows = (columns: string, ...values: string[]): string =>
  `select * from (values ${values.map((value) => `('desk', ${value})`).join(', ')}) as t(connection, ${columns})`;

/** Every expectation is worked out by hand. */
const CASES: readonly (readonly [string, Partial<SignalDefinition>, readonly number[]])[] = [
  [
    'share: 3 of 4; a row that is left out, and one whose hit is unknown, do not count',
    {
      sql: rows(
        'unit, hit, cluster, excluded',
        ...['a', 'b', 'c'].map((unit) => `'${unit}', true, timestamp '2026-02-02', null`),
        "'d', false, timestamp '2026-02-02', null",
        "'e', false, timestamp '2026-02-02', 'voided'",
        "'f', null, timestamp '2026-02-02', null",
      ),
    },
    [0.75, 4],
  ],
  [
    'share: rows of a connection that shows too little do not count',
    {
      sql: `${rows('unit, hit, cluster', "'a', true, timestamp '2026-02-02'")} union all select 'blind', 'b', false, timestamp '2026-02-02'`,
    },
    [1, 1],
  ],
  [
    'share with weights: 5 of 8',
    {
      sql: rows(
        'unit, hit, cluster, weight',
        "'a', true, timestamp '2026-02-02', 5",
        "'b', false, timestamp '2026-02-02', 3",
      ),
    },
    [0.625, 8],
  ],
  [
    'attainment: the weaker of two metrics; the third has too few units',
    {
      estimator: 'attainment',
      min_sample: 2,
      sql: rows(
        'unit, metric, hit, cluster',
        ...['true', 'true'].map((hit, i) => `'a${i}', 'first_reply', ${hit}, timestamp '2026-02-02'`),
        ...['true', 'false', 'false', 'false'].map((hit, i) => `'b${i}', 'resolution', ${hit}, timestamp '2026-02-02'`),
        "'c', 'overall', false, timestamp '2026-02-02'",
      ),
    },
    [0.25, 4],
  ],
  [
    'presence: two of three records',
    { estimator: 'presence', sql: rows('unit, hit', "'a', true", "'b', false", "'c', true") },
    [2, 3],
  ],
  [
    'count: two classes over a base of 40',
    {
      estimator: 'count',
      sql: rows(
        'unit, class, hit, base',
        "'a', 'x', true, 40",
        "'b', 'x', true, 40",
        "'c', 'y', true, 40",
        "'d', 'z', false, 40",
      ),
    },
    [2, 40],
  ],
  [
    'figure: (2 x 3 + 8 x 1) / 4',
    { estimator: 'figure', sql: rows('unit, value, base', "'a', 2, 3", "'b', 8, 1") },
    [3.5, 4],
  ],
  [
    'ratio: 12 / 8',
    {
      estimator: 'ratio',
      sql: rows(
        'unit, numerator, denominator, cluster',
        "'a', 9, 3, timestamp '2026-02-02'",
        "'b', 3, 5, timestamp '2026-02-09'",
      ),
    },
    [1.5, 8],
  ],
  [
    'control-limits: of p = .5, .5, .5, .5, 1 over 100 units p-bar is .6, z = -2.04 four times and 8.16; one range of 10.2 in four gives sigma 2.26: 6.78 leaves one week out',
    {
      estimator: 'control-limits',
      sql: [50, 50, 50, 50, 100]
        .map(
          (hits, week) =>
            `select 'desk' as connection, '${week}-' || i as unit, i <= ${hits} as hit, timestamp '2026-01-05' + interval ${week * 7} days as cluster from range(1, 101) r(i)`,
        )
        .join(' union all '),
    },
    [0.8, 5],
  ],
  [
    'coverage: slot 1 is staffed in both weeks, slot 2 in none: 3 of 4 arrivals',
    {
      estimator: 'coverage',
      params: { needed: 0.75 },
      sql: rows(
        'unit, kind, slot, week',
        ...[
          "'a', 'demand', 1",
          "'b', 'demand', 1",
          "'c', 'demand', 1",
          "'d', 'demand', 2",
          "'e', 'action', 1",
          "'f', 'action', 2",
        ].map((row) => `${row}, timestamp '2026-02-02'`),
        "'g', 'action', 1, timestamp '2026-02-09'",
      ),
    },
    [0.75, 4],
  ],
  [
    'trend: 10, 12, 14, 13 have slopes 2, 2, 1, 2, .5, -1 a week, median 1.5, level 12.5',
    {
      estimator: 'trend',
      sql: rows(
        'unit, "at", numerator',
        ...[10, 12, 14, 13].map((y, week) => `'${week}', timestamp '2026-01-05' + interval ${week * 7} days, ${y}`),
      ),
    },
    [-0.12, 4],
  ],
  [
    'precedence: b overtakes a, c does not overtake a; d came when all were served',
    {
      estimator: 'precedence',
      sql: rows(
        'unit, level, arrived, answered',
        "'a', 2, timestamp '2026-02-02 08:00', timestamp '2026-02-02 14:00'",
        "'b', 1, timestamp '2026-02-02 09:00', timestamp '2026-02-02 10:00'",
        "'c', 1, timestamp '2026-02-02 10:30', timestamp '2026-02-02 17:00'",
        "'d', 1, timestamp '2026-02-03 10:00', timestamp '2026-02-03 11:00'",
      ),
    },
    [0.5, 3],
  ],
  [
    'evenness: loads 1 and 3 have a Gini of 1/4',
    { estimator: 'evenness', sql: rows('unit, value', "'a', 1", "'b', 2", "'b', 1") },
    [0.75, 2],
  ],
  [
    'runs: A A B B has 2 equal neighbours; over all orders the mean is 1 and the variance 2/3',
    {
      estimator: 'runs',
      sql: rows(
        'unit, sequence, "at", label',
        ...['A', 'A', 'B', 'B'].map(
          (label, i) => `'${i}', 's', timestamp '2026-02-02' + interval ${i} hours, '${label}'`,
        ),
      ),
    },
    [1 / Math.sqrt(2 / 3), 3],
  ],
  [
    'quantile-share: 2 of 3 at most 10',
    {
      estimator: 'quantile-share',
      params: { threshold: 10 },
      sql: rows('unit, value, cluster', ...[5, 10, 11].map((value) => `'${value}', ${value}, timestamp '2026-02-02'`)),
    },
    [2 / 3, 3],
  ],
];

describe('the query of a number', () => {
  it.each(CASES)('%s', async (_, definition, expected) => {
    const found = await numberOf(definition);
    expect(found.length).toBe(2);
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 12);
  });

  it('writes parameters out and leaves those in quotes alone', async () => {
    const sql = `select 'desk' as connection, 'a' as unit, $as_of - $from > to_days($least) and '$least' = concat('$', 'least') as hit, $from as cluster`;
    expect(await numberOf({ sql, params: { least: 89 } })).toEqual([1, 1]);
  });

  it('is not there for an estimator that shuffles', () => {
    expect(writeNumberQuery({ ...BASE, estimator: 'skill-structure' })).toBeNull();
  });
});
