import { ENDED, type Relation, table, view } from '../relation.ts';

/** Vendors stamp the end of a clock a moment after the message that ended it. */
const SAME = 'INTERVAL 1 MINUTE';

/**
 * Clocks of replies that no person stopped: an automatic message (a program's, or a rule's) stands where the clock ended, and no person wrote in its
 * time. `reply_at`: the first reply of a person after its start.
 */
const stopped = table(
  'm_clock_stopped',
  ['m_sla_clock', 'm_ticket', 'm_message', 'm_turn_fact'],
  () => `
    WITH clock AS (
      SELECT c.connection, c.id, c.metric, c.policy_id, c.target_s, c.business_hours, c.started_at, c.breach_at, c.fulfilled_at,
        t.tid, t.calendar_id, t.created_at, t.messages AND t.messages_whole AS whole
      FROM m_sla_clock c JOIN m_ticket t ON t.connection = c.connection AND t.id = c.ticket_id
      WHERE c.metric IN ('first_reply', 'next_reply') AND c.scope = 'ticket' AND c.fulfilled_at IS NOT NULL),
    automatic AS (
      SELECT DISTINCT c.connection, c.id FROM clock c JOIN m_message m ON m.tid = c.tid AND m.kind = 'automatic'
      WHERE m.said_at >= c.fulfilled_at - ${SAME} AND m.said_at <= c.fulfilled_at + ${SAME}),
    answered AS (
      SELECT c.connection, c.id, min(m.said_at) AS reply_at
      FROM clock c SEMI JOIN automatic a ON a.connection = c.connection AND a.id = c.id
      JOIN m_message m ON m.tid = c.tid AND m.kind = 'reply' AND m.said_at >= coalesce(c.started_at, c.created_at)
      GROUP BY c.connection, c.id)
    SELECT c.*, r.reply_at, n.status_now IN ${ENDED} AS ended
    FROM clock c SEMI JOIN automatic a ON a.connection = c.connection AND a.id = c.id
    LEFT JOIN answered r ON r.connection = c.connection AND r.id = c.id
    LEFT JOIN m_turn_fact n ON n.tid = c.tid
    WHERE c.whole AND coalesce(r.reply_at > c.fulfilled_at + ${SAME}, true)`,
);

/**
 * Clocks as people kept them. A first-reply clock that no person stopped runs to the first reply of a person: by its instant of breach, else by its
 * target on the calendar of its policy or ticket. Where nobody has replied it is missed once the target has run out, and unknown on a ticket that
 * ended without a person, since nobody knows whether anything was still owed. A next-reply clock that no person stopped is unknown.
 */
const recomputed = table(
  'm_clock_recomputed',
  ['m_clock_stopped', 'm_sla_policy', 'business_s'],
  ({ asOf }) => `
    WITH run AS (
      SELECT s.*, coalesce(p.calendar_id, s.calendar_id) AS clock_calendar, coalesce(s.started_at, s.created_at) AS from_at,
        coalesce(s.reply_at, ${asOf}) AS until_at
      FROM m_clock_stopped s LEFT JOIN m_sla_policy p ON p.connection = s.connection AND p.id = s.policy_id
      WHERE s.metric = 'first_reply'),
    timed AS (
      SELECT *, CASE
          WHEN breach_at IS NOT NULL THEN until_at <= breach_at
          WHEN business_hours THEN business_s(connection, clock_calendar, from_at, until_at) <= target_s
          WHEN NOT business_hours THEN epoch(until_at - from_at) <= target_s END AS in_time
      FROM run)
    SELECT connection, id, reply_at AS fulfilled_at,
      CASE WHEN reply_at IS NOT NULL THEN in_time WHEN NOT in_time AND NOT coalesce(ended, false) THEN false END AS met
    FROM timed
    UNION ALL
    SELECT connection, id, NULL, NULL FROM m_clock_stopped WHERE metric = 'next_reply'`,
);

const slaClock = view(
  'sla_clock',
  ['m_sla_clock', 'm_clock_recomputed'],
  () => `
    SELECT c.* REPLACE (
        CASE WHEN r.id IS NULL THEN c.fulfilled_at ELSE r.fulfilled_at END AS fulfilled_at,
        CASE WHEN r.id IS NULL THEN c.met ELSE r.met END AS met),
      r.id IS NOT NULL AS recomputed
    FROM m_sla_clock c LEFT JOIN m_clock_recomputed r ON r.connection = c.connection AND r.id = c.id`,
);

export const SLA_CLOCK: readonly Relation[] = [stopped, recomputed, slaClock];
