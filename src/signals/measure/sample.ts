import type { SampleRef } from '../../domain/finding.ts';
import type { SqlRow, SqlSession } from '../../domain/sql-session.ts';
import { type Estimator, type Params, text } from '../estimators/estimator.ts';

const SAMPLE_SIZE = 50;
/** Rows looked at per side: enough for 50 tickets with twenty rows each. */
const DRAWN_ROWS = 1000;

/** Up to here sorting all rows takes less time than planning to avoid it. */
export const FEW_ROWS = 10_000;

/** A heap of the first few per side instead of sorting a million rows; several rows of one ticket count once. */
const NEAR = `
near as (
  (select * from hashed where hit order by draw limit ${DRAWN_ROWS})
  union all (select * from hashed where not hit order by draw limit ${DRAWN_ROWS})
  union all (select * from hashed where hit is null order by draw limit ${DRAWN_ROWS})),`;

/** SELECT of the references of rows: `connection`, `id`, `ref_table`, `hit`. */
export function refsOf(source: string, estimator: Estimator, params: Params): string {
  return `select connection, coalesce(ticket, unit) as id,
    case when ticket is not null then 'ticket' else coalesce(unit_table, 'unit') end as ref_table, ${estimator.hit(params)} as hit
  from (${source})`;
}

const DRAW = 'md5(connection || chr(0) || id || chr(0) || ref_table) as draw';

/**
 * Up to 50 references behind a number: misses first, then hits, then the rest, each side filled up to half before the other takes over.
 * The draw is by md5 of the id: stable on the same data, and not only the oldest tickets.
 */
export async function drawSample(session: SqlSession, refs: string, usable: number): Promise<SampleRef[]> {
  const isLarge = usable > FEW_ROWS;
  const rows = await session.query(`
with refs as (${refs}),
hashed as (select *, ${DRAW} from refs),${isLarge ? NEAR : ''}
ranked as (select *, row_number() over (partition by hit order by draw, id) as place
  from (select distinct * from ${isLarge ? 'near' : 'hashed'})),
drawn as (select * from ranked order by place, hit nulls last limit ${SAMPLE_SIZE})
select connection, id, ref_table, hit from drawn order by hit nulls last, place`);
  return rows.map(toRef);
}

/** SELECT that draws as `drawSample` does for each `key` of `refs`, which has few rows of each. */
export function samplesBy(refs: string, key: string): string {
  return `
with refs as (${refs}),
hashed as (select distinct *, ${DRAW} from refs),
ranked as (select *, row_number() over (partition by ${key}, hit order by draw, id) as place from hashed),
drawn as (select *, row_number() over (partition by ${key} order by place, hit nulls last) as taken from ranked where place <= ${SAMPLE_SIZE})
select ${key}, connection, id, ref_table, hit from drawn where taken <= ${SAMPLE_SIZE} order by ${key}, hit nulls last, place`;
}

export function toRef(row: SqlRow): SampleRef {
  return {
    connection: text(row.connection),
    id: text(row.id),
    table: text(row.ref_table),
    hit: typeof row.hit === 'boolean' ? row.hit : null,
  };
}
