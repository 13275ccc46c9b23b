import { KIND_NO } from '../change.ts';
import { type Relation, table } from '../relation.ts';
import { BIRTH } from './work-ticket.ts';

/** A mark is on fewer tickets than this share; what most tickets get is part of the ordinary way. */
const RARE = 0.2;
/** Tickets with a term before anything is learnt from it. */
const FEWEST = 10;
/** Share of the tickets of a mark that show what goes with an escalation. */
const MOST = 0.5;
/** How many times more often it shows than on other tickets. */
const LIFT = 4;
/** "Nearly always". */
const NEARLY_ALL = 0.9;
/** So much more of one topic than of the usual greatest one makes a term topical. */
const TOPIC = 0.2;
/** What can go with a mark and is compared with the other tickets. */
const KINDS = ['raised', 'helped', 'managed'] as const;
/** Points of evidence that make a term a mark. */
const ENOUGH = 2;

/** Words for it in clear tags, fields and values; "not escalated" and "de-escalated" say the opposite. */
const SAYS = '(^|[^a-z])es[ck]al';
const DENIES = '(^|[^a-z])(no|not|non|un|de|nicht|keine?)[-_ ]?es[ck]al';

function says(term: string): string {
  return `(regexp_matches(lower(${term}), '${SAYS}') AND NOT regexp_matches(lower(${term}), '${DENIES}'))`;
}

/** Terms that tickets got: tags and values of fields, the first time on each ticket. `born`: it came with the ticket or by a rule at once. */
const termSet = table(
  'm_term_set',
  ['m_work_ticket', 'm_meaning'],
  ({ asOf, whole }) => `
    WITH given AS (
      SELECT t.tid, t.connection, t.created_at, e."at", e.seq, e.actor, e.actor_id, e.rule_id, e.initial,
        CASE e.kind WHEN 'tag' THEN 'tag:' || e.to_value ELSE 'field:' || e.field || '=' || e.to_value END AS term
      FROM telemetry.event e JOIN m_work_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
      WHERE e.kind IN ('tag', 'field') AND e.to_value IS NOT NULL AND e.to_value IS DISTINCT FROM e.from_value AND e."at" < ${asOf}
        AND coalesce(e.field <> 'schedule', true) AND lower(e.to_value) NOT IN ('false', 'no', '0') AND ${whole('events', 'e.connection')}),
    usual AS (SELECT connection, count(*) AS n FROM m_work_ticket GROUP BY connection),
    rare AS (
      SELECT g.connection, g.term FROM given g JOIN usual u ON u.connection = g.connection
      GROUP BY g.connection, g.term, u.n HAVING count(DISTINCT g.tid) < ${RARE} * u.n OR ${says('g.term')}
        OR (g.connection, g.term) IN (SELECT (connection, subject) FROM m_meaning WHERE kind = 'escalation'))
    SELECT tid, connection, term, first."at" AS set_at, first.seq AS seq, first.actor AS actor, first.actor_id AS actor_id, first.rule_id AS rule_id,
      first.initial AS initial, first.initial OR (first."at" <= created_at + ${BIRTH} AND first.actor IS DISTINCT FROM 'agent') AS born
    FROM (
      SELECT g.tid, g.connection, g.created_at, g.term,
        min(struct_pack("at" := g."at", seq := g.seq, actor := g.actor, actor_id := g.actor_id, rule_id := g.rule_id, initial := g.initial)) AS first
      FROM given g SEMI JOIN rare r ON r.connection = g.connection AND r.term = g.term
      GROUP BY g.tid, g.connection, g.created_at, g.term)`,
);

/** Urgency raised on a ticket, the desk's own default at the start is none. */
const raise = table(
  'm_raise',
  ['m_work_ticket', 'm_change'],
  ({ asOf }) => `
    SELECT c.tid, c.changed_at AS raised_at FROM m_change c SEMI JOIN m_work_ticket w ON w.tid = c.tid
    WHERE c.kind_no = ${KIND_NO.priority} AND NOT c.initial AND c.changed_at < ${asOf}
      AND TRY_CAST(c.to_value AS INTEGER) < TRY_CAST(c.prev_value AS INTEGER)`,
);

/**
 * People who came to a ticket that another person had already worked on, and who are of the management or of no team that the ticket
 * had been with.
 */
