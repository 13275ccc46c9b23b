import { KIND_NO } from './change.ts';
import { ENDED, type Relation, table } from './relation.ts';

/** Columns of the value of each kind in force at asOf, and whether a change tells it: the last one set before, else the one before the first later change. */
const NOW = Object.entries(KIND_NO).map(
  ([kind, no]) => `count(*) FILTER (kind_no = ${no} AND is_now) > 0 AS ${kind}_told,
      max(value) FILTER (kind_no = ${no} AND is_now) AS ${kind}_now`,
);

/**
 * What the changes of a ticket say, in one pass over them: values in force at asOf; ends and returns (an end is the entry into solved or closed from
 * another category); the first person who owned it. An owner before the first recorded change had it from creation, given by nobody knows whom.
 */
const turnFacts = table(
  'm_turn_fact',
  ['m_change'],
  ({ asOf }) => `
    SELECT tid, ${NOW.join(',\n      ')},
      min(changed_at) FILTER (is_status AND ended AND entered) AS first_solved_at,
      max(changed_at) FILTER (is_status AND ended AND entered) AS last_solved_at,
      max(changed_at) FILTER (is_status AND to_value = 'closed') AS closed_at,
      count(*) FILTER (is_status AND NOT ended AND NOT entered) AS reopens,
      arg_min(struct_pack(id := CASE WHEN before_first THEN from_value ELSE to_value END, "at" := CASE WHEN NOT before_first THEN changed_at END,
        actor := CASE WHEN NOT before_first THEN actor END), n) FILTER (kind_no = ${KIND_NO.assignee} AND (before_first OR (to_value IS NOT NULL AND is_past))) AS owner
    FROM (
      SELECT tid, kind_no, changed_at, n, from_value, to_value, actor, changed_at < ${asOf} AS is_past,
        CASE WHEN changed_at < ${asOf} THEN coalesce(next_at >= ${asOf}, true) ELSE n = 1 END AS is_now,
        CASE WHEN changed_at < ${asOf} THEN to_value WHEN NOT initial THEN from_value END AS value,
        kind_no = ${KIND_NO.status} AND changed_at < ${asOf} AS is_status, to_value IN ${ENDED} AS ended, coalesce(prev_value NOT IN ${ENDED}, true) AS entered,
        n = 1 AND NOT initial AND from_value IS NOT NULL AS before_first
      FROM m_change)
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

export const TICKET_FACTS: readonly Relation[] = [turnFacts, moveFacts, messageFacts, firstTouch, touchPriority];
