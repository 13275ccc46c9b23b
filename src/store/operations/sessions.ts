import { Session } from '../../domain/session.ts';
import type { Operations } from '../operations-port.ts';
import { checked, type OperationsSql, rowReader, upsert } from './operations-sql.ts';

const toSession = rowReader(Session, []);

type Part = Pick<Operations, 'sessionByHash' | 'addSession' | 'touchSession' | 'endSession'>;

/** Who is signed in at the page. */
export function sqlSessions(db: OperationsSql): Part {
  return {
    async sessionByHash(hash) {
      const [row] = await db.rows('SELECT * FROM operations.session WHERE hash = $1', [hash]);
      return row === undefined ? null : toSession(row);
    },
    async addSession(session, most) {
      const { sql, params } = upsert('session', ['hash'], checked(Session, session, 'session'));
      const [owner, id] = session.token === null ? ['invitation', session.invitation] : ['token', session.token];
      await db.transaction(async (within) => {
        await within.rows(sql, params);
        const old = await within.rows(
          `SELECT hash FROM operations.session WHERE ${owner} = $1 ORDER BY created_at DESC, hash LIMIT 1000 OFFSET ${Math.trunc(most)}`,
          [id],
        );
        for (const { hash } of old) await within.rows('DELETE FROM operations.session WHERE hash = $1', [hash ?? null]);
      });
    },
    async touchSession(hash, at) {
      await db.rows('UPDATE operations.session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2', [hash, at]);
    },
    async endSession(hash) {
      const ended = await db.rows('DELETE FROM operations.session WHERE hash = $1 RETURNING hash', [hash]);
      return ended.length > 0;
    },
  };
}