const joined = table(
  'm_joined',
  ['m_touch', 'm_team_ticket', 'm_first_touch'],
  () => `
    WITH came AS (
      SELECT a.tid, a.agent_id, min(a.touched_at) AS joined_at FROM m_touch a
      WHERE a.agent_id IS NOT NULL GROUP BY a.tid, a.agent_id),
    later AS (
      SELECT c.tid, w.connection, c.agent_id, c.joined_at
      FROM came c JOIN m_first_touch f ON f.tid = c.tid AND f.agent_id <> c.agent_id AND f.first_touch_at < c.joined_at
      JOIN m_work_ticket w ON w.tid = c.tid),
    of_team AS (
      SELECT l.tid, l.agent_id, bool_or(v.tid IS NOT NULL) AS at_home FROM later l
      JOIN telemetry.membership m ON m.connection = l.connection AND m.agent_id = l.agent_id
      LEFT JOIN m_team_ticket v ON v.tid = l.tid AND v.team_id = m.team_id AND v.arrived_at < l.joined_at
      GROUP BY l.tid, l.agent_id)
    SELECT l.tid, l.joined_at, coalesce(g.department = 'management', false) AS manager
    FROM later l
    LEFT JOIN telemetry.agent g ON g.connection = l.connection AND g.id = l.agent_id
    LEFT JOIN of_team o ON o.tid = l.tid AND o.agent_id = l.agent_id
    WHERE coalesce(g.department = 'management', false) OR o.at_home = false`,
);

/** What happened around each setting of a term that may be a mark. */
const termCase = table(
  'm_term_case',
  ['m_term_set', 'm_first_touch', 'm_raise', 'm_joined', 'm_team_stay'],
  () => `
    WITH wanted AS (
      SELECT s.connection, s.term FROM m_term_set s GROUP BY s.connection, s.term HAVING count(*) >= ${FEWEST} OR ${says('s.term')}),
    c AS (
      SELECT s.*, f.tid IS NOT NULL AND s.set_at > f.first_touch_at AND NOT s.born AS late
      FROM m_term_set s SEMI JOIN wanted w ON w.connection = s.connection AND w.term = s.term
      LEFT JOIN m_first_touch f ON f.tid = s.tid),
    raised AS (
      SELECT DISTINCT c.tid, c.term FROM c JOIN m_raise r ON r.tid = c.tid
      WHERE r.raised_at >= c.set_at - INTERVAL 10 MINUTE AND r.raised_at <= c.set_at + INTERVAL 1 HOUR),
    helped AS (
      SELECT c.tid, c.term, bool_or(j.manager) AS managed FROM c JOIN m_joined j ON j.tid = c.tid
      WHERE j.joined_at > c.set_at AND j.joined_at <= c.set_at + INTERVAL 1 DAY GROUP BY c.tid, c.term),
    moved AS (
      SELECT c.tid, c.term, arg_min(v.team_id, (v.from_at, v.team_id)) AS to_team FROM c JOIN m_team_stay v ON v.tid = c.tid
      WHERE v.how = 'hand-over' AND v.from_at >= c.set_at - INTERVAL 5 MINUTE AND v.from_at <= c.set_at + INTERVAL 1 HOUR
      GROUP BY c.tid, c.term)
    SELECT c.tid, c.connection, c.term, c.late, c.born, r.tid IS NOT NULL AS raised, h.tid IS NOT NULL AS helped, coalesce(h.managed, false) AS managed,
      m.to_team
    FROM c
    LEFT JOIN raised r ON r.tid = c.tid AND r.term = c.term
    LEFT JOIN helped h ON h.tid = c.tid AND h.term = c.term
    LEFT JOIN moved m ON m.tid = c.tid AND m.term = c.term`,
);

/** Rules that wait for a term, by what they do then. One that hands the ticket over and tells the receiver routes; it does not alarm. */
const termRule = table(
  'm_term_rule',
  ['m_term_set'],
  () => `
    WITH waits AS (
      SELECT connection, action_terms, unnest(condition_terms) AS term FROM telemetry.automation
      WHERE active AND kind IN ('trigger', 'automation', 'routing') AND condition_terms IS NOT NULL AND action_terms IS NOT NULL)
    SELECT connection, term,
      bool_or(len(list_filter(action_terms, lambda a: a LIKE 'notify:%' AND a <> 'notify:requester')) > 0
        AND len(list_filter(action_terms, lambda a: a LIKE 'group:%' OR a LIKE 'assignee:%')) = 0) AS tells,
      bool_or(len(list_filter(action_terms, lambda a: a LIKE 'priority:%')) > 0) AS raises,
      bool_or(len(list_filter(action_terms, lambda a: a LIKE 'group:%' OR a LIKE 'assignee:%')) > 0) AS moves
    FROM waits WHERE NOT starts_with(term, '!') GROUP BY connection, term`,
);

/**
 * What speaks for each term that it marks escalations, in points: the priority is raised with it (2), someone of the management joins (2), its
 * name says so (2), a rule that waits for it tells somebody or raises the priority (1), its tickets go over to one team that gets most of
 * its hand-overs so, or people of another team join (1). A term that goes with one topic has one less: a team for that topic gets its tickets
 * so. Nothing counts for a term that is mostly given before anybody of the desk has worked on the ticket. `half`: something of it shows, not
 * on most of its tickets.
 */
