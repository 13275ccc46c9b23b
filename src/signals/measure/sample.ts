import type { SampleRef } from '../../domain/finding.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import { type Estimator, type Params, text } from '../estimators/estimator.ts';

const SAMPLE_SIZE = 50;

/**
 * Up to 50 references behind a number: misses first, then hits, then the rest, each side filled up to half before the other takes over.
 * The draw is by md5 of the id: stable on the same data, and not only the oldest tickets.
 */
export async function drawSample(
  session: SqlSession,
  source: string,
  estimator: Estimator,
  params: Params,
): Promise<SampleRef[]> {
  const rows = await session.query(`
with refs as (
  select distinct connection, coalesce(ticket, unit) as id,
    case when ticket is not null then 'ticket' else coalesce(unit_table, 'unit') end as ref_table, ${estimator.hit(params)} as hit
  from (${source})),
ranked as (
  select *, row_number() over (partition by hit order by md5(connection || chr(0) || id || chr(0) || ref_table), connection, id, ref_table) as place
  from refs),
drawn as (select * from ranked order by place, hit nulls last limit ${SAMPLE_SIZE})
select connection, id, ref_table, hit from drawn order by hit nulls last, place`);
  return rows.map((row) => ({
    connection: text(row.connection),
    id: text(row.id),
    table: text(row.ref_table),
    hit: typeof row.hit === 'boolean' ? row.hit : null,
  }));
}
