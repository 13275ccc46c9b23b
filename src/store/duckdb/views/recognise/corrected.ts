import { type Relation, table } from '../relation.ts';

/** Tiers of organisations: known of them, else by the best of the terms that they carry. */
const organisation = table(
  'organisation',
  ['m_organisation', 'm_tier_base', 'm_tier_term', 'm_tier_rank', 'm_org_term'],
  () => `
    WITH carried AS (
      SELECT o.connection, o.organisation_id AS id, arg_min(v.tier, row(coalesce(v.tier_rank, 99), v.tier)) AS tier FROM m_org_term o
      JOIN m_tier_term v ON v.connection = o.connection AND v.term = o.term GROUP BY ALL),
    told AS (
      SELECT o.connection, o.id, coalesce(k.tier, c.tier) AS tier FROM m_organisation o
      LEFT JOIN m_tier_base k ON k.connection = o.connection AND k.id = o.id
      LEFT JOIN carried c ON c.connection = o.connection AND c.id = o.id)
    SELECT o.* REPLACE (t.tier AS tier, r.tier_rank AS tier_rank) FROM m_organisation o
    JOIN told t ON t.connection = o.connection AND t.id = o.id
    LEFT JOIN m_tier_rank r ON r.connection = t.connection AND r.tier = t.tier`,
);

/** Words of `condition_fields` with those that the terms turned out to be. */
const withLearnt = (words: string) => `list_sort(list_distinct(list_concat(${words}, coalesce(l.words, []))))`;

/** Tier that the terms of a policy select, when they are all of one; `tier` among the words when any of them is of one. */
const slaPolicy = table(
  'sla_policy',
  ['m_sla_policy', 'm_tier_term', 'm_rule_term', 'm_meaning'],
  () => `
    WITH l AS (
      SELECT r.connection, r.id, ['tier'] AS words, CASE WHEN count(DISTINCT v.tier) FILTER (NOT r.excluded) = 1 THEN min(v.tier) FILTER (NOT r.excluded) END AS tier
      FROM (SELECT p.connection, p.id, ltrim(t.term, '!') AS term, starts_with(t.term, '!') AS excluded FROM m_sla_policy p, unnest(p.condition_terms) t(term)) r
      JOIN m_tier_term v ON v.connection = r.connection AND v.term = r.term GROUP BY ALL),
    n AS (SELECT connection, lower(subject) AS tier FROM m_meaning WHERE kind = 'tier' AND meaning = 'none')
    SELECT p.* REPLACE (
      CASE WHEN l.id IS NOT NULL THEN l.tier WHEN n.tier IS NULL THEN p.tier END AS tier,
      ${withLearnt('p.condition_fields')} AS condition_fields)
    FROM m_sla_policy p LEFT JOIN l ON l.connection = p.connection AND l.id = p.id
    LEFT JOIN n ON n.connection = p.connection AND n.tier = lower(p.tier)`,
);

/** Rules and views with what their terms turned out to be: a tier, a field with a role (a cause keeps its canonical word). */
const automation = table(
  'automation',
  ['m_automation', 'm_tier_term', 'm_field_role'],
  () => `
    WITH looked AS (
      SELECT a.connection, a.kind, a.id, ltrim(t.term, '!') AS term FROM m_automation a, unnest(a.condition_terms) t(term)
      WHERE a.kind <> 'field'),
    word AS (
      SELECT r.connection, r.kind, r.id, 'tier' AS word FROM looked r JOIN m_tier_term v ON v.connection = r.connection AND v.term = r.term
      UNION
      SELECT r.connection, r.kind, r.id, 'tier' FROM looked r
      JOIN (SELECT DISTINCT connection, split_part(term, '=', 1) AS name FROM m_tier_term WHERE starts_with(term, 'org:')) v
        ON v.connection = r.connection AND r.term = 'by:' || v.name
      UNION
      SELECT r.connection, r.kind, r.id, CASE f.role WHEN 'cause' THEN 'cause_code' ELSE f.role END FROM looked r
      JOIN m_field_role f ON f.connection = r.connection AND f.role <> 'none' AND f.field = regexp_extract(r.term, '^(?:by:)?field:([^=]+)', 1)),
    l AS (SELECT connection, kind, id, list(word ORDER BY word) AS words FROM word GROUP BY ALL)
    SELECT a.* REPLACE (${withLearnt('a.condition_fields')} AS condition_fields)
    FROM m_automation a LEFT JOIN l ON l.connection = a.connection AND l.kind = a.kind AND l.id = a.id`,
);

export const CORRECTED_BY_TIER: readonly Relation[] = [organisation, slaPolicy, automation];
