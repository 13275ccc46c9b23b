import { z } from 'zod';
import type { Observability } from '../../domain/observability.ts';
import type { Metric } from '../../domain/snapshot.ts';
import type { SqlRow, SqlSession, SqlValue } from '../../domain/sql-session.ts';
import { BASE, type Dimension, dimensionSql } from './base-sql.ts';
import type { Measure, Statistic } from './measure.ts';
import { blindConnections } from './observed.ts';

export interface Span {
  readonly from: Date;
  readonly to: Date;
  /** IANA zone of days, weeks and months. */
  readonly zone: string;
}

const STATISTICS: Readonly<Record<Statistic, string>> = {
  p50: 'percentile_cont(0.5) within group (order by v)',
  p90: 'percentile_cont(0.9) within group (order by v)',
  // Decimals add up the same in any order; doubles summed by several threads differ in their last digit from run to run.
  mean: 'avg(cast(v as decimal(28, 9)))',
  share: 'avg(v)',
  sum: 'sum(v)',
  distinct: 'count(distinct v)',
  ratio: 'cast(sum(cast(v as decimal(28, 3))) as double) / nullif(cast(sum(cast(w as decimal(28, 3))) as double), 0)',
};

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** CASE that names why a connection shows nothing; null for those that do. */
function gateSql(blind: ReadonlyMap<string, string>): string {
  if (blind.size === 0) return 'cast(null as varchar)';
  const arms = [...blind].map(([connection, why]) => `when ${text(connection)} then ${text(why)}`);
  return `case t.connection ${arms.join(' ')} end`;
}

/** Reason that goes before the measure's own where what would tell is not read. */
function unreadSql({ unread }: Measure, observability: readonly Observability[]): string {
  if (unread === undefined) return '';
  const blind = blindConnections(observability, unread.needs);
  const unseen = new Map([...blind].filter(([, why]) => !why.endsWith('_absent')));
  return unseen.size === 0 ? '' : `case when not (${unread.told}) then ${gateSql(unseen)} end, `;
}

function rowsSql(
  measure: Measure,
  blind: ReadonlyMap<string, string>,
  dimension: Dimension | null,
  zone: string,
  observability: readonly Observability[],
): string {
  const gate = gateSql(blind);
  const from = measure.rows;
  const reason = `${unreadSql(measure, observability)}${measure.reason}`;
  return `with ${BASE}, v as (
    select ${dimensionSql(dimension, measure.at ?? 't.created_at', zone)} as dim,
      case when ${gate} is null then ${measure.value} end as v,
      case when ${gate} is null then ${measure.weight ?? 'null'} end as w,
      ${measure.source ?? 'cast(null as varchar)'} as source,
      case when ${gate} is not null then ${gate} when (${measure.value}) is null then coalesce(${reason}, 'unknown') end as why
    from ${from})`;
}

/** The figures of one measure, by value of the dimension (`all` without one). Null where no connection can show it. */
export async function measureFigures(
  session: SqlSession,
  measure: Measure,
  dimension: Dimension | null,
  span: Span,
  observability: readonly Observability[],
): Promise<ReadonlyMap<string, readonly Metric[]>> {
  const blind = blindConnections(observability, measure.needs);
  const connections = new Set(observability.map((one) => one.connection)).size;
  const seen = blind.size < connections;
  const params: Record<string, SqlValue> = { from: span.from, to: span.to };
  const rows = rowsSql(measure, blind, dimension, span.zone, observability);
  const statistics = measure.figures.map((figure, i) => `${STATISTICS[figure.statistic]} as s${i}`).join(', ');
  const values = await session.query(
    `${rows} select dim, count(v) as n, count(source) filter (source = 'vendor' and v is not null) as of_vendor, count(source) as of_any, ${statistics}, cast(to_json(histogram(why)) as varchar) as reasons from v group by dim order by dim`,
    params,
  );
  const result = new Map<string, readonly Metric[]>();
  const dims = dimension === null ? ['all'] : values.map((row) => String(row.dim));
  for (const dim of dims) {
    const row = values.find((one) => String(one.dim) === dim);
    result.set(
      dim,
      measure.figures.map((figure, i) =>
        toMetric(measure, figure, row, i, seen, noneSeen(excludedOf(row), blind, seen)),
      ),
    );
  }
  return result;
}

const Reasons = z.record(z.string(), z.number()).nullable();

/** Rows without a value, by reason in the order of the alphabet. */
function excludedOf(row: SqlRow | undefined): Record<string, number> {
  const counts = Reasons.parse(typeof row?.reasons === 'string' ? JSON.parse(row.reasons) : null) ?? {};
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Without a single row there is nothing to count out, but the reason must still be told. */
function noneSeen(
  excluded: Record<string, number>,
  blind: ReadonlyMap<string, string>,
  seen: boolean,
): Record<string, number> {
  if (seen || Object.keys(excluded).length > 0) return excluded;
  return Object.fromEntries([...blind.values()].map((why) => [why, 0]));
}

/** Who worked the values out; nothing for figures of which there is only one way. */
function sourceOf(row: SqlRow | undefined, n: number): Pick<Metric, 'source'> {
  if (Number(row?.of_any ?? 0) === 0 || n === 0) return {};
  const vendor = Number(row?.of_vendor ?? 0);
  return { source: vendor === 0 ? 'records' : vendor === n ? 'vendor' : 'mixed' };
}

function toMetric(
  measure: Measure,
  figure: Measure['figures'][number],
  row: SqlRow | undefined,
  i: number,
  seen: boolean,
  excluded: Record<string, number>,
): Metric {
  const n = Number(row?.n ?? 0);
  const raw = row?.[`s${i}`];
  const counts = figure.statistic === 'sum' || figure.statistic === 'distinct';
  const unknown = measure.unknownIsNull === true && n === 0 && Object.values(excluded).some((times) => times > 0);
  // A count over nothing is zero when the stream is there; a quantile or a share of nothing has no value.
  const value = !seen || unknown ? null : raw === null || raw === undefined ? (counts ? 0 : null) : Number(raw);
  return {
    id: figure.id,
    unit: figure.unit,
    value,
    n: counts && value !== null ? value : n,
    excluded,
    definition: figure.definition,
    ...sourceOf(row, n),
  };
}
