import { type Relation, table, view } from '../relation.ts';

/** Names under which connectors hand over fields whose role they know, and that role. */
export const CANONICAL: Readonly<Record<string, string>> = {
  severity: 'severity',
  product: 'product',
  category: 'category',
  cause_code: 'cause',
};

/** Tickets with a value from which on the use of a field says something. */
const ENOUGH = 30;
/** Where values make three priorities or more, people who set them by hand slip: so much of what guessing the commonest would miss may be missed. */
const SLIPS = 0.5;
/** Words and marks of an order of severity. */
const GRADES = `'critical|blocker|urgent|emergency|fatal|major|high|severe|medium|moderate|normal|minor|low|trivial|cosmetic|^(sev|s|p|severity|level)[-_ ]?[0-5]$'`;

const canonical = Object.entries(CANONICAL)
  .map(([field, role]) => `('${field}', '${role}')`)
  .join(', ');

/** Fields that connectors hand over under a canonical name: they show values of it, in the log or on the ticket, or said that they do. */
const fromSource = () => {
  const columns = Object.keys(CANONICAL);
  return `
    SELECT DISTINCT connection, field FROM m_field_fact WHERE field IN (${columns.map((c) => `'${c}'`).join(', ')})
    UNION SELECT * FROM (
      SELECT connection, unnest([${columns.map((c) => `CASE WHEN count(${c}) > 0 THEN '${c}' END`).join(', ')}]) AS field
      FROM telemetry.ticket GROUP BY connection) WHERE field IS NOT NULL
    UNION SELECT o.connection, c.field FROM store.observability o, (VALUES ${canonical}) c(field, role)
      WHERE o.stream = 'tickets' AND o.status = 'available' AND o.fields LIKE '%"' || c.field || '"%'`;
};

/** What connectors heard from the clear title of a field (`automation` of kind `field`). */
const hint = view(
  'm_field_hint',
  ['m_automation'],
  () => `
    SELECT DISTINCT connection, coalesce(condition_fields[1], id) AS field, substr(term, 6) AS role
    FROM (SELECT connection, id, condition_fields, unnest(condition_terms) AS term FROM m_automation WHERE kind = 'field' AND active)
    WHERE starts_with(term, 'role:')`,
);

/** Values of a field that rules turn into priorities: several values, several priorities, at least half of all values. */
const gradedByRule = `
  SELECT c.connection, c.name AS field, count(DISTINCT c.value) AS graded
  FROM m_rule_term c JOIN m_rule_term a USING (connection, of, id)
  WHERE c.side = 'condition' AND c.shape = 'field' AND c.value IS NOT NULL AND NOT c.excluded AND c.of <> 'macro'
    AND a.side = 'action' AND a.shape = 'priority'
  GROUP BY ALL HAVING count(DISTINCT c.value) >= 2 AND count(DISTINCT a.term) >= 2`;

/** Tickets whose first priority is the usual one of their value, where values have different usual ones; `whole` = share of the commonest priority. */
const gradedByPriority = `
  SELECT connection, field, sum(most) AS agreed, sum(n) AS n, count(DISTINCT usual) AS grades, max(top) / sum(n) AS whole FROM (
    SELECT connection, field, first_value, max(n) AS most, sum(n) AS n, arg_max(priority, row(n, priority)) AS usual, max(over_all) AS top FROM (
      SELECT *, sum(n) OVER (PARTITION BY connection, field, priority) AS over_all FROM (
        SELECT f.connection, f.field, f.first_value, p.priority, count(*) AS n FROM m_field_first f
        JOIN (SELECT tid, arg_min(to_value, n) AS priority FROM m_change WHERE kind_no = 1 AND to_value IS NOT NULL GROUP BY tid) p ON p.tid = f.tid
        WHERE f.born GROUP BY ALL))
    GROUP BY ALL HAVING sum(n) >= 5)
  GROUP BY ALL`;

/** Values by which rules, policies or views select: somebody sorts work by the field. */
const selectedByRule = `
  SELECT connection, name AS field, count(DISTINCT value) AS selected FROM m_rule_term
  WHERE side = 'condition' AND shape = 'field' AND value IS NOT NULL AND NOT excluded AND of NOT IN ('macro', 'field', 'form')
  GROUP BY ALL`;

