import { textLiteral } from '../sql-values.ts';
import type { Relation, SpanSql } from './relation.ts';

const KINDS = ['status', 'priority', 'group', 'assignee'] as const;
const COLUMNS = [...KINDS.map((kind) => `${kind}_events`), 'messages'];

function available(stream: 'events' | 'messages'): string {
  return `(SELECT connection, fields, since FROM store.observability WHERE status = 'available' AND stream = '${stream}')`;
}

/** Each question ends at the first row that answers it, so that a large table costs no more than a small one. */
function coverageOf(connection: string, whole: SpanSql['whole']): string {
  const kinds = KINDS.map(
    (kind) =>
      `EXISTS (SELECT 1 FROM telemetry.event WHERE connection = ${connection} AND kind = '${kind}') AND ${whole('events', connection)} AS ${kind}_events`,
  );
  return `SELECT ${connection} AS connection, ${kinds.join(', ')},
    EXISTS (SELECT 1 FROM telemetry.message WHERE connection = ${connection}) AND ${whole('messages', connection)} AS messages`;
}

/**
 * What the streams of each connection can tell about tickets: `<kind>_events` and `messages`, true when such rows were ever recorded or the
 * connector said that it fills them; `events_since`, `messages_since`, null when the stream covers all history. So that "none happened"
 * and "none could be seen" stay apart.
 */
export const coverage: Relation = {
  name: 'm_coverage',
  needs: [],
  make: async ({ whole }, sql) => {
    const connections = await sql.rows('SELECT DISTINCT connection FROM telemetry.ticket ORDER BY connection');
    const rows = connections.map((row) => coverageOf(textLiteral(String(row.connection)), whole));
    const none = `SELECT NULL AS connection, ${COLUMNS.map((column) => `false AS ${column}`).join(', ')} WHERE false`;
    return [
      `CREATE TEMP TABLE m_coverage AS
        SELECT CAST(c.connection AS VARCHAR) AS connection,
          ${KINDS.map((kind) => `c.${kind}_events OR coalesce(e.fields LIKE '%"${kind}"%', false) AS ${kind}_events`).join(', ')},
          c.messages OR m.connection IS NOT NULL AS messages,
          e.since AS events_since, m.since AS messages_since
        FROM (${rows.length === 0 ? none : rows.join(' UNION ALL ')}) c
        LEFT JOIN ${available('events')} e ON e.connection = c.connection
        LEFT JOIN ${available('messages')} m ON m.connection = c.connection`,
    ];
  },
};
