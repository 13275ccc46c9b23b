import { parseLosslessJson } from '../../src/kit/lossless-json.ts';
import type { Kind } from './layout.ts';

/** SQL string literal. */
export function lit(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** SQL identifier, as it is written. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * SQL of a value of a column as text that loses nothing: whole numbers without decimals, nested ones as JSON, instants as UTC text of one form, so that
 * their order is that of time. What is not of its kind stays as it is written: the vendor's schema sets it aside with its place. Empty texts are null.
 */
export function cellSql(column: string, type: string, kind: Kind): string {
  const plain = `nullif(trim(${textSql(column, type)}), '')`;
  if (kind === 'time' || kind === 'epoch') return timeSql(plain);
  if (kind === 'date') return `left(${plain}, 10)`;
  if (kind === 'id') return `regexp_replace(${plain}, '\\.0+$', '')`;
  return plain;
}

function textSql(column: string, type: string): string {
  const plain = `cast(${column} as varchar)`;
  if (type === 'DOUBLE' || type === 'FLOAT')
    return `case when isfinite(${column}) and ${column} = trunc(${column}) and abs(${column}) < 1e18 then cast(cast(${column} as hugeint) as varchar) else ${plain} end`;
  if (type.startsWith('DECIMAL'))
    return `case when ${column} = trunc(${column}) then cast(cast(${column} as hugeint) as varchar) else ${plain} end`;
  if (/\[\d*\]$/.test(type) || /^(MAP|STRUCT|UNION)\(/.test(type)) return `cast(to_json(${column}) as varchar)`;
  return plain;
}

/** SQL of a text as an instant of one form. The tools write UTC; a value without an offset is UTC, a bare number counts milliseconds, or seconds where it is short. */
export function timeSql(text: string): string {
  const instant = `coalesce(
    case when regexp_full_match(${text}, '\\d{12,14}') then to_timestamp(cast(${text} as double) / 1000)
      when regexp_full_match(${text}, '\\d{9,10}') then to_timestamp(cast(${text} as double)) end,
    try_cast(regexp_replace(${text}, '\\s*UTC$', '+00') as timestamptz))`;
  return `coalesce(strftime(${instant} at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ'), ${text})`;
}

/** The text of a cell as the vendor's interface would write it; what is not of its kind stays text. */
export function readCell(text: string | null, kind: Kind): unknown {
  if (text === null) return null;
  switch (kind) {
    case 'number':
      return Number.isNaN(Number(text)) ? text : Number(text);
    case 'bool':
      return /^(true|t|1)$/i.test(text) ? true : /^(false|f|0)$/i.test(text) ? false : text;
    case 'time':
      return text.replace(/\.000Z$/, 'Z');
    case 'epoch':
      return Number.isNaN(Date.parse(text)) ? text : Date.parse(text) / 1000;
    case 'json':
      return readJson(text);
    default:
      return text;
  }
}

function readJson(text: string): unknown {
  try {
    return parseLosslessJson(text);
  } catch (error) {
    // A plain word in a column of JSON is that word; the vendor's schema says whether it may be one.
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Puts a value at a place (`via.source.rel`) of a record. */
export function putAt(record: Record<string, unknown>, place: string, value: unknown): void {
  const keys = place.split('.');
  const last = keys.pop() ?? place;
  let at = record;
  for (const key of keys) {
    const next = at[key];
    if (typeof next === 'object' && next !== null) at = next as Record<string, unknown>;
    else {
      const made: Record<string, unknown> = {};
      at[key] = made;
      at = made;
    }
  }
  at[last] = value;
}
