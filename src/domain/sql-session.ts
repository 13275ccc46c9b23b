/** A value that the store hands out of SQL: bigints are already numbers or, beyond 2^53, strings; instants are Dates. */
export type SqlValue = string | number | boolean | Date | null | SqlValue[];
export type SqlRow = Record<string, SqlValue>;

/**
 * Read access to the measure views of one asOf (see docs/measure-views.md). All rows are known at asOf; nothing later leaks in.
 * `query` runs trusted SQL of our own (estimators, metrics). `runPack` runs SQL of a rule pack inside the sandbox: one SELECT over
 * the measure views, no files, no network, no settings, bounded time and memory, in a
 * process of its own unless it ships with the program; it materialises the result and returns
 * its name, to be read with `query` and dropped with `drop`.
 */
export interface SqlSession {
  readonly asOf: Date;
  query(sql: string, params?: Record<string, SqlValue>): Promise<SqlRow[]>;
  /** The same for a query over rows of a pack, whose number is the pack's. Errors: BAD_RULES for more than `mostRows`. */
  queryUpTo(mostRows: number, sql: string): Promise<SqlRow[]>;
  runPack(sql: string, params: Record<string, SqlValue>, limits: PackLimits): Promise<string>;
  /** Whether SQL of a rule pack reads columns of tickets that are joined in only for those who ask; going to and fro costs. */
  readsRareColumns(sql: string): boolean;
  /** The engine's own syntax tree of SQL of a rule pack, as JSON; made where the SQL would run. */
  syntaxTree(sql: string): Promise<string>;
  /** Names and engine types of the columns of a result of `runPack`, in order. */
  columns(name: string): Promise<ReadonlyMap<string, string>>;
  /** Number of rows of a result of `runPack`. */
  rows(name: string): Promise<number>;
  drop(name: string): Promise<void>;
}

export interface PackLimits {
  readonly timeoutMs: number;
  readonly maxRows: number;
}
