import { ident, known, lit } from './sql.ts';
import type { Stage } from './stage.ts';
import { readShape, shapeSql } from './time-shapes.ts';
import { MISSING_WORDS } from './vocabulary.ts';

/** What the values of one column look like over the whole file. */
export interface ColumnProfile {
  readonly column: string;
  /** Rows with a value that is not a word for "unknown". */
  readonly known: number;
  readonly distinct: number;
  readonly longest: number;
  /** Commonest values, at most 40. */
  readonly top: readonly { readonly value: string; readonly n: number }[];
  /** Share of known values that are written like a time. */
  readonly timeShare: number;
  readonly integer: boolean;
}

/** How columns behave inside the rows of one key. */
export interface WithinKey {
  readonly column: string;
  /** Share of keys on whose rows the column has one single value, missing counted as a value. */
  readonly constant: number;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Words for "unknown" that occur, with the number of cells. */
  readonly missing: readonly { readonly word: string; readonly n: number }[];
}

const TOP = 40;

/** Profiles all columns. Memory does not grow with the file; time does, a few seconds a million cells. */
export async function profileColumns(stage: Stage): Promise<Profile> {
  const missing = new Map<string, number>();
  for (const column of stage.columns) {
    const rows = await stage.query(
      `select trim(${ident(column)}) as word, count(*) as n from raw
       where trim(${ident(column)}) in (${MISSING_WORDS.map(lit).join(', ')}) group by word`,
    );
    for (const row of rows) missing.set(String(row.word), (missing.get(String(row.word)) ?? 0) + Number(row.n));
  }
  const words = [...missing.keys()];
  const columns: ColumnProfile[] = [];
  for (const column of stage.columns) columns.push(await profileColumn(stage, column, words));
  return {
    rows: stage.rows,
    columns,
    missing: [...missing].map(([word, n]) => ({ word, n })).sort((a, b) => b.n - a.n),
  };
}

async function profileColumn(stage: Stage, column: string, missing: readonly string[]): Promise<ColumnProfile> {
  const value = known(column, missing);
  const facts = await stage.query(
    `select count(v) as n, count(distinct v) as d, max(length(v)) as longest,
       bool_and(regexp_full_match(v, '[0-9]{1,9}')) as integer from (select ${value} as v from raw)`,
  );
  const top = await stage.query(
    `select ${value} as v, count(*) as n from raw where ${value} is not null group by v order by n desc, v limit ${TOP}`,
  );
  const shapes = await stage.query(
    `select ${shapeSql('v')} as shape, sum(n) as n from (select ${value} as v, count(*) as n from raw where ${value} is not null group by v)
     group by shape order by n desc limit 50`,
  );
  const times = shapes.filter((row) => {
    const shape = readShape(String(row.shape));
    return shape !== null && shape.order !== 'epoch_s' && shape.order !== 'epoch_ms';
  });
  const n = Number(facts[0]?.n ?? 0);
  return {
    column,
    known: n,
    distinct: Number(facts[0]?.d ?? 0),
    longest: Number(facts[0]?.longest ?? 0),
    top: top.map((row) => ({ value: String(row.v), n: Number(row.n) })),
    timeShare: n === 0 ? 0 : times.reduce((sum, row) => sum + Number(row.n), 0) / n,
    integer: facts[0]?.integer === true,
  };
}

/** How often each column changes inside a key. */
export async function profileWithinKey(
  stage: Stage,
  key: string,
  columns: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = columns.map((column, i) => `count(distinct coalesce(${ident(column)}, '')) as d${i}`);
  const shares = columns.map((_, i) => `avg(case when d${i} <= 1 then 1.0 else 0.0 end) as c${i}`);
  const rows = await stage.query(
    `select ${shares.join(', ')} from (select ${ident(key)} as k, ${counts.join(', ')} from raw where ${ident(key)} is not null group by k)`,
  );
  return new Map(columns.map((column, i) => [column, Number(rows[0]?.[`c${i}`] ?? 1)]));
}

/** For counts along the rows of a key: keys in which the number falls, and in which it rises. */
export async function profileRise(
  stage: Stage,
  key: string,
  column: string,
  at: string,
  order: string | null,
): Promise<{ readonly falls: number; readonly rises: number; readonly keys: number }> {
  const ordering = [at, ...(order === null ? [] : [`try_cast(${ident(order)} as bigint)`])].join(', ');
  const rows = await stage.query(
    `select count(*) as keys, count(*) filter (where falls > 0) as falls, count(*) filter (where rises > 0) as rises from (
       select k, count(*) filter (where v < before) as falls, count(*) filter (where v > before) as rises from (
         select ${ident(key)} as k, try_cast(${ident(column)} as bigint) as v,
           lag(try_cast(${ident(column)} as bigint)) over (partition by ${ident(key)} order by ${ordering}) as before from raw)
       where k is not null group by k)`,
  );
  return { falls: Number(rows[0]?.falls), rises: Number(rows[0]?.rises), keys: Number(rows[0]?.keys) };
}
