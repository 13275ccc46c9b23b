import { z } from 'zod';
import { passNormal, Z95 } from '../math/shares.ts';
import { COMMON_CELLS, type Estimator, num, numberParam, passAt, plain } from './estimator.ts';

/** Two that were answered this close together, seconds, were taken up at about the same time: nobody was put first. */
const APART_S = 3600;
/** Later arrivals of the stratum that a unit is held against at most: bounds the pairs, and never looks at who was served when. */
const NEIGHBOURS = 10;

/**
 * Pairs that waited beside each other, one row for each unit in one: `decided` pairs and those of them in the right order (`won`), as the earlier of
 * the two and in all. Neighbours are next to each other in one numbering of all rows, so that pairs are found by whole numbers alone.
 */
function unitsOf(source: string, apartS: number, neighbours: number): string {
  const waited = `coalesce(b.answered is null and a.answered is null or abs(epoch(b.answered - a.answered)) < ${apartS}, false)`;
  const line = `connection, coalesce(stratum, '') as stratum`;
  return `
with placed as materialized (select ${line}, level, arrived, answered,
    row_number() over (order by connection, coalesce(stratum, ''), arrived, unit) as id from (${source})),
lines as (select connection, stratum, max(id) as last_id from placed group by connection, stratum),
lined as materialized (select id, level, arrived, answered, last_id from placed join lines using (connection, stratum)),
beside as materialized (select a.id as a_id, b.id as b_id, ${waited} as together,
    case when b.answered is null then true when a.answered is null then false else a.answered < b.answered end = (a.level < b.level) as ordered
  from lined a cross join (select unnest(range(1, ${neighbours + 1})) as further) f
  join lined b on b.id = a.id + f.further
  where a.id + f.further <= a.last_id and a.level <> b.level and (a.answered is null or b.arrived < a.answered)),
first as materialized (select a_id as id, count(*) filter (not together) as decided, count(*) filter (ordered and not together) as won,
    count(*) filter (together) as undecided from beside group by a_id),
second as (select b_id as id, count(*) filter (not together) as decided, count(*) filter (ordered and not together) as won from beside group by b_id),
units as materialized (select id, sum(decided) as decided, sum(won) as won
  from (select id, decided, won from first union all select id, decided, won from second) group by id having sum(decided) > 0)`;
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
  // Sums of squared errors come as whole numbers, multiplied by the square of the number of pairs: no order of adding up can show in them.
  reduce: (source, params) => ({
    overall: `${unitsOf(source, numberParam(params, 'apart_s', APART_S), numberParam(params, 'neighbours', NEIGHBOURS))},
total as (select coalesce(sum(decided), 0)::hugeint as pairs, coalesce(sum(won), 0)::hugeint as won, coalesce(sum(undecided), 0) as undecided from first),
weeks as (select sum(decided) as decided, sum(won) as won from first join lined using (id) where decided > 0 group by date_trunc('week', arrived)),
sides as (select count(*) as n from units join lined using (id) group by level)
select pairs::double as pairs, won::double as won, undecided::double as undecided,
  (select coalesce(sum(n), 0)::double from sides) as n, (select coalesce(max(n), 0)::double from sides) as commonest,
  (select count(*)::double from sides) as levels, (select count(*)::double from weeks) as weeks,
  coalesce((select sum((u.won * pairs - u.decided * total.won) * (u.won * pairs - u.decided * total.won)) from units u), 0)::double as unit_squares,
  coalesce((select sum((w.won * pairs - w.decided * total.won) * (w.won * pairs - w.decided * total.won)) from weeks w), 0)::double as week_squares
from total`,
  }),
  estimate({ overall }, lines) {
    const n = num(overall?.[0], 'n');
    const smaller = n - num(overall?.[0], 'commonest');
    const pairs = num(overall?.[0], 'pairs');
    const extra = { pairs, undecided: num(overall?.[0], 'undecided') };
    if (n === 0) return { kind: 'insufficient', n: 0, sampleSize: 0, extra };
    const won = num(overall?.[0], 'won');
    const a = won / pairs;
    // Errors are 1 - a for those won and -a for the others.
    const pairSquares = won * (pairs - won) * pairs;
    const weeks = num(overall?.[0], 'weeks');
    const varianceOf = (squares: number): number => squares / pairs ** 4;
    const pairVariance = varianceOf(pairSquares);
    const byUnit = varianceOf(num(overall?.[0], 'unit_squares') - pairSquares);
    const byWeek = weeks < 2 ? 0 : (weeks / (weeks - 1)) * varianceOf(num(overall?.[0], 'week_squares'));
    const variance = Math.max(pairVariance, byUnit, byWeek);
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
