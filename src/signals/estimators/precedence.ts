import { z } from 'zod';
import { passNormal, Z95 } from '../math/shares.ts';
import { COMMON_CELLS, type Estimator, num, numberParam, passAt, plain } from './estimator.ts';

/** Two that were answered this close together, seconds, were taken up at about the same time: nobody was put first. */
const APART_S = 3600;
/** Later arrivals of the stratum that a unit is held against at most: bounds the pairs, and never looks at who was served when. */
const NEIGHBOURS = 10;

/** Pairs that had to be decided, as `decided`, and those of them that were answered at about the same time, as `together`. */
function pairsOf(source: string, apartS: number, neighbours: number): string {
  const waited = `coalesce(b.answered is null and a.answered is null or abs(epoch(b.answered - a.answered)) < ${apartS}, false)`;
  return `
with placed as materialized (select connection, coalesce(stratum, '') as stratum, level, arrived, answered,
    row_number() over (order by connection, coalesce(stratum, ''), arrived, unit) as id,
    row_number() over (partition by connection, coalesce(stratum, '') order by arrived, unit) as place from (${source})),
beside as materialized (select a.id as a_id, b.id as b_id, a.level as a_level, b.level as b_level, date_trunc('week', a.arrived) as week,
    ${waited} as together,
    case when b.answered is null then true when a.answered is null then false else a.answered < b.answered end = (a.level < b.level) as ordered
  from placed a cross join (select unnest(range(1, ${neighbours + 1})) as further) f
  join placed b on b.connection = a.connection and b.stratum = a.stratum and b.place = a.place + f.further
  where a.level <> b.level and (a.answered is null or b.arrived < a.answered)),
decided as materialized (select * from beside where not together)`;
}

/**
 * Precedence: of two units of different levels that waited at the same time, how often the higher one was served first.
 * Rows: `level` (1 = should be served first), `arrived`, `answered` (null = still waiting), `stratum`. A pair counts when the later one came before the
 * earlier one was answered, both stand in one stratum with fewer than `neighbours` arrivals between, and one was answered at least `apart_s` before the
 * other: what was answered at about the same time, or not yet, decided nothing (`extra.undecided`). Estimate: A, 0.5 = order of arrival or chance,
 * whatever the load, the clock and the hours: who was alone in the line is in no pair.
 * SE: the larger of the variance of pairs that share a unit and that of weeks; never below half an observation of the smaller side.
 * q = Phi((A - line) / SE). n: units in a pair; min_sample counts those of them outside the most common level. No pair: `insufficient`. Never throws.
 * Sources: Vargha and Delaney 2000 (A); Fafchamps and Gubert 2007 (pairs that share a unit).
 */
export const precedence: Estimator = {
  id: 'precedence',
  doc: 'Of two that waited at the same time, how often the higher level was served first (0.5 = no effect).',
  cells: {
    ...COMMON_CELLS,
    level: { type: 'int', required: true, meaning: '1 = the level that should be served first.' },
    arrived: { type: 'time', required: true, meaning: 'When it began to wait.' },
    answered: { type: 'time', required: false, meaning: 'When it was served; null = it still waits.' },
    stratum: { type: 'text', required: false, meaning: 'Units are compared only inside the same stratum.' },
  },
  params: z.strictObject({
    apart_s: z.number().nonnegative().optional(),
    neighbours: z.number().int().min(1).max(50).optional(),
  }),
  emptyIsAnswer: false,
  exactLines: true,
  reduce: (source, params) => ({
    overall: `${pairsOf(source, numberParam(params, 'apart_s', APART_S), numberParam(params, 'neighbours', NEIGHBOURS))},
total as (select count(*)::double as pairs, coalesce(avg(ordered::integer), 0)::double as a from decided),
errors as (select a_id, b_id, week, ordered::integer - a as e from decided cross join total),
units as (select sum(e) as e from (select a_id as id, e from errors union all select b_id, e from errors) group by id),
weeks as (select sum(e) as e from errors group by week),
sides as (select count(distinct id) as n
  from (select a_id as id, a_level as level from decided union all select b_id, b_level from decided) group by level)
select pairs, a, (select count(*)::double from beside where together) as undecided,
  (select coalesce(sum(n), 0)::double from sides) as n, (select coalesce(max(n), 0)::double from sides) as commonest,
  (select count(*)::double from sides) as levels,
  coalesce((select sum(e * e) from errors), 0)::double / nullif(pairs * pairs, 0) as pair_variance,
  coalesce((select sum(e * e) from units) - (select sum(e * e) from errors), 0)::double / nullif(pairs * pairs, 0) as unit_variance,
  coalesce((select count(*)::double / nullif(count(*) - 1, 0) * sum(e * e) from weeks), 0)::double / nullif(pairs * pairs, 0) as week_variance
from total`,
  }),
  estimate({ overall }, lines) {
    const n = num(overall?.[0], 'n');
    const smaller = n - num(overall?.[0], 'commonest');
    const extra = { pairs: num(overall?.[0], 'pairs'), undecided: num(overall?.[0], 'undecided') };
    if (n === 0) return { kind: 'insufficient', n: 0, sampleSize: 0, extra };
    const a = num(overall?.[0], 'a');
    const pairVariance = num(overall?.[0], 'pair_variance');
    const variance = Math.max(pairVariance, num(overall?.[0], 'unit_variance'), num(overall?.[0], 'week_variance'));
    const deff = pairVariance > 0 ? variance / pairVariance : 1;
    const se = Math.max(Math.sqrt(variance), 1 / (2 * (smaller + 1)));
    return {
      kind: 'measured',
      estimate: a,
      n,
      sampleSize: smaller,
      nEffective: Math.min(n, extra.pairs / deff),
      interval: [Math.max(0, a - Z95 * se), Math.min(1, a + Z95 * se)],
      ...passAt(lines, (line) => passNormal(a, line, se)),
      extra: { ...extra, se, deff, smaller_side: smaller, levels: num(overall?.[0], 'levels') },
      summary: `A = ${plain(a)} over ${extra.pairs} pairs that waited at the same time (0.5 = no effect)`,
    };
  },
  hit: () => 'null::boolean',
};
