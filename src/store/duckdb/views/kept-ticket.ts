import { ENDED, table } from './relation.ts';
import { COMMON_COLUMNS } from './ticket-columns.ts';

/** Columns that only the derivation of facts reads. */
const DERIVING_COLUMNS = [
  'updated_at',
  'merged_into',
  'deleted',
  'spam',
  'test',
  'reported_first_reply_at',
  'reported_solved_at',
  'reported_closed_at',
  'reported_reopens',
  'reported_reassignments',
  'reported_replies',
  'reported_first_reply_calendar_s',
  'reported_full_resolution_calendar_s',
];

function columns(of: string): string {
  return [...COMMON_COLUMNS, ...DERIVING_COLUMNS].map((column) => `${of}.${column}`).join(', ');
}

/**
 * Tickets that a measurement looks at: created before asOf and not over before the horizon. `tid` numbers them for joins that do not
 * compare texts, `rid` is the row of the recorded table. Four weeks and a day before the horizon are kept as well, since solves of a
 * Monday look back 28 days. A ticket whose last sign of life is unknown is kept.
 */
export const keptTicket = table(
  'm_ticket',
  ['m_coverage'],
  ({ asOf, horizon }) => `
    WITH edge AS (SELECT ${horizon} - INTERVAL 29 DAY AS since),
      born AS (
        SELECT t.rowid AS rid, t.connection, ${columns('t')},
          t.created_at >= edge.since OR t.status NOT IN ${ENDED}
            OR coalesce(greatest(t.updated_at, t.reported_solved_at, t.reported_closed_at) >= edge.since, true) AS kept
        FROM telemetry.ticket t, edge WHERE t.created_at < ${asOf}),
      alive AS (
        SELECT connection, ticket_id FROM telemetry.event, edge WHERE "at" >= edge.since
        UNION ALL SELECT connection, ticket_id FROM telemetry.message, edge WHERE "at" >= edge.since),
      k AS (
        FROM born WHERE kept
        UNION ALL FROM born b
        WHERE NOT kept AND EXISTS (SELECT 1 FROM alive a WHERE a.connection = b.connection AND a.ticket_id = b.id))
    SELECT CAST(row_number() OVER () AS INTEGER) AS tid, k.rid, k.connection, ${columns('k')},
      c.status_events, c.priority_events, c.group_events, c.assignee_events, c.messages,
      coalesce(k.created_at >= c.events_since, true) AS events_whole,
      coalesce(k.created_at >= c.messages_since, true) AS messages_whole
    FROM k JOIN m_coverage c ON c.connection = k.connection`,
);
