import { Invitation } from '../../domain/invitation.ts';
import type { Operations } from '../operations-port.ts';
import { checked, insertInto, type OperationsSql, rowReader } from './operations-sql.ts';

const toInvitation = rowReader(Invitation, []);

type Part = Pick<
  Operations,
  'invitations' | 'invitation' | 'invitationByHash' | 'addInvitation' | 'takeInvitation' | 'revokeInvitation'
>;

/** Who was asked to answer. */
export function sqlInvitations(db: OperationsSql): Part {
  const one = async (column: 'id' | 'hash', value: string): Promise<Invitation | null> => {
    const [row] = await db.rows(`SELECT * FROM operations.invitation WHERE ${column} = $1`, [value]);
    return row === undefined ? null : toInvitation(row);
  };
  return {
    invitation: (id) => one('id', id),
    invitationByHash: (hash) => one('hash', hash),
    async invitations(workspace) {
      const sql = 'SELECT * FROM operations.invitation WHERE workspace = $1 ORDER BY created_at DESC, id';
      return (await db.rows(sql, [workspace])).map(toInvitation);
    },
    async addInvitation(invitation) {
      const row = checked(Invitation, invitation, 'invitation');
      for (const { sql, params } of insertInto('invitation', [row], '')) await db.rows(sql, params);
    },
    async takeInvitation(id, at) {
      const used = await db.rows(
        `UPDATE operations.invitation SET used_at = $2
          WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2 RETURNING id`,
        [id, at],
      );
      return used.length > 0;
    },
    async revokeInvitation(workspace, id, at) {
      const [row] = await db.rows(
        `UPDATE operations.invitation SET revoked_at = coalesce(revoked_at, $3) WHERE workspace = $1 AND id = $2 RETURNING *`,
        [workspace, id, at],
      );
      return row === undefined ? null : toInvitation(row);
    },
  };
}
