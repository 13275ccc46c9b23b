import type { SampleRef } from '../../domain/finding.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import { type Estimator, type Params, text } from '../estimators/estimator.ts';
import type { UsableRows } from './rows.ts';

const SAMPLE_SIZE = 50;
/** Rows looked at per side: enough for 50 tickets with twenty rows each. */
const DRAWN_ROWS = 1000;

/** Up to here sorting all rows takes less time than planning to avoid it. */
const FEW_ROWS = 10_000;

/** A heap of the first few per side instead of sorting a million rows; several rows of one ticket count once. */
const NEAR = `
near as (
  (select * from hashed where hit order by draw limit ${DRAWN_ROWS})
  union all (select * from hashed where not hit order by draw limit ${DRAWN_ROWS})
  union all (select * from hashed where hit is null order by draw limit ${DRAWN_ROWS})),`;

/**
 * Up to 50 references behind a number: misses first, then hits, then the rest, each side filled up to half before the other takes over.
 * The draw is by md5 of the id: stable on the same data, and not only the oldest tickets.
 */
export async function drawSample(
  session: SqlSession,
  { source, usable }: Pick<UsableRows, 'source' | 'usable'>,
  estimator: Estimator,
  params: Params,
): Promise<SampleRef[]> {
  const rows = await session.query(`
with refs as (
  select connection, coalesce(ticket, unit) as id,
    case when ticket is not null then 'ticket' else coalesce(unit_table, 'unit') end as ref_table, ${estimator.hit(params)} as hit
  from (${source})),
hashed as (select *, md5(connection || chr(0) || id || chr(0) || ref_table) as draw from refs),${usable > FEW_ROWS ? NEAR : ''}
ranked as (select *, row_number() over (partition by hit order by draw, id) as place
  from (select distinct * from ${usable > FEW_ROWS ? 'near' : 'hashed'})),
drawn as (select * from ranked order by place, hit nulls last limit ${SAMPLE_SIZE})
select connection, id, ref_table, hit from drawn order by hit nulls last, place`);
  return rows.map((row) => ({
    connection: text(row.connection),
    id: text(row.id),
    table: text(row.ref_table),
    hit: typeof row.hit === 'boolean' ? row.hit : null,
  }));
}
