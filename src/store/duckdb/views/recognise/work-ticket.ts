import { KIND_NO } from '../change.ts';
import { table, view } from '../relation.ts';

/** What happens in this time is still part of how a ticket came in. */
export const BIRTH = 'INTERVAL 5 MINUTE';

/**
 * Tickets from whose way the desk is learnt: those that a measurement looks at and that people opened for customers. `of_top`: of an organisation
 * of the highest tier; null where a desk has no two tiers, or the tier is unknown.
 */
export const workTicket = table(
  'm_work_ticket',
  ['m_ticket', 'organisation'],
  () => `
    WITH tiered AS (
      SELECT connection FROM organisation WHERE tier_rank IS NOT NULL GROUP BY connection HAVING count(DISTINCT tier_rank) > 1)
    SELECT t.tid, t.connection, t.id, t.created_at, t.group_id,
      CASE WHEN s.connection IS NOT NULL AND o.tier_rank IS NOT NULL THEN o.tier_rank = 1 END AS of_top,
      o.partner, r.category, r.product
    FROM m_ticket t
    JOIN telemetry.ticket r ON r.rowid = t.rid
    LEFT JOIN organisation o ON o.connection = t.connection AND o.id = t.organisation_id
    LEFT JOIN tiered s ON s.connection = t.connection
    WHERE NOT t.deleted AND NOT t.spam AND NOT t.test
      AND t.merged_into IS NULL AND t.requester_is_agent IS NOT TRUE AND t.created_by IS DISTINCT FROM 'machine'`,
);

/**
 * Stays of those tickets with a team. A stay of less than a minute that another one follows was only passed through. Where no change is
 * recorded, the team of the last sync had the ticket all the time, nobody knows how it came there.
 */
export const teamStay = table(
  'm_team_stay',
  ['m_work_ticket', 'm_change'],
  ({ asOf }) => `
    WITH step AS (
      SELECT c.tid, c.to_value AS team_id, c.changed_at AS from_at, c.next_at AS to_at, c.actor, c.initial, c.prev_value
      FROM m_change c WHERE c.kind_no = ${KIND_NO.group} AND c.changed_at < ${asOf}
      UNION ALL
      SELECT c.tid, c.from_value, w.created_at, c.changed_at, NULL, true, NULL
      FROM m_change c JOIN m_work_ticket w ON w.tid = c.tid
      WHERE c.kind_no = ${KIND_NO.group} AND c.n = 1 AND NOT c.initial AND c.from_value IS NOT NULL),
    told AS (
      SELECT w.tid, w.connection, s.team_id, s.from_at, CASE WHEN s.to_at < ${asOf} THEN s.to_at END AS to_at, s.actor, s.prev_value AS from_team,
        s.initial OR (s.from_at <= w.created_at + ${BIRTH} AND s.actor IS DISTINCT FROM 'agent') AS born
      FROM step s JOIN m_work_ticket w ON w.tid = s.tid
      WHERE s.team_id IS NOT NULL AND coalesce(s.to_at - s.from_at >= INTERVAL 1 MINUTE, true))
    SELECT tid, connection, team_id, from_at, to_at, actor, from_team,
      CASE WHEN born THEN 'birth' WHEN from_team IS NOT NULL AND from_team <> team_id THEN 'hand-over' ELSE 'taken' END AS how
    FROM told
    UNION ALL
    SELECT w.tid, w.connection, w.group_id, w.created_at, NULL, NULL, NULL, NULL
    FROM m_work_ticket w
    WHERE w.group_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM m_change c WHERE c.tid = w.tid AND c.kind_no = ${KIND_NO.group})`,
);

/** A ticket reached a team: the first time, and how. */
export const teamTicket = view(
  'team_ticket',
  ['m_team_ticket', 'm_ticket'],
  () => `
    SELECT t.connection, t.id AS ticket_id, v.team_id, v.arrived_at AS "at", v.how, v.from_team, v.actor
    FROM m_team_ticket v JOIN m_ticket t ON t.tid = v.tid`,
);

export const teamTicketKind = table(
  'm_team_ticket',
  ['m_team_stay'],
  () => `
    SELECT tid, connection, team_id, first.at AS arrived_at, first.how AS how, first.from_team AS from_team, first.actor AS actor
    FROM (
      SELECT tid, connection, team_id, min(struct_pack(at := from_at, how := how, from_team := from_team, actor := actor)) AS first
      FROM m_team_stay GROUP BY tid, connection, team_id)`,
);
