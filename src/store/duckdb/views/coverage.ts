import { table } from './relation.ts';

const KINDS = ['status', 'priority', 'group', 'assignee'] as const;

/**
 * What the streams of each connection can tell about tickets: `<kind>_events` and `messages`, true when such rows were ever recorded or the
 * connector said that it fills them; `events_since`, `messages_since`, null when the stream covers all history. So that "none happened"
 * and "none could be seen" stay apart.
 */
export const coverage = table('m_coverage', [], () => {
  const kinds = KINDS.map(
    (kind) => `coalesce(max(CAST(e.kind = '${kind}' AS INTEGER)), 0) = 1
      OR coalesce(bool_or(oe.fields LIKE '%"${kind}"%'), false) AS ${kind}_events`,
  );
  return `
    WITH c AS (SELECT DISTINCT connection FROM telemetry.ticket),
      k AS (SELECT DISTINCT connection, kind FROM telemetry.event WHERE kind IN (${KINDS.map((k) => `'${k}'`).join(', ')})),
      m AS (SELECT DISTINCT connection FROM telemetry.message),
      o AS (SELECT connection, stream, fields, since FROM store.observability WHERE status = 'available')
    SELECT c.connection, ${kinds.join(', ')},
      count(m.connection) > 0 OR count(om.connection) > 0 AS messages,
      max(oe.since) AS events_since, max(om.since) AS messages_since
    FROM c
    LEFT JOIN k AS e ON e.connection = c.connection
    LEFT JOIN m ON m.connection = c.connection
    LEFT JOIN o AS oe ON oe.connection = c.connection AND oe.stream = 'events'
    LEFT JOIN o AS om ON om.connection = c.connection AND om.stream = 'messages'
    GROUP BY c.connection`;
});
