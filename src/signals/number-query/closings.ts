import type { SignalDefinition } from '../../domain/signal.ts';

/** How one estimator's number follows from the rows of a signal, in the engine's SQL; what it is worth is not in it. */
interface Closing {
  /** Columns that a signal may leave out, with their engine type. */
  readonly optional: Readonly<Record<string, string>>;
  /** Further steps over `used` and the SELECT that gives `estimate` and `n`. */
  readonly write: (definition: SignalDefinition) => string;
}

const literalText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function numberOf({ params }: SignalDefinition, key: string, fallback: number): number {
  const value = params[key];
  return typeof value === 'number' ? value : fallback;
}

const WEIGHT = { weight: 'BIGINT' } as const;

const share: Closing = {
  optional: WEIGHT,
  write: () => `select sum(coalesce(weight, 1)) filter (where hit) / sum(coalesce(weight, 1))::double as estimate,
  sum(coalesce(weight, 1)) as n
from used`,
};

const quantileShare: Closing = {
  optional: WEIGHT,
  write: (
    definition,
  ) => `select sum(coalesce(weight, 1)) filter (where value <= ${numberOf(definition, 'threshold', 0)}) / sum(coalesce(weight, 1))::double as estimate,
  sum(coalesce(weight, 1)) as n
from used`,
};

/** The weakest of the metrics that have enough units. */
const attainment: Closing = {
  optional: WEIGHT,
  write: (
    definition,
  ) => `select coalesce(sum(coalesce(weight, 1)) filter (where hit), 0) / sum(coalesce(weight, 1))::double as estimate,
  sum(coalesce(weight, 1)) as n
from used group by metric having sum(coalesce(weight, 1)) >= ${Math.max(1, definition.min_sample)}
order by estimate, metric limit 1`,
};

const presence: Closing = {
  optional: {},
  write: () => 'select count(*) filter (where hit) as estimate, count(*) as n from used',
};

const count: Closing = {
  optional: { class: 'VARCHAR', base: 'BIGINT' },
  write: () => `select (select count(distinct class) from used where hit) as estimate,
  (select coalesce(sum(size), 0) from (select coalesce(max(base), count(*)) as size from used group by connection)) as n`,
};

const figure: Closing = {
  optional: { base: 'BIGINT' },
  write:
    () => `select sum(value * coalesce(base, 1))::double / sum(coalesce(base, 1)) as estimate, sum(coalesce(base, 1)) as n
from used`,
};

const ratio: Closing = {
  optional: {},
  write: () => 'select sum(numerator)::double / sum(denominator) as estimate, sum(denominator) as n from used',
};

/** Weeks whose share lies within three sigma of Laney's p' chart. */
const controlLimits: Closing = {
  optional: WEIGHT,
  write: () => `, week as (
  select date_trunc('week', "cluster"::timestamp) as week, sum(coalesce(weight, 1))::double as n,
    coalesce(sum(coalesce(weight, 1)) filter (where hit), 0)::double as k
  from used group by 1
), centre as (
  select sum(k) / sum(n) as p from week
), scored as (
  select week, coalesce((k / n - p) / nullif(sqrt(p * (1 - p) / n), 0), 0) as z from week, centre
), sigma as (
  select avg(abs(z - before)) / 1.128 as s from (select z, lag(z) over (order by week) as before from scored)
)
select count(*) filter (where abs(z) <= 3 * s or z = 0)::double / count(*) as estimate, count(*) as n from scored, sigma`,
};

/** Share of demand, or of the clock, in slots of the week that are staffed in enough weeks. */
const coverage: Closing = {
  optional: {},
  write: (definition) => {
    const slots = numberOf(definition, 'slots', 168);
    const select =
      definition.params.weigh === 'clock'
        ? `select (select count(*) from staffed) / ${slots}::double as estimate, ${slots} as n`
        : `select count(*) filter (where slot in (select slot from staffed))::double / count(*) as estimate, count(*) as n
from used where kind = 'demand' and slot between 0 and ${slots - 1}`;
    return `, lived as (
  select count(distinct date_trunc('week', week::timestamp)) as weeks from used
), staffed as (
  select slot from used where kind <> 'demand' and slot between 0 and ${slots - 1}
  group by slot having count(distinct date_trunc('week', week::timestamp)) / (select weeks from lived)::double >= ${numberOf(definition, 'needed', 0.5)}
)
${select}`;
  },
};

