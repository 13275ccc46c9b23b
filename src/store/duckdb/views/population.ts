import { type Relation, table } from './relation.ts';

/**
 * Creation days and instants of imports. A day is one when it has more than ten times the tickets of the usual day around it: the greater of
 * the medians of the 28 days with tickets before it and the 28 after it (a side with fewer than 14 is not asked; without either, the
 * median of all days). One median over all history would call the whole live time of a log with a long thin tail an import, and so
 * would one side alone all days after a desk has grown.
 * An instant is one when more than twenty tickets share it, at connections whose stamps carry seconds: where they are written to the
 * minute or the day, sharing one is no sign of anything.
 */
const migration: Relation = {
  name: 'm_migration_day',
  needs: [],
  make: ({ asOf }) => [
    `CREATE TEMP TABLE m_migration_day AS
      WITH d AS (
        SELECT connection, CAST(created_at AS DATE) AS day, count(*) AS n FROM telemetry.ticket
        WHERE created_at < ${asOf} GROUP BY connection, day),
      overall AS (SELECT connection, median(n) AS n FROM d GROUP BY connection),
      around AS (
        SELECT connection, day, n,
          CASE WHEN count(*) OVER before_it >= 14 THEN median(n) OVER before_it END AS usual_before,
          CASE WHEN count(*) OVER after_it >= 14 THEN median(n) OVER after_it END AS usual_after
        FROM d
        WINDOW before_it AS (PARTITION BY connection ORDER BY day ROWS BETWEEN 28 PRECEDING AND 1 PRECEDING),
          after_it AS (PARTITION BY connection ORDER BY day ROWS BETWEEN 1 FOLLOWING AND 28 FOLLOWING))
      SELECT a.connection, a.day FROM around a JOIN overall v ON v.connection = a.connection
      WHERE a.n > 10 * coalesce(greatest(a.usual_before, a.usual_after), v.n)`,
    `CREATE TEMP TABLE m_migration_instant AS
      WITH fine AS (
        SELECT connection FROM telemetry.ticket WHERE created_at < ${asOf}
        GROUP BY connection HAVING bool_or(extract(second FROM created_at) <> 0))
      SELECT connection, created_at FROM telemetry.ticket JOIN fine USING (connection) WHERE created_at < ${asOf}
      GROUP BY connection, created_at HAVING count(*) > 20`,
  ],
};

/** Tickets that were already deleted or merged away at asOf; one without a recorded instant counts as such from the start. */
const gone = table(
  'm_gone',
  ['m_ticket'],
  ({ asOf }) => `
    SELECT t.tid,
      t.deleted AND coalesce(min(e."at") FILTER (e.kind = 'delete') < ${asOf}, true) AS deleted,
      t.merged_into IS NOT NULL AND coalesce(min(e."at") FILTER (e.kind = 'merge') < ${asOf}, true) AS merged
    FROM m_ticket t
    LEFT JOIN telemetry.event e ON e.connection = t.connection AND e.ticket_id = t.id AND e.kind IN ('delete', 'merge')
    WHERE t.deleted OR t.merged_into IS NOT NULL
    GROUP BY t.tid, t.deleted, t.merged_into`,
);

const botOnly = table(
  'm_bot_ticket',
  ['m_ticket', 'm_first_touch', 'bot_session'],
  () => `
    SELECT DISTINCT t.tid FROM bot_session b
    JOIN m_ticket t ON t.connection = b.connection AND t.id = b.ticket_id
    WHERE NOT EXISTS (SELECT 1 FROM m_first_touch f WHERE f.tid = t.tid)`,
);

export const POPULATION: readonly Relation[] = [migration, gone, botOnly];
