import { TABLES } from '../../../domain/telemetry.ts';
import { type Basis, countSlots, isOpen, openMs } from './business-day.ts';
import { ENDED, type Relation, view } from './relation.ts';
import { businessDayAt } from './reply.ts';

function seconds(from: string, to: string): string {
  return `CASE WHEN ${to} >= ${from} THEN (epoch_ms(${to}) - epoch_ms(${from})) / CAST(1000 AS DOUBLE) END`;
}

function businessSeconds(basis: Basis, slots: number, to: string, day: string): string {
  const from = openMs(basis, 'r.created_at', 'dc', slots);
  return `CASE WHEN ${to} >= r.created_at THEN (${openMs(basis, to, day, slots)} - ${from}) / CAST(1000 AS DOUBLE) END`;
}

/** A counter of the vendor says how things are now: it is taken only when the ticket has not changed since asOf. */
function reported(column: string, asOf: string): string {
  return `CASE WHEN coalesce(r.updated_at < ${asOf}, true) THEN r.${column} END`;
}

/** A stamp of the vendor, or creation plus the vendor's duration, when it is before asOf. */
function stamp(column: string, duration: string | null, asOf: string): string {
  const at = duration === null ? `r.${column}` : `coalesce(r.${column}, r.created_at + to_seconds(r.${duration}))`;
  return `CASE WHEN ${at} < ${asOf} THEN ${at} END`;
}

/** Step 1: all that needs no business time. */
function plainFacts(asOf: string): string {
  const solvedStamp = `coalesce(r.reported_solved_at, r.reported_closed_at, r.created_at + to_seconds(r.reported_full_resolution_calendar_s))`;
  const valueNow = (kind: string, raw: string) => `CASE WHEN c.${kind}_told THEN c.${kind}_now ELSE ${raw} END`;
  return `
    SELECT t.tid, t.rid,
      CASE
        WHEN coalesce(g.deleted, false) THEN 'deleted'
        WHEN coalesce(g.merged, false) THEN 'merged'
        WHEN r.spam THEN 'spam'
        WHEN r.test THEN 'test'
        WHEN md.day IS NOT NULL OR mi.created_at IS NOT NULL THEN 'migration'
        WHEN r.requester_is_agent THEN 'internal'
        WHEN r.created_by = 'machine' THEN 'machine'
        WHEN b.tid IS NOT NULL THEN 'bot'
        ELSE 'human' END AS population,
      coalesce(g.deleted, false) AS gone,
      CASE
        WHEN s.tid IS NOT NULL THEN s.status_now
        WHEN r.status NOT IN ${ENDED} THEN r.status
        WHEN r.reported_closed_at < ${asOf} THEN 'closed'
        WHEN r.reported_solved_at < ${asOf} THEN CASE WHEN r.reported_closed_at >= ${asOf} THEN 'solved' ELSE r.status END
        WHEN ${solvedStamp} >= ${asOf} THEN 'open'
        ELSE r.status END AS status_as_of,
      TRY_CAST(${valueNow('priority', 'CAST(r.priority_rank AS VARCHAR)')} AS BIGINT) AS priority_as_of,
      ${valueNow('group', 'r.group_id')} AS group_as_of,
      ${valueNow('assignee', 'r.assignee_id')} AS assignee_as_of,
      CASE WHEN s.tid IS NOT NULL THEN s.first_solved_at
        WHEN ${solvedStamp} < ${asOf} THEN ${solvedStamp} END AS first_solved_at,
      CASE WHEN s.tid IS NOT NULL THEN s.last_solved_at
        WHEN ${solvedStamp} < ${asOf} THEN ${solvedStamp} END AS last_solved_at,
      CASE WHEN s.tid IS NOT NULL THEN s.closed_at ELSE ${stamp('reported_closed_at', null, asOf)} END AS closed_at,
      greatest(CASE WHEN t.status_events AND t.events_whole THEN coalesce(s.reopens, 0) END,
        ${reported('reported_reopens', asOf)}) AS reopens,
      f.first_touch_at,
      CASE WHEN f.tid IS NULL OR NOT t.priority_events THEN NULL
        WHEN tp.tid IS NOT NULL THEN TRY_CAST(tp.priority AS BIGINT)
        WHEN t.events_whole THEN r.priority_rank END AS first_touch_priority,
      CASE WHEN f.tid IS NULL OR NOT t.priority_events THEN NULL
        WHEN tp.tid IS NOT NULL THEN tp.was_set
        WHEN t.events_whole AND r.priority_rank IS NULL THEN false END AS first_touch_priority_set,
      CASE WHEN t.messages THEN m.first_reply_at
        ELSE ${stamp('reported_first_reply_at', 'reported_first_reply_calendar_s', asOf)} END AS first_reply_at,
      CASE WHEN t.messages AND t.messages_whole THEN coalesce(m.replies, 0)
        ELSE ${reported('reported_replies', asOf)} END AS replies,
      CASE WHEN t.messages AND t.messages_whole THEN coalesce(m.notes, 0) END AS notes,
      CASE WHEN t.messages AND t.messages_whole THEN coalesce(m.customer_messages, 0) END AS customer_messages,
      CASE WHEN t.assignee_events AND t.events_whole THEN coalesce(c.owner_changes, 0) END AS owner_changes,
      CASE WHEN t.group_events AND t.events_whole THEN coalesce(c.group_changes, 0) END AS group_changes,
      greatest(CASE WHEN (t.assignee_events OR t.group_events) AND t.events_whole THEN coalesce(c.moves, 0) END,
        ${reported('reported_reassignments', asOf)}) AS reassignments,
      CASE WHEN o1.tid IS NOT NULL THEN o1.first_assignee_id
        WHEN t.assignee_events AND t.events_whole AND NOT coalesce(c.assignee_told, false) THEN r.assignee_id END AS first_assignee_id,
      CASE WHEN o1.tid IS NOT NULL THEN o1.first_assignee_at
        WHEN t.assignee_events AND t.events_whole AND NOT coalesce(c.assignee_told, false) AND r.assignee_id IS NOT NULL
        THEN t.created_at END AS first_assignee_at,
      o1.first_assignee_actor,
      org.tier, org.tier_rank, org.partner
    FROM m_ticket t
    JOIN telemetry.ticket r ON r.rowid = t.rid
    LEFT JOIN m_status_fact s ON s.tid = t.tid
    LEFT JOIN m_change_fact c ON c.tid = t.tid
    LEFT JOIN m_first_owner o1 ON o1.tid = t.tid
    LEFT JOIN m_message_fact m ON m.tid = t.tid
    LEFT JOIN m_first_touch f ON f.tid = t.tid
    LEFT JOIN m_touch_priority tp ON tp.tid = t.tid
    LEFT JOIN m_gone g ON g.tid = t.tid
    LEFT JOIN m_bot_ticket b ON b.tid = t.tid
    LEFT JOIN m_migration_day md ON md.connection = t.connection AND md.day = CAST(t.created_at AS DATE)
    LEFT JOIN m_migration_instant mi ON mi.connection = t.connection AND mi.created_at = t.created_at
    LEFT JOIN organisation org ON org.connection = r.connection AND org.id = r.organisation_id`;
}

