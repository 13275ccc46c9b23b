import { z } from 'zod';

/** Storage type of a telemetry column; adapters translate it to their own SQL type. */
export type ColumnType = 'text' | 'time' | 'int' | 'real' | 'bool' | 'json' | 'texts';

/** One telemetry column: its type, whether it may be unknown (null), and one sentence of meaning with unit and null meaning. */
export interface Column<T extends z.ZodType = z.ZodType> {
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly doc: string;
  readonly schema: T;
}

function column<T extends z.ZodType>(type: ColumnType, schema: T, nullable: boolean, doc: string): Column<T> {
  return { type, nullable, doc, schema };
}

const Text = z.string();
const FiniteReal = z.number().refine(Number.isFinite, 'must be finite');
const Instant = z.date().refine((d) => !Number.isNaN(d.getTime()), 'must be a valid instant');

/** Column makers. The plain form may not be null; the `maybe` form is null when unknown. */
export const is = {
  text: (doc: string) => column('text', Text, false, doc),
  maybeText: (doc: string) => column('text', Text.nullable(), true, doc),
  time: (doc: string) => column('time', Instant, false, doc),
  maybeTime: (doc: string) => column('time', Instant.nullable(), true, doc),
  int: (doc: string) => column('int', z.int(), false, doc),
  maybeInt: (doc: string) => column('int', z.int().nullable(), true, doc),
  real: (doc: string) => column('real', FiniteReal, false, doc),
  maybeReal: (doc: string) => column('real', FiniteReal.nullable(), true, doc),
  bool: (doc: string) => column('bool', z.boolean(), false, doc),
  maybeBool: (doc: string) => column('bool', z.boolean().nullable(), true, doc),
  texts: (doc: string) => column('texts', z.array(z.string()), false, doc),
  maybeTexts: (doc: string) => column('texts', z.array(z.string()).nullable(), true, doc),
  json: <T extends z.ZodType>(schema: T, doc: string) => column('json', schema, false, doc),
  oneOf: <const V extends readonly [string, ...string[]]>(values: V, doc: string) =>
    column('text', z.enum(values), false, `${doc} One of: ${values.join(', ')}.`),
  maybeOneOf: <const V extends readonly [string, ...string[]]>(values: V, doc: string) =>
    column('text', z.enum(values).nullable(), true, `${doc} One of: ${values.join(', ')}; null when unknown.`),
};

export type Columns = Readonly<Record<string, Column>>;

/** A telemetry table: the record schema, the DDL and the data dictionary all derive from this one description. */
export interface Table<C extends Columns = Columns> {
  readonly name: string;
  readonly doc: string;
  /** Primary key columns; `connection` is always the first and is added by the store. */
  readonly key: readonly string[];
  readonly columns: C;
}

export function defineTable<const C extends Columns>(
  table: Omit<Table<C>, 'key'> & { readonly key: readonly (keyof C & string)[] },
): Table<C> {
  return table;
}

export type RecordOf<T extends { readonly columns: Columns }> = {
  -readonly [K in keyof T['columns']]: z.infer<T['columns'][K]['schema']>;
};

/** Strict zod object of one record of `table` (without `connection`). Use `safeParse` at boundaries. */
export function recordSchema<C extends Columns>(table: Table<C>): z.ZodType<RecordOf<Table<C>>> {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, col] of Object.entries(table.columns)) shape[name] = col.schema;
  return z.strictObject(shape) as unknown as z.ZodType<RecordOf<Table<C>>>;
}

/** Types of columns in DuckDB: of the store in one file, the load script and the data dictionary. */
export const DUCKDB_TYPE: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  time: 'TIMESTAMP',
  int: 'BIGINT',
  real: 'DOUBLE',
  bool: 'BOOLEAN',
  json: 'JSON',
  texts: 'VARCHAR[]',
};
