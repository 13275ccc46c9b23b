import { Goal, TrackedMove } from '../../domain/tracked-move.ts';
import type { Operations } from '../operations-port.ts';
import { checked, type OperationsSql, rowReader, upsert } from './operations-sql.ts';

const toMove = rowReader(TrackedMove, []);
const toGoal = rowReader(Goal, []);

type Part = Pick<Operations, 'moves' | 'saveMove' | 'removeMove' | 'goal' | 'goals' | 'saveGoal' | 'clearPlans'>;

/** What people have taken on, and where they want to be. */
export function sqlMoves(db: OperationsSql): Part {
  return {
    async moves(workspace, model) {
      const one = model === null ? '' : 'AND model = $2';
      const sql = `SELECT * FROM operations.tracked_move WHERE workspace = $1 ${one} ORDER BY model, criterion`;
      return (await db.rows(sql, model === null ? [workspace] : [workspace, model])).map(toMove);
    },
    async saveMove(move) {
      const row = checked(TrackedMove, move, 'move');
      const { sql, params } = upsert('tracked_move', ['workspace', 'model', 'criterion'], row);
      await db.rows(sql, params);
    },
    async removeMove(workspace, model, criterion) {
      const sql = `DELETE FROM operations.tracked_move WHERE workspace = $1 AND model = $2 AND criterion = $3 RETURNING criterion`;
      return (await db.rows(sql, [workspace, model, criterion])).length > 0;
    },
    async goal(workspace, model) {
      const sql = 'SELECT * FROM operations.goal WHERE workspace = $1 AND model = $2';
      const [row] = await db.rows(sql, [workspace, model]);
      return row === undefined ? null : toGoal(row);
    },
    async goals(workspace) {
      return (await db.rows('SELECT * FROM operations.goal WHERE workspace = $1 ORDER BY model', [workspace])).map(
        toGoal,
      );
    },
    async saveGoal(goal) {
      const { sql, params } = upsert('goal', ['workspace', 'model'], checked(Goal, goal, 'goal'));
      await db.rows(sql, params);
    },
    async clearPlans(workspace) {
      await db.transaction(async (sql) => {
        for (const table of ['tracked_move', 'goal', 'invitation'])
          await sql.rows(`DELETE FROM operations.${table} WHERE workspace = $1`, [workspace]);
      });
    },
  };
}
