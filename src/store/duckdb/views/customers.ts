import { ENOUGH_MATCHED } from '../../../domain/joined-source.ts';
import { textLiteral } from '../sql-values.ts';
import { nothing } from './recognise/nothing.ts';
import { recordedAs } from './recorded.ts';
import type { Relation, SpanSql } from './relation.ts';

const hasCustomers = ({ sources }: SpanSql): boolean => sources.customers.length > 0;

/** A relation that is there only where a source of customers stands beside the desks. */
function whereCustomers(
  relation: Omit<Relation, 'make'> & { readonly kind: 'TABLE' | 'VIEW'; readonly select: (span: SpanSql) => string },
): Relation {
  const { kind, select, ...rest } = relation;
  return {
    ...rest,
    make: (span) => (hasCustomers(span) ? [`CREATE TEMP ${kind} ${rest.name} AS ${select(span)}`] : []),
  };
}

/** Organisations of the desks as the desks themselves record them. */
const own = whereCustomers({
  name: 'm_organisation_own',
  needs: [],
  kind: 'VIEW',
  select: (span) => recordedAs('organisation', span),
});

/** Records of customers, of all sources of them. */
const customer = whereCustomers({
  name: 'm_customer',
  needs: [],
  ofAll: true,
  kind: 'VIEW',
  select: (span) =>
    `SELECT * FROM (${recordedAs('organisation', span)}) WHERE connection IN (${span.sources.customers.map(textLiteral).join(', ')})`,
});

const COLUMNS = {
  organisation_id: 'VARCHAR',
  customer_source: 'VARCHAR',
  customer_id: 'VARCHAR',
  status: 'VARCHAR',
  rule: 'VARCHAR',
  has_tickets: 'BOOLEAN',
};

/**
 * Each organisation of a desk and each source of customers: the one record that it is, or why there is none. What people said goes before ids, ids before
 * domains; of the first that says anything all has to agree. A domain serves only where one record on either side has it: a mail provider's is everybody's.
 */
const match: Relation = {
  name: 'customer_match',
  needs: ['m_organisation_own', 'm_customer'],
  make: (span) => [`CREATE TEMP TABLE customer_match AS ${hasCustomers(span) ? matched(span) : nothing(COLUMNS)}`],
};

function matched({ asOf, sources }: SpanSql): string {
  const names = sources.customers.map((name) => `(${textLiteral(name)})`).join(', ');
  const said = JSON.stringify(sources.pairs.map((one) => [one.desk, one.organisation_id, one.source, one.customer_id]));
  return `
    WITH source AS (SELECT * FROM (VALUES ${names}) s(source)),
    said AS (
      SELECT p[1] AS connection, p[2] AS organisation_id, p[3] AS source, p[4] AS customer_id
      FROM (SELECT unnest(from_json(${textLiteral(said)}, '[["VARCHAR"]]')) AS p)),
    by_mapping AS (
      SELECT o.connection, o.id, s.source, count(c.id) AS n, min(c.id) AS customer_id, false AS shared
      FROM said s JOIN m_organisation_own o ON o.connection = s.connection AND o.id = s.organisation_id
      LEFT JOIN m_customer c ON c.connection = s.source AND c.id = s.customer_id GROUP BY ALL),
    own_key AS (SELECT connection, id, unnest(external_keys) AS k FROM m_organisation_own),
    customer_key AS (SELECT connection, id, unnest(external_keys) AS k FROM m_customer),
    by_id AS (
      SELECT o.connection, o.id, c.connection AS source, count(DISTINCT c.id) AS n, min(c.id) AS customer_id, false AS shared
      FROM own_key o JOIN customer_key c ON c.k = o.k GROUP BY ALL),
    own_domain AS (
      SELECT connection, id, domain_hash, count(*) OVER (PARTITION BY connection, domain_hash) > 1 AS shared
      FROM m_organisation_own WHERE domain_hash IS NOT NULL),
    customer_domain AS (
      SELECT connection AS source, domain_hash, count(*) AS n, min(id) AS customer_id FROM m_customer
      WHERE domain_hash IS NOT NULL GROUP BY ALL),
    by_domain AS (
      SELECT o.connection, o.id, c.source, c.n, c.customer_id, o.shared
      FROM own_domain o JOIN customer_domain c ON c.domain_hash = o.domain_hash),
    found AS (
      SELECT * FROM (
        SELECT 1 AS turn, 'mapping' AS rule, * FROM by_mapping
        UNION ALL SELECT 2, 'external_id', * FROM by_id
        UNION ALL SELECT 3, 'domain', * FROM by_domain)
      QUALIFY row_number() OVER (PARTITION BY connection, id, source ORDER BY turn, rule) = 1),
    asked AS (
      SELECT DISTINCT connection, organisation_id AS id FROM telemetry.ticket
      WHERE created_at < ${asOf} AND NOT deleted AND organisation_id IS NOT NULL)
    SELECT o.connection, o.id AS organisation_id, s.source AS customer_source,
      CASE WHEN f.n = 1 AND NOT f.shared THEN f.customer_id END AS customer_id,
      CASE WHEN f.n IS NULL OR f.n = 0 THEN 'unmatched' WHEN f.n = 1 AND NOT f.shared THEN 'matched' ELSE 'ambiguous' END AS status,
      f.rule, a.id IS NOT NULL AS has_tickets
    FROM m_organisation_own o CROSS JOIN source s
    LEFT JOIN found f ON f.connection = o.connection AND f.id = o.id AND f.source = s.source
    LEFT JOIN asked a ON a.connection = o.connection AND a.id = o.id`;
}

