import { ENDED, table, view } from './relation.ts';

/**
 * Changes of status, priority, group and assignee in the order in which they happened, with their neighbours. Changes at or after asOf are
 * there too: the value before the first of them tells what held at asOf. `n` counts the changes of one kind of one ticket;
 * `prev_value` is the last value before that is not null.
 */
export const change = table(
  'm_change',
  ['m_ticket'],
  () => `
    SELECT t.tid, e.kind, e."at" AS changed_at, e.from_value, e.to_value, e.initial, e.actor, e.actor_id AS by_agent,
      coalesce(lag(coalesce(e.to_value, e.from_value) IGNORE NULLS) OVER turn, CASE WHEN NOT e.initial THEN e.from_value END) AS prev_value,
      lead(e."at") OVER turn AS next_at,
      row_number() OVER turn AS n
    FROM telemetry.event e
    JOIN m_ticket t ON t.connection = e.connection AND t.ticket_id = e.ticket_id
    WHERE e.kind IN ('status', 'priority', 'group', 'assignee')
      AND (e.initial OR e.from_value IS NULL OR e.to_value IS NULL OR e.from_value <> e.to_value)
      AND NOT (e.kind = 'status' AND e.to_value IS NULL)
    WINDOW turn AS (PARTITION BY t.tid, e.kind ORDER BY e."at", e.seq, e.id)`,
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
    FROM m_change WHERE kind = 'status' AND changed_at < ${asOf}
    UNION ALL
    SELECT c.tid, c.from_value, least(t.created_at, c.changed_at), CASE WHEN c.changed_at < ${asOf} THEN c.changed_at END, NULL
    FROM m_change c JOIN m_ticket t ON t.tid = c.tid
    WHERE c.kind = 'status' AND c.n = 1 AND NOT c.initial AND c.from_value IS NOT NULL`,
);

/**
 * Tickets without a recorded change, in a connection whose status changes are recorded, have been in one status since they were created;
 * those that ended without a recorded change have stays that nobody knows.
 */
export const statusSpan = view(
  'status_span',
  ['m_status'],
  () => `
    SELECT t.connection, t.ticket_id, s.status, s.from_at, s.to_at FROM m_status s JOIN m_ticket t ON t.tid = s.tid
    UNION ALL
    SELECT t.connection, t.ticket_id, r.status, t.created_at, NULL
    FROM m_ticket t JOIN telemetry.ticket r ON r.rowid = t.rid
    WHERE t.status_events AND t.events_whole AND r.status NOT IN ${ENDED}
      AND NOT EXISTS (SELECT 1 FROM m_status s WHERE s.tid = t.tid)`,
);

/** Stays with an assignee (null = nobody), as far as changes of assignee are recorded. */
export const ownerStay = table(
  'm_owner',
  ['m_change'],
  ({ asOf }) => `
    SELECT tid, to_value AS assignee_id, changed_at AS from_at, CASE WHEN next_at < ${asOf} THEN next_at END AS to_at, actor
    FROM m_change WHERE kind = 'assignee' AND changed_at < ${asOf}
    UNION ALL
    SELECT c.tid, c.from_value, t.created_at, CASE WHEN c.changed_at < ${asOf} THEN c.changed_at END, NULL
    FROM m_change c JOIN m_ticket t ON t.tid = c.tid
    WHERE c.kind = 'assignee' AND c.n = 1 AND NOT c.initial AND c.changed_at > t.created_at
    UNION ALL
    SELECT t.tid, r.assignee_id, t.created_at, NULL, NULL
    FROM m_ticket t JOIN telemetry.ticket r ON r.rowid = t.rid
    WHERE t.assignee_events AND t.events_whole
      AND NOT EXISTS (SELECT 1 FROM m_change c WHERE c.tid = t.tid AND c.kind = 'assignee')`,
);

export const ownerSpan = view(
  'owner_span',
  ['m_owner'],
  () => `
    SELECT t.connection, t.ticket_id, o.assignee_id, o.from_at, o.to_at, o.actor FROM m_owner o JOIN m_ticket t ON t.tid = o.tid`,
);
