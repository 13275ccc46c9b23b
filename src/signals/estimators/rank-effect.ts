import { z } from 'zod';
import { passNormal, Z95 } from '../math/shares.ts';
import { COMMON_CELLS, type Estimator, num, passAt, plain } from './estimator.ts';

/** Levels told apart; deeper ones count as one. */
const LEVELS = [1, 2, 3, 4, 5] as const;
/** Bits per level in the packed counts: room for 33 million units of a level in a stratum, five levels in a 128-bit integer. */
const BITS = 25;

const least = (terms: readonly string[]): string => (terms.length === 0 ? '0' : terms.join(' + '));

/** Twice the number of units at other levels that stand in the expected order to a unit of `level` (ties count one). */
function twicePlacement(level: number): string {
  const lower = LEVELS.filter((other) => other > level).map((other) => `2 * n${other} - upto${other} - below${other}`);
  const higher = LEVELS.filter((other) => other < level).map((other) => `below${other} + upto${other}`);
  return least([...lower, ...higher]);
}

const twiceConcordant = `case lvl ${LEVELS.map((level) => `when ${level} then ${twicePlacement(level)}`).join(' ')} end`;
const each = (make: (level: number) => string): string => LEVELS.map(make).join(', ');

/** Pairs of units at different levels of a stratum. */
const pairs = `((${LEVELS.map((level) => `n${level}`).join(' + ')}) * (${LEVELS.map((level) => `n${level}`).join(' + ')}) - (${LEVELS.map((level) => `n${level} * n${level}`).join(' + ')})) / 2`;

/** Count of one level out of packed counts. */
const unpacked = (packed: string, level: number): string =>
  `((${packed} >> ${BITS * (level - 1)}) & ${2 ** BITS - 1})::bigint`;

/** Rows that can be compared, as `ranked`, out of all as `counted`. */
function comparable(source: string): string {
  return `
with counted as materialized (select *, count(*) over (partition by connection, stratum, lvl) as n_lvl from (
    select connection, coalesce(stratum, '') as stratum, coalesce("cluster", unit) as c, value,
      least(dense_rank() over (order by level), ${LEVELS.length}) as lvl from (${source}))),
-- A single unit at a level has no variance; a stratum with one level has nothing to compare.
usable as (select connection, stratum from counted where n_lvl > 1 group by connection, stratum having count(distinct lvl) > 1),
ranked as materialized (select counted.* from counted join usable using (connection, stratum) where n_lvl > 1)`;
}

function placements(source: string): string {
  return `${comparable(source)},
sizes as (select connection, stratum, ${each((level) => `(count(*) filter (where lvl = ${level}))::bigint as n${level}`)}
  from ranked group by connection, stratum),
points as (select connection, stratum, value, ${LEVELS.map((level) => `((count(*) filter (where lvl = ${level}))::hugeint << ${BITS * (level - 1)})`).join(' + ')} as at_all
  from ranked group by connection, stratum, value),
-- One running sum of the packed counts: five of them cost five times as much, and the engine's is slow.
ordered as (select connection, stratum, value, ${each((level) => `${unpacked('upto_all', level)} as upto${level}, ${unpacked('(upto_all - at_all)', level)} as below${level}`)}
  from (select *, sum(at_all) over (partition by connection, stratum order by value rows unbounded preceding) as upto_all from points)),
placed as materialized (select r.connection, r.stratum, r.c, r.lvl, r.n_lvl, ${pairs} as m,
    ${LEVELS.map((level) => `n${level}`).join(' + ')} as n, ${twiceConcordant} as t
  from ranked r join sizes using (connection, stratum) join ordered using (connection, stratum, value)),
weights as materialized (select *, m::double / (n + 1) as w from (
  select connection, stratum, max(m) as m, max(n) as n, sum(t)::double / 4 / max(m) as a from placed group by connection, stratum))`;
}

