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

/**
 * Terms that organisations carry: those recorded of them, and tags that rules select by and that nearly all tickets of the organisation carry
 * (two tickets at least), as helpdesks copy the tags of organisations to their tickets.
 */
const organisationTerm = table(
  'm_org_term',
  ['m_organisation', 'm_tagged', 'm_ticket'],
  () => `
    WITH carried AS (SELECT connection, organisation_id, term, count(*) AS n FROM m_tagged WHERE organisation_id IS NOT NULL GROUP BY ALL),
    volume AS (SELECT connection, organisation_id, count(*) AS n FROM m_ticket WHERE organisation_id IS NOT NULL GROUP BY ALL)
    SELECT connection, id AS organisation_id, unnest(terms) AS term FROM m_organisation
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

export const ORGANISATION_TERMS: readonly Relation[] = [tagged, organisationTerm, known];
