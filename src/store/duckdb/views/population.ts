import { IMPORTED } from './imported.ts';
import { type Relation, table } from './relation.ts';

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

const botOnly = table(
  'm_bot_ticket',
  ['m_ticket', 'm_first_touch', 'bot_session'],
  () => `
    SELECT DISTINCT t.tid FROM bot_session b
    JOIN m_ticket t ON t.connection = b.connection AND t.id = b.ticket_id
    WHERE NOT EXISTS (SELECT 1 FROM m_first_touch f WHERE f.tid = t.tid)`,
);

export const POPULATION: readonly Relation[] = [...IMPORTED, gone, botOnly];
