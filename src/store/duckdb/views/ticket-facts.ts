import { KIND_NO } from './change.ts';
import { ENDED, type Relation, table } from './relation.ts';

/** Value of one kind in force at asOf: the last one set, else the one before the first later change. `told` = a change says so. */
function valueAt(kind: keyof typeof KIND_NO, asOf: string): string {
  const of = `kind_no = ${KIND_NO[kind]}`;
  return `
      count(*) FILTER (${of}) > 0 AS ${kind}_told,
      coalesce(any_value(to_value) FILTER (${of} AND changed_at < ${asOf} AND coalesce(next_at >= ${asOf}, true)),
        any_value(from_value) FILTER (${of} AND n = 1 AND NOT initial AND changed_at >= ${asOf})) AS ${kind}_now`;
}

/**
 * What the changes tell about a ticket. An end is the entry into solved or closed from another category. A change of owner goes from one
 * person to another, with or without a time without owner in between; the first assignment is none. Changes of owner and of group at one
 * instant are one reassignment. An owner before the first recorded change had it from creation, given by nobody knows whom.
 */
const changeFacts = table(
  'm_change_fact',
  ['m_change'],
  ({ asOf }) => `
    WITH c AS (
      SELECT *,
        past AND kind_no = ${KIND_NO.status} AND to_value IN ${ENDED} AND coalesce(prev_value NOT IN ${ENDED}, true) AS entered,
        past AND kind_no >= ${KIND_NO.group} AND NOT initial AND to_value <> prev_value AS moved,
        past AND kind_no = ${KIND_NO.assignee} AND to_value IS NOT NULL AS owned,
        kind_no = ${KIND_NO.assignee} AND n = 1 AND NOT initial AND from_value IS NOT NULL AS owned_before
      FROM (SELECT *, changed_at < ${asOf} AS past FROM m_change) p)
    SELECT tid, ${(['status', 'priority', 'group', 'assignee'] as const).map((kind) => valueAt(kind, asOf)).join(',')},
      min(changed_at) FILTER (entered) AS first_solved_at,
      max(changed_at) FILTER (entered) AS last_solved_at,
      max(changed_at) FILTER (past AND kind_no = ${KIND_NO.status} AND to_value = 'closed') AS closed_at,
      count(*) FILTER (past AND kind_no = ${KIND_NO.status} AND to_value NOT IN ${ENDED} AND prev_value IN ${ENDED}) AS reopens,
      count(*) FILTER (moved AND kind_no = ${KIND_NO.assignee}) AS owner_changes,
      count(*) FILTER (moved AND kind_no = ${KIND_NO.group}) AS group_changes,
      count(DISTINCT changed_at) FILTER (moved) AS moves,
      bool_or(owned_before) AS owned_before,
      any_value(from_value) FILTER (owned_before) AS owner_before,
      arg_min(to_value, n) FILTER (owned) AS owner_first,
      min(changed_at) FILTER (owned) AS owned_first_at,
      nullif(arg_min(coalesce(actor, ''), n) FILTER (owned), '') AS owner_first_actor
    FROM c GROUP BY tid`,
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

export const TICKET_FACTS: readonly Relation[] = [changeFacts, messageFacts, firstTouch, touchPriority];
