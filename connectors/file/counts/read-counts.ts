import { TABLES, type TelemetryBatch } from '../../../src/domain/telemetry.ts';
import { NO_VALUE } from '../missing-words.ts';
import { COUNT_NAMES, COUNTS, type CountName, type CountsMapping } from './counts-schema.ts';

const DAY_MS = 86_400_000;
const NOTHING: ReadonlySet<string> = new Set(['', ...NO_VALUE]);

/** One row as the file has it; `start` = first instant of its day in UTC, null where it cannot be read. */
export interface CountsRow {
  readonly nr: number;
  readonly start: number | null;
  readonly cells: Readonly<Partial<Record<CountName, string | null>>>;
}

export interface CountsRead {
  readonly records: TelemetryBatch;
  /** What is wrong, row by row; with any of these nothing may be stored. */
  readonly problems: readonly string[];
  /** Counts that some row states. */
  readonly stated: readonly CountName[];
  /** Rows whose span is not over at `now`: left out. */
  readonly unfinished: readonly number[];
  readonly since: Date | null;
  readonly until: Date | null;
}

/** A whole number, digits in groups of three too; null = none is stated, NaN = something else stands there. */
function readCount(cell: string | null): number | null {
  const text = (cell ?? '').trim();
  if (NOTHING.has(text)) return null;
  if (/^\d+$/.test(text)) return Number(text);
  if (/^\d+\.0$/.test(text)) return Number(text);
  return /^\d{1,3}([,.' \u00a0\u202f\u2019])\d{3}(\1\d{3})*$/.test(text) ? Number(text.replace(/\D/g, '')) : Number.NaN;
}

/** A part and what it is a part of. */
const PARTS: readonly (readonly [CountName, CountName])[] = [
  ['visitors', 'visits'],
  ['searches_without_result', 'searches'],
  ['handed_over', 'bot_sessions'],
  ['solved', 'bot_sessions'],
];

type Numbers = Partial<Record<CountName, number | null>>;

function problemsOf(row: CountsRow, numbers: Numbers, columnOf: (name: CountName) => string): string[] {
  const problems: string[] = [];
  for (const name of COUNT_NAMES) {
    const value = numbers[name];
    if (value !== undefined && value !== null && !Number.isSafeInteger(value))
      problems.push(`row ${row.nr}: "${columnOf(name)}" is no whole number from 0 on`);
  }
  for (const [part, whole] of PARTS) {
    const [a, b] = [numbers[part], numbers[whole]];
    if (a != null && b != null && a > b)
      problems.push(`row ${row.nr}: "${columnOf(part)}" is greater than "${columnOf(whole)}", of which it is a part`);
  }
  return problems;
}

/** Problems of the spans: unreadable, twice, or not on the weekday of the first. */
function spanProblems(rows: readonly CountsRow[], { starts, length }: CountsMapping): string[] {
  const seen = new Map<number, number>();
  const problems: string[] = [];
  const weekday = (at: number): number => new Date(at).getUTCDay();
  const first = rows.find(({ start }) => start !== null);
  for (const { nr, start } of rows) {
    if (start === null) {
      problems.push(`row ${nr}: "${starts.column}" is no date`);
      continue;
    }
    const before = seen.get(start);
    if (before !== undefined) problems.push(`row ${nr}: the same ${length} as row ${before}`);
    else seen.set(start, nr);
    if (length === 'week' && first?.start != null && weekday(start) !== weekday(first.start))
      problems.push(`row ${nr}: its week begins on another weekday than that of row ${first.nr}`);
  }
  return problems;
}

function numbersOf({ cells }: CountsRow): Numbers {
  const named = COUNT_NAMES.filter((name) => name in cells);
  return Object.fromEntries(named.map((name) => [name, readCount(cells[name] ?? null)]));
}

/** The record of one row in a table: none where it states no count of that table. */
function recordsOf(table: 'help_centre_count' | 'bot_count', head: object, numbers: Numbers): object[] {
  const stated = COUNT_NAMES.filter((name) => COUNTS[name][0] === table && numbers[name] != null);
  if (stated.length === 0) return [];
  const empty = Object.fromEntries(Object.keys(TABLES[table].columns).map((column) => [column, null]));
  return [{ ...empty, ...head, ...Object.fromEntries(stated.map((name) => [COUNTS[name][1], numbers[name]])) }];
}

/**
 * Counts of self-service, row by row. All or nothing: rows that contradict themselves or each other are problems, and the caller stores nothing then.
 * Clock: days as the report writes them, taken as UTC; a span that is not over at `now` is left out. Pure. No rows give no records.
 */
export function readCounts(rows: readonly CountsRow[], mapping: CountsMapping, now: Date): CountsRead {
  const days = mapping.length === 'week' ? 7 : 1;
  const columnOf = (name: CountName): string => mapping.counts[name] ?? name;
  const problems = spanProblems(rows, mapping);
  const stated = new Set<CountName>();
  const unfinished: number[] = [];
  const records = { help_centre_count: [] as object[], bot_count: [] as object[] };
  const spans: number[] = [];
  for (const row of rows) {
    const numbers = numbersOf(row);
    problems.push(...problemsOf(row, numbers, columnOf));
    const { start } = row;
    if (start === null) continue;
    if (start + days * DAY_MS > now.getTime()) {
      unfinished.push(row.nr);
      continue;
    }
    spans.push(start);
    for (const name of COUNT_NAMES) if (numbers[name] != null) stated.add(name);
    for (const table of ['help_centre_count', 'bot_count'] as const)
      records[table].push(...recordsOf(table, { day: new Date(start), days }, numbers));
  }
  return {
    records: records as TelemetryBatch,
    problems,
    stated: COUNT_NAMES.filter((name) => stated.has(name)),
    unfinished,
    since: spans.length === 0 ? null : new Date(Math.min(...spans)),
    until: spans.length === 0 ? null : new Date(Math.max(...spans) + days * DAY_MS),
  };
}

/** Monday of an ISO week such as 2026-W09, as epoch milliseconds of its UTC midnight; null = something else. */
export function startOfIsoWeek(text: string): number | null {
  const found = /^(\d{4})[- ]?W(\d{1,2})$/i.exec(text.trim());
  if (found === null) return null;
  const [year, week] = [Number(found[1]), Number(found[2])];
  // 4 January lies in the first week.
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
  const start = monday + (week - 1) * 7 * DAY_MS;
  const thursday = new Date(start + 3 * DAY_MS).getUTCFullYear();
  return week >= 1 && thursday === year ? start : null;
}
