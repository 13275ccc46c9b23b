import type { SqlValue } from '../../domain/sql-session.ts';
import type { Operations } from '../operations-port.ts';
import { type OperationsSql, placesFor, type Statements } from './operations-sql.ts';

const BATCH = 1_000;

async function removeOld(
  sql: Statements,
  table: 'run' | 'audit' | 'session' | 'invitation',
  column: string,
  before: Date,
): Promise<number> {
  const key = table === 'session' ? 'hash' : 'id';
  for (let removed = 0; ; ) {
    const rows = await sql.rows(
      `DELETE FROM operations.${table} WHERE ${key} IN (SELECT ${key} FROM operations.${table} WHERE ${column} < $1 LIMIT ${BATCH}) RETURNING ${key}`,
      [before],
    );
    removed += rows.length;
    if (rows.length < BATCH) return removed;
  }
}

/**
 * Notices that nobody waits for. The newest of each kind about each subject stays: it is how one knows what was already said, and
 * without it a desk that is broken for longer than notices are kept would be announced again.
 */
async function removeOldNotices(sql: Statements, before: Date): Promise<number> {
  for (let removed = 0; ; ) {
    const rows = await sql.rows(
      `SELECT id FROM operations.notice AS old WHERE "at" < $1
        AND NOT EXISTS (SELECT 1 FROM operations.delivery WHERE delivery.notice = old.id AND delivery.status = 'due')
        AND EXISTS (SELECT 1 FROM operations.notice AS later WHERE later.workspace = old.workspace AND later.kind = old.kind
          AND later.subject IS NOT DISTINCT FROM old.subject
          AND (later."at" > old."at" OR (later."at" = old."at" AND later.id > old.id)))
      LIMIT ${BATCH}`,
      [before],
    );
    if (rows.length > 0) {
      const ids: SqlValue[] = [];
      const places = placesFor(
        ids,
        rows.map((row) => String(row.id)),
      );
      await sql.rows(`DELETE FROM operations.delivery WHERE notice IN (${places})`, ids);
      await sql.rows(`DELETE FROM operations.notice WHERE id IN (${places})`, ids);
    }
    removed += rows.length;
    if (rows.length < BATCH) return removed;
  }
}

export function sqlPrune(db: OperationsSql): Operations['prune'] {
  return async (before) =>
    db.transaction(async (sql) => {
      const runs = await removeOld(sql, 'run', 'ended_at', before.runs);
      const notices = await removeOldNotices(sql, before.notices);
      const invitations = await removeOld(sql, 'invitation', 'expires_at', before.runs);
      const sessions = await removeOld(sql, 'session', 'expires_at', before.sessions);
      return runs + invitations + notices + sessions + (await removeOld(sql, 'audit', '"at"', before.audit));
    });
}
