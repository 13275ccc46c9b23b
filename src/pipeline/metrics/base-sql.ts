/** Populations that are no work of the desk: plain figures leave them out and count them. */
const LEFT_OUT = ['deleted', 'merged', 'spam', 'test'] as const;

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
  'owner_changes',
  'group_changes',
  'support_line',
  'tier',
  'reported_replies',
  'reported_reopens',
  'reported_reassignments',
  'reported_waiting_customer_s',
  'reported_waiting_other_s',
  'first_reply_calendar_s',
  'first_reply_business_s',
  'first_reply_from',
  'first_reply_business_from',
  'first_resolution_calendar_s',
  'first_resolution_business_s',
  'first_resolution_from',
  'first_resolution_business_from',
  'full_resolution_calendar_s',
  'full_resolution_business_s',
  'full_resolution_from',
  'full_resolution_business_from',
  'close_time_calendar_s',
];

/**
 * Makes `figure_ticket` for the session, once for all figures: tickets created before the end of the window (`$to`) with `counts` (belongs to
 * the figures), `ever_solved` and `resolution`, as `BASE` describes them.
 */
const MAKE_TICKETS = `
  create temp table figure_ticket as
  with entered as (
    select connection, ticket_id, true as solved from event where kind = 'status' and to_value = 'solved' group by connection, ticket_id),
  stamped as (
    select t.*, t.status_as_of in ('solved', 'closed') as ended, coalesce(e.solved, t.reported_solved_at < $to, false) as entered_solved
    from ticket_all t left join entered e on e.connection = t.connection and e.ticket_id = t.id),
  habit as (select connection, bool_or(entered_solved) as uses_solved from stamped group by connection)
  select ${COLUMNS.map((column) => `s.${column}`).join(', ')},
    s.population not in (${LEFT_OUT.map((word) => `'${word}'`).join(', ')}) as counts,
    s.ended or s.ever_solved_at is not null as ever_solved,
    case when not s.ended then 'none'
      when s.first_solved_at is null then 'undated'
      when s.entered_solved or s.first_resolution_from = 'vendor' then 'solved'
      when h.uses_solved then 'closed_only'
      else 'solved' end as resolution
  from stamped s join habit h on h.connection = s.connection`;

/**
 * Makes `figure_pong`: tickets that went from A to B and straight back to A, by team and by person. A time with nobody in between is no stop.
 */
const MAKE_PONG = `
  create temp table figure_pong as
  with held as (
    select connection, ticket_id, kind, to_value as taker, e.at as moved_at, seq, id,
      coalesce(lag(to_value) over turn, case when not initial then from_value end) as giver
    from event e where kind in ('group', 'assignee') and to_value is not null
    window turn as (partition by connection, ticket_id, kind order by e.at, seq, id)),
  hop as (
    select *, lag(giver) over turn as giver_before from held where giver <> taker
    window turn as (partition by connection, ticket_id, kind order by moved_at, seq, id))
  select connection, ticket_id, bool_or(kind = 'group') as team, bool_or(kind = 'assignee') as person
  from hop where taker = giver_before group by connection, ticket_id`;

/**
 * Makes `figure_wait`: seconds between creation and last solution that a solved ticket waited, by whom for; and `figure_waits`: for whom a
 * connection ever tells that it waits. The field `waiting` says it outright; else `pending` is the customer and `hold` somebody else, not told who.
 * A history in which no ticket ever enters or leaves such a status does not keep it, whatever a ticket shows now: then nothing is told.
 */
const MAKE_WAIT = [
  `create temp table figure_span as
  with told as (
    select connection, ticket_id, to_value as who, e.at as from_at,
      lead(e.at) over (partition by connection, ticket_id order by e.at, seq, id) as to_at
    from event e where kind = 'field' and field = 'waiting'),
  outright as (
    select connection, bool_or(who = 'customer') as customer, bool_or(who in ('vendor', 'engineering', 'internal')) as other from told group by connection),
  kept as (
    select connection, bool_or(coalesce('pending' in (from_value, to_value), false)) as customer, bool_or(coalesce('hold' in (from_value, to_value), false)) as other
    from event where kind = 'status' group by connection)
  select connection, ticket_id, who, from_at, to_at from told where who is not null
  union all
  select s.connection, s.ticket_id, case s.status when 'pending' then 'customer' else 'hold' end, s.from_at, s.to_at
  from status_span s join kept k on k.connection = s.connection left join outright o on o.connection = s.connection
  where (s.status = 'pending' and k.customer and not coalesce(o.customer, false)) or (s.status = 'hold' and k.other and not coalesce(o.other, false))`,
  `create temp table figure_waits as
  select connection, bool_or(who = 'customer') as customer, bool_or(who = 'vendor') as vendor, bool_or(who = 'engineering') as engineering,
    bool_or(who <> 'customer') as other
  from figure_span group by connection`,
  `create temp table figure_wait as
  select s.connection, s.ticket_id,
    coalesce(sum(seconds) filter (who = 'customer'), 0) as customer_s, coalesce(sum(seconds) filter (who = 'vendor'), 0) as vendor_s,
    coalesce(sum(seconds) filter (who = 'engineering'), 0) as engineering_s, coalesce(sum(seconds) filter (who <> 'customer'), 0) as other_s
  from (
    select s.connection, s.ticket_id, s.who,
      greatest(0, epoch_ms(least(coalesce(s.to_at, t.last_solved_at), t.last_solved_at)) - epoch_ms(greatest(s.from_at, t.created_at))) / 1000.0 as seconds
    from figure_span s join figure_ticket t on t.connection = s.connection and t.id = s.ticket_id
    where t.last_solved_at is not null) s
  group by s.connection, s.ticket_id`,
];

