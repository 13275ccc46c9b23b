import { KIND_NO } from './change.ts';
import { ENDED, type Relation, table } from './relation.ts';

/** Ends and returns. An end is the entry into solved or closed from another category. */
const endFacts = table(
  'm_end_fact',
  ['m_change'],
  ({ asOf }) => `
    SELECT tid,
      min(changed_at) FILTER (ended AND entered) AS first_solved_at,
      max(changed_at) FILTER (ended AND entered) AS last_solved_at,
      max(changed_at) FILTER (to_value = 'closed') AS closed_at,
      count(*) FILTER (NOT ended) AS reopens
    FROM (
      SELECT tid, changed_at, to_value, to_value IN ${ENDED} AS ended, coalesce(prev_value NOT IN ${ENDED}, true) AS entered
      FROM m_change WHERE kind_no = ${KIND_NO.status} AND changed_at < ${asOf}) s
    WHERE ended OR NOT entered
    GROUP BY tid`,
);

/**
 * Changes of owner and group. A change of owner goes from one person to another, with or without a time without owner in between; the first
 * assignment is none. Both kinds at one instant are one reassignment.
 */
const moveFacts = table(
  'm_move_fact',
  ['m_change'],
  ({ asOf }) => `
    SELECT tid,
      count(*) FILTER (kind_no = ${KIND_NO.assignee}) AS owner_changes,
      count(*) FILTER (kind_no = ${KIND_NO.group}) AS group_changes,
      count(DISTINCT changed_at) AS moves
    FROM m_change
    WHERE kind_no >= ${KIND_NO.group} AND NOT initial AND to_value <> prev_value AND changed_at < ${asOf}
    GROUP BY tid`,
);

/** First person who owned a ticket. An owner before the first recorded change had it from creation, given by nobody knows whom. */
const firstOwner = table(
  'm_first_owner',
  ['m_change'],
  ({ asOf }) => `
    WITH owned AS (
      SELECT tid, n, changed_at, actor, from_value, to_value, n = 1 AND NOT initial AND from_value IS NOT NULL AS before_first
      FROM m_change
      WHERE kind_no = ${KIND_NO.assignee}
        AND ((n = 1 AND NOT initial AND from_value IS NOT NULL) OR (to_value IS NOT NULL AND changed_at < ${asOf}))),
    first AS (SELECT tid, min(n) AS n FROM owned GROUP BY tid)
    SELECT o.tid,
      CASE WHEN o.before_first THEN o.from_value ELSE o.to_value END AS first_assignee_id,
      CASE WHEN NOT o.before_first THEN o.changed_at END AS first_assignee_at,
      CASE WHEN NOT o.before_first THEN o.actor END AS first_assignee_actor
    FROM owned o JOIN first ON first.tid = o.tid AND first.n = o.n`,
);

const messageFacts = table(
  'm_message_fact',
  ['m_message'],
  () => `
    SELECT tid,
      min(said_at) FILTER (kind = 'reply') AS first_reply_at,
      count(*) FILTER (kind = 'reply') AS replies,
      count(*) FILTER (kind = 'note') AS notes,
      count(*) FILTER (kind = 'customer') AS customer_messages
    FROM m_message GROUP BY tid`,
);

/** First action of a person, and who did it: of several at one instant the smallest id, so that the result never depends on chance. */
const firstTouch = table(
  'm_first_touch',
  ['m_touch'],
  () => `
    SELECT a.tid, f.first_touch_at, min(a.agent_id) AS agent_id
    FROM (SELECT tid, min(touched_at) AS first_touch_at FROM m_touch GROUP BY tid) f
    JOIN m_touch a ON a.tid = f.tid AND a.touched_at = f.first_touch_at
    GROUP BY a.tid, f.first_touch_at`,
);

/**
 * Priority in force at the first touch. Changes by the same agent up to 60 s later belong to the touch. Without a change by then it is the
 * value before the first later one. `was_set`: by a person or a rule; a value given by the system at creation is the desk's default.
 */
const touchPriority = table(
  'm_touch_priority',
  ['m_first_touch', 'm_change'],
  () => `
    WITH p AS (
      SELECT f.tid, c.n, c.from_value, c.to_value, c.initial, c.actor,
        c.changed_at <= f.first_touch_at
          OR (c.changed_at <= f.first_touch_at + INTERVAL 60 SECOND AND c.by_agent = f.agent_id) AS by_then
      FROM m_first_touch f
      JOIN m_change c ON c.tid = f.tid AND c.kind_no = ${KIND_NO.priority}),
    last AS (SELECT tid, max(n) FILTER (by_then) AS n FROM p GROUP BY tid)
    SELECT p.tid,
      CASE WHEN last.n IS NULL THEN p.from_value ELSE p.to_value END AS priority,
      CASE
        WHEN last.n IS NULL THEN CASE WHEN p.from_value IS NULL THEN false END
        WHEN p.to_value IS NULL THEN false
        WHEN NOT p.initial THEN true
        WHEN p.actor IS NOT NULL THEN p.actor <> 'system' END AS was_set
    FROM p JOIN last ON last.tid = p.tid AND p.n = coalesce(last.n, 1)`,
);

export const TICKET_FACTS: readonly Relation[] = [
  endFacts,
  moveFacts,
  firstOwner,
  messageFacts,
  firstTouch,
  touchPriority,
];