/** Step 2: durations, wall clock and business, beside the facts of step 1. */
function withDurations(asOf: string, slots: number): string {
  return `
    SELECT p.tid, p.rid, p.population,
      date_trunc('week', r.created_at) AS week,
      p.status_as_of, p.status_as_of NOT IN ${ENDED} AND NOT p.gone AS open_as_of,
      p.* EXCLUDE (tid, rid, population, gone, status_as_of),
      NOT ${isOpen('r.created_at', 'dc', slots)} AS opened_off_hours,
      ${seconds('r.created_at', 'p.first_reply_at')} AS first_reply_calendar_s,
      ${businessSeconds('true', slots, 'p.first_reply_at', 'dr')} AS first_reply_business_s,
      ${businessSeconds('vendor', slots, 'p.first_reply_at', 'dr')} AS first_reply_business_vendor_s,
      ${seconds('r.created_at', 'p.first_solved_at')} AS first_resolution_calendar_s,
      ${businessSeconds('true', slots, 'p.first_solved_at', 'df')} AS first_resolution_business_s,
      ${seconds('r.created_at', 'p.last_solved_at')} AS full_resolution_calendar_s,
      ${businessSeconds('true', slots, 'p.last_solved_at', 'dl')} AS full_resolution_business_s,
      ${seconds('r.created_at', 'p.closed_at')} AS close_time_calendar_s
    FROM (${plainFacts(asOf)}) p
    JOIN telemetry.ticket r ON r.rowid = p.rid
    ${businessDayAt('r.created_at', 'dc')}
    ${businessDayAt('p.first_reply_at', 'dr')}
    ${businessDayAt('p.first_solved_at', 'df')}
    ${businessDayAt('p.last_solved_at', 'dl')}`;
}

const fact: Relation = {
  name: 'm_fact',
  needs: [
    'm_ticket',
    'm_status_fact',
    'm_change_fact',
    'm_first_owner',
    'm_message_fact',
    'm_first_touch',
    'm_touch_priority',
    'm_gone',
    'm_bot_ticket',
    'm_migration_day',
    'organisation',
    'm_business_day',
  ],
  make: async ({ asOf }, sql) => [`CREATE TEMP TABLE m_fact AS ${withDurations(asOf, await countSlots(sql))}`],
};

const RAW = ['connection', ...Object.keys(TABLES.ticket.columns)].map((column) => `r.${column}`).join(', ');

const ticketAll = view(
  'ticket_all',
  ['m_fact'],
  () => `SELECT ${RAW}, f.* EXCLUDE (tid, rid) FROM m_fact f JOIN telemetry.ticket r ON r.rowid = f.rid`,
);

const ticketHuman = view('ticket_h', ['ticket_all'], () => `SELECT * FROM ticket_all WHERE population = 'human'`);

export const TICKET_ALL: readonly Relation[] = [fact, ticketAll, ticketHuman];