/** Number in the word of a support line: "L2", "Tier 2", "2nd line", "second level"; null when it has none. */
function rankSql(word: string): string {
  return `coalesce(try_cast(regexp_extract(${word}, '[0-9]+') as integer),
    case when regexp_matches(lower(${word}), 'first|front') then 1 when regexp_matches(lower(${word}), 'second|back') then 2
      when regexp_matches(lower(${word}), 'third') then 3 end)`;
}

/**
 * Makes `figure_line`: the support line that a ticket was in at the end and, where changes are recorded, whether it began in the first
 * line and left it. Lines are those of the field, else the tiers of the teams. Where no word has a number, the line that it began in is the first.
 */
const MAKE_LINE = `
  create temp table figure_line as
  with spoken as (
    select connection, ticket_id, to_value as line, from_value as line_before, initial, e.at as moved_at, seq, id
    from event e where kind = 'field' and field = 'support_line'),
  speaking as (select distinct connection from spoken),
  tiered as (
    select e.connection, e.ticket_id, 'line ' || g.tier as line, 'line ' || f.tier as line_before, e.initial, e.at as moved_at, e.seq, e.id
    from event e
    left join team g on g.connection = e.connection and g.id = e.to_value
    left join team f on f.connection = e.connection and f.id = e.from_value
    where e.kind = 'group' and e.connection not in (select connection from speaking)
      and e.connection in (select connection from team where tier is not null)),
  step as (select * from spoken union all select * from tiered),
  life as (
    select connection, ticket_id, arg_max(line, row(moved_at, seq, id)) as now_line,
      arg_min(case when initial then line else coalesce(line_before, line) end, row(moved_at, seq, id)) as first_line,
      list_distinct(list(line) || list(line_before)) as lines
    from step group by connection, ticket_id),
  ranked as (select connection, bool_or(${rankSql('first_line')} is not null) as numbered from life group by connection)
  select t.connection, t.id as ticket_id, coalesce(l.now_line, t.support_line, 'line ' || g.tier) as line,
    case when l.first_line is not null and (not r.numbered or ${rankSql('l.first_line')} = 1)
      then len(list_filter(l.lines, lambda x: x <> l.first_line)) > 0 end as left_first,
    l.first_line is not null as told
  from figure_ticket t
  left join life l on l.connection = t.connection and l.ticket_id = t.id
  left join ranked r on r.connection = t.connection
  left join team g on g.connection = t.connection and g.id = t.group_as_of`;

/** Statements that make what figures read, in order; the first takes `$to`. */
export const MAKE: readonly string[] = [MAKE_TICKETS, MAKE_PONG, ...MAKE_WAIT, MAKE_LINE];

/**
 * Common table expressions of every figure: `every` = tickets created before the end of the window with `counts` (belongs to the figures) and
 * `resolution`; `base` = those that count.
 * `resolution` by the end: `solved` (entered solved; at a desk that never uses solved, entered closed), `closed_only` (closed without ever
 * having been solved, at a desk that does use solved: when it was resolved is not known), `undated` (ended, nobody knows when), `none` (open, also when
 * it was solved before). `ever_solved`: solved or closed at least once.
 */
export const BASE = `every as (select * from figure_ticket), base as (select * from figure_ticket where counts)`;

export const DIMENSIONS = ['team', 'priority', 'channel', 'tier', 'line', 'week', 'month'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** An instant as the wall clock of a zone shows it. */
export function localSql(at: string, zone: string): string {
  return zone === 'UTC' ? at : `timezone('${zone}', timezone('UTC', ${at}))`;
}

/** SQL text of a dimension's value for one row; `at` = the instant that dates the row, days and weeks are those of the zone. */
export function dimensionSql(dimension: Dimension | null, at: string, zone: string): string {
  switch (dimension) {
    case null:
      return `'all'`;
    case 'team':
      return `coalesce(t.group_as_of, 'unknown')`;
    case 'priority':
      return `coalesce(cast(t.priority_as_of as varchar), 'unknown')`;
    case 'channel':
      return `coalesce(t.channel, 'unknown')`;
    case 'tier':
      return `coalesce(t.tier, 'unknown')`;
    case 'line':
      return `coalesce((select l.line from figure_line l where l.connection = t.connection and l.ticket_id = t.id), 'unknown')`;
    case 'week':
      return `coalesce(strftime(date_trunc('week', ${localSql(at, zone)}), '%Y-%m-%d'), 'unknown')`;
    case 'month':
      return `coalesce(strftime(${localSql(at, zone)}, '%Y-%m'), 'unknown')`;
    default:
      return dimension satisfies never;
  }
}
