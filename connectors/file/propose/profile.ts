import { DOUBTFUL_MISSING, MISSING_WORDS } from '../missing-words.ts';
import { parseDuration } from '../parse-duration.ts';
import { ident, known, lit } from '../sql.ts';
import type { Stage } from '../stage.ts';
import { isSpokenSql, readNumberShape, readShape, shapeSql } from '../time-shapes.ts';

/** What the values of one column look like over the whole file. */
export interface ColumnProfile {
  readonly column: string;
  /** Rows with a value that is not a word for "unknown"; words that may be both count as values. */
  readonly known: number;
  readonly distinct: number;
  readonly longest: number;
  /** Commonest values, at most 60. */
  readonly top: readonly { readonly value: string; readonly n: number }[];
  /** Words that may mean "unknown" or may be a value (NA, None, -), with the number of cells. */
  readonly doubtful: readonly { readonly word: string; readonly n: number }[];
  /** Shares of the values without the doubtful ones (times: without ##### and, as numbers, zeros): written like a time, a number, a duration with its own units (h:mm, h:mm:ss, 3h 20m, 1.5 days), an ISO 8601 duration. */
  readonly timeShare: number;
  /** Seconds or milliseconds since 1970: a time only where the header says so. */
  readonly epochShare: number;
  /** Numbers of days as spreadsheets count them, of the years 2000 to 2063: a time only where the header says so. */
  readonly serialShare: number;
  /** A number that a spreadsheet has rounded (1.23E+17); null when there is none. */
  readonly rounded: string | null;
  readonly numberShare: number;
  /** Numbers with a percent sign. */
  readonly percentShare: number;
  readonly clockShare: number;
  readonly isoShare: number;
  readonly integer: boolean;
  /** Of the numbers; null when there are none. */
  readonly least: number | null;
  readonly greatest: number | null;
  /** Some numbers or clocks have a minus. */
  readonly negative: boolean;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Words for "unknown" that occur, with the number of cells. */
  readonly missing: readonly { readonly word: string; readonly n: number }[];
}

const TOP = 60;

/** Profiles all columns. Memory does not grow with the file; time does, a few seconds a million cells. */
export async function profileColumns(stage: Stage): Promise<Profile> {
  const missing = new Map<string, number>();
  const doubtful = new Map<string, { word: string; n: number }[]>();
  const looked = [...MISSING_WORDS, ...DOUBTFUL_MISSING];
  for (const column of stage.columns) {
    const rows = await stage.query(
      `select trim(${ident(column)}) as word, count(*) as n from raw
       where trim(${ident(column)}) in (${looked.map(lit).join(', ')}) group by 1 order by 2 desc, 1`,
    );
    const found = rows.map((row) => ({ word: String(row.word), n: Number(row.n) }));
    for (const one of found)
      if (MISSING_WORDS.includes(one.word)) missing.set(one.word, (missing.get(one.word) ?? 0) + one.n);
    doubtful.set(
      column,
      found.filter((one) => DOUBTFUL_MISSING.includes(one.word)),
    );
  }
  const words = [...missing.keys()];
  const columns: ColumnProfile[] = [];
  for (const column of stage.columns)
    columns.push(await profileColumn(stage, column, words, doubtful.get(column) ?? []));
  return {
    rows: stage.rows,
    columns,
    missing: [...missing].map(([word, n]) => ({ word, n })).sort((a, b) => b.n - a.n),
  };
}

