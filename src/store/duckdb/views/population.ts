import { type Relation, table } from './relation.ts';

/** Creation days and instants of imports: more than ten times the median day, or an instant that more than twenty tickets share. */
const migration: Relation = {
  name: 'm_migration_day',
  needs: [],
  make: ({ asOf }) => [
    `CREATE TEMP TABLE m_migration_day AS
      WITH d AS (
        SELECT connection, CAST(created_at AS DATE) AS day, count(*) AS n FROM telemetry.ticket
        WHERE created_at < ${asOf} GROUP BY connection, day),
      usual AS (SELECT connection, median(n) AS n FROM d GROUP BY connection)
      SELECT d.connection, d.day FROM d JOIN usual u ON u.connection = d.connection WHERE d.n > 10 * u.n`,
    `CREATE TEMP TABLE m_migration_instant AS
      SELECT connection, created_at FROM telemetry.ticket WHERE created_at < ${asOf}
      GROUP BY connection, created_at HAVING count(*) > 20`,
  ],
};

/** Tickets that were already deleted or merged away at asOf; one without a recorded instant counts as such from the start. */
const gone = table(
  'm_gone',
  ['m_ticket'],
  ({ asOf }) => `
    SELECT t.tid,
      r.deleted AND coalesce(min(e."at") FILTER (e.kind = 'delete') < ${asOf}, true) AS deleted,
      r.merged_into IS NOT NULL AND coalesce(min(e."at") FILTER (e.kind = 'merge') < ${asOf}, true) AS merged
    FROM m_ticket t
    JOIN telemetry.ticket r ON r.rowid = t.rid
    LEFT JOIN telemetry.event e ON e.connection = t.connection AND e.ticket_id = t.ticket_id AND e.kind IN ('delete', 'merge')
    WHERE r.deleted OR r.merged_into IS NOT NULL
    GROUP BY t.tid, r.deleted, r.merged_into`,
);

const botOnly = table(
  'm_bot_ticket',
  ['m_ticket', 'm_first_touch', 'bot_session'],
  () => `
    SELECT DISTINCT t.tid FROM bot_session b
    JOIN m_ticket t ON t.connection = b.connection AND t.ticket_id = b.ticket_id
    WHERE NOT EXISTS (SELECT 1 FROM m_first_touch f WHERE f.tid = t.tid)`,
);

export const POPULATION: readonly Relation[] = [migration, gone, botOnly];
