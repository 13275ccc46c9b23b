/** Populations that are no work of the desk: plain figures leave them out and count them. */
export const LEFT_OUT = ['deleted', 'merged', 'spam', 'test'] as const;

/** Columns of `ticket_all` that figures read. */
const COLUMNS = [
  'connection',
  'id',
  'created_at',
  'updated_at',
  'population',
  'status_as_of',
  'open_as_of',
  'priority_as_of',
  'group_as_of',
  'channel',
  'created_by',
  'first_reply_at',
  'last_solved_at',
  'replies',
  'reopens',
  'reassignments',
  'reported_reopens',
  'reported_reassignments',
  'first_reply_calendar_s',
  'first_reply_business_s',
  'first_resolution_calendar_s',
  'first_resolution_business_s',
  'full_resolution_calendar_s',
  'full_resolution_business_s',
  'close_time_calendar_s',
];

/**
 * Makes `figure_ticket` for the session, once for all figures: tickets created before the end of the window (`$to`) with `counts` (belongs to
 * the figures) and `resolution`, as `BASE` describes them.
 */
export const MAKE_TICKETS = `
  create temp table figure_ticket as
  with entered as (
    select connection, ticket_id, true as solved from event where kind = 'status' and to_value = 'solved' group by connection, ticket_id),
  stamped as (
    select t.*, coalesce(e.solved, t.reported_solved_at < $to, false) as entered_solved
    from ticket_all t left join entered e on e.connection = t.connection and e.ticket_id = t.id),
  habit as (select connection, bool_or(entered_solved) as uses_solved from stamped group by connection)
  select ${COLUMNS.map((column) => `s.${column}`).join(', ')},
    s.population not in (${LEFT_OUT.map((word) => `'${word}'`).join(', ')}) as counts,
    case when s.entered_solved then 'solved'
      when s.first_solved_at is null then 'none'
      when h.uses_solved then 'closed_only'
      else 'solved' end as resolution
  from stamped s join habit h on h.connection = s.connection`;

/**
 * Common table expressions of every figure: `every` = tickets created before the end of the window with `counts` (belongs to the figures) and
 * `resolution`; `base` = those that count.
 * `resolution` by the end: `solved` (entered solved; at a desk that never uses solved, entered closed), `closed_only` (closed without ever
 * having been solved, at a desk that does use solved: when it was resolved is not known), `none`.
 */
export const BASE = `every as (select * from figure_ticket), base as (select * from figure_ticket where counts)`;

export const DIMENSIONS = ['team', 'priority', 'channel', 'week', 'month'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** SQL text of a dimension's value for one row; `at` = the instant that dates the row. */
export function dimensionSql(dimension: Dimension | null, at: string): string {
  switch (dimension) {
    case null:
      return `'all'`;
    case 'team':
      return `coalesce(t.group_as_of, 'unknown')`;
    case 'priority':
      return `coalesce(cast(t.priority_as_of as varchar), 'unknown')`;
    case 'channel':
      return `coalesce(t.channel, 'unknown')`;
    case 'week':
      return `strftime(date_trunc('week', ${at}), '%Y-%m-%d')`;
    case 'month':
      return `strftime(${at}, '%Y-%m')`;
    default:
      return dimension satisfies never;
  }
}
