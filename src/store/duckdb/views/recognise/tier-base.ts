import { type Relation, table } from '../relation.ts';

/** Name of the tier of those whom no tag of a family marks. */
export const EVERYONE_ELSE = 'everyone else';

/** What policies promise: `targets` spells all of it; `reply` and `other` are mean logarithms of seconds, business hours counting threefold (they run a third of the time). */
const promise = table(
  'm_policy_promise',
  ['m_sla_policy', 'sla_target'],
  () => `
    SELECT p.connection, p.id,
      string_agg(t.metric || ' ' || t.priority_key || ' ' || t.target_s || CASE WHEN t.business_hours THEN 'b' ELSE '' END, ', '
        ORDER BY t.metric, t.priority_key) AS targets,
      avg(ln(greatest(t.target_s, 1) * CASE WHEN t.business_hours THEN 3 ELSE 1 END) ORDER BY t.target_s, t.business_hours) FILTER (t.metric = 'first_reply') AS reply,
      avg(ln(greatest(t.target_s, 1) * CASE WHEN t.business_hours THEN 3 ELSE 1 END) ORDER BY t.target_s, t.business_hours) FILTER (t.metric <> 'first_reply') AS other
    FROM m_sla_policy p JOIN sla_target t ON t.connection = p.connection AND t.policy_id = p.id
    WHERE p.active AND p.scope = 'ticket' GROUP BY p.connection, p.id`,
);

/**
 * Terms by which policies or rules serve organisations differently: a policy that asks for the term promises something that no policy
 * without it promises; or rules give different priorities. Where work goes (a team) is no sign: regions and languages do that as well.
 */
const served = table(
  'm_served_term',
  ['m_rule_term', 'm_policy_promise'],
  () => `
    WITH asked AS (
      SELECT DISTINCT r.connection, r.term, r.shape, r.name, p.targets FROM m_rule_term r
      JOIN m_policy_promise p ON p.connection = r.connection AND p.id = r.id
      WHERE r.of = 'policy' AND r.shape IN ('tag', 'org', 'field') AND NOT r.excluded),
    ranked AS (
      SELECT c.connection, c.term, c.shape, c.name, a.term AS priority FROM m_rule_term c JOIN m_rule_term a USING (connection, of, id)
      WHERE c.of NOT IN ('policy', 'macro', 'view') AND c.side = 'condition' AND c.shape IN ('tag', 'org', 'field') AND NOT c.excluded
        AND a.side = 'action' AND a.shape = 'priority')
    SELECT a.connection, a.term, a.shape, a.name FROM asked a
    WHERE EXISTS (
      SELECT 1 FROM m_policy_promise p WHERE p.connection = a.connection AND p.targets <> a.targets
        AND p.id NOT IN (SELECT id FROM m_rule_term r WHERE r.connection = a.connection AND r.of = 'policy' AND r.term = a.term AND NOT r.excluded))
    UNION
    SELECT connection, term, shape, name FROM ranked
    WHERE (connection, shape, coalesce(name, '')) IN (
      SELECT (connection, shape, coalesce(name, '')) FROM ranked GROUP BY connection, shape, coalesce(name, '')
      HAVING count(DISTINCT priority) >= 2 AND count(DISTINCT term) >= 2)`,
);

/**
 * Tiers by work, where neither people nor the source name any: the values (2 to 6) of the code field of organisations, or of the ticket field that is the customer's, by which they are served
 * differently, else the tags of which each organisation carries at most one. Each value or tag stands on two organisations at least (a field: two values do).
 */
