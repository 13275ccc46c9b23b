import type { PairedFigure } from './figures.ts';

const ENDED = `('solved', 'closed')`;

/**
 * Makes `reconcile_pair` for the session: every ticket that carries a counter of the vendor, with what the log says of the same things. Ours
 * come from messages and events alone, never from the vendor's own stamps, so that like is compared with like.
 */
export const MAKE_PAIRS = `
  create temp table reconcile_pair as
  with said as (
    select connection, ticket_id, min("at") as first_reply, arg_min(agent_id, ("at", seq)) as first_by, count(*) as n
    from reply group by connection, ticket_id),
  answered as (
    select connection, ticket_id, min("at") as at from message
    where public and (auto_reply or author = 'machine') and seq <> 0 group by connection, ticket_id),
  ended as (
    select connection, ticket_id, count(*) as changes,
      min("at") filter (to_value in ${ENDED} and coalesce(from_value not in ${ENDED}, true)) as first_end,
      max("at") filter (to_value in ${ENDED} and coalesce(from_value not in ${ENDED}, true)) as last_end,
      count(*) filter (from_value in ${ENDED} and to_value not in ${ENDED} and not initial) as reopened
    from event where kind = 'status' group by connection, ticket_id),
  waited as (
    select connection, ticket_id,
      coalesce(sum(epoch_ms(coalesce(to_at, $to)) - epoch_ms(from_at)) filter (status = 'pending'), 0) / 1000.0 as pending_s,
      coalesce(sum(epoch_ms(coalesce(to_at, $to)) - epoch_ms(from_at)) filter (status = 'hold'), 0) / 1000.0 as hold_s
    from status_span group by connection, ticket_id)
  select t.connection, t.id, t.created_at, t.calendar_id, t.population, t.created_by = 'agent' or t.created_on_behalf as by_agent,
    s.first_reply, coalesce(s.n, 0) as replies, s.first_by is not null and a.id is null as by_former,
    m.at as machine_at, e.first_end, e.last_end, coalesce(e.reopened, 0) as reopened, coalesce(e.changes, 0) as changes,
    w.pending_s, w.hold_s,
    t.reported_solved_at, t.reported_replies, t.reported_reopens, t.reported_waiting_customer_s, t.reported_waiting_other_s,
    t.reported_first_reply_calendar_s, t.reported_first_reply_business_s,
    t.reported_first_resolution_calendar_s, t.reported_first_resolution_business_s,
    t.reported_full_resolution_calendar_s, t.reported_full_resolution_business_s
  from ticket_all t
  left join said s on s.connection = t.connection and s.ticket_id = t.id
  left join answered m on m.connection = t.connection and m.ticket_id = t.id
  left join ended e on e.connection = t.connection and e.ticket_id = t.id
  left join waited w on w.connection = t.connection and w.ticket_id = t.id
  left join agent a on a.connection = t.connection and a.id = s.first_by`;

function reason(figure: PairedFigure): string {
  const first = [
    `when p.population in ('deleted', 'merged') then p.population`,
    `when p.changes = 0 then 'no_history'`,
  ];
  const reply = [
    `when p.by_former then 'former_agent'`,
    `when p.by_agent then 'opened_by_agent'`,
    `when abs((epoch_ms(p.machine_at) - epoch_ms(p.created_at)) / 1000.0 - p.reported_first_reply_calendar_s) <= 60 then 'automatic_reply'`,
    `when ours is null then 'reply_not_seen'`,
  ];
  const clock =
    figure.wallClock === undefined
      ? []
      : [
          `when abs((${figure.wallClock.ours}) - ${figure.wallClock.theirs}) <= ${figure.tolerance} then 'other_calendar'`,
        ];
  const end = [`when p.reopened > 0 then 'reopened'`];
  const own = figure.about === 'reply' ? reply : end;
  return `case ${[...first, ...own, ...clock, `when theirs is null then 'vendor_counts_none'`].join(' ')} else 'unknown' end`;
}

/**
 * Rows of one figure by connection and outcome (`agree`, or the reason of the difference) with their number, differences and sample ids.
 * A ticket is left out where neither side has the figure, or where the vendor keeps no counter for it at all; a reply or an end that only
 * one side knows is a difference.
 */
export function compareSql(figure: PairedFigure): string {
  return `
    with valued as (
      select p.*, ${figure.ours} as ours, ${figure.theirs} as theirs from reconcile_pair p
      where (p.reported_replies is not null or p.reported_reopens is not null or ${figure.theirs} is not null)
        ${figure.unless === undefined ? '' : `and not coalesce(${figure.unless}, false)`}),
    kept as (
      select connection from reconcile_pair p group by connection having count(${figure.theirs}) > 0),
    judged as (
      select p.connection, p.id, abs(p.ours - p.theirs) as apart,
        case when abs(p.ours - p.theirs) <= ${figure.tolerance} then 'agree' else ${reason(figure)} end as outcome
      from valued p semi join kept k on k.connection = p.connection
      where p.ours is not null or p.theirs is not null)
    select connection, outcome, count(*) as n, median(apart) as middle, max(apart) as most,
      list(id order by length(id), id)[1:3] as sample, list(apart) filter (outcome <> 'agree' and apart is not null) as apart
    from judged group by connection, outcome order by connection, n desc, outcome`;
}
