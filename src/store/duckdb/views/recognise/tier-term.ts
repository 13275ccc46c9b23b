import { type Relation, table, view } from '../relation.ts';
import { EVERYONE_ELSE } from './tier-base.ts';

/** Words that stand beside the name of a tier in a tag or a field without changing what it means. */
const AFFIXES = [
  ...[
    'tier',
    'plan',
    'level',
    'sla',
    'segment',
    'class',
    'package',
    'edition',
    'contract',
    'support',
    'service',
    'org',
  ],
  ...[
    'organisation',
    'organization',
    'customer',
    'customers',
    'client',
    'clients',
    'account',
    'user',
    'users',
    'is',
    'type',
  ],
]
  .map((word) => `'${word}'`)
  .join(', ');

const plain = (text: string) => `trim(regexp_replace(lower(${text}), '[^a-z0-9]+', '_', 'g'), '_')`;

/** Term and tier go together: nearly all who carry the term are of the tier, nearly all of the tier carry it, and hardly anyone else does. */
const together = (a: string, w: string, t: string, all: string) =>
  `${a} >= 2 AND ${a} >= 0.9 * ${w} AND ${a} >= 0.8 * ${t} AND ${all} - ${t} >= 2 AND ${w} - ${a} <= 0.1 * (${all} - ${t})`;

/** How often organisations that carry a term are of a tier: `a` both, `w` with the term, `t` of the tier, `whole` organisations. */
const organisations = table(
  'm_tier_count',
  ['m_org_term', 'm_tier_base'],
  () => `
    WITH looked AS (SELECT connection, id, tier FROM m_tier_base WHERE seen),
    pair AS (
      SELECT o.connection, o.term, k.tier, count(*) AS a FROM m_org_term o
      JOIN looked k ON k.connection = o.connection AND k.id = o.organisation_id GROUP BY ALL),
    size AS (SELECT connection, tier, count(*) AS t FROM looked GROUP BY ALL)
    SELECT p.connection, p.term, p.tier, p.a, sum(p.a) OVER (PARTITION BY p.connection, p.term) AS w, s.t,
      (SELECT count(*) FROM looked l WHERE l.connection = p.connection) AS whole
    FROM pair p JOIN size s ON s.connection = p.connection AND s.tier = p.tier`,
);

/** The same for values of ticket fields that rules select by, counted in tickets; `organisations` = those that the tickets of the value belong to. */
const tickets = table(
  'm_tier_field_count',
  ['m_rule_term', 'm_ticket', 'event', 'm_tier_base'],
  () => `
    WITH asked AS (SELECT DISTINCT connection, name AS field FROM m_rule_term WHERE shape = 'field' AND side = 'condition' AND value IS NOT NULL),
    filled AS (
      SELECT e.connection, e.field, t.tid, t.organisation_id, arg_max(e.to_value, row(e."at", e.seq, e.id)) AS value FROM event e
      JOIN asked a ON a.connection = e.connection AND a.field = e.field
      JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
      WHERE e.kind = 'field' AND e.to_value IS NOT NULL GROUP BY ALL),
    looked AS (
      SELECT f.connection, f.field, f.value, f.organisation_id, k.tier FROM filled f
      JOIN m_tier_base k ON k.connection = f.connection AND k.id = f.organisation_id),
    pair AS (SELECT connection, field, value, tier, count(*) AS a, count(DISTINCT organisation_id) AS organisations FROM looked GROUP BY ALL)
    SELECT *, sum(a) OVER (PARTITION BY connection, field, value) AS w, sum(a) OVER (PARTITION BY connection, field, tier) AS t,
      sum(a) OVER (PARTITION BY connection, field) AS whole FROM pair`,
);

