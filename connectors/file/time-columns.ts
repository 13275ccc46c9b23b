import { PlumblineError } from '../../src/errors/index.ts';
import { type DateEvidence, settleDateOrder } from './date-evidence.ts';
import type { DateFormat } from './mapping-schema.ts';
import { known, lit } from './sql.ts';
import type { Stage } from './stage.ts';
import { monthFirst, readShape, shapeSql, type TimeShape } from './time-shapes.ts';

export interface TimeColumn {
  readonly column: string;
  readonly missing: readonly string[];
  /** Declared in the mapping; null = to be told from the values. */
  readonly format: DateFormat | null;
}

/** How one column is read, and why. */
export interface TimeReading {
  readonly column: string;
  /** SQL expression over `raw`: epoch milliseconds UTC, null where missing or unreadable. */
  readonly sql: string;
  readonly naive: boolean;
  readonly why: string;
  /** Values that are neither missing nor of a readable form. */
  readonly unreadable: number;
  readonly values: number;
  /** The order of day and month that was settled by evidence, when there was one to settle. */
  readonly order: 'day_first' | 'month_first' | null;
}

interface Shapes {
  readonly one: TimeColumn;
  readonly shapes: readonly { shape: string; n: number; meaning: TimeShape | null }[];
  /** Some values have runs of blanks or tabs inside. */
  readonly spaced: boolean;
  readonly evidence: DateEvidence;
}

/** A day that is none: what databases write where there was no time. */
export const ZERO_DATE = '^(0000[-./]?00[-./]?00|00[-./]00[-./](00)?00)';

/** Distinct shapes are few in real columns; more than this means free text. */
const MAX_SHAPES = 200;

async function look(stage: Stage, one: TimeColumn): Promise<Shapes> {
  const value = known(one.column, one.missing);
  const part = (group: number): string =>
    `try_cast(regexp_extract(v, '^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{4}', ${group}) as integer) > 12`;
  const rows = await stage.query(
    `select ${shapeSql('v')} as shape, cast(sum(n) as bigint) as n, coalesce(sum(n) filter (where ${part(1)}), 0) as first_over,
       coalesce(sum(n) filter (where ${part(2)}), 0) as second_over, bool_or(regexp_matches(v, '\\s\\s|[^\\S ]')) as spaced
     from (select ${value} as v, count(*) as n from raw where ${value} is not null group by v)
     group by shape order by n desc, shape limit ${MAX_SHAPES}`,
  );
  const shapes = rows.map((row) => ({
    shape: String(row.shape),
    n: Number(row.n),
    meaning: readShape(String(row.shape)),
    first: Number(row.first_over),
    second: Number(row.second_over),
  }));
  const numeric = shapes.filter((s) => s.meaning?.order === 'numeric');
  const sum = (pick: (s: (typeof shapes)[number]) => number): number => numeric.reduce((t, s) => t + pick(s), 0);
  return {
    one,
    shapes,
    spaced: rows.some((row) => row.spaced === true),
    evidence: {
      column: one.column,
      numeric: sum((s) => s.n),
      firstOver12: sum((s) => s.first),
      secondOver12: sum((s) => s.second),
    },
  };
}

function zoned(naive: string, zone: string): string {
  if (zone === 'UTC') return `epoch_ms(${naive})`;
  return `epoch_ms(timezone(${lit(zone)}, ${naive}))`;
}

function parseSql(value: string, spaced: boolean, shapes: readonly TimeShape[], swap: boolean, zone: string): string {
  const patterns = [
    ...new Set(
      shapes.filter((s) => !s.offset).map((s) => (s.order === 'numeric' && swap ? monthFirst(s.pattern) : s.pattern)),
    ),
  ];
  const parts: string[] = [];
  if (shapes.some((s) => s.order === 'epoch_s'))
    parts.push(`case when regexp_full_match(${value}, '[0-9]{10}') then cast(${value} as bigint) * 1000 end`);
  if (shapes.some((s) => s.order === 'epoch_ms'))
    parts.push(`case when regexp_full_match(${value}, '[0-9]{13}') then cast(${value} as bigint) end`);
  const offsets = shapes.filter((s) => s.offset && s.pattern !== '');
  if (offsets.length > 0)
    parts.push(
      `case when regexp_matches(${value}, '(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)$') and regexp_matches(${value}, ':') then epoch_ms(try_cast(${value} as timestamptz)) end`,
    );
  if (patterns.length > 0) {
    const text = spaced ? `regexp_replace(${value}, '\\s+', ' ', 'g')` : value;
    parts.push(zoned(`try_strptime(${text}, [${patterns.map(lit).join(', ')}])`, zone));
  }
  return parts.length === 0 ? 'cast(null as bigint)' : `coalesce(${parts.join(', ')})`;
}

/** Shapes that a declared word covers. */
function declared(shapes: Shapes, format: DateFormat): { use: TimeShape[]; swap: boolean } {
  const all = shapes.shapes.flatMap((s) => (s.meaning === null ? [] : [s.meaning]));
  if (format === 'day_first' || format === 'month_first')
    return { use: all.filter((s) => s.order === 'numeric' || s.order === 'named'), swap: format === 'month_first' };
  return { use: all.filter((s) => s.order === format), swap: false };
}