async function profileColumn(
  stage: Stage,
  column: string,
  missing: readonly string[],
  doubtful: ColumnProfile['doubtful'],
): Promise<ColumnProfile> {
  const value = known(column, missing);
  const solid = known(column, [...missing, ...doubtful.map((one) => one.word)]);
  const facts = await stage.query(
    `select count(v) as n, count(distinct v) as d, max(length(v)) as longest, count(s) as solid,
       bool_and(regexp_full_match(s, '-?[0-9]{1,9}')) as integer,
       count(s) filter (where regexp_full_match(s, '-?[0-9]+([.,][0-9]+)?')) as numbers,
       count(s) filter (where regexp_full_match(s, '[0-9]{1,3}([.,][0-9]+)?\\s*%')) as percents,
       count(s) filter (where regexp_full_match(s, '-?[0-9]{1,4}:[0-9]{2}(:[0-9]{2})?')) as clocks,
       count(s) filter (where regexp_full_match(s, '(3[6-9]|4[0-9]|5[0-9])[0-9]{3}([.][0-9]+)?')) as serials,
       count(s) filter (where regexp_full_match(s, '#+')) as hidden, count(s) filter (where s in ('0', '0.0', '-1')) as zeros,
       min(s) filter (where regexp_full_match(s, '[0-9]([.,][0-9]+)?[eE][+][0-9]{1,2}')) as rounded,
       count(s) filter (where regexp_matches(s, ${lit(LETTERED)})) as lettered,
       count(s) filter (where regexp_full_match(s, '-?P([0-9.]+[DW])?(T([0-9.]+[HMS])*)?') and length(s) > 2) as isos,
       coalesce(bool_or(regexp_matches(s, '^-[0-9]')), false) as negative, coalesce(bool_or(${isSpokenSql('s')}), false) as spoken,
       min(try_cast(s as double)) as least, max(try_cast(s as double)) as greatest
     from (select ${value} as v, ${solid} as s from raw)`,
  );
  const top = await stage.query(
    `select ${value} as v, count(*) as n from raw where ${value} is not null group by 1 order by 2 desc, 1 limit ${TOP}`,
  );
  const shapes = await stage.query(
    `select ${shapeSql('v', facts[0]?.spoken === true ? 'spoken' : 'odd')} as shape, sum(n) as n from (select ${solid} as v, count(*) as n from raw where ${solid} is not null group by 1)
     group by shape order by n desc limit 50`,
  );
  const written = shapes.map(({ shape, n: times }) => {
    const order = readShape(String(shape))?.order ?? readNumberShape(String(shape))?.order ?? null;
    return { order: order === 'serial' ? null : order, n: Number(times) };
  });
  const sum = (of: (order: string) => boolean): number =>
    written.reduce((total, one) => total + (one.order !== null && of(one.order) ? one.n : 0), 0);
  const row = facts[0] ?? {};
  const n = Number(row.solid ?? 0);
  const share = (count: number, of = n): number => (of <= 0 ? 0 : count / of);
  // ##### hides a time in a column that was too narrow; zero is how numbers say "no time".
  const shown = n - Number(row.hidden ?? 0);
  const set = shown - Number(row.zeros ?? 0);
  return {
    column,
    known: Number(row.n ?? 0),
    distinct: Number(row.d ?? 0),
    longest: Number(row.longest ?? 0),
    top: top.map((one) => ({ value: String(one.v), n: Number(one.n) })),
    doubtful,
    timeShare: share(
      sum((order) => !order.startsWith('epoch')),
      shown,
    ),
    epochShare: share(
      sum((order) => order.startsWith('epoch')),
      set,
    ),
    serialShare: share(Number(row.serials ?? 0), set),
    rounded: row.rounded === null || row.rounded === undefined ? null : String(row.rounded),
    numberShare: share(Number(row.numbers ?? 0)),
    percentShare: share(Number(row.percents ?? 0)),
    clockShare: share(Number(row.clocks ?? 0) + Number(row.lettered ?? 0) * (await shareInWords(stage, solid))),
    isoShare: share(Number(row.isos ?? 0)),
    integer: row.integer === true && n > 0,
    least: typeof row.least === 'number' ? row.least : null,
    greatest: typeof row.greatest === 'number' ? row.greatest : null,
    negative: row.negative === true,
  };
}

/** Begins with a number and goes on with letters. */
const LETTERED = '^-?[0-9][0-9.,:]* ?\\p{L}';

/** Of such values, the share that are durations with their own units; the commonest 500 are looked at. */
async function shareInWords(stage: Stage, value: string): Promise<number> {
  const rows = await stage.query(
    `select s, count(*) as n from (select ${value} as s from raw) where regexp_matches(s, ${lit(LETTERED)}) group by 1 order by 2 desc, 1 limit 500`,
  );
  let read = 0;
  let all = 0;
  for (const row of rows) {
    all += Number(row.n);
    if (parseDuration(String(row.s), 'clock', 24) !== null) read += Number(row.n);
  }
  return all === 0 ? 0 : read / all;
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
    `select ${shares.join(', ')} from (select ${ident(key)} as k, ${counts.join(', ')} from raw where ${ident(key)} is not null group by 1)`,
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