/** Terms that stand for a tier, with what shows it; each term once, by the first of: stated, the source's own field, work, name. */
const tierOfTerm = table(
  'm_tier_of_term',
  [
    'm_meaning',
    'm_tier_count',
    'm_tier_field_count',
    'm_tier_service',
    'm_tier_base',
    'm_rule_term',
    'm_field_hint',
    'm_org_term',
    'm_org_known',
  ],
  () => `
    WITH named AS (
      SELECT connection, tier FROM m_tier_base
      UNION SELECT connection, subject FROM m_meaning WHERE kind = 'tier' AND rank IS NOT NULL
      UNION SELECT connection, meaning FROM m_meaning WHERE kind = 'tier' AND meaning <> 'none' AND rank IS NULL),
    own_field AS (
      SELECT o.connection, split_part(o.term, '=', 1) AS name, count(*) AS n FROM m_org_term o
      JOIN m_org_known k ON k.connection = o.connection AND k.id = o.organisation_id
      WHERE starts_with(o.term, 'org:') AND k.tier IS NOT NULL
      GROUP BY ALL HAVING bool_and(lower(k.tier) = lower(substr(o.term, strpos(o.term, '=') + 1)))),
    term AS (
      SELECT connection, term FROM m_rule_term WHERE shape IN ('tag', 'org', 'field') AND value IS DISTINCT FROM ''
      UNION SELECT connection, term FROM m_org_term),
    spelt AS (
      SELECT t.connection, t.term, n.tier, ${plain('n.tier')} AS tier_word,
        ${plain("CASE WHEN starts_with(t.term, 'tag:') THEN substr(t.term, 5) ELSE substr(t.term, strpos(t.term, '=') + 1) END")} AS word
      FROM term t JOIN named n ON n.connection = t.connection WHERE starts_with(t.term, 'tag:') OR starts_with(t.term, 'org:')),
    rest AS (
      SELECT *, string_split(trim(replace('_' || word || '_', '_' || tier_word || '_', '_'), '_'), '_') AS others FROM spelt
      WHERE tier_word <> '' AND contains('_' || word || '_', '_' || tier_word || '_')),
    worded AS (
      SELECT r.connection, r.term, r.tier, c.a, coalesce(c.w, w.w) AS w FROM rest r
      LEFT JOIN m_tier_count c ON c.connection = r.connection AND c.term = r.term AND c.tier = r.tier
      LEFT JOIN (SELECT DISTINCT connection, term, w FROM m_tier_count) w ON w.connection = r.connection AND w.term = r.term
      WHERE (len(list_filter(r.others, lambda o: o <> '' AND o NOT IN (${AFFIXES}))) = 0
          OR len(r.others) <= 1 AND c.a >= 0.7 * c.w)
        AND NOT (coalesce(w.w, 0) >= 3 AND coalesce(c.a, 0) < 0.7 * w.w)
      QUALIFY count(*) OVER (PARTITION BY r.connection, r.term) = 1),
    every AS (
      SELECT connection, subject AS term, meaning AS tier, 'stated' AS how, 0 AS turn, NULL AS support, NULL AS base FROM m_meaning
      WHERE kind = 'tier' AND regexp_matches(subject, '^(tag|org|field):')
      UNION ALL
      SELECT t.connection, t.term, 'none', 'stated', 0, NULL, NULL FROM term t
      JOIN m_meaning m ON m.connection = t.connection AND m.kind = 'tier' AND m.meaning = 'none' AND m.subject = split_part(t.term, '=', 1)
      UNION ALL
      SELECT t.connection, t.term, coalesce(k.tier, substr(t.term, strpos(t.term, '=') + 1)), 'source', 1, c.a, c.w FROM term t
      JOIN own_field f ON f.connection = t.connection AND split_part(t.term, '=', 1) = f.name
      LEFT JOIN (SELECT DISTINCT connection, tier FROM m_tier_base) k ON k.connection = t.connection
        AND lower(k.tier) = lower(substr(t.term, strpos(t.term, '=') + 1))
      LEFT JOIN m_tier_count c ON c.connection = t.connection AND c.term = t.term AND c.tier = k.tier
      UNION ALL
      SELECT s.connection, s.term, s.tier, 'work', 2, count(*), count(*) FROM m_tier_service s WHERE s.term IS NOT NULL GROUP BY ALL
      UNION ALL
      SELECT connection, term, tier, 'work', 3, a, w FROM m_tier_count WHERE ${together('a', 'w', 't', 'whole')}
      UNION ALL
      SELECT connection, 'field:' || field || '=' || value, tier, 'work', 4, a, w FROM m_tier_field_count
      WHERE organisations >= 2 AND a >= 10 AND ${together('a', 'w', 't', 'whole')}
      UNION ALL
      SELECT f.connection, f.term, n.tier, 'name', 5, NULL, NULL FROM (
        SELECT DISTINCT r.connection, r.term, r.value FROM m_rule_term r
        JOIN m_field_hint h ON h.connection = r.connection AND h.field = r.name AND h.role = 'tier' WHERE r.shape = 'field') f
      JOIN (SELECT DISTINCT connection, tier FROM named) n ON n.connection = f.connection AND ${plain('n.tier')} = ${plain('f.value')}
      UNION ALL
      SELECT connection, term, tier, 'name', 5, a, w FROM worded)
    SELECT connection, term, tier, how, CAST(support AS BIGINT) AS support, CAST(base AS BIGINT) AS base FROM every
    QUALIFY row_number() OVER (PARTITION BY connection, term ORDER BY turn, tier) = 1`,
);

/** Common words of plans, best first, in the order in which a name is held against them. */
const PLAN_WORDS = [
  'platinum|enterprise|premium|vip|strategic|elite|diamond|priority',
  'gold|business|professional|pro(?:$|[^a-z])|growth|plus|advanced',
  'silver|team|standard|essential|regular',
  'bronze|basic|starter|free|trial|community|self',
];
const wordRank = (tier: string) =>
  `CASE ${PLAN_WORDS.map((words, i) => `WHEN regexp_matches(lower(${tier}), '${words}') THEN ${i + 1}`).join(' ')} END`;

