import { table } from '../relation.ts';
import { BIRTH } from './work-ticket.ts';

/**
 * What reaches each team and who works there. `tickets` it ever had, `born` of them came in there, `handed` came from another team; `of_top`, `partner`, `marked`: tickets
 * of the highest tier, of partners, with a mark of escalation when they came (a mark that came later brought them nowhere); `all_...`: those of the whole desk; `raised`: hand-overs at which the priority rose.
 * `replied`, `worked`: tickets that got a reply, any action, while they were there (what is done at the moment of a hand-over is done by who gives). `actions`, `inside`: of its members, anywhere and on
 * tickets that were there.
 */
export const teamWork = table(
  'm_team_work',
  ['m_team', 'm_team_ticket', 'm_team_stay', 'm_touch', 'm_mark', 'm_raise', 'membership'],
  () => `
    WITH marked AS (SELECT tid, min(marked_at) AS marked_at FROM m_mark GROUP BY tid),
    desk AS (
      SELECT w.connection, count(*) AS all_tickets, count(w.of_top) AS all_known, count(*) FILTER (w.of_top) AS all_of_top,
        count(*) FILTER (w.partner) AS all_partner, count(k.tid) AS all_marked
      FROM m_work_ticket w LEFT JOIN marked k ON k.tid = w.tid GROUP BY w.connection),
    reached AS (
      SELECT v.connection, v.team_id, count(*) AS tickets, count(*) FILTER (v.how = 'birth') AS born, count(*) FILTER (v.how = 'hand-over') AS handed,
        count(w.of_top) AS known, count(*) FILTER (w.of_top) AS of_top, count(*) FILTER (w.partner) AS partner,
        count(*) FILTER (k.marked_at <= v.arrived_at + CASE WHEN v.how IN ('hand-over', 'taken') THEN INTERVAL 1 DAY ELSE ${BIRTH} END) AS marked,
        count(*) FILTER (v.how = 'hand-over' AND r.tid IS NOT NULL) AS raised
      FROM m_team_ticket v
      JOIN m_work_ticket w ON w.tid = v.tid
      LEFT JOIN marked k ON k.tid = v.tid
      LEFT JOIN (
        SELECT DISTINCT v.tid, v.team_id FROM m_team_ticket v JOIN m_raise r ON r.tid = v.tid
        WHERE r.raised_at >= v.arrived_at - INTERVAL 10 MINUTE AND r.raised_at <= v.arrived_at + INTERVAL 10 MINUTE) r
        ON r.tid = v.tid AND r.team_id = v.team_id
      GROUP BY v.connection, v.team_id),
    done AS (
      SELECT s.connection, s.team_id, s.tid, a.agent_id, a.kind, count(*) AS n
      FROM m_touch a JOIN m_team_stay s ON s.tid = a.tid
        AND (a.touched_at > s.from_at OR (a.touched_at = s.from_at AND s.how IS DISTINCT FROM 'hand-over')) AND coalesce(a.touched_at <= s.to_at, true)
      GROUP BY s.connection, s.team_id, s.tid, a.agent_id, a.kind),
    worked AS (
      SELECT connection, team_id, count(DISTINCT tid) AS worked, count(DISTINCT tid) FILTER (kind = 'reply') AS replied,
        count(DISTINCT tid) FILTER (kind = 'note') AS noted
      FROM done GROUP BY connection, team_id),
    by_person AS (SELECT connection, team_id, agent_id, sum(n) AS n FROM done GROUP BY connection, team_id, agent_id),
    total AS (SELECT connection, agent_id, sum(n) AS n FROM by_person GROUP BY connection, agent_id),
    own AS (
      SELECT m.connection, m.team_id, count(*) AS members, coalesce(sum(t.n), 0) AS actions, coalesce(sum(p.n), 0) AS inside
      FROM membership m
      LEFT JOIN total t ON t.connection = m.connection AND t.agent_id = m.agent_id
      LEFT JOIN by_person p ON p.connection = m.connection AND p.agent_id = m.agent_id AND p.team_id = m.team_id
      GROUP BY m.connection, m.team_id),
    guests AS (
      SELECT p.connection, p.team_id, sum(p.n) AS done, sum(p.n) FILTER (a.department = 'partner') AS by_partner
      FROM by_person p LEFT JOIN telemetry.agent a ON a.connection = p.connection AND a.id = p.agent_id GROUP BY p.connection, p.team_id),
    homes AS (
      SELECT m.connection, m.team_id, mode(a.department ORDER BY a.department) AS department
      FROM membership m JOIN telemetry.agent a ON a.connection = m.connection AND a.id = m.agent_id
      WHERE a.department IS NOT NULL GROUP BY m.connection, m.team_id)
    SELECT t.connection, t.id AS team_id, t.purpose AS named, t.tier AS named_tier,
      coalesce(r.tickets, 0) AS tickets, coalesce(r.born, 0) AS born, coalesce(r.handed, 0) AS handed,
      coalesce(r.known, 0) AS known, coalesce(r.of_top, 0) AS of_top, coalesce(r.partner, 0) AS partner,
      coalesce(r.marked, 0) AS marked, coalesce(r.raised, 0) AS raised,
      coalesce(d.all_tickets, 0) AS all_tickets, coalesce(d.all_known, 0) AS all_known, coalesce(d.all_of_top, 0) AS all_of_top,
      coalesce(d.all_partner, 0) AS all_partner, coalesce(d.all_marked, 0) AS all_marked,
      coalesce(w.worked, 0) AS worked, coalesce(w.replied, 0) AS replied, coalesce(w.noted, 0) AS noted,
      coalesce(o.members, 0) AS members, coalesce(o.actions, 0) AS actions, coalesce(o.inside, 0) AS inside,
      coalesce(g.done, 0) AS done, coalesce(g.by_partner, 0) AS by_partner, h.department
    FROM m_team t
    LEFT JOIN desk d ON d.connection = t.connection
    LEFT JOIN reached r ON r.connection = t.connection AND r.team_id = t.id
    LEFT JOIN worked w ON w.connection = t.connection AND w.team_id = t.id
    LEFT JOIN own o ON o.connection = t.connection AND o.team_id = t.id
    LEFT JOIN guests g ON g.connection = t.connection AND g.team_id = t.id
    LEFT JOIN homes h ON h.connection = t.connection AND h.team_id = t.id`,
);
