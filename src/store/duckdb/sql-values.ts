import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
  listValue,
} from '@duckdb/node-api';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';

const DAY_MS = 86_400_000;

function fromBigint(value: bigint): number | string {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value.toString();
}

/** Instants are stored with millisecond meaning; a finer fraction is cut off. */
function fromMicros(micros: bigint): Date {
  return new Date(Number(micros / 1000n));
}

/**
 * Turns a value of the engine into one of ours: bigints into numbers or, beyond 2^53, strings; every kind of timestamp and
 * date into a `Date`; lists into arrays. Anything else (intervals, structs) becomes its text.
 */
function fromDuckdb(value: DuckDBValue): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return fromBigint(value);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return fromMicros(value.micros);
  if (value instanceof DuckDBListValue) return value.items.map(fromDuckdb);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBDateValue) return new Date(value.days * DAY_MS);
  if (value instanceof DuckDBTimestampMillisecondsValue) return new Date(Number(value.millis));
  if (value instanceof DuckDBTimestampSecondsValue) return new Date(Number(value.seconds) * 1000);
  if (value instanceof DuckDBTimestampNanosecondsValue) return fromMicros(value.nanos / 1000n);
  return String(value);
}

/** Rows of the engine as plain objects with values of ours. */
export function toRows(names: readonly string[], rows: readonly (readonly DuckDBValue[])[]): SqlRow[] {
  return rows.map((row) => {
    const out: SqlRow = {};
    for (let i = 0; i < names.length; i++) out[names[i] as string] = fromDuckdb(row[i] ?? null);
    return out;
  });
}

/** A parameter as the engine wants it: instants as UTC timestamps, arrays as lists. */
export function toDuckdb(value: SqlValue): DuckDBValue {
  if (value instanceof Date) return new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n);
  if (Array.isArray(value)) return listValue(value.map(toDuckdb));
  return value;
}

/** An instant as a SQL literal of type TIMESTAMP, UTC. */
export function instantLiteral(at: Date): string {
  return `make_timestamp(${BigInt(at.getTime()) * 1000n})`;
}

/** A column name in quotes: `at` alone is a word of the engine's grammar. */
export function quoted(name: string): string {
  return `"${name}"`;
}

/** A text as a SQL literal. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