/**
 * Fields of a scheme in two steps, as dependent lists of a product and its topics are: filled on the same tickets, and each value of the finer one
 * goes with one value of the coarser one. Five tickets for each value at least, since what is given once goes with anything.
 */
const nested = `
  SELECT connection, field, max(agreed) AS nested, max_by(n, row(agreed, n)) AS nested_of FROM (
    SELECT connection, unnest([finer, coarser]) AS field, agreed, n FROM (
    SELECT connection, finer, coarser, sum(most) AS agreed, sum(n) AS n FROM (
      SELECT connection, finer, coarser, value, max(n) AS most, sum(n) AS n FROM (
        SELECT a.connection, a.field AS finer, b.field AS coarser, a.first_value AS value, b.first_value AS above, count(*) AS n
        FROM m_field_first a JOIN m_field_first b ON b.tid = a.tid AND b.field <> a.field GROUP BY ALL) GROUP BY ALL) GROUP BY ALL) s
  JOIN m_field_fact f USING (connection)
  JOIN m_field_fact c USING (connection)
  WHERE f.field = s.finer AND c.field = s.coarser AND f.kinds > c.kinds AND c.kinds >= 2 AND c.top <= 0.8 AND f.kinds * 5 <= s.n
    AND s.n >= ${ENOUGH} AND s.agreed >= 0.95 * s.n AND s.n >= 0.9 * greatest(f.tickets, c.tickets)
    AND coalesce(greatest(f.in_customer, c.in_customer), 0) < 0.95 AND greatest(f.mute, c.mute, f.numeric, c.numeric) < 0.5)
  GROUP BY connection, field`;

/** First values given within a quarter of an hour of an escalation of the ticket. */
const givenWithEscalation = `
  SELECT f.connection, f.field, count(DISTINCT f.tid) AS escalated
  FROM m_field_first f JOIN m_ticket t ON t.tid = f.tid
  JOIN escalation x ON x.connection = t.connection AND x.ticket_id = t.id
    AND f.first_at BETWEEN x."at" - INTERVAL 15 MINUTE AND x."at" + INTERVAL 15 MINUTE
  WHERE NOT f.born GROUP BY ALL`;

/** Fields that are themselves the mark of an escalation. */
const marks = `
  SELECT DISTINCT connection, regexp_extract(to_value, '^field:([^=]+)', 1) AS field FROM event
  WHERE kind = 'escalation' AND starts_with(to_value, 'field:')`;

const gradesByWord = `
  SELECT connection, field, count(*) FILTER (regexp_matches(lower(trim(first_value)), ${GRADES})) AS worded, count(*) AS words
  FROM (SELECT DISTINCT connection, field, first_value FROM m_field_first) GROUP BY ALL`;

