import { ENDED, table, view } from './relation.ts';

/** Kinds of change as small numbers: comparing them is what most of the work on changes is. */
export const KIND_NO = { status: 0, priority: 1, group: 2, assignee: 3 } as const;

/**
 * Changes of status, priority, group and assignee in the order in which they happened, with their neighbours. Changes at or after asOf are
 * there too: the value before the first of them tells what held at asOf. `n` counts the changes of one kind of one ticket;
 * `prev_value` is the value before, or the last one that was not null when that is known. Changes that share instant and `seq` are put
 * in the order of a hash of what they say, so that a result never depends on the order of reading.
 */
export const change = table(
  'm_change',
  ['m_ticket'],
  ({ whole }) => `
    WITH e AS (
      SELECT t.tid, CAST(CASE e.kind WHEN 'status' THEN 0 WHEN 'priority' THEN 1 WHEN 'group' THEN 2 ELSE 3 END AS TINYINT) AS kind_no,
        t.tid * 4 + kind_no AS turn_no, e."at" AS changed_at, e.seq, hash(e.from_value, e.to_value, e.actor) AS chance, e.from_value, e.to_value, e.initial, e.actor,
        CASE WHEN kind_no = 1 THEN e.actor_id END AS by_agent
      FROM telemetry.event e
      JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
      WHERE ${whole('events', 'e.connection')} AND e.kind IN ('status', 'priority', 'group', 'assignee')
        AND (e.initial OR e.from_value IS NULL OR e.to_value IS NULL OR e.from_value <> e.to_value)
        AND NOT (e.kind = 'status' AND e.to_value IS NULL))
    SELECT tid, kind_no, changed_at, from_value, to_value, initial, actor, by_agent,
      coalesce(lag(coalesce(to_value, from_value)) OVER turn, CASE WHEN NOT initial THEN from_value END) AS prev_value,
      lead(changed_at) OVER turn AS next_at,
      CAST(row_number() OVER turn AS INTEGER) AS n
    FROM e
    WINDOW turn AS (PARTITION BY turn_no ORDER BY changed_at, seq, chance)`,
);

/**
 * Stays in a status category. The category before the first recorded change is that change's own "before", from creation on.
 * `prev` is the category before; null for the first stay.
 */
export const statusStay = table(
  'm_status',
  ['m_change'],
  ({ asOf }) => `
    SELECT tid, to_value AS status, changed_at AS from_at, CASE WHEN next_at < ${asOf} THEN next_at END AS to_at,
      prev_value AS prev
    FROM m_change WHERE kind_no = ${KIND_NO.status} AND changed_at < ${asOf}
    UNION ALL
    SELECT c.tid, c.from_value, least(t.created_at, c.changed_at), CASE WHEN c.changed_at < ${asOf} THEN c.changed_at END, NULL
    FROM m_change c JOIN m_ticket t ON t.tid = c.tid
    WHERE c.kind_no = ${KIND_NO.status} AND c.n = 1 AND NOT c.initial AND c.from_value IS NOT NULL`,
);

/**
 * Tickets without a recorded change, in a connection whose status changes are recorded, have been in one status since they were created;
 * those that ended without a recorded change have stays that nobody knows.
 */
export const statusSpan = view(
  'status_span',
  ['m_status'],
  () => `
    SELECT t.connection, t.id AS ticket_id, s.status, s.from_at, s.to_at FROM m_status s JOIN m_ticket t ON t.tid = s.tid
    UNION ALL
    SELECT t.connection, t.id, t.status, t.created_at, NULL
    FROM m_ticket t
    WHERE t.status_events AND t.events_whole AND t.status NOT IN ${ENDED}
      AND NOT EXISTS (SELECT 1 FROM m_status s WHERE s.tid = t.tid)`,
);

/** Stays with an assignee (null = nobody), as far as changes of assignee are recorded. */
export const ownerStay = table(
  'm_owner',
  ['m_change'],
  ({ asOf }) => `
    SELECT tid, to_value AS assignee_id, changed_at AS from_at, CASE WHEN next_at < ${asOf} THEN next_at END AS to_at, actor
    FROM m_change WHERE kind_no = ${KIND_NO.assignee} AND changed_at < ${asOf}
    UNION ALL
    SELECT c.tid, c.from_value, t.created_at, CASE WHEN c.changed_at < ${asOf} THEN c.changed_at END, NULL
    FROM m_change c JOIN m_ticket t ON t.tid = c.tid
    WHERE c.kind_no = ${KIND_NO.assignee} AND c.n = 1 AND NOT c.initial AND c.changed_at > t.created_at
    UNION ALL
    SELECT t.tid, t.assignee_id, t.created_at, NULL, NULL
    FROM m_ticket t
    WHERE t.assignee_events AND t.events_whole
      AND NOT EXISTS (SELECT 1 FROM m_change c WHERE c.tid = t.tid AND c.kind_no = ${KIND_NO.assignee})`,
);

export const ownerSpan = view(
  'owner_span',
  ['m_owner'],
  () => `
    SELECT t.connection, t.id AS ticket_id, o.assignee_id, o.from_at, o.to_at, o.actor FROM m_owner o JOIN m_ticket t ON t.tid = o.tid`,
);
