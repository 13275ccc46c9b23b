import pg from 'pg';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import type { Postgres, PostgresSql } from './pool.ts';

/** The database as one workspace may see it: each transaction names the workspace, and row-level security lets nothing else through. */
export interface Scope {
  readonly workspace: string;
  /** As `Postgres.transaction`; `mode` follows BEGIN. */
  transaction<T>(doing: string, work: (sql: PostgresSql) => Promise<T>, mode?: string): Promise<T>;
  /** One statement. `$1` is the workspace; the given parameters follow. */
  rows(doing: string, sql: string, params?: readonly SqlValue[]): Promise<SqlRow[]>;
}

export function scopeOf(postgres: Postgres, workspace: string): Scope {
  const name = `SET LOCAL plumbline.workspace = ${pg.escapeLiteral(workspace)}`;
  const transaction: Scope['transaction'] = (doing, work, mode = '') =>
    postgres.transaction(doing, work, `BEGIN ${mode}; ${name}`);
  return {
    workspace,
    transaction,
    rows: (doing, sql, params = []) => transaction(doing, (tx) => tx.rows(sql, [workspace, ...params])),
  };
}