/** What the use of a field shows, strongest first; `support` of `base` rows say so. */
const shown = table(
  'm_field_work',
  ['m_field_fact', 'm_field_first', 'm_rule_term', 'm_change', 'm_tier_term', 'escalation', 'event', 'm_ticket'],
  () => `
    WITH seen AS (
      SELECT f.*, g.graded, p.agreed, p.n AS agreed_of, p.grades, p.whole, r.selected, x.escalated, m.field IS NOT NULL AS is_mark,
        v.tiered, k.nested, k.nested_of, f.tickets >= ${ENOUGH} AS enough,
        f.numeric < 0.5 AND f.mute < 0.5 AS coded
      FROM m_field_fact f
      LEFT JOIN (${gradedByRule}) g USING (connection, field)
      LEFT JOIN (${gradedByPriority}) p USING (connection, field)
      LEFT JOIN (${selectedByRule}) r USING (connection, field)
      LEFT JOIN (${givenWithEscalation}) x USING (connection, field)
      LEFT JOIN (${nested}) k USING (connection, field)
      LEFT JOIN (${marks}) m USING (connection, field)
      LEFT JOIN (
        SELECT connection, regexp_extract(term, '^field:([^=]+)=', 1) AS field, count(*) AS tiered FROM m_tier_term
        WHERE starts_with(term, 'field:') AND tier IS NOT NULL GROUP BY ALL) v USING (connection, field)),
    judged AS (
      SELECT connection, field, 'tier' AS role, 0 AS turn, tiered AS support, kinds AS base FROM seen WHERE tiered > 0
      UNION ALL
      SELECT connection, field, 'severity', 1, graded, kinds FROM seen WHERE graded * 2 >= kinds
      UNION ALL
      SELECT connection, field, 'severity', 2, agreed, agreed_of FROM seen
      WHERE enough AND kinds BETWEEN 2 AND 6 AND born >= 0.8 AND agreed_of >= ${ENOUGH} AND whole <= 0.8
        AND (grades >= 2 AND agreed >= 0.9 * agreed_of OR grades >= 3 AND agreed_of - agreed <= ${SLIPS} * (1 - whole) * agreed_of)
      UNION ALL
      SELECT connection, field, 'reason', 3, escalated, tickets FROM seen
      WHERE tickets >= 10 AND kinds >= 2 AND escalated >= 0.7 * tickets AND NOT is_mark AND mute < 0.5
      UNION ALL
      SELECT connection, field, 'cause', 4, late, lived FROM seen
      WHERE enough AND coded AND kinds BETWEEN 3 AND 200 AND born <= 0.2 AND people >= 0.7 AND lived >= 10 AND late >= 0.6 * lived
      UNION ALL
      SELECT connection, field, CASE WHEN in_customer >= at_large + 0.4 * (1 - at_large) THEN 'product' ELSE 'category' END, 5, selected, kinds FROM seen
      WHERE enough AND coded AND kinds BETWEEN 3 AND 200 AND born + ruled >= 0.7 AND selected > 0 AND in_customer < 0.95
      UNION ALL
      SELECT connection, field, CASE WHEN in_customer >= at_large + 0.4 * (1 - at_large) THEN 'product' ELSE 'category' END, 6, nested, nested_of FROM seen
      WHERE nested > 0)
    SELECT connection, field, role, CAST(support AS BIGINT) AS support, CAST(base AS BIGINT) AS base FROM judged
    QUALIFY row_number() OVER (PARTITION BY connection, field ORDER BY turn) = 1`,
);

/**
 * Ticket fields by what they are used for: as stated, else as the source hands them over, else as they are used, else as a title or values
 * suggest. A field that is stated to be `none` has no role.
 */
const decided = table(
  'm_field_role',
  ['m_meaning', 'm_field_fact', 'm_field_first', 'm_field_hint', 'm_field_work'],
  () => `
    WITH source AS (${fromSource()}),
    used AS (SELECT connection, field, tickets, base FROM m_field_fact),
    named AS (
      SELECT h.connection, h.field, h.role, u.tickets AS support, u.base FROM m_field_hint h LEFT JOIN used u USING (connection, field)
      UNION
      SELECT w.connection, w.field, 'severity', w.worded, w.words FROM (${gradesByWord}) w
      JOIN m_field_fact f ON f.connection = w.connection AND f.field = w.field
      WHERE w.words BETWEEN 2 AND 6 AND w.worded * 3 >= w.words * 2 AND f.born >= 0.8),
    every AS (
      SELECT m.connection, m.subject AS field, m.meaning AS role, 'stated' AS how, 0 AS turn, u.tickets AS support, u.base
      FROM m_meaning m LEFT JOIN used u ON u.connection = m.connection AND u.field = m.subject WHERE m.kind = 'field'
      UNION ALL
      SELECT s.connection, s.field, c.role, 'source', 1, u.tickets, u.base FROM source s JOIN (VALUES ${canonical}) c(field, role) ON c.field = s.field
      LEFT JOIN used u ON u.connection = s.connection AND u.field = s.field
      UNION ALL
      SELECT connection, field, role, 'work', 2, support, base FROM m_field_work
      UNION ALL
      SELECT connection, field, role, 'name', 3, support, base FROM named)
    SELECT connection, field, role, how, CAST(support AS BIGINT) AS support, CAST(base AS BIGINT) AS base FROM every
    WHERE role <> 'none' OR how = 'stated'
    QUALIFY turn = min(turn) OVER (PARTITION BY connection, field)`,
);

const fieldRole = view(
  'field_role',
  ['m_field_role'],
  () => `SELECT connection, field, role, how FROM m_field_role WHERE role <> 'none'`,
);

export const FIELD_ROLES: readonly Relation[] = [hint, shown, decided, fieldRole];
