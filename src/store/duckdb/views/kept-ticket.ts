import { ENDED, type SpanSql, table } from './relation.ts';
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
  'reported_first_reply_business_s',
  'reported_first_resolution_calendar_s',
  'reported_first_resolution_business_s',
  'reported_full_resolution_calendar_s',
  'reported_full_resolution_business_s',
];

function columns(of: string, status: string): string {
  return [...COMMON_COLUMNS, ...DERIVING_COLUMNS]
    .map((column) => {
      if (column === 'calendar_id') return `coalesce(w.calendar_id, ${of}.calendar_id) AS calendar_id`;
      if (column === 'created_by') return `${createdBy(of)} AS created_by`;
      return column === 'status' ? `${status} AS status` : `${of}.${column}`;
    })
    .join(', ');
}

/** Who opened a ticket: a requester that works like a program is one, and one that people called a person is none. */
function createdBy(of: string): string {
  return `CASE WHEN q.machine AND ${of}.created_by IS DISTINCT FROM 'agent' THEN 'machine'
        WHEN NOT q.machine AND ${of}.created_by = 'machine' THEN 'customer' ELSE ${of}.created_by END`;
}

/** Category of the present status: what people said of its word goes before what the source says. The history keeps its categories. */
const STATED = `LEFT JOIN m_meaning s ON s.connection = k.connection AND s.kind = 'status' AND lower(s.subject) = lower(k.vendor_status)`;

/** The calendar that the log gave a case last (event of the field `schedule`): a case keeps its own whatever its desk's default is. */
function assignedCalendar({ asOf, whole }: SpanSql): string {
  return `SELECT connection, ticket_id, arg_max(to_value, ("at", seq)) AS calendar_id FROM telemetry.event
    WHERE kind = 'field' AND field = 'schedule' AND "at" < ${asOf}
      AND ${whole('events', 'connection')} GROUP BY connection, ticket_id`;
}

/**
 * Tickets that a measurement looks at: created before asOf and not over before the horizon. `tid` numbers them for joins that do not
 * compare texts, `rid` is the row of the recorded table. Four weeks and a day before the horizon are kept as well, since solves of a
 * Monday look back 28 days. A ticket whose last sign of life is unknown is kept.
 */
export const keptTicket = table('m_ticket', ['m_coverage', 'm_meaning', 'm_source'], (span) => {
  const { asOf, horizon, meanings } = span;
  const saysStatus = meanings.some(({ kind }) => kind === 'status');
  const edge = `(${horizon} - INTERVAL 29 DAY)`;
  const recent = `(k.created_at >= ${edge} OR k.status NOT IN ${ENDED}
      OR coalesce(greatest(k.updated_at, k.reported_solved_at, k.reported_closed_at) >= ${edge}, true))`;
  return `
    WITH old AS (
        SELECT k.rowid AS rid, k.connection, k.id FROM telemetry.ticket k WHERE k.created_at < ${asOf} AND NOT ${recent}),
      alive AS (
        SELECT connection, ticket_id FROM telemetry.event WHERE "at" >= ${edge}
        UNION ALL SELECT connection, ticket_id FROM telemetry.message WHERE "at" >= ${edge}),
      assigned AS (${assignedCalendar(span)}),
      revived AS (SELECT rid FROM old o SEMI JOIN alive a ON a.connection = o.connection AND a.ticket_id = o.id)
    SELECT CAST(row_number() OVER () AS INTEGER) AS tid, k.rowid AS rid, k.connection, ${columns('k', saysStatus ? 'coalesce(s.meaning, k.status)' : 'k.status')},
      c.status_events, c.priority_events, c.group_events, c.assignee_events, c.messages,
      coalesce(k.created_at >= c.events_since, true) AS events_whole,
      coalesce(k.created_at >= c.messages_since, true) AS messages_whole
    FROM telemetry.ticket k
    JOIN m_coverage c ON c.connection = k.connection
    ${saysStatus ? STATED : ''}
    LEFT JOIN m_source q ON q.connection = k.connection AND q.requester_key = k.requester_key
    LEFT JOIN assigned w ON w.connection = k.connection AND w.ticket_id = k.id
    WHERE k.created_at < ${asOf} AND (${recent} OR k.rowid IN (FROM revived))`;
});

/** The first ticket of each connection, whatever the horizon hides. */
export const firstTicket = table(
  'm_first_ticket',
  [],
  () => 'SELECT connection, min(created_at) AS first_at FROM telemetry.ticket GROUP BY connection',
);
