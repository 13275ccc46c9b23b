import { z } from 'zod';
import { passNormal, Z95 } from '../math/shares.ts';
import { COMMON_CELLS, type Estimator, num, passAt, plain } from './estimator.ts';

/** Levels told apart; deeper ones count as one. Four priorities and six tiers are the most that desks use. */
const LEVELS = [1, 2, 3, 4, 5, 6] as const;

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

function placements(source: string): string {
  return `
with ranked as (select connection, coalesce(stratum, '') as stratum, coalesce("cluster", unit) as c, value,
    least(dense_rank() over (order by level), ${LEVELS.length}) as lvl from (${source})),
sizes as (select connection, stratum, ${each((level) => `(count(*) filter (where lvl = ${level}))::hugeint as n${level}`)}
  from ranked group by connection, stratum),
points as (select connection, stratum, value, ${each((level) => `count(*) filter (where lvl = ${level}) as at${level}`)}
  from ranked group by connection, stratum, value),
ordered as (select connection, stratum, value,
    ${each((level) => `(sum(at${level}) over w)::hugeint as upto${level}, (sum(at${level}) over w - at${level})::hugeint as below${level}`)}
  from points window w as (partition by connection, stratum order by value rows unbounded preceding)),
placed as (select r.connection, r.stratum, r.c, r.lvl, ${pairs} as m,
    ${LEVELS.map((level) => `n${level}`).join(' + ')} as n, case r.lvl ${LEVELS.map((level) => `when ${level} then n${level}`).join(' ')} end as n_lvl,
    ${twiceConcordant} as t
  from ranked r join sizes using (connection, stratum) join ordered using (connection, stratum, value)),
strata as (select connection, stratum, max(m) as m, max(n) as n, (sum(t)::double / 4) / nullif(max(m), 0) as a, count(distinct lvl) as levels
  from placed group by connection, stratum),
thin as (select connection, stratum from placed group by connection, stratum having count(distinct lvl) < 2 or min(n_lvl) < 2),
used as (select * from strata where not exists (select 1 from thin where thin.connection = strata.connection and thin.stratum = strata.stratum))`;
}

/**
 * Probability of superiority: a unit of a higher level has a smaller value than one of a lower level, ties half, inside strata.
 * Rows: `level` (1 = should be served first), `value` (e.g. business seconds), `stratum`. A_s per stratum over all pairs of different
 * levels (Jonckheere-Terpstra for more than two); combined with van Elteren weights pairs_s / (n_s + 1).
 * Strata where a level that occurs has fewer than two units have no variance and are left out (`stratum_too_small` in extra).
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
    overall: `${placements(source)}
, weights as (select connection, stratum, a, m, n, m::double / (n + 1) as w from used),
total as (select sum(w) as w, sum(w * a) / sum(w) as a from weights),
variances as (select connection, stratum, sum(s) as v from (
    select p.connection, p.stratum, p.lvl, count(*)::double * var_samp(p.t::double / 2) / (max(p.m)::double * max(p.m)) as s
    from placed p join used using (connection, stratum) group by p.connection, p.stratum, p.lvl) group by connection, stratum),
means as (select connection, stratum, lvl, avg(t::double) as t from placed join used using (connection, stratum) group by connection, stratum, lvl),
parts as (select p.c, sum(weights.w * (p.t - means.t) / 2 / weights.m * sqrt(p.n_lvl::double / (p.n_lvl - 1))) as part
  from placed p join weights using (connection, stratum) join means using (connection, stratum, lvl) group by p.c)
select coalesce(total.a, 0) as a,
  coalesce((select sum(w * w * v) from weights join variances using (connection, stratum)) / (total.w * total.w), 0) as unit_variance,
  coalesce((select count(*)::double / nullif(count(*) - 1, 0) * sum(part * part) from parts) / (total.w * total.w), 0) as cluster_variance,
  (select count(*)::double from parts) as clusters, (select count(*)::double from used) as strata,
  (select count(*)::double from placed join thin using (connection, stratum)) as too_small from total`,
    sides: `${placements(source)}
select lvl::double as lvl, count(*)::double as n from placed join used using (connection, stratum) group by lvl order by lvl`,
  }),
  estimate({ overall, sides = [] }, lines) {
    const counts = sides.map((row) => num(row, 'n'));
    const n = counts.reduce((total, count) => total + count, 0);
    const smaller = n - Math.max(0, ...counts);
    const extra = { stratum_too_small: num(overall?.[0], 'too_small'), strata: num(overall?.[0], 'strata') };
    if (n === 0) return { kind: 'insufficient', n: 0, sampleSize: 0, extra };
    const a = num(overall?.[0], 'a');
    const unitVariance = num(overall?.[0], 'unit_variance');
    const variance = Math.max(unitVariance, num(overall?.[0], 'cluster_variance'));
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
