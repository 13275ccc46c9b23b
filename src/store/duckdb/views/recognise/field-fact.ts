import { table } from '../relation.ts';

/** Events of the kind `field` that are no fields of the desk's own: what they say has columns and relations of its own. */
const OWN_KIND = `('type', 'form', 'brand', 'organisation', 'schedule', 'priority', 'status', 'group', 'assignee', 'subject', 'description', 'billable')`;

/** Seconds after creation in which a value still belongs to the birth of a ticket: forms and rules of creation need no longer. */
const BIRTH_S = 60;

/** First value of each field of each ticket: when, by whom, how late in the life of the ticket, and the last value. */
export const fieldFirst = table(
  'm_field_first',
  ['m_ticket', 'event', 'm_turn_fact'],
  () => `
    WITH setting AS (
      SELECT e.connection, t.tid, e.field, t.created_at, t.organisation_id, e."at" AS set_at, e.seq, e.id, e.to_value, e.initial, e.actor, e.rule_id
      FROM event e JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
      WHERE e.kind = 'field' AND e.field NOT IN ${OWN_KIND} AND e.to_value IS NOT NULL AND NOT t.deleted)
    SELECT s.connection, s.tid, s.field, min(s.organisation_id) AS organisation_id,
      arg_min(s.to_value, row(s.set_at, s.seq, s.id)) AS first_value, arg_max(s.to_value, row(s.set_at, s.seq, s.id)) AS last_value,
      min(s.set_at) AS first_at,
      arg_min(coalesce(s.initial, false) OR s.set_at <= s.created_at + INTERVAL ${BIRTH_S} SECOND, row(s.set_at, s.seq, s.id)) AS born,
      arg_min(coalesce(CASE WHEN s.rule_id IS NOT NULL THEN 'automation' ELSE s.actor END, ''), row(s.set_at, s.seq, s.id)) AS actor,
      min(x.first_solved_at) AS solved_at,
      CASE WHEN min(x.first_solved_at) > min(s.created_at) + INTERVAL 1 HOUR
        THEN (epoch(min(s.set_at)) - epoch(min(s.created_at))) / (epoch(min(x.first_solved_at)) - epoch(min(s.created_at))) END AS place
    FROM setting s LEFT JOIN m_turn_fact x ON x.tid = s.tid
    GROUP BY s.connection, s.tid, s.field`,
);

/**
 * How each field of the tickets of the horizon is used. `born` = share of first values given at creation (a minute after it included), `people` =
 * share of the later ones that a person gave, `late` = share of first values given in the last fifth of the time to the solution or after it (tickets
 * that took over an hour), `in_customer` = chance that two tickets of one customer agree, `at_large` = that of any two.
 */
export const fieldFact = table(
  'm_field_fact',
  ['m_field_first', 'm_ticket'],
  () => `
    WITH spread AS (
      SELECT connection, field, count(*) AS kinds, max(n) / sum(n) AS top, sum(n * n) / (sum(n) * sum(n)) AS at_large,
        sum(n) FILTER (regexp_matches(first_value, '^[-+]?[0-9]+([.,][0-9]+)?$')) / sum(n) AS numeric,
        coalesce(sum(n) FILTER (lower(first_value) IN ('filled', 'true', 'false', 'yes', 'no')) / sum(n), 0) AS mute
      FROM (SELECT connection, field, first_value, count(*) AS n FROM m_field_first GROUP BY ALL) GROUP BY ALL),
    customer AS (
      SELECT connection, field, sum(agree ORDER BY agree) / sum(n) AS in_customer FROM (
        SELECT connection, field, organisation_id, sum(n) AS n, sum(n * n) / sum(n) AS agree
        FROM (SELECT connection, field, organisation_id, first_value, count(*) AS n FROM m_field_first WHERE organisation_id IS NOT NULL GROUP BY ALL)
        GROUP BY ALL HAVING sum(n) >= 3) GROUP BY ALL)
    SELECT f.connection, f.field, count(*) AS tickets, max(b.base) AS base,
      max(s.kinds) AS kinds, max(s.top) AS top, max(s.at_large) AS at_large, coalesce(max(s.numeric), 0) AS numeric, max(s.mute) AS mute,
      max(c.in_customer) AS in_customer,
      count(*) FILTER (f.born) / count(*) AS born,
      count(*) FILTER (NOT f.born AND f.actor = 'automation') / count(*) AS ruled,
      count(*) FILTER (NOT f.born AND f.actor = 'agent') / nullif(count(*) FILTER (NOT f.born AND f.actor <> ''), 0) AS people,
      count(*) FILTER (f.place >= 0.8) AS late, count(f.place) AS lived
    FROM m_field_first f
    JOIN spread s ON s.connection = f.connection AND s.field = f.field
    LEFT JOIN customer c ON c.connection = f.connection AND c.field = f.field
    JOIN (SELECT connection, count(*) AS base FROM m_ticket WHERE NOT deleted GROUP BY connection) b ON b.connection = f.connection
    GROUP BY f.connection, f.field`,
);