const termEvidence = table(
  'm_term_evidence',
  ['m_term_case', 'm_term_rule'],
  () => `
    WITH flagged AS (
      SELECT w.tid, w.connection, w.category, w.product, r.tid IS NOT NULL AS raised, j.tid IS NOT NULL AS helped, coalesce(j.managed, false) AS managed
      FROM m_work_ticket w
      LEFT JOIN (SELECT DISTINCT tid FROM m_raise) r ON r.tid = w.tid
      LEFT JOIN (SELECT tid, bool_or(manager) AS managed FROM m_joined GROUP BY tid) j ON j.tid = w.tid),
    usual AS (
      SELECT connection, count(*) AS n, ${KINDS.map((kind) => `count(*) FILTER (${kind}) AS ${kind}`).join(', ')} FROM flagged GROUP BY connection),
    -- The engine's own mode() takes any of two that are as frequent, another one with other threads.
    usual_move AS (
      SELECT connection, term, arg_max(to_team, row(n, to_team)) AS to_team FROM (
        SELECT c.connection, c.term, c.to_team, count(*) AS n FROM m_term_case c SEMI JOIN flagged f ON f.tid = c.tid
        WHERE c.to_team IS NOT NULL GROUP BY c.connection, c.term, c.to_team) GROUP BY connection, term),
    own AS (
      SELECT c.connection, c.term, count(*) AS n, avg(CAST(c.late AS INTEGER)) AS late, max(u.to_team) AS to_team,
        ${KINDS.map((kind) => `count(*) FILTER (c.${kind}) AS ${kind}, count(*) FILTER (f.${kind}) AS ${kind}_ever`).join(', ')}
      FROM m_term_case c JOIN flagged f ON f.tid = c.tid LEFT JOIN usual_move u ON u.connection = c.connection AND u.term = c.term
      GROUP BY c.connection, c.term),
    arrivals AS (SELECT connection, team_id, count(*) AS n FROM m_team_stay WHERE how = 'hand-over' GROUP BY connection, team_id),
    moved AS (
      SELECT o.connection, o.term, count(*) FILTER (c.to_team = o.to_team) AS n
      FROM own o JOIN m_term_case c ON c.connection = o.connection AND c.term = o.term GROUP BY o.connection, o.term),
    topic AS (
      SELECT connection, term, max(share) AS share FROM (
        SELECT c.connection, c.term, count(*) / sum(count(*)) OVER (PARTITION BY c.connection, c.term) AS share
        FROM m_term_case c JOIN flagged f ON f.tid = c.tid WHERE coalesce(f.category, f.product) IS NOT NULL
        GROUP BY c.connection, c.term, f.category, f.product)
      GROUP BY connection, term),
    usual_topic AS (
      SELECT connection, max(share) AS share FROM (
        SELECT connection, count(*) / sum(count(*)) OVER (PARTITION BY connection) AS share
        FROM flagged WHERE coalesce(category, product) IS NOT NULL GROUP BY connection, category, product)
      GROUP BY connection),
    shown AS (
      SELECT o.connection, o.term, o.n, o.late >= ${MOST} AS late, ${says('o.term')} AS says,
        ${KINDS.map((kind) => `${lifted(kind)} AND o.${kind} >= ${MOST} * o.n AS ${kind}, ${lifted(kind)} AND o.${kind} >= ${MOST / 2} * o.n AS ${kind}_half`).join(',\n        ')},
        coalesce(m.n >= ${MOST} * o.n AND m.n >= ${MOST} * a.n, false) AS moved,
        coalesce(topic.share > usual_topic.share + ${TOPIC}, false) AS one_topic,
        coalesce(r.tells, false) AS tells, coalesce(r.raises, false) AS raises, coalesce(r.moves, false) AS moves
      FROM own o
      JOIN usual u ON u.connection = o.connection
      JOIN moved m ON m.connection = o.connection AND m.term = o.term
      LEFT JOIN arrivals a ON a.connection = o.connection AND a.team_id = o.to_team
      LEFT JOIN m_term_rule r ON r.connection = o.connection AND r.term = o.term
      LEFT JOIN topic ON topic.connection = o.connection AND topic.term = o.term
      LEFT JOIN usual_topic ON usual_topic.connection = o.connection)
    SELECT connection, term, n, says,
      CASE WHEN says THEN 2 ELSE 0 END + CASE WHEN late THEN
        CASE WHEN raised THEN 2 ELSE 0 END + CASE WHEN managed THEN 2 ELSE 0 END + CASE WHEN tells OR raises THEN 1 ELSE 0 END
        + CASE WHEN moved OR moves OR helped THEN 1 ELSE 0 END - CASE WHEN one_topic THEN 1 ELSE 0 END ELSE 0 END AS points,
      late AND (${KINDS.map((kind) => `${kind}_half`).join(' OR ')}) AS half
    FROM shown`,
);

