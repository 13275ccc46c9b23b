import { type Basis, countSlots, isOpen, openMs } from './business-day.ts';
import type { KIND_NO } from './change.ts';
import { ENDED, type Relation } from './relation.ts';
import { businessDayAt } from './reply.ts';
import { COMMON_COLUMNS, RARE_COLUMNS } from './ticket-columns.ts';

function seconds(from: string, to: string): string {
  return `CASE WHEN ${to} >= ${from} THEN (epoch_ms(${to}) - epoch_ms(${from})) / CAST(1000 AS DOUBLE) END`;
}

function businessSeconds(basis: Basis, slots: number, to: string, day: string): string {
  const from = openMs(basis, 't.created_at', 'dc', slots);
  return `CASE WHEN ${to} >= t.created_at THEN (${openMs(basis, to, day, slots)} - ${from}) / CAST(1000 AS DOUBLE) END`;
}

/** A counter of the vendor says how things are now: it is taken only when the ticket has not changed since asOf. */
function reported(column: string, asOf: string): string {
  return `CASE WHEN coalesce(t.updated_at < ${asOf}, true) THEN t.${column} END`;
}

/** An instant when it is before asOf. */
function before(at: string, asOf: string): string {
  return `CASE WHEN ${at} < ${asOf} THEN ${at} END`;
}

/** Creation plus a duration that the vendor reports. */
function after(duration: string): string {
  return `t.created_at + to_seconds(t.${duration})`;
}

/** A business duration of the vendor: as of the last sync, and no shorter than the wall clock that had run. */
function reportedBusiness(column: string, asOf: string): string {
  return `CASE WHEN coalesce(t.updated_at < ${asOf}, true) AND ${after(column)} < ${asOf} THEN t.${column} END`;
}

