import { Schedule } from '../../domain/operations.ts';
import type { Operations } from '../operations-port.ts';
import { asJsonOrNull, checked, type OperationsSql, rowReader, upsert } from './operations-sql.ts';
import { enterRuns } from './runs.ts';

const toSchedule = rowReader(Schedule, ['models']);

type Part = Pick<Operations, 'schedules' | 'saveSchedule' | 'removeSchedule' | 'fire'>;

export function sqlSchedules(db: OperationsSql): Part {
  return {
    async schedules(workspace) {
      const rows =
        workspace === undefined
          ? await db.rows('SELECT * FROM operations.schedule ORDER BY workspace, name')
          : await db.rows('SELECT * FROM operations.schedule WHERE workspace = $1 ORDER BY name', [workspace]);
      return rows.map(toSchedule);
    },
    async saveSchedule(schedule) {
      const { models, ...row } = checked(Schedule, schedule, 'schedule');
      const { sql, params } = upsert('schedule', ['workspace', 'name'], { ...row, models: asJsonOrNull(models) });
      await db.rows(sql, params);
    },
    async removeSchedule(workspace, name) {
      const sql = 'DELETE FROM operations.schedule WHERE workspace = $1 AND name = $2 RETURNING name';
      return (await db.rows(sql, [workspace, name])).length > 0;
    },
    async fire(schedule, expectedNextAt, nextAt, run) {
      return db.transaction(async (sql) => {
        const moved = await sql.rows(
          `UPDATE operations.schedule SET next_at = $4 WHERE workspace = $1 AND name = $2 AND next_at = $3 RETURNING name`,
          [schedule.workspace, schedule.name, expectedNextAt, nextAt],
        );
        if (moved.length === 0) return false;
        if (run !== null) await enterRuns(sql, [run]);
        return true;
      });
    },
  };
}