/** Whether the tickets of a term show something so many times more often than the tickets without it. */
function lifted(what: string): string {
  return `o.${what} > 0 AND o.${what} / o.n >= ${LIFT} * (u.${what} - o.${what}_ever) / greatest(u.n - o.n, 1)`;
}

/**
 * Terms that come with a link to an issue, nearly always in the same minute: what a tool leaves when a case is shown to the developers. Whatever
 * it is called, it does not say that anything was escalated.
 */
const linkTerm = table(
  'm_link_term',
  ['m_ticket', 'm_term_set'],
  ({ asOf }) => `
    WITH given AS (
      SELECT t.connection, t.id AS ticket_id, e.to_value AS term, e."at" AS given_at
      FROM telemetry.event e JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
      WHERE e.kind = 'escalation' AND e.to_value IS NOT NULL AND e."at" < ${asOf}
      UNION ALL
      SELECT t.connection, t.id, s.term, s.set_at FROM m_term_set s JOIN m_ticket t ON t.tid = s.tid),
    linked AS (
      SELECT g.connection, g.term, g.ticket_id, g.given_at, bool_or(l.id IS NOT NULL) AS linked
      FROM given g LEFT JOIN telemetry.link l ON l.connection = g.connection AND l.ticket_id = g.ticket_id AND l.kind = 'issue'
        AND l.linked_at >= g.given_at - INTERVAL 1 MINUTE AND l.linked_at <= g.given_at + INTERVAL 1 MINUTE
      GROUP BY g.connection, g.term, g.ticket_id, g.given_at)
    SELECT connection, term FROM linked GROUP BY connection, term HAVING avg(CAST(linked AS INTEGER)) >= ${NEARLY_ALL}`,
);

/** Terms that mark escalations: stated, learnt, or named so. */
const markTerm = table(
  'm_mark_term',
  ['m_term_set', 'm_term_evidence', 'm_link_term', 'm_meaning'],
  () => `
    SELECT s.connection, s.term, CASE WHEN max(m.meaning) IS NOT NULL THEN 'stated' WHEN max(v.points) >= 2 + ${ENOUGH} OR NOT bool_or(v.says) THEN 'work' ELSE 'name' END AS how,
      count(*) AS tickets
    FROM m_term_set s
    LEFT JOIN m_meaning m ON m.connection = s.connection AND m.kind = 'escalation' AND m.subject = s.term
    LEFT JOIN m_term_evidence v ON v.connection = s.connection AND v.term = s.term
    WHERE CASE WHEN m.meaning IS NULL THEN coalesce(v.points >= ${ENOUGH}, false) AND (s.connection, s.term) NOT IN (SELECT (connection, term) FROM m_link_term)
      ELSE m.meaning = 'true' END
    GROUP BY s.connection, s.term`,
);

/** Marks of escalation on tickets: what connectors call so, and terms that were learnt to be marks. At birth only the customer can give one: what a rule gives then is a way in. */
const mark = table(
  'm_mark',
  ['m_ticket', 'm_mark_term', 'm_link_term', 'm_meaning'],
  ({ asOf, whole }) => `
    SELECT t.tid, e."at" AS marked_at, e.seq, e.actor, e.actor_id, e.rule_id
    FROM telemetry.event e JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
    LEFT JOIN m_meaning m ON m.connection = e.connection AND m.kind = 'escalation' AND m.subject = e.to_value
    WHERE e.kind = 'escalation' AND e."at" < ${asOf} AND (NOT e.initial OR e.actor = 'customer')
      AND (e.to_value IS NOT NULL OR e.from_value IS NULL)
      AND coalesce(m.meaning = 'true', e.to_value IS NULL OR (e.connection, e.to_value) NOT IN (SELECT (connection, term) FROM m_link_term))
      AND ${whole('events', 'e.connection')}
    UNION ALL
    SELECT s.tid, s.set_at, s.seq, s.actor, s.actor_id, s.rule_id
    FROM m_term_set s JOIN m_mark_term v ON v.connection = s.connection AND v.term = s.term
    WHERE NOT s.born OR s.actor = 'customer'`,
);

export const MARKS: readonly Relation[] = [
  termSet,
  raise,
  joined,
  termCase,
  termRule,
  termEvidence,
  linkTerm,
  markTerm,
  mark,
];