/** Minus the median of the slopes between all pairs of weeks, per week and typical level. */
const trend: Closing = {
  optional: { denominator: 'DOUBLE', series: 'VARCHAR' },
  write: (definition) => {
    const name = definition.params.partial_series;
    const own = typeof name === 'string' ? `where series = ${literalText(name)} ` : '';
    const level =
      definition.params.scale === 'absolute' ? '1' : 'case when median(abs(y)) > 0 then median(abs(y)) else 1 end';
    return `, week as (
  select "at"::timestamp as at_week, round(sum(numerator), 6) / round(sum(coalesce(denominator, 1)), 6)::double as y
  from used ${own}group by 1 having sum(coalesce(denominator, 1)) > 0
), typical as (
  select ${level} as level from week
)
select -median((b.y - a.y) / level / (epoch(b.at_week - a.at_week) / 604800)) as estimate, (select count(*) from week) as n
from week a join week b on a.at_week < b.at_week cross join typical`;
  },
};

/** Of two of different levels that waited at the same time, how often the higher one came first. */
const precedence: Closing = {
  optional: { answered: 'TIMESTAMP', stratum: 'VARCHAR' },
  write: (definition) => `, line as (
  select level, arrived, answered, connection, coalesce(stratum, '') as lane, row_number() over (order by connection, coalesce(stratum, ''), arrived, unit) as id,
    row_number() over (partition by connection, coalesce(stratum, '') order by arrived, unit) as place
  from used
), pair as (
  select a.id as a_id, b.id as b_id,
    coalesce(case when b.answered is null then true when a.answered is null then false else a.answered < b.answered end, false) = (a.level < b.level) as ordered
  from line a join line b on b.connection = a.connection and b.lane = a.lane and b.place - a.place between 1 and ${numberOf(definition, 'neighbours', 10)}
  where a.level <> b.level and (a.answered is null or b.arrived < a.answered)
    and not coalesce((a.answered is null and b.answered is null) or abs(epoch(b.answered - a.answered)) < ${numberOf(definition, 'apart_s', 3600)}, false)
)
select avg(ordered::integer) as estimate,
  (select count(distinct id) from (select a_id as id from pair union all select b_id from pair)) as n
from pair`,
};

/** 1 - Gini of the totals of units. */
const evenness: Closing = {
  optional: {},
  write: () => `, load as (
  select sum(greatest(value, 0))::double as x, row_number() over (order by sum(greatest(value, 0))) as place
  from used group by connection, unit
)
select 1 - coalesce(sum((2 * place - (select count(*) from load) - 1) * x) / nullif(count(*) * sum(x), 0), 0) as estimate, count(*) as n
from load`,
};

/** z of equal neighbours: mean and variance over all orders of the labels of each sequence. */
const runs: Closing = {
  optional: {},
  write: () => `, neighbour as (
  select connection, sequence, label, lag(label) over (partition by connection, sequence order by "at", unit) as before from used
), observed as (
  select connection, sequence, count(*)::double as m, (count(*) filter (where label = before))::double as equal from neighbour group by all
), label_size as (
  select connection, sequence, count(*)::double as c from used group by connection, sequence, label
), moment as (
  select connection, sequence, sum(c * (c - 1)) as s2, sum(c * (c - 1) * (c - 2)) as s3, sum(c * (c - 1) * (c - 2) * (c - 3)) as s4,
    sum(c * (c - 1) * c * (c - 1)) as q
  from label_size group by all
), expected as (
  select m, equal, s2 / m as mean,
    s2 / m + 2 * coalesce(s3 / nullif(m * (m - 1), 0), 0) + coalesce((s4 + s2 * s2 - q) / nullif(m * (m - 1), 0), 0) as second
  from observed join moment using (connection, sequence) where m > 1
)
select (sum(equal) - sum(mean)) / sqrt(sum(greatest(0, second - mean * mean))) as estimate, sum(m - 1) as n from expected`,
};

/** By id of the estimator. One that shuffles cannot be written as a query. */
export const CLOSINGS: ReadonlyMap<string, Closing> = new Map(
  Object.entries({
    share,
    'quantile-share': quantileShare,
    attainment,
    presence,
    count,
    figure,
    ratio,
    'control-limits': controlLimits,
    coverage,
    trend,
    precedence,
    evenness,
    runs,
  }),
);
