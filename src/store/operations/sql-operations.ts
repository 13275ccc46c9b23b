import { WorkspaceName } from '../../domain/operations.ts';
import type { Operations } from '../operations-port.ts';
import { sqlAccess } from './access.ts';
import { sqlInvitations } from './invitations.ts';
import { sqlMoves } from './moves.ts';
import { sqlNotices } from './notices.ts';
import { checked, type OperationsSql } from './operations-sql.ts';
import { sqlPrune } from './prune.ts';
import { sqlRuns } from './runs.ts';
import { sqlSchedules } from './schedules.ts';
import { sqlSessions } from './sessions.ts';
import { sqlTallies } from './tallies.ts';

/** The journal of the fleet over plain SQL, which every engine of ours understands. */
export function sqlOperations(db: OperationsSql): Operations {
  return {
    now: () => db.now(),
    async workspaces() {
      return (await db.rows('SELECT name FROM operations.workspace')).map((row) => String(row.name)).sort();
    },
    async addWorkspace(name) {
      const workspace = checked(WorkspaceName, name, 'workspace');
      await db.rows('INSERT INTO operations.workspace (name) VALUES ($1) ON CONFLICT (name) DO NOTHING', [workspace]);
    },
    ...sqlSchedules(db),
    ...sqlRuns(db),
    ...sqlNotices(db),
    ...sqlAccess(db),
    ...sqlSessions(db),
    ...sqlInvitations(db),
    ...sqlMoves(db),
    ...sqlTallies(db),
    prune: sqlPrune(db),
    close: () => db.close(),
  };
}
