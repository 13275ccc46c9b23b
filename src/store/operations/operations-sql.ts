import type { z } from 'zod';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';

/** Statements that take effect together. */
export interface Statements {
  rows(sql: string, params?: readonly SqlValue[]): Promise<SqlRow[]>;
}

/** How the journal talks to its database; the SQL is the same on every engine (ON CONFLICT, RETURNING, `$1`). */
export interface OperationsSql {
  /** One statement, which is a transaction of its own. */
  rows(sql: string, params?: readonly SqlValue[]): Promise<SqlRow[]>;
  transaction<T>(work: (sql: Statements) => Promise<T>): Promise<T>;
  /** Ending of a SELECT that takes rows away from other callers: `FOR UPDATE SKIP LOCKED`, or nothing where there is one caller. */
  readonly skipLocked: string;
  now(): Promise<Date>;
  close(): Promise<void>;
}

/** A value of the engine as JSON text holds it. */
export const asJson = (value: unknown): string => JSON.stringify(value);
export const asJsonOrNull = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

function parsed<T>(schema: z.ZodType<T>, value: unknown, refuse: { code: ErrorCode; what: string; remedy: string }): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new PlumblineError(
    refuse.code,
    `${refuse.what}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'unknown problem'}`,
    refuse.remedy,
    { cause: result.error },
  );
}

/** What is about to be written. Refused here, it cannot make every later reading of its table fail. Errors: BUG. */
export function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  return parsed(schema, value, { code: 'BUG', what: `The journal was given a bad ${what}`, remedy: 'Report this.' });
}

/** A reader of rows whose columns `json` hold JSON text. Errors: STORE_FAILED for a row that is not of this version's form. */
export function rowReader<T>(schema: z.ZodType<T>, json: readonly string[]): (row: SqlRow) => T {
  return (row) => {
    const value: Record<string, unknown> = { ...row };
    for (const column of json) {
      const text = value[column];
      value[column] = typeof text === 'string' ? JSON.parse(text) : null;
    }
    return parsed(schema, value, {
      code: 'STORE_FAILED',
      what: 'A row of the journal cannot be read',
      remedy: 'Was it written by another version of plumbline? Then use that one or a newer one.',
    });
  };
}

const quoted = (column: string): string => `"${column}"`;
/** Parameters of one statement stay far below what the engines take (PostgreSQL: 65,535). */
const ROWS_A_STATEMENT = 200;

/** Statements that insert rows of the same columns; `tail` follows the values. No row, no statement. */
export function insertInto(
  table: string,
  rows: readonly SqlRow[],
  tail: string,
): { readonly sql: string; readonly params: readonly SqlValue[] }[] {
  const [first] = rows;
  if (first === undefined) return [];
  const columns = Object.keys(first);
  const statements: { sql: string; params: SqlValue[] }[] = [];
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const params: SqlValue[] = [];
    const tuples = rows.slice(start, start + ROWS_A_STATEMENT).map((row) => {
      const places = columns.map((column) => `$${params.push(row[column] ?? null)}`);
      return `(${places.join(', ')})`;
    });
    const sql = `INSERT INTO operations.${table} (${columns.map(quoted).join(', ')}) VALUES ${tuples.join(', ')} ${tail}`;
    statements.push({ sql, params });
  }
  return statements;
}

/** Inserts what is not there yet, in the order of its keys so that two callers cannot block each other; gives the new rows' `key`. */
export async function insertNew(
  sql: Statements,
  table: string,
  key: string,
  rows: readonly SqlRow[],
): Promise<Set<string>> {
  const byKey = new Map(rows.map((row) => [String(row[key]), row]));
  const ordered = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const added = new Set<string>();
  const statements = insertInto(
    table,
    ordered,
    `ON CONFLICT (${quoted(key)}) DO NOTHING RETURNING ${quoted(key)} AS id`,
  );
  for (const statement of statements)
    for (const row of await sql.rows(statement.sql, statement.params)) added.add(String(row.id));
  return added;
}

/** Writes one row, replacing the one of the same keys. */
export function upsert(
  table: string,
  keys: readonly string[],
  row: SqlRow,
): { readonly sql: string; readonly params: readonly SqlValue[] } {
  const rest = Object.keys(row).filter((column) => !keys.includes(column));
  const sets = rest.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ');
  const tail = `ON CONFLICT (${keys.map(quoted).join(', ')}) DO ${rest.length === 0 ? 'NOTHING' : `UPDATE SET ${sets}`}`;
  const [statement] = insertInto(table, [row], tail);
  if (statement === undefined) throw new PlumblineError('BUG', 'An upsert without a row.', 'Report this.');
  return statement;
}

/** A page of 1,000, and one more that says that there are more. */
const MOST_ROWS = 1_001;

/** A limit that a caller may leave out or exaggerate. */
export function limitOf(limit: number | undefined): number {
  return Math.min(MOST_ROWS, Math.max(1, Math.trunc(limit ?? 100)));
}

/** Condition on `at` and `id` for what follows a row of a list that is ordered by both, newest first. */
export function olderThan(row: { readonly at: Date; readonly id: string }, params: SqlValue[]): string {
  const [at, id] = [placesFor(params, [row.at]), placesFor(params, [row.id])];
  // The first condition alone is what an index can begin at.
  return `"at" <= ${at} AND ("at" < ${at} OR id < ${id})`;
}

/** `$1, $2, $3` for a list that is added to the parameters. */
export function placesFor(params: SqlValue[], values: readonly SqlValue[]): string {
  return values.map((value) => `$${params.push(value)}`).join(', ');
}
