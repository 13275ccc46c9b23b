import type { DateEvidence } from './date-evidence.ts';
import type { DateFormat } from './mapping-schema.ts';
import { known, lit } from './sql.ts';
import type { Stage } from './stage.ts';
import type { TimeShape, Wording } from './time-shapes.ts';
import { type TimeSql, writePatternSql, writeTimeSql } from './time-sql.ts';

export interface TimeColumn {
  readonly column: string;
  readonly missing: readonly string[];
  /** Declared in the mapping; null = to be told from the values. */
  readonly format: DateFormat | null;
}

/** How one column is read, and why. */
export interface TimeReading {
  readonly column: string;
  /**
   * SQL expression over `raw`: epoch milliseconds UTC; null where missing, unreadable or a placeholder. A bare date is its first instant in
   * the zone of the file.
   */
  readonly sql: string;
  /** SQL condition over `raw`, never null: the value is a day without a time of day. An end of that kind means the end of its day. */
  readonly dateOnlySql: string;
  /** SQL condition over `raw`, never null: the value stands for "none" (0000-00-00, 1900-01-01, 1970-01-01, 9999-12-31 and the like). */
  readonly placeholderSql: string;
  /**
   * SQL condition over `raw`, never null: the value is a local time without an offset, in a column where some come twice because summer time
   * ends. `sql` is the first of the two, an hour before the second.
   */
  readonly twiceSql: string;
  /** Some readable value carries no offset from UTC: `time_zone` was applied to it. */
  readonly naive: boolean;
  readonly why: string;
  /** Values that are neither missing, nor placeholders, nor of a readable form. */
  readonly unreadable: number;
  /** Values that are not missing; placeholders and bare dates are among them. */
  readonly values: number;
  readonly placeholders: number;
  readonly dateOnly: number;
  /** The order of day and month that was settled by evidence, when there was one to settle. */
  readonly order: 'day_first' | 'month_first' | null;
  /** The values are numbers of days, as spreadsheets count them. */
  readonly serial: boolean;
}

/** How far the two readings of a local time that comes twice lie apart. */
export const HOUR_MS = 3_600_000;

/** What the values of a column look like. */
export interface Shapes {
  readonly one: TimeColumn;
  readonly shapes: readonly { shape: string; n: number; meaning: TimeShape | null }[];
  /** What must be made plain in its values before they are read. */
  readonly wording: Wording;
  readonly evidence: DateEvidence;
}

/** How a column is to be read. */
export interface Settled {
  readonly use: readonly TimeShape[];
  readonly swap: boolean;
  readonly pattern: string | null;
  readonly why: string;
  readonly order: 'day_first' | 'month_first' | null;
}

interface Counts {
  readonly values: number;
  readonly unreadable: number;
  readonly placeholders: number;
  readonly dateOnly: number;
  readonly naive: number;
  readonly twice: number;
}

/** SQL of the first of two instants of one local time; the engine reads the second. The long SQL of the instant stands in it once. */
function firstOf(ms: string, when: string, zone: string): string {
  const twice = `${sameLocal('ms_at', `ms_at - ${HOUR_MS}`, zone)} and ${when}`;
  return `list_transform([${ms}], lambda ms_at: case when ${twice} then ms_at - ${HOUR_MS} else ms_at end)[1]`;
}

/** SQL condition, never null: two instants (epoch milliseconds) have one local time in a zone. */
export function sameLocal(one: string, other: string, zone: string): string {
  const local = (ms: string): string => `timezone(${lit(zone)}, to_timestamp((${ms}) / 1000.0))`;
  return `coalesce(${local(one)} = ${local(other)}, false)`;
}

/** A time that a spreadsheet wrote as ##### is lost cell by cell; it says nothing against the form of the column. */
async function count(stage: Stage, value: string, parts: TimeSql, twice: string): Promise<Counts> {
  const rows = await stage.query(
    `select coalesce(sum(n), 0) as n, coalesce(sum(n) filter (where p), 0) as placeholders,
       coalesce(sum(n) filter (where t is null and not p and not h), 0) as bad, coalesce(sum(n) filter (where d and not p and t is not null), 0) as days,
       coalesce(sum(n) filter (where t is not null and not p and not z), 0) as naive, coalesce(sum(n) filter (where ${twice} and not p), 0) as twice
     from (select "#n" as n, ${parts.ms} as t, ${parts.placeholder} as p, ${parts.dateOnly} as d, ${parts.offset} as z,
         regexp_full_match(${value}, '#+') as h
       from (select count(*) as "#n", min(row_nr) as row_nr from raw where ${value} is not null group by ${value}) join raw using (row_nr))`,
  );
  const row = rows[0] ?? {};
  return {
    values: Number(row.n),
    unreadable: Number(row.bad),
    placeholders: Number(row.placeholders),
    dateOnly: Number(row.days),
    naive: Number(row.naive),
    twice: Number(row.twice),
  };
}
/** Settles nothing any more: writes the SQL of one column and counts what it gives. Problems are those of the file, not of single values. */
export async function readColumn(
  stage: Stage,
  { one, wording, shapes }: Shapes,
  settled: Settled,
  zone: string | null,
  name: string,
): Promise<{ reading: TimeReading; problems: string[] }> {
  const value = known(one.column, one.missing);
  const parts =
    settled.pattern === null
      ? writeTimeSql(value, wording, settled.use, settled.swap, zone ?? 'UTC')
      : writePatternSql(value, settled.pattern, zone ?? 'UTC');
  const shifting = zone !== null && zone !== 'UTC';
  const found = await count(
    stage,
    value,
    parts,
    shifting ? `(not z and ${sameLocal('t', `t - ${HOUR_MS}`, zone)})` : 'false',
  );
  const twice = shifting && found.twice > 0 ? `not ${parts.offset}` : 'false';
  const ms = twice === 'false' ? parts.ms : firstOf(parts.ms, twice, zone ?? 'UTC');
  const problems: string[] = [];
  if (found.naive > 0 && zone === null)
    problems.push(
      `${name}: times of "${one.column}" carry no offset from UTC: say with \`time_zone\` in which IANA zone they were written`,
    );
  const read = found.values - found.placeholders;
  if (read > 0 && found.unreadable > Math.max(1, read / 20)) {
    const odd = shapes.find((s) => s.meaning === null) ?? shapes[0];
    problems.push(
      `${name}: ${found.unreadable} of ${read} values of "${one.column}" are no times of the form ${settled.pattern ?? one.format ?? 'seen'}; commonest other form: ${odd?.shape.slice(0, 40) ?? 'none'} (9 = digit)`,
    );
  }
  const serial = settled.use.some((s) => s.order === 'serial');
  const reading: TimeReading = {
    column: one.column,
    sql: found.placeholders > 0 ? `(case when ${parts.placeholder} then null else ${ms} end)` : ms,
    dateOnlySql: found.dateOnly > 0 ? parts.dateOnly : 'false',
    placeholderSql: found.placeholders > 0 ? parts.placeholder : 'false',
    twiceSql: twice,
    naive: found.naive > 0,
    why: serial ? 'numbers of days since 1899-12-30, as spreadsheets count them' : settled.why,
    unreadable: found.unreadable,
    values: found.values,
    placeholders: found.placeholders,
    dateOnly: found.dateOnly,
    order: settled.order,
    serial,
  };
  return { reading, problems };
}
