import { type Relation, table, view } from '../relation.ts';

/** A mark and a move, or two marks, this close together are one escalation. */
const TOGETHER = 'INTERVAL 1 HOUR';

/**
 * Escalations of tickets: marks that say so (the connector's, or learnt), and hand-overs into an escalation team from another team. A hand-over to the next
 * line is none, and neither is a way that a ticket takes at birth. What happens within an hour of one is part of it.
 */
const escalation = table(
  'escalation',
  ['event', 'm_ticket', 'm_mark', 'm_team_stay', 'team'],
  () => `
    WITH step AS (
      SELECT tid, marked_at AS "at", seq, actor, actor_id, rule_id, 'mark' AS "by", NULL AS to_team FROM m_mark
      UNION ALL
      SELECT s.tid, s.from_at, e.seq, e.actor, e.actor_id, e.rule_id, 'move', s.team_id
      FROM m_team_stay s
      JOIN team up ON up.connection = s.connection AND up.id = s.team_id AND up.purpose = 'escalation'
      JOIN m_ticket t ON t.tid = s.tid
      JOIN event e ON e.connection = t.connection AND e.ticket_id = t.id AND e.kind = 'group' AND e."at" = s.from_at AND e.to_value = s.team_id
      LEFT JOIN team down ON down.connection = s.connection AND down.id = s.from_team
      WHERE s.how = 'hand-over' AND down.purpose IS DISTINCT FROM 'escalation'),
    apart AS (
      SELECT *, coalesce("at" > lag("at") OVER turn + ${TOGETHER}, true) AS fresh FROM step
      WINDOW turn AS (PARTITION BY tid ORDER BY "at", "by", seq)),
    numbered AS (
      SELECT *, sum(CAST(fresh AS INTEGER)) OVER (PARTITION BY tid ORDER BY "at", "by", seq ROWS UNBOUNDED PRECEDING) AS ordinal FROM apart),
    one AS (
      SELECT tid, ordinal, min("by") AS "by", arg_min(to_team, ("at", seq)) AS to_team,
        min(struct_pack("at" := "at", seq := seq, actor := actor, actor_id := actor_id, rule_id := rule_id)) AS first
      FROM numbered GROUP BY tid, ordinal)
    SELECT t.connection, t.id AS ticket_id, o.first."at" AS "at", o.first.seq AS seq, CAST(o.ordinal AS BIGINT) AS ordinal,
      o.first.actor AS actor, o.first.actor_id AS actor_id, o.first.rule_id AS rule_id, o."by", o.to_team
    FROM one o JOIN m_ticket t ON t.tid = o.tid`,
);

const recognised = view(
  'm_escalation_recognised',
  ['m_mark_term'],
  () => `
    SELECT connection, 'escalation' AS kind, term AS subject, 'mark' AS meaning, how, tickets AS support, tickets AS base FROM m_mark_term`,
);

/** Terms with something of an escalation about them, too little to call them one. */
const unread = view(
  'm_escalation_unread',
  ['m_term_evidence', 'm_mark_term', 'm_meaning'],
  () => `
    SELECT v.connection, CASE WHEN v.term LIKE 'tag:%' THEN 'tag' ELSE 'field' END AS kind, v.term AS subject,
      'perhaps a mark of escalation' AS detail
    FROM m_term_evidence v
    WHERE v.half AND (v.connection, v.term) NOT IN (SELECT (connection, term) FROM m_mark_term)
      AND (v.connection, v.term) NOT IN (SELECT (connection, subject) FROM m_meaning WHERE kind = 'escalation')`,
);

export const ESCALATION: readonly Relation[] = [escalation, recognised, unread];