/**
 * Probability of superiority: a unit of a higher level has a smaller value than one of a lower level, ties half, inside strata.
 * Rows: `level` (1 = should be served first), `value` (e.g. business seconds), `stratum`. A_s per stratum over all pairs of different
 * levels (Jonckheere-Terpstra for more than two); combined with van Elteren weights pairs_s / (n_s + 1).
 * Single units of a level in a stratum have no variance, strata with one level no comparison: both are left out (`stratum_too_small` in extra).
 * SE: DeLong placements per stratum and level, summed as variances; with `cluster`, the cluster-sum variance when larger.
 * It never falls below half an observation of the smaller side. q = Phi((A - line) / SE). min_sample counts the smaller side:
 * units outside the largest level. Estimate unit: A, 0.5 = no effect. Empty input gives `insufficient`. Never throws.
 * Sources: van Elteren 1960; Vargha and Delaney 2000; DeLong, DeLong, Clarke-Pearson 1988.
 */
export const rankEffect: Estimator = {
  id: 'rank-effect',
  doc: 'Stratified probability that a higher level has the smaller value (0.5 = no effect).',
  cells: {
    ...COMMON_CELLS,
    level: { type: 'int', required: true, meaning: '1 = the level that should have the smallest value.' },
    value: { type: 'real', required: true, meaning: 'Time or other value that the level should make smaller.' },
    stratum: { type: 'text', required: false, meaning: 'Units are compared only inside the same stratum.' },
    cluster: { type: 'cluster', required: false, meaning: 'When it happened, for a variance that knows about weeks.' },
  },
  params: z.strictObject({}),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source) => ({
    overall: `${placements(source)},
total as (select sum(w) as w, sum(w * a) / sum(w) as a from weights),
variances as (select connection, stratum, sum(s) as v from (
    select connection, stratum, lvl, count(*)::double * var_samp(t::double / 2) / (max(m)::double * max(m)) as s
    from placed group by connection, stratum, lvl) group by connection, stratum),
means as (select connection, stratum, lvl, avg(t::double) as t from placed group by connection, stratum, lvl),
parts as (select p.c, sum(weights.w * (p.t - means.t) / 2 / weights.m * sqrt(p.n_lvl::double / (p.n_lvl - 1))) as part
  from placed p join weights using (connection, stratum) join means using (connection, stratum, lvl) group by p.c)
select coalesce(total.a, 0) as a,
  coalesce((select sum(w * w * v) from weights join variances using (connection, stratum)) / (total.w * total.w), 0) as unit_variance,
  coalesce((select count(*)::double / nullif(count(*) - 1, 0) * sum(part * part) from parts) / (total.w * total.w), 0) as cluster_variance,
  (select count(*)::double from parts) as clusters, (select count(*)::double from weights) as strata,
  (select count(*)::double from counted) - (select count(*)::double from ranked) as too_small from total`,
    sides: `${comparable(source)}
select lvl::double as lvl, count(*)::double as n from ranked group by lvl order by lvl`,
  }),
  estimate({ overall, sides = [] }, lines) {
    const counts = sides.map((row) => num(row, 'n'));
    const n = counts.reduce((total, count) => total + count, 0);
    const smaller = n - Math.max(0, ...counts);
    const extra = { stratum_too_small: num(overall?.[0], 'too_small'), strata: num(overall?.[0], 'strata') };
    if (n === 0) return { kind: 'insufficient', n: 0, sampleSize: 0, extra };
    const a = num(overall?.[0], 'a');
    const unitVariance = num(overall?.[0], 'unit_variance');
    const grouped = num(overall?.[0], 'clusters') < n;
    const variance = grouped ? Math.max(unitVariance, num(overall?.[0], 'cluster_variance')) : unitVariance;
    const deff = unitVariance > 0 ? variance / unitVariance : 1;
    const se = Math.max(Math.sqrt(variance), 1 / (2 * (smaller + 1)));
    return {
      kind: 'measured',
      estimate: a,
      n,
      sampleSize: smaller,
      nEffective: n / deff,
      interval: [Math.max(0, a - Z95 * se), Math.min(1, a + Z95 * se)],
      ...passAt(lines, (line) => passNormal(a, line, se)),
      extra: { ...extra, se, deff, smaller_side: smaller, levels: counts.length },
      summary: `A = ${plain(a)} over ${n} units at ${counts.length} levels (0.5 = no effect)`,
    };
  },
  hit: () => 'null::boolean',
};
