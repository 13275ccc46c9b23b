import { table } from '../relation.ts';
import { CANONICAL } from './field-role.ts';

const columnOf = `CASE r.field ${Object.keys(CANONICAL)
  .map((field) => `WHEN '${field}' THEN k.${field}`)
  .join(' ')} END`;

/**
 * Stays of tickets with the values of fields that have a role. Where the history of a connection names a field, only events count: before the
 * first one the ticket had what that one replaced, and a ticket without any never had a value (if all its history is known). Elsewhere the value
 * of the last sync stands for the whole time, unless the ticket changed after asOf: then it has no row, as nothing is known.
 */
export const ticketField = table(
  'ticket_field',
  ['field_role', 'm_ticket', 'event'],
  ({ asOf }) => `
    WITH named AS (
      SELECT r.connection, r.field, r.role, EXISTS (
        SELECT 1 FROM event e WHERE e.connection = r.connection AND e.kind = 'field' AND e.field = r.field) AS told
      FROM field_role r),
    step AS (
      SELECT t.tid, e.connection, e.ticket_id, e.field, e."at" AS set_at, e.from_value, e.to_value, coalesce(e.initial, false) AS initial, e.actor, e.actor_id, e.rule_id,
        t.created_at,
        lead(e."at") OVER turn AS next_at, row_number() OVER turn AS n
      FROM event e JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
      WHERE e.kind = 'field' AND (e.connection, e.field) IN (SELECT (connection, field) FROM named)
      WINDOW turn AS (PARTITION BY t.tid, e.field ORDER BY e."at", e.seq, e.id)),
    stay AS (
      SELECT tid, connection, ticket_id, field, to_value AS value, set_at AS from_at, next_at AS until_at, actor AS set_by, actor_id, rule_id, initial FROM step
      UNION ALL
      SELECT tid, connection, ticket_id, field, from_value, CASE WHEN from_value IS NULL THEN least(created_at, set_at) END, set_at, NULL, NULL, NULL, false
      FROM step WHERE n = 1 AND NOT initial AND (from_value IS NOT NULL OR set_at > created_at)
      UNION ALL
      SELECT t.tid, t.connection, t.id, r.field, CASE WHEN r.told THEN NULL ELSE ${columnOf} END, CASE WHEN r.told THEN t.created_at END, NULL, NULL, NULL, NULL, false
      FROM m_ticket t
      JOIN named r ON r.connection = t.connection
      JOIN telemetry.ticket k ON k.rowid = t.rid
      WHERE CASE WHEN r.told THEN t.events_whole ELSE coalesce(t.updated_at < ${asOf}, true) AND r.field IN (${Object.keys(
        CANONICAL,
      )
        .map((field) => `'${field}'`)
        .join(', ')}) END
        AND NOT EXISTS (SELECT 1 FROM step s WHERE s.tid = t.tid AND s.field = r.field))
    SELECT s.connection, s.ticket_id, s.field, r.role, s.value, s.from_at, s.until_at, s.set_by, s.actor_id, s.rule_id, s.initial
    FROM stay s JOIN named r ON r.connection = s.connection AND r.field = s.field`,
);
