import { ENDED, table } from './relation.ts';

/**
 * Tickets that a measurement looks at: created before asOf and not over before the horizon. `tid` numbers them for joins that do not
 * compare texts. Four weeks and a day before the horizon are kept as well, since solves of a Monday look back 28 days.
 * A ticket whose last sign of life is unknown is kept.
 */
export const keptTicket = table(
  'm_ticket',
  ['m_coverage'],
  ({ asOf, horizon }) => `
    WITH edge AS (SELECT ${horizon} - INTERVAL 29 DAY AS since),
      alive AS (
        SELECT DISTINCT connection, ticket_id FROM telemetry.event WHERE "at" >= (SELECT since FROM edge)
        UNION
        SELECT DISTINCT connection, ticket_id FROM telemetry.message WHERE "at" >= (SELECT since FROM edge))
    SELECT CAST(row_number() OVER () AS INTEGER) AS tid, t.rowid AS rid, t.connection, t.id AS ticket_id, t.created_at,
      c.status_events, c.priority_events, c.group_events, c.assignee_events, c.messages,
      coalesce(t.created_at >= c.events_since, true) AS events_whole,
      coalesce(t.created_at >= c.messages_since, true) AS messages_whole
    FROM telemetry.ticket t
    JOIN m_coverage c ON c.connection = t.connection
    LEFT JOIN alive a ON a.connection = t.connection AND a.ticket_id = t.id
    WHERE t.created_at < ${asOf}
      AND (t.created_at >= (SELECT since FROM edge)
        OR t.status NOT IN ${ENDED}
        OR coalesce(greatest(t.updated_at, t.reported_solved_at, t.reported_closed_at) >= (SELECT since FROM edge), true)
        OR a.ticket_id IS NOT NULL)`,
);