/** What sources of customers tell of the organisations of a desk, where enough of those with tickets were matched. */
const fact = whereCustomers({
  name: 'm_customer_fact',
  needs: ['customer_match', 'm_customer'],
  kind: 'TABLE',
  select: () => `
    WITH enough AS (
      SELECT connection, customer_source FROM customer_match WHERE has_tickets GROUP BY ALL
      HAVING count(*) FILTER (status = 'matched') >= ${ENOUGH_MATCHED} * count(*)),
    joined AS (
      SELECT m.connection, m.organisation_id, m.customer_source AS source, c.tier, c.tier_rank, c.has_contract, c.has_health, c.health_changed_at,
        c.health_rank, c.renews_at, c.value_band, c.churned_at, c.expanded_at
      FROM customer_match m JOIN enough e ON e.connection = m.connection AND e.customer_source = m.customer_source
      JOIN m_customer c ON c.connection = m.customer_source AND c.id = m.customer_id),
    -- Words of two sources do not mix: the one that tells of most organisations is asked, of equals the first by name.
    teller AS (
      SELECT connection, source FROM joined WHERE tier IS NOT NULL GROUP BY connection, source
      QUALIFY row_number() OVER (PARTITION BY connection ORDER BY count(*) DESC, source) = 1)
    SELECT j.connection, j.organisation_id AS id, min(j.tier) FILTER (t.source IS NOT NULL) AS tier,
      min(j.tier_rank) FILTER (t.source IS NOT NULL) AS tier_rank, bool_or(j.has_contract) AS has_contract, bool_or(j.has_health) AS has_health,
      max(j.health_changed_at) AS health_changed_at,
      coalesce(arg_max(j.health_rank, row(j.health_changed_at, -j.health_rank)) FILTER (j.health_changed_at IS NOT NULL), min(j.health_rank)) AS health_rank,
      min(j.renews_at) AS renews_at, max(j.value_band) AS value_band, max(j.churned_at) AS churned_at, max(j.expanded_at) AS expanded_at
    FROM joined j LEFT JOIN teller t ON t.connection = j.connection AND t.source = j.source GROUP BY ALL`,
});

const either = (column: string): string =>
  `CASE WHEN o.${column} OR f.${column} THEN true ELSE coalesce(o.${column}, f.${column}) END AS ${column}`;

const later = (column: string): string => `greatest(o.${column}, f.${column}) AS ${column}`;
const ownFirst = (column: string): string => `coalesce(o.${column}, f.${column}) AS ${column}`;

/** Of two values of health the one that was set later; one without a date gives way to one with it. */
const HEALTH_RANK = `CASE WHEN o.health_rank IS NULL OR f.health_rank IS NOT NULL AND f.health_changed_at > coalesce(o.health_changed_at, TIMESTAMP '-infinity')
  THEN f.health_rank ELSE o.health_rank END AS health_rank`;

const ADDED = [
  ...['has_contract', 'has_health'].map(either),
  ...['health_changed_at', 'churned_at', 'expanded_at'].map(later),
  ...['renews_at', 'value_band'].map(ownFirst),
  HEALTH_RANK,
].join(', ');

/** Organisations of the desks with what sources of customers add; tiers are added where they are learnt (tier-base.ts). */
const organisation: Relation = {
  name: 'm_organisation',
  needs: ['m_organisation_own', 'm_customer_fact'],
  make: (span) => [
    `CREATE TEMP VIEW m_organisation AS ${
      hasCustomers(span)
        ? `SELECT o.* REPLACE (${ADDED})
           FROM m_organisation_own o LEFT JOIN m_customer_fact f ON f.connection = o.connection AND f.id = o.id`
        : recordedAs('organisation', span)
    }`,
  ],
};

export const CUSTOMERS: readonly Relation[] = [own, customer, match, fact, organisation];
