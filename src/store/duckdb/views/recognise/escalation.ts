import { table } from '../relation.ts';

/** Escalations of the desk: marks that say so, and moves up to an escalation team or a higher line. */
export const escalation = table(
  'escalation',
  ['event', 'team'],
  () => `
    WITH mark AS (
      SELECT e.connection, e.ticket_id, e."at", e.seq, e.actor, e.actor_id, e.rule_id,
        CASE WHEN e.kind = 'group' THEN 'move' ELSE 'mark' END AS "by", CASE WHEN e.kind = 'group' THEN e.to_value END AS to_team
      FROM event e
      LEFT JOIN team up ON up.connection = e.connection AND up.id = e.to_value AND e.kind = 'group'
      LEFT JOIN team down ON down.connection = e.connection AND down.id = e.from_value AND e.kind = 'group'
      WHERE e.kind IN ('escalation', 'tag', 'field', 'group') AND NOT e.initial AND e.to_value IS DISTINCT FROM e.from_value
        AND (e.kind = 'escalation' OR (e.kind = 'tag' AND e.to_value ILIKE 'escalat%')
          OR (e.kind = 'field' AND e.field ILIKE '%escalat%' AND e.to_value IS NOT NULL)
          OR (e.kind = 'group' AND up.purpose = 'escalation' AND down.purpose IS DISTINCT FROM 'escalation')))
    SELECT *, row_number() OVER (PARTITION BY connection, ticket_id ORDER BY "at", seq, "by") AS ordinal FROM mark`,
);