/** Step 1: all that needs no business time. */
function plainFacts(asOf: string): string {
  const stamp = 'coalesce(t.reported_solved_at, t.reported_closed_at)';
  const fullAfter = after('reported_full_resolution_calendar_s');
  const firstAfter = after('reported_first_resolution_calendar_s');
  const lastEnd = `coalesce(${stamp}, ${fullAfter})`;
  // One stamp is the last resolution; the vendor's own first one, where reported, goes before it.
  const firstEnd = `coalesce(${firstAfter}, ${lastEnd})`;
  const solvedStamp = `coalesce(${lastEnd}, ${firstAfter})`;
  const told = 'coalesce(e.status_told, false)';
  const valueNow = (kind: keyof typeof KIND_NO, raw: string) =>
    `CASE WHEN e.${kind}_told THEN e.${kind}_now ELSE ${raw} END`;
  const wholeOwner = 't.assignee_events AND t.events_whole AND NOT coalesce(e.assignee_told, false)';
  return `
    SELECT t.tid, t.rid, t.connection, ${COMMON_COLUMNS.map((column) => `t.${column}`).join(', ')},
      CASE
        WHEN coalesce(x.deleted, false) THEN 'deleted'
        WHEN coalesce(x.merged, false) THEN 'merged'
        WHEN t.spam THEN 'spam'
        WHEN t.test THEN 'test'
        WHEN mg.rid IS NOT NULL THEN 'migration'
        WHEN t.requester_is_agent THEN 'internal'
        WHEN t.created_by = 'machine' THEN 'machine'
        WHEN b.tid IS NOT NULL THEN 'bot'
        ELSE 'human' END AS population,
      coalesce(x.deleted, false) AS gone,
      date_trunc('week', t.created_at) AS week,
      CASE
        WHEN ${told} THEN e.status_now
        WHEN t.status NOT IN ${ENDED} THEN t.status
        WHEN t.reported_closed_at < ${asOf} THEN 'closed'
        WHEN t.reported_solved_at < ${asOf} THEN CASE WHEN t.reported_closed_at >= ${asOf} THEN 'solved' ELSE t.status END
        WHEN ${solvedStamp} >= ${asOf} THEN 'open'
        ELSE t.status END AS status_as_of,
      TRY_CAST(${valueNow('priority', 'CAST(t.priority_rank AS VARCHAR)')} AS BIGINT) AS priority_as_of,
      ${valueNow('group', 't.group_id')} AS group_as_of,
      ${valueNow('assignee', 't.assignee_id')} AS assignee_as_of,
      ${told} AS told,
      CASE WHEN ${told} THEN e.first_solved_at ELSE ${before(firstEnd, asOf)} END AS first_end_at,
      CASE WHEN ${told} THEN e.last_solved_at ELSE ${before(lastEnd, asOf)} END AS last_end_at,
      CASE WHEN ${told} THEN e.closed_at ELSE ${before('t.reported_closed_at', asOf)} END AS last_closed_at,
      ${told} OR t.reported_first_resolution_calendar_s IS NULL AND ${stamp} IS NOT NULL AS first_end_recorded,
      ${told} OR ${stamp} IS NOT NULL AS last_end_recorded,
      CASE WHEN NOT ${told} THEN ${reportedBusiness('reported_first_resolution_business_s', asOf)} END AS first_end_business_s,
      CASE WHEN NOT ${told} THEN ${reportedBusiness('reported_full_resolution_business_s', asOf)} END AS last_end_business_s,
      greatest(CASE WHEN t.status_events AND t.events_whole THEN coalesce(e.reopens, 0) END,
        ${reported('reported_reopens', asOf)}) AS reopens,
      f.first_touch_at,
      CASE WHEN f.tid IS NULL OR NOT t.priority_events THEN NULL
        WHEN tp.tid IS NOT NULL THEN TRY_CAST(tp.priority AS BIGINT)
        WHEN t.events_whole THEN t.priority_rank END AS first_touch_priority,
      CASE WHEN f.tid IS NULL OR NOT t.priority_events THEN NULL
        WHEN tp.tid IS NOT NULL THEN tp.was_set
        WHEN t.events_whole AND t.priority_rank IS NULL THEN false END AS first_touch_priority_set,
      CASE WHEN t.messages THEN m.first_reply_at
        ELSE ${before(`coalesce(t.reported_first_reply_at, ${after('reported_first_reply_calendar_s')})`, asOf)} END AS first_reply_at,
      t.messages OR t.reported_first_reply_at IS NOT NULL AS reply_recorded,
      CASE WHEN NOT t.messages THEN ${reportedBusiness('reported_first_reply_business_s', asOf)} END AS reply_business_s,
      CASE WHEN t.messages AND t.messages_whole THEN coalesce(m.replies, 0)
        ELSE ${reported('reported_replies', asOf)} END AS replies,
      CASE WHEN t.messages AND t.messages_whole THEN coalesce(m.notes, 0) END AS notes,
      CASE WHEN t.messages AND t.messages_whole THEN coalesce(m.customer_messages, 0) END AS customer_messages,
      CASE WHEN t.assignee_events AND t.events_whole THEN coalesce(v.owner_changes, 0) END AS owner_changes,
      CASE WHEN t.group_events AND t.events_whole THEN coalesce(v.group_changes, 0) END AS group_changes,
      greatest(CASE WHEN (t.assignee_events OR t.group_events) AND t.events_whole THEN coalesce(v.moves, 0) END,
        ${reported('reported_reassignments', asOf)}) AS reassignments,
      CASE WHEN e.owner IS NOT NULL THEN e.owner.id WHEN ${wholeOwner} THEN t.assignee_id END AS first_assignee_id,
      CASE WHEN e.owner IS NOT NULL THEN coalesce(e.owner."at", t.created_at)
        WHEN ${wholeOwner} AND t.assignee_id IS NOT NULL THEN t.created_at END AS first_assignee_at,
      e.owner.actor AS first_assignee_actor,
      org.tier, org.tier_rank, org.partner
    FROM m_ticket t
    LEFT JOIN m_turn_fact e ON e.tid = t.tid
    LEFT JOIN m_move_fact v ON v.tid = t.tid
    LEFT JOIN m_message_fact m ON m.tid = t.tid
    LEFT JOIN m_first_touch f ON f.tid = t.tid
    LEFT JOIN m_touch_priority tp ON tp.tid = t.tid
    LEFT JOIN m_gone x ON x.tid = t.tid
    LEFT JOIN m_bot_ticket b ON b.tid = t.tid
    LEFT JOIN m_imported mg ON mg.rid = t.rid
    LEFT JOIN organisation org ON org.connection = t.connection AND org.id = t.organisation_id`;
}

/**
 * Step 2: only a ticket that is ended at asOf has an end. One that was solved and opened again is censored: its first solution did not
 * hold, and its last one has not come. `ever_solved_at` keeps the first one for those who ask what was opened again.
 */
function settledFacts(asOf: string): string {
  const ended = `p.status_as_of IN ${ENDED}`;
  const held = (column: string) => `CASE WHEN ${ended} THEN p.${column} END`;
  return `
    SELECT p.* EXCLUDE (told, first_end_at, last_end_at, last_closed_at, first_end_business_s, last_end_business_s),
      CASE WHEN p.told OR ${ended} THEN p.first_end_at END AS ever_solved_at,
      ${held('first_end_at')} AS first_solved_at,
      ${held('last_end_at')} AS last_solved_at,
      ${held('last_closed_at')} AS closed_at,
      ${held('first_end_business_s')} AS first_end_business_s,
      ${held('last_end_business_s')} AS last_end_business_s
    FROM (${plainFacts(asOf)}) p`;
}

