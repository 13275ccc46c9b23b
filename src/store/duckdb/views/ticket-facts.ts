import { ENDED, type Relation, table } from './relation.ts';

/** What the changes of status tell about a ticket. An end is the entry into solved or closed from another category. */
const statusFacts = table(
  'm_status_fact',
  ['m_status'],
  () => `
    SELECT tid,
      any_value(status) FILTER (to_at IS NULL) AS status_now,
      min(from_at) FILTER (entered) AS first_solved_at,
      max(from_at) FILTER (entered) AS last_solved_at,
      max(from_at) FILTER (status = 'closed') AS closed_at,
      count(*) FILTER (status NOT IN ${ENDED} AND prev IN ${ENDED}) AS reopens
    FROM (SELECT *, status IN ${ENDED} AND coalesce(prev NOT IN ${ENDED}, true) AS entered FROM m_status) s
    GROUP BY tid`,
);

/** Value of one kind in force at asOf: the last one set, else the one before the first later change. `told` = a change says so. */
function valueAt(kind: string, asOf: string): string {
  const of = `kind = '${kind}'`;
  return `
      count(*) FILTER (${of}) > 0 AS ${kind}_told,
      coalesce(any_value(to_value) FILTER (${of} AND changed_at < ${asOf} AND coalesce(next_at >= ${asOf}, true)),
        any_value(from_value) FILTER (${of} AND n = 1 AND NOT initial AND changed_at >= ${asOf})) AS ${kind}_now`;
}

/**
 * What the changes of priority, group and owner tell. A change of owner goes from one person to another, with or without a time in between
 * without owner; the first assignment is none. Both kinds at one instant are one reassignment.
 */
const changeFacts = table(
  'm_change_fact',
  ['m_change'],
  ({ asOf }) => `
    WITH c AS (
      SELECT *, kind IN ('assignee', 'group') AND changed_at < ${asOf} AND NOT initial AND to_value <> prev_value AS moved
      FROM m_change WHERE kind <> 'status')
    SELECT tid, ${['priority', 'group', 'assignee'].map((kind) => valueAt(kind, asOf)).join(',')},
      count(*) FILTER (moved AND kind = 'assignee') AS owner_changes,
      count(*) FILTER (moved AND kind = 'group') AS group_changes,
      count(DISTINCT changed_at) FILTER (moved) AS moves
    FROM c GROUP BY tid`,
);

/** First person who owned a ticket. An owner before the first recorded change had it from creation, given by nobody knows whom. */
const firstOwner = table(
  'm_first_owner',
  ['m_change'],
  ({ asOf }) => `
    SELECT c.tid,
      CASE WHEN c.before_first THEN c.from_value ELSE c.to_value END AS first_assignee_id,
      CASE WHEN c.before_first THEN t.created_at ELSE c.changed_at END AS first_assignee_at,
      CASE WHEN c.before_first THEN NULL ELSE c.actor END AS first_assignee_actor
    FROM (
      SELECT *, row_number() OVER (PARTITION BY tid ORDER BY n) AS place
      FROM (SELECT *, n = 1 AND NOT initial AND from_value IS NOT NULL AS before_first FROM m_change WHERE kind = 'assignee') a
      WHERE before_first OR (to_value IS NOT NULL AND changed_at < ${asOf})) c
    JOIN m_ticket t ON t.tid = c.tid
    WHERE c.place = 1`,
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
      JOIN m_change c ON c.tid = f.tid AND c.kind = 'priority'),
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
  statusFacts,
  changeFacts,
  firstOwner,
  messageFacts,
  firstTouch,
  touchPriority,
];
