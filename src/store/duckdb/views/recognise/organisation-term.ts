import { type Relation, table } from '../relation.ts';

/** Share of the tickets of an organisation that must carry a tag for the tag to be the organisation's: a few are retagged by hand. */
const ITS_OWN = 0.8;

/** Tickets that ever carried a tag by which rules select or of which people say that it stands for a tier. */
const tagged = table(
  'm_tagged',
  ['m_rule_term', 'm_meaning', 'm_ticket', 'event'],
  ({ asOf }) => `
    WITH mentioned AS (
      SELECT connection, term, substr(term, 5) AS tag FROM m_rule_term WHERE shape = 'tag' AND side = 'condition'
      UNION SELECT connection, subject, substr(subject, 5) FROM m_meaning WHERE kind = 'tier' AND starts_with(subject, 'tag:'))
    SELECT t.tid, t.connection, t.organisation_id, m.term FROM event e
    JOIN mentioned m ON m.connection = e.connection AND m.tag = e.to_value
    JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id WHERE e.kind = 'tag'
    UNION
    SELECT x.tid, x.connection, x.organisation_id, m.term FROM (
      SELECT t.tid, t.connection, t.organisation_id, unnest(k.tags) AS tag FROM m_ticket t JOIN telemetry.ticket k ON k.rowid = t.rid
      WHERE coalesce(t.updated_at < ${asOf}, true)) x
    JOIN mentioned m ON m.connection = x.connection AND m.tag = x.tag`,
);

/** Share of the tickets of each customer with its usual value from which on a ticket field is the customer's and not the ticket's. */
const CONSTANT = 0.95;

/**
 * Values of ticket fields that policies or rules select by and that are the customer's: nearly all tickets of a customer bear the same one, and customers
 * differ. Four customers with three such tickets at least; a severity or a topic changes from ticket to ticket.
 */
const customerField = table(
  'm_org_field',
  ['m_rule_term', 'm_ticket', 'event'],
  () => `
    WITH asked AS (
      SELECT DISTINCT connection, name AS field FROM m_rule_term
      WHERE shape = 'field' AND side = 'condition' AND value IS NOT NULL AND of NOT IN ('macro', 'view', 'field', 'form')),
    filled AS (
      SELECT e.connection, e.field, t.tid, t.organisation_id, arg_max(e.to_value, row(e."at", e.seq, e.id)) AS value FROM event e
      JOIN asked a ON a.connection = e.connection AND a.field = e.field
      JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
      WHERE e.kind = 'field' AND e.to_value IS NOT NULL AND t.organisation_id IS NOT NULL GROUP BY ALL),
    usual AS (
      SELECT connection, field, organisation_id, arg_max(value, row(k, value)) AS value, max(k) AS most, sum(k) AS n FROM (
        SELECT connection, field, organisation_id, value, count(*) AS k FROM filled GROUP BY ALL) GROUP BY ALL),
    own AS (
      SELECT connection, field FROM usual WHERE n >= 3 GROUP BY ALL
      HAVING count(*) >= 4 AND count(DISTINCT value) >= 2 AND sum(most) >= ${CONSTANT} * sum(n))
    SELECT u.connection, u.organisation_id, 'field:' || u.field || '=' || u.value AS term FROM usual u
    JOIN own o ON o.connection = u.connection AND o.field = u.field WHERE u.n >= 2 AND u.most >= ${ITS_OWN} * u.n`,
);

/**
 * Terms that organisations carry: those recorded of them, values of ticket fields that are the customer's, and tags that rules select by and that nearly all tickets of the organisation carry
 * (two tickets at least), as helpdesks copy the tags of organisations to their tickets.
 */
const organisationTerm = table(
  'm_org_term',
  ['m_organisation', 'm_tagged', 'm_ticket', 'm_org_field'],
  () => `
    WITH carried AS (SELECT connection, organisation_id, term, count(*) AS n FROM m_tagged WHERE organisation_id IS NOT NULL GROUP BY ALL),
    volume AS (SELECT connection, organisation_id, count(*) AS n FROM m_ticket WHERE organisation_id IS NOT NULL GROUP BY ALL)
    SELECT connection, id AS organisation_id, unnest(terms) AS term FROM m_organisation
    UNION SELECT connection, organisation_id, term FROM m_org_field
    UNION
    SELECT c.connection, c.organisation_id, c.term FROM carried c
    JOIN volume v ON v.connection = c.connection AND v.organisation_id = c.organisation_id WHERE v.n >= 2 AND c.n >= ${ITS_OWN} * v.n`,
);

/**
 * Organisations with the tier that is known of them from people or the source (null = none), and whether their terms could be seen: recorded, or
 * shown by two tickets.
 */
const known = table(
  'm_org_known',
  ['m_organisation', 'm_org_term', 'm_meaning', 'm_ticket'],
  () => `
    WITH volume AS (SELECT connection, organisation_id AS id, count(*) AS n FROM m_ticket WHERE organisation_id IS NOT NULL GROUP BY ALL),
    said AS (
      SELECT o.connection, o.organisation_id AS id, min(m.meaning) AS tier FROM m_org_term o
      JOIN m_meaning m ON m.connection = o.connection AND m.kind = 'tier' AND m.subject = o.term AND m.meaning <> 'none' GROUP BY ALL),
    no_tier AS (SELECT connection, lower(subject) AS tier FROM m_meaning WHERE kind = 'tier' AND meaning = 'none')
    SELECT o.connection, o.id, o.tier_rank AS source_rank,
      coalesce(s.tier, CASE WHEN n.tier IS NULL THEN o.tier END) AS tier,
      o.terms IS NOT NULL OR coalesce(v.n, 0) >= 2 AS seen
    FROM m_organisation o
    LEFT JOIN said s ON s.connection = o.connection AND s.id = o.id
    LEFT JOIN volume v ON v.connection = o.connection AND v.id = o.id
    LEFT JOIN no_tier n ON n.connection = o.connection AND n.tier = lower(o.tier)`,
);

export const ORGANISATION_TERMS: readonly Relation[] = [tagged, customerField, organisationTerm, known];
