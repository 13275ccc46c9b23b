import { TABLES, type TableName, type TelemetryRecord } from '../domain/telemetry.ts';

type NullableOf<R> = { [K in keyof R as null extends R[K] ? K : never]: R[K] };

const made = new Map<TableName, object>();

/**
 * Every column of a table that may be unknown, unknown: `{ ...blank('ticket'), id, created_at, ... }` writes facts only, and the types ask for the
 * columns that may not be unknown. Never throws.
 */
export function blank<T extends TableName>(table: T): Readonly<NullableOf<TelemetryRecord<T>>> {
  let record = made.get(table);
  if (record === undefined) {
    // Also those that the types ask for, as null, which no column of theirs may hold: what is spread over it then finds its place and the object grows no
    // further. Not frozen: a frozen object is spread key by key, at five times the cost.
    record = Object.fromEntries(Object.keys(TABLES[table].columns).map((name) => [name, null]));
    made.set(table, record);
  }
  return record as NullableOf<TelemetryRecord<T>>;
}
