import { AccessToken, AuditEntry } from '../../domain/operations.ts';
import type { SqlValue } from '../../domain/sql-session.ts';
import type { Operations } from '../operations-port.ts';
import {
  asJson,
  asJsonOrNull,
  checked,
  insertNew,
  limitOf,
  type OperationsSql,
  olderThan,
  placesFor,
  rowReader,
  upsert,
} from './operations-sql.ts';

const toToken = rowReader(AccessToken, ['workspaces']);
const toEntry = rowReader(AuditEntry, ['detail']);

type Part = Pick<Operations, 'tokens' | 'token' | 'tokenByHash' | 'saveToken' | 'addAudit' | 'audit'>;

/** Who may do what, and what was done. */
export function sqlAccess(db: OperationsSql): Part {
  return {
    async tokens() {
      return (await db.rows('SELECT * FROM operations.token ORDER BY created_at, id')).map(toToken);
    },
    async token(id) {
      const [row] = await db.rows('SELECT * FROM operations.token WHERE id = $1', [id]);
      return row === undefined ? null : toToken(row);
    },
    async tokenByHash(hash) {
      const [row] = await db.rows('SELECT * FROM operations.token WHERE hash = $1', [hash]);
      return row === undefined ? null : toToken(row);
    },
    async saveToken(token) {
      const { workspaces, ...rest } = checked(AccessToken, token, 'token');
      const { sql, params } = upsert('token', ['id'], { ...rest, workspaces: asJsonOrNull(workspaces) });
      await db.rows(sql, params);
    },
    async addAudit(entry) {
      const { detail, ...rest } = checked(AuditEntry, entry, 'audit entry');
      await insertNew(db, 'audit', 'id', [{ ...rest, detail: asJson(detail) }]);
    },
    async audit(filter) {
      const params: SqlValue[] = [];
      const conditions = [
        ...(filter.workspace === undefined ? [] : [`workspace = ${placesFor(params, [filter.workspace])}`]),
        ...(filter.after === undefined ? [] : [olderThan(filter.after, params)]),
      ];
      const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
      const sql = `SELECT * FROM operations.audit ${where} ORDER BY "at" DESC, id DESC LIMIT ${placesFor(params, [limitOf(filter.limit)])}`;
      return (await db.rows(sql, params)).map(toEntry);
    },
  };
}