const byService = table(
  'm_tier_service',
  ['m_served_term', 'm_org_term', 'm_org_known'],
  () => `
    WITH blank AS (SELECT connection FROM m_org_known GROUP BY connection HAVING count(tier) = 0),
    field AS (
      SELECT o.connection, split_part(o.term, '=', 1) AS name, o.term, count(*) AS n
      FROM m_org_term o SEMI JOIN blank b ON b.connection = o.connection WHERE starts_with(o.term, 'org:') OR starts_with(o.term, 'field:') GROUP BY ALL),
    fit AS (
      SELECT f.connection, f.name, count(*) FILTER (f.term IN (SELECT term FROM m_served_term s WHERE s.connection = f.connection)) AS served
      FROM field f GROUP BY ALL HAVING count(*) BETWEEN 2 AND 6 AND count(*) FILTER (f.n >= 2) >= 2),
    chosen AS (SELECT connection, name FROM fit WHERE served > 0 QUALIFY row_number() OVER (PARTITION BY connection ORDER BY served DESC, name) = 1),
    tag AS (
      SELECT o.connection, o.organisation_id, o.term FROM m_org_term o
      SEMI JOIN blank b ON b.connection = o.connection
      SEMI JOIN m_served_term s ON s.connection = o.connection AND s.term = o.term
      ANTI JOIN chosen c ON c.connection = o.connection
      WHERE starts_with(o.term, 'tag:')),
    common AS (SELECT connection, term FROM tag GROUP BY ALL HAVING count(*) >= 2),
    family AS (
      SELECT connection FROM (
        SELECT t.connection, t.organisation_id, count(*) AS n FROM tag t SEMI JOIN common c ON c.connection = t.connection AND c.term = t.term GROUP BY ALL)
      GROUP BY connection HAVING count(*) FILTER (n > 1) <= 0.05 * count(*)),
    bearer AS (
      SELECT t.connection, t.organisation_id AS id, t.term FROM tag t
      SEMI JOIN common c ON c.connection = t.connection AND c.term = t.term SEMI JOIN family f ON f.connection = t.connection)
    SELECT o.connection, o.organisation_id AS id, o.term, substr(o.term, len(c.name) + 2) AS tier
    FROM m_org_term o JOIN chosen c ON c.connection = o.connection AND starts_with(o.term, c.name || '=')
    UNION ALL
    SELECT connection, id, term, substr(term, 5) FROM bearer
    UNION ALL
    SELECT k.connection, k.id, NULL, '${EVERYONE_ELSE}' FROM m_org_known k
    SEMI JOIN (SELECT connection FROM bearer) f ON f.connection = k.connection
    ANTI JOIN bearer b ON b.connection = k.connection AND b.id = k.id
    WHERE k.seen`,
);

/**
 * The tier of each organisation from which terms are learnt: known, else by service. One tier each: the first by name. A desk of which neither tells any
 * has those of the sources of customers beside it.
 */
const base = table('m_tier_base', ['m_org_known', 'm_tier_service', 'm_customer_fact', 'm_meaning'], ({ sources }) => {
  const own = `
    SELECT connection, id, seen, coalesce(tier, by_work) AS tier, tier IS NULL AS worked FROM (
      SELECT k.connection, k.id, k.seen, k.tier, min(s.tier) AS by_work FROM m_org_known k
      LEFT JOIN m_tier_service s ON s.connection = k.connection AND s.id = k.id GROUP BY ALL)
    WHERE tier IS NOT NULL OR by_work IS NOT NULL`;
  if (sources.customers.length === 0) return own;
  return `
    WITH own AS (${own}),
    no_tier AS (SELECT connection, lower(subject) AS tier FROM m_meaning WHERE kind = 'tier' AND meaning = 'none')
    SELECT * FROM own
    UNION ALL
    SELECT f.connection, f.id, k.seen, f.tier, false FROM m_customer_fact f
    JOIN m_org_known k ON k.connection = f.connection AND k.id = f.id
    LEFT JOIN no_tier n ON n.connection = f.connection AND n.tier = lower(f.tier)
    WHERE f.tier IS NOT NULL AND n.tier IS NULL AND f.connection NOT IN (SELECT connection FROM own)`;
});

export const TIER_BASE: readonly Relation[] = [promise, served, byService, base];