/** A business duration: by the calendar from recorded instants, else the vendor's own, else by the calendar from the vendor's wall clock. */
function businessOf(recorded: string, computed: string, vendor: string): string {
  return `CASE WHEN t.${recorded} THEN coalesce(${computed}, t.${vendor}) ELSE coalesce(t.${vendor}, ${computed}) END`;
}

function sourceOf(value: string, recorded: string): string {
  return `CASE WHEN ${value} IS NOT NULL THEN CASE WHEN ${recorded} THEN 'records' ELSE 'vendor' END END`;
}

/** Instants whose business time is wanted, with the alias of their row of `m_business_day`. */
const MOMENTS = {
  dc: 't.created_at',
  dr: 't.first_reply_at',
  df: 't.first_solved_at',
  dl: 't.last_solved_at',
} as const;

/** Duration columns: id, `m_business_day` alias of its end, the end, whether it is recorded, the vendor's own business seconds. */
const DURATIONS = [
  ['first_reply', 'dr', 'first_reply_at', 'reply_recorded', 'reply_business_s'],
  ['first_resolution', 'df', 'first_solved_at', 'first_end_recorded', 'first_end_business_s'],
  ['full_resolution', 'dl', 'last_solved_at', 'last_end_recorded', 'last_end_business_s'],
] as const;

/** Step 3: durations, wall clock and business, beside the facts of step 2. Without calendars there is nothing to join. */
function withDurations(asOf: string, slots: number): string {
  const business = (basis: Basis, day: keyof typeof MOMENTS) =>
    slots === 0 ? 'CAST(NULL AS DOUBLE)' : businessSeconds(basis, slots, MOMENTS[day], day);
  const joins = slots === 0 ? [] : Object.entries(MOMENTS).map(([day, moment]) => businessDayAt(moment, day));
  const columns = DURATIONS.flatMap(([id, day, end, recorded, vendor]) => {
    const value = businessOf(recorded, business('true', day), vendor);
    const counted = `t.${recorded} AND ${business('true', day)} IS NOT NULL`;
    return [
      `${seconds('t.created_at', `t.${end}`)} AS ${id}_calendar_s`,
      `CAST(${value} AS DOUBLE) AS ${id}_business_s`,
      `${sourceOf(`t.${end}`, `t.${recorded}`)} AS ${id}_from`,
      `${sourceOf(value, counted)} AS ${id}_business_from`,
    ];
  });
  return `
    SELECT t.* EXCLUDE (gone, reply_recorded, reply_business_s, first_end_recorded, last_end_recorded, first_end_business_s, last_end_business_s),
      t.status_as_of NOT IN ${ENDED} AND NOT t.gone AS open_as_of,
      ${slots === 0 ? 'CAST(NULL AS BOOLEAN)' : `NOT ${isOpen('t.created_at', 'dc', slots)}`} AS opened_off_hours,
      ${columns.join(',\n      ')},
      ${business('vendor', 'dr')} AS first_reply_business_vendor_s,
      ${seconds('t.created_at', 't.closed_at')} AS close_time_calendar_s
    FROM (${settledFacts(asOf)}) t
    ${joins.join('\n    ')}`;
}

const fact: Relation = {
  name: 'm_fact',
  needs: [
    'm_ticket',
    'm_turn_fact',
    'm_move_fact',
    'm_message_fact',
    'm_first_touch',
    'm_touch_priority',
    'm_gone',
    'm_bot_ticket',
    'm_imported',
    'organisation',
    'm_business_day',
  ],
  make: async ({ asOf }, sql) => [`CREATE TEMP TABLE m_fact AS ${withDurations(asOf, await countSlots(sql))}`],
};

const RARE = RARE_COLUMNS.map((column) => `r.${column}`).join(', ');

/** The two faces of `ticket_all`: with the rare columns it is a join, without them a plain table. */
export function ticketViews(rare: boolean): string[] {
  const select = rare
    ? `SELECT f.* EXCLUDE (tid, rid), ${RARE} FROM m_fact f JOIN telemetry.ticket r ON r.rowid = f.rid`
    : 'SELECT * EXCLUDE (tid, rid) FROM m_fact f';
  // A view over a view would have its ninety columns bound twice by every signal that reads it.
  return [
    `CREATE OR REPLACE TEMP VIEW ticket_all AS ${select}`,
    `CREATE OR REPLACE TEMP VIEW ticket_h AS ${select} WHERE f.population = 'human'`,
  ];
}

const ticketAll: Relation = { name: 'ticket_all', needs: ['m_fact'], make: () => ticketViews(false) };
const ticketHuman: Relation = { name: 'ticket_h', needs: ['ticket_all'], make: () => [] };

export const TICKET_ALL: readonly Relation[] = [fact, ticketAll, ticketHuman];