/** Places that a source gives to its tiers, by connection. */
function ranksOfSources(withCustomers: boolean): string {
  const own = 'SELECT connection, tier, source_rank FROM m_org_known';
  const all = withCustomers ? `${own} UNION ALL SELECT connection, tier, tier_rank FROM m_customer_fact` : own;
  return `SELECT connection, tier, min(source_rank) AS source_rank FROM (${all}) GROUP BY ALL`;
}

/**
 * Tiers in their order, 1 = best: as stated (an order that people gave in the settings of the connection is one too; it is known by differing from
 * that of the words); else by what the policies promise them, tightest first reply first, those without a policy of their own last; else by common words of plans;
 * else unknown. The promises are no order while a tier seems to have no policy and some policy asks for what nobody could read: it may be that tier's.
 */
const tierRank = table(
  'm_tier_rank',
  [
    'm_meaning',
    'm_tier_base',
    'm_org_known',
    'm_tier_of_term',
    'm_policy_promise',
    'm_rule_term',
    'm_sla_policy',
    'm_tagged',
    'm_customer_fact',
  ],
  ({ sources }) => `
    WITH tier AS (
      SELECT connection, tier FROM m_tier_base UNION SELECT connection, tier FROM m_tier_of_term WHERE tier <> 'none'
      UNION SELECT connection, subject FROM m_meaning WHERE kind = 'tier' AND rank IS NOT NULL),
    promised AS (
      SELECT v.connection, v.tier, min(p.reply) AS reply, min(p.other) AS other FROM m_tier_of_term v
      JOIN m_rule_term r ON r.connection = v.connection AND r.term = v.term AND r.of = 'policy' AND NOT r.excluded
      JOIN m_policy_promise p ON p.connection = r.connection AND p.id = r.id
      WHERE v.tier <> 'none' GROUP BY ALL),
    murky AS (
      SELECT connection FROM m_sla_policy WHERE active AND scope = 'ticket' AND unread_conditions > 0
      UNION SELECT r.connection FROM m_rule_term r ANTI JOIN m_tier_of_term v ON v.connection = r.connection AND v.term = r.term
      WHERE r.of = 'policy' AND r.shape IN ('tag', 'org') AND NOT r.excluded AND r.term NOT IN (
        SELECT g.term FROM m_tagged g WHERE g.connection = r.connection GROUP BY g.term HAVING count(*) >= 5 AND count(DISTINCT g.organisation_id) >= 2)),
    known AS (
      SELECT t.connection, t.tier, m.rank AS said, s.source_rank, ${wordRank('t.tier')} AS word, p.tier IS NOT NULL AS own, p.reply, p.other
      FROM tier t
      LEFT JOIN m_meaning m ON m.connection = t.connection AND m.kind = 'tier' AND lower(m.subject) = lower(t.tier) AND m.rank IS NOT NULL
      LEFT JOIN (${ranksOfSources(sources.customers.length > 0)}) s ON s.connection = t.connection AND s.tier = t.tier
      LEFT JOIN promised p ON p.connection = t.connection AND p.tier = t.tier),
    basis AS (
      SELECT connection,
        CASE WHEN count(said) > 0 THEN 'stated'
          WHEN bool_or(source_rank IS DISTINCT FROM word AND source_rank IS NOT NULL) THEN 'source'
          WHEN count(DISTINCT (own, reply, other)) >= 2 AND (bool_and(own OR tier = '${EVERYONE_ELSE}') OR connection NOT IN (SELECT connection FROM murky)) THEN 'promise'
          WHEN count(word) > 0 THEN 'word' END AS ordered_by
      FROM known GROUP BY connection)
    SELECT k.connection, k.tier, b.ordered_by,
      CAST(CASE b.ordered_by WHEN 'stated' THEN k.said WHEN 'source' THEN k.source_rank WHEN 'word' THEN k.word
        WHEN 'promise' THEN dense_rank() OVER (PARTITION BY k.connection ORDER BY NOT k.own, k.reply NULLS LAST, k.other NULLS LAST, coalesce(k.source_rank, k.word) NULLS LAST)
        END AS BIGINT) AS tier_rank
    FROM known k JOIN basis b ON b.connection = k.connection`,
);

const tierTermWork = table(
  'm_tier_term',
  ['m_tier_of_term', 'm_tier_rank'],
  () => `
    SELECT v.connection, v.term, v.tier, r.tier_rank, v.how, v.support, v.base FROM m_tier_of_term v
    LEFT JOIN m_tier_rank r ON r.connection = v.connection AND r.tier = v.tier WHERE v.tier <> 'none'`,
);

const tierTerm = view(
  'tier_term',
  ['m_tier_term'],
  () => 'SELECT connection, term, tier, tier_rank, how FROM m_tier_term',
);

export const TIER_TERMS: readonly Relation[] = [organisations, tickets, tierOfTerm, tierRank, tierTermWork, tierTerm];