/**
 * Settles how every time column is read: by the declared format, else by the shapes of all its values and, for numbers like 4/3/2016,
 * by values that allow only one order (a day above 12).
 * Errors: BAD_MAPPING, all problems at once: columns whose order of day and month cannot be told or is mixed, columns that hold no
 * times, naive times without `time_zone`, unknown zones.
 */
export async function readTimeColumns(
  stage: Stage,
  columns: readonly TimeColumn[],
  zone: string | null,
  name: string,
): Promise<ReadonlyMap<string, TimeReading>> {
  const looked: Shapes[] = [];
  for (const one of columns) looked.push(await look(stage, one));
  const problems: string[] = [];
  const readings = new Map<string, TimeReading>();
  if (zone !== null) await checkZone(stage, zone, name, problems);
  const usable = zone !== null && problems.length === 0 ? zone : 'UTC';
  for (const shapes of looked) {
    const settled = settle(shapes, looked, name, problems);
    if (settled === null) continue;
    const value = known(shapes.one.column, shapes.one.missing);
    const sql =
      settled.pattern === null
        ? parseSql(value, shapes.spaced, settled.use, settled.swap, usable)
        : zoned(`try_strptime(${value}, ${lit(settled.pattern)})`, usable);
    const naive = settled.pattern !== null || settled.use.some((s) => !s.offset);
    if (naive && zone === null)
      problems.push(
        `${name}: times of "${shapes.one.column}" carry no offset from UTC: say with \`time_zone\` in which IANA zone they were written`,
      );
    const check = await stage.query(
      `select count(*) filter (where v is not null) as n,
         count(*) filter (where v is not null and t is null and not regexp_matches(v, ${lit(ZERO_DATE)})) as bad
       from (select ${value} as v, ${sql} as t from raw)`,
    );
    const [n, bad] = [Number(check[0]?.n), Number(check[0]?.bad)];
    if (n > 0 && bad > Math.max(1, n / 20))
      problems.push(
        `${name}: ${bad} of ${n} values of "${shapes.one.column}" are no times of the form ${settled.pattern ?? shapes.one.format ?? 'seen'}; commonest form of the column: ${shapes.shapes[0]?.shape.slice(0, 40) ?? 'none'} (9 = digit)`,
      );
    readings.set(shapes.one.column, {
      column: shapes.one.column,
      sql,
      naive,
      why: settled.why,
      unreadable: bad,
      values: n,
      order: settled.order,
    });
  }
  if (problems.length > 0)
    throw new PlumblineError(
      'BAD_MAPPING',
      problems[0] ?? 'Times cannot be read.',
      'Set `date_format: day_first` or `month_first` (or a pattern such as %d/%m/%Y %H:%M) for the file or for single columns, and `time_zone`.',
      { where: name, problems },
    );
  return readings;
}

interface Settled {
  readonly use: readonly TimeShape[];
  readonly swap: boolean;
  readonly pattern: string | null;
  readonly why: string;
  readonly order: 'day_first' | 'month_first' | null;
}

function settle(shapes: Shapes, all: readonly Shapes[], name: string, problems: string[]): Settled | null {
  const { one, evidence } = shapes;
  if (one.format?.includes('%') === true)
    return { use: [], swap: false, pattern: one.format, why: 'declared in the mapping', order: null };
  if (one.format !== null) {
    const order = one.format === 'day_first' || one.format === 'month_first' ? one.format : null;
    const against = order === 'day_first' ? evidence.secondOver12 : order === 'month_first' ? evidence.firstOver12 : 0;
    // A wrong declaration would silently lose or bend every such value: say it at once.
    if (against > Math.max(1, evidence.numeric / 20))
      problems.push(
        `${name}: "${one.column}" is declared ${one.format}, but ${against} of ${evidence.numeric} values can only be the other order`,
      );
    return { ...declared(shapes, one.format), pattern: null, why: 'declared in the mapping', order };
  }
  const use = shapes.shapes.flatMap((s) => (s.meaning === null ? [] : [s.meaning]));
  if (evidence.numeric === 0)
    return { use, swap: false, pattern: null, why: 'the form allows one reading only', order: null };
  const verdict = settleDateOrder(
    evidence,
    all.map((s) => s.evidence),
  );
  if (verdict.kind === 'settled')
    return { use, swap: verdict.order === 'month_first', pattern: null, why: verdict.why, order: verdict.order };
  problems.push(
    verdict.kind === 'mixed'
      ? `${name}: "${one.column}" mixes day-first and month-first dates: ${verdict.why}`
      : `${name}: "${one.column}" can be read day first or month first: ${verdict.why}`,
  );
  return null;
}

async function checkZone(stage: Stage, zone: string, name: string, problems: string[]): Promise<void> {
  try {
    await stage.query(`select timezone(${lit(zone)}, timestamp '2020-01-01 00:00:00')`);
  } catch {
    // DuckDB names the unknown zone; the words for people are ours.
    problems.push(`${name}: time_zone "${zone}" is not an IANA zone such as Europe/Berlin or UTC`);
  }
}
