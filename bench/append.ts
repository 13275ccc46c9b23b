import { type DuckDBAppender, DuckDBTimestampValue } from '@duckdb/node-api';

/** Values as they lie in the JSON, appended one by one: the fastest of the ordinary ways into the engine. */
export type Scalar = string | number | boolean | null;

export function text(to: DuckDBAppender, value: unknown): void {
  if (value === null || value === undefined) to.appendNull();
  else to.appendVarchar(String(value as Scalar));
}

export function whole(to: DuckDBAppender, value: number | null): void {
  if (value === null) to.appendNull();
  else to.appendBigInt(BigInt(value));
}

export function instant(to: DuckDBAppender, ms: number): void {
  to.appendTimestamp(new DuckDBTimestampValue(BigInt(ms) * 1000n));
}

/** Columns of one type, by their names with blanks between. */
export function columns(names: string, type: string): string {
  return names
    .split(' ')
    .map((name) => `${name} ${type}`)
    .join(', ');
}
