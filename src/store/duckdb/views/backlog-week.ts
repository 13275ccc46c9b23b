import { ENDED, type Relation, table } from './relation.ts';

/**
 * Stays of people's tickets in which somebody still had something to do. Tickets whose changes of status are not recorded have been open until
 * they were solved; without an instant of that, an ended ticket has no such stay.
 */
const openStay = table(
  'm_open_stay',
  ['m_status', 'm_fact'],
  ({ asOf }) => `
    SELECT f.connection, f.created_at, s.from_at, s.to_at
    FROM m_status s JOIN m_fact f ON f.tid = s.tid
    WHERE f.population = 'human' AND s.status NOT IN ${ENDED}
    UNION ALL
    SELECT f.connection, f.created_at, f.created_at, CASE WHEN NOT f.open_as_of THEN coalesce(f.last_solved_at, f.first_solved_at) END
    FROM m_fact f
    WHERE f.population = 'human' AND (f.open_as_of OR coalesce(f.last_solved_at, f.first_solved_at) IS NOT NULL) AND f.created_at < ${asOf}
      AND NOT EXISTS (SELECT 1 FROM m_status s WHERE s.tid = f.tid)`,
);

/** Instants at which tickets were solved (or closed straight away), each time. */
const solve = table(
  'm_solve',
  ['m_status', 'm_fact'],
  () => `
    SELECT f.connection, s.from_at AS solved_at
    FROM m_status s JOIN m_fact f ON f.tid = s.tid
    WHERE f.population = 'human' AND s.status IN ${ENDED} AND coalesce(s.prev NOT IN ${ENDED}, true)
    UNION ALL
    SELECT f.connection, coalesce(f.last_solved_at, f.first_solved_at) FROM m_fact f
    WHERE f.population = 'human' AND coalesce(f.last_solved_at, f.first_solved_at) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM m_status s WHERE s.tid = f.tid)`,
);

/**
 * Open work just before each Monday 00:00 UTC of the horizon: every entry is +1, every exit -1, added up once by week, so that cost does not grow
 * with weeks times tickets. A ticket is old from the 31st day of its life on.
 */
const backlogWeek = table(
  'backlog_week',
  ['m_open_stay', 'm_solve'],
  ({ asOf, horizon }) => `
    WITH step AS (
      SELECT connection, from_at AS step_at, 1 AS open_by, 0 AS old_by, 0 AS solved_by FROM m_open_stay
      UNION ALL SELECT connection, to_at, -1, 0, 0 FROM m_open_stay WHERE to_at IS NOT NULL
      UNION ALL SELECT connection, greatest(from_at, created_at + INTERVAL 30 DAY), 0, 1, 0 FROM m_open_stay
        WHERE to_at IS NULL OR to_at > created_at + INTERVAL 30 DAY
      UNION ALL SELECT connection, to_at, 0, -1, 0 FROM m_open_stay WHERE to_at > created_at + INTERVAL 30 DAY
      UNION ALL SELECT connection, solved_at, 0, 0, 1 FROM m_solve),
    first_monday AS (
      SELECT connection, CAST(date_trunc('week', greatest(${horizon}, min(created_at)) + INTERVAL 7 DAY - INTERVAL 1 MILLISECOND) AS TIMESTAMP) AS week_at
      FROM telemetry.ticket GROUP BY connection),
    monday AS (
      SELECT connection, unnest(generate_series(week_at, ${asOf} - INTERVAL 1 MILLISECOND, INTERVAL 7 DAY)) AS week_at FROM first_monday),
    counted AS (
      SELECT connection, CAST(date_trunc('week', step_at) AS TIMESTAMP) + INTERVAL 7 DAY AS week_at,
        sum(open_by) AS open_by, sum(old_by) AS old_by, sum(solved_by) AS solved_by
      FROM step
      GROUP BY ALL),
    grid AS (
      SELECT connection, week_at, coalesce(open_by, 0) AS open_by, coalesce(old_by, 0) AS old_by, coalesce(solved_by, 0) AS solved_by
      FROM counted FULL JOIN monday USING (connection, week_at)),
    added AS (
      SELECT connection, week_at,
        sum(open_by) OVER so_far AS open_tickets,
        sum(old_by) OVER so_far AS open_over_30d,
        sum(solved_by) OVER (PARTITION BY connection ORDER BY week_at RANGE BETWEEN INTERVAL 21 DAY PRECEDING AND CURRENT ROW) AS solved_28d
      FROM grid
      WINDOW so_far AS (PARTITION BY connection ORDER BY week_at ROWS UNBOUNDED PRECEDING))
    SELECT a.connection, a.week_at, CAST(a.open_tickets AS BIGINT) AS open_tickets, CAST(a.open_over_30d AS BIGINT) AS open_over_30d,
      CAST(a.solved_28d AS BIGINT) AS solved_28d
    FROM added a JOIN monday m ON m.connection = a.connection AND m.week_at = a.week_at`,
);

export const BACKLOG: readonly Relation[] = [openStay, solve, backlogWeek];
