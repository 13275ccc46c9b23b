import { BOOLEAN, DOUBLE, type DuckDBType, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { Column } from '../../domain/columns.ts';
import { quoted } from './sql-values.ts';

/** Marks a value that the column may not hold. */
export const BAD = Symbol('bad value');

/**
 * How one column goes into the staging table. Whole columns are converted at once and without allocating an object for each
 * value: instants and integers travel as doubles (exact up to 2^53) and become TIMESTAMP and BIGINT in SQL.
 */
export interface ColumnWriter {
  readonly name: string;
  readonly expected: string;
  readonly stageType: DuckDBType;
  readonly stageSql: string;
  /** SQL that turns the staged value into the stored one. */
  readonly select: string;
  convert(value: unknown): DuckDBValue | typeof BAD;
}

interface Kind {
  readonly expected: string;
  readonly stageType: DuckDBType;
  readonly stageSql: string;
  readonly select: (name: string) => string;
  readonly convert: (column: Column) => (value: unknown) => DuckDBValue | typeof BAD;
}

const NUL = '\u0000';

function allowedWords(column: Column): ReadonlySet<string> | null {
  let schema: unknown = column.schema;
  while (typeof schema === 'object' && schema !== null) {
    if ('options' in schema && Array.isArray(schema.options)) return new Set(schema.options.map(String));
    if (!('unwrap' in schema) || typeof schema.unwrap !== 'function') return null;
    schema = schema.unwrap();
  }
  return null;
}

function convertText(column: Column): (value: unknown) => DuckDBValue | typeof BAD {
  const words = allowedWords(column);
  if (words !== null) return (value) => (typeof value === 'string' && words.has(value) ? value : BAD);
  return (value) => (typeof value === 'string' && !value.includes(NUL) ? value : BAD);
}

function isCleanText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes(NUL);
}

const KINDS: Readonly<Record<Column['type'], Kind>> = {
  text: {
    expected: 'text without NUL',
    stageType: VARCHAR,
    stageSql: 'VARCHAR',
    select: (name) => name,
    convert: convertText,
  },
  time: {
    expected: 'a valid instant',
    stageType: DOUBLE,
    stageSql: 'DOUBLE',
    select: (name) => `make_timestamp(CAST(${name} AS BIGINT) * 1000)`,
    convert: () => (value) => {
      if (!(value instanceof Date)) return BAD;
      const ms = value.getTime();
      return Number.isNaN(ms) ? BAD : ms;
    },
  },
  int: {
    expected: 'a whole number within 2^53',
    stageType: DOUBLE,
    stageSql: 'DOUBLE',
    select: (name) => `CAST(${name} AS BIGINT)`,
    convert: () => (value) => (Number.isSafeInteger(value) ? (value as number) : BAD),
  },
  real: {
    expected: 'a finite number',
    stageType: DOUBLE,
    stageSql: 'DOUBLE',
    select: (name) => name,
    convert: () => (value) => (Number.isFinite(value) ? (value as number) : BAD),
  },
  bool: {
    expected: 'true or false',
    stageType: BOOLEAN,
    stageSql: 'BOOLEAN',
    select: (name) => name,
    convert: () => (value) => (typeof value === 'boolean' ? value : BAD),
  },
  texts: {
    expected: 'a list of texts without NUL',
    stageType: LIST(VARCHAR),
    stageSql: 'VARCHAR[]',
    select: (name) => name,
    convert: () => (value) => (Array.isArray(value) && value.every(isCleanText) ? listValue(value) : BAD),
  },
  json: {
    expected: 'the JSON shape of the column',
    stageType: VARCHAR,
    stageSql: 'VARCHAR',
    select: (name) => `CAST(${name} AS JSON)`,
    convert: (column) => (value) => {
      const parsed = column.schema.safeParse(value);
      return parsed.success ? JSON.stringify(parsed.data) : BAD;
    },
  },
};

export function columnWriter(name: string, column: Column): ColumnWriter {
  const kind = KINDS[column.type];
  const convert = kind.convert(column);
  const words = allowedWords(column);
  return {
    name,
    expected: words === null ? kind.expected : `one of ${[...words].join(', ')}`,
    stageType: kind.stageType,
    stageSql: kind.stageSql,
    select: kind.select(quoted(name)),
    convert: column.nullable ? (value) => (value === null ? null : convert(value)) : convert,
  };
}
