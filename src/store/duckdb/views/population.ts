import { IMPORTED } from './imported.ts';
import { ENDED, type Relation, table } from './relation.ts';

/** Tickets that were already deleted or merged away at asOf; one without a recorded instant counts as such from the start. */
const gone = table(
  'm_gone',
  ['m_ticket'],
  ({ asOf }) => `
    SELECT t.tid,
      t.deleted AND coalesce(min(e."at") FILTER (e.kind = 'delete') < ${asOf}, true) AS deleted,
      t.merged_into IS NOT NULL AND coalesce(min(e."at") FILTER (e.kind = 'merge') < ${asOf}, true) AS merged
    FROM m_ticket t
    LEFT JOIN telemetry.event e ON e.connection = t.connection AND e.ticket_id = t.id AND e.kind IN ('delete', 'merge')
    WHERE t.deleted OR t.merged_into IS NOT NULL
    GROUP BY t.tid, t.deleted, t.merged_into`,
);

/** Tickets that no person acted on: a bot talked there, or a program answered and the ticket ended with that. */
const botOnly = table(
  'm_bot_ticket',
  ['m_ticket', 'm_first_touch', 'm_message', 'm_turn_fact', 'program', 'bot_session'],
  () => `
    WITH served AS (
      SELECT t.tid FROM bot_session b JOIN m_ticket t ON t.connection = b.connection AND t.id = b.ticket_id
      UNION
      SELECT t.tid FROM m_message m
      JOIN m_ticket t ON t.tid = m.tid
      JOIN program p ON p.connection = t.connection AND p.agent_id = m.agent_id
      LEFT JOIN m_turn_fact n ON n.tid = t.tid
      WHERE m.kind = 'automatic' AND coalesce(n.status_now, t.status) IN ${ENDED})
    SELECT tid FROM served WHERE tid NOT IN (SELECT tid FROM m_first_touch)`,
);

export const POPULATION: readonly Relation[] = [...IMPORTED, gone, botOnly];
