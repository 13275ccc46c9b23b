import { type Relation, view } from '../relation.ts';

/** Terms and tiers that were learnt: which tier a term stands for, and the place of each tier (`support` of `base` organisations have it). */
const tiers = view(
  'm_tier_recognised',
  ['m_tier_term', 'm_tier_rank', 'organisation'],
  () => `
    SELECT connection, 'tier' AS kind, term AS subject, tier AS meaning, how, support, base FROM m_tier_term
    UNION ALL
    SELECT r.connection, 'tier', r.tier, CAST(r.tier_rank AS VARCHAR),
      CASE r.ordered_by WHEN 'promise' THEN 'work' WHEN 'word' THEN 'name' ELSE r.ordered_by END,
      count(o.id) FILTER (o.tier = r.tier), count(o.id)
    FROM m_tier_rank r LEFT JOIN organisation o ON o.connection = r.connection
    WHERE r.tier_rank IS NOT NULL GROUP BY ALL`,
);

const fields = view(
  'm_field_recognised',
  ['m_field_role'],
  () => `SELECT connection, 'field' AS kind, field AS subject, role AS meaning, how, support, base FROM m_field_role`,
);

/** All that was learnt from the data, with its evidence, for confirmation by people. */
const recognised = view(
  'recognised',
  ['m_tier_recognised', 'm_field_recognised', 'm_learnt_people'],
  () => `
    SELECT connection, kind, subject, meaning, how, CAST(support AS BIGINT) AS support, CAST(base AS BIGINT) AS base FROM m_tier_recognised
    UNION ALL SELECT connection, kind, subject, meaning, how, support, base FROM m_field_recognised
    UNION ALL SELECT connection, kind, subject, meaning, how, support, base FROM m_learnt_people`,
);

/** Kinds of rules whose conditions and actions must be read to know what a desk does; macros, forms and fields only help people. */
const ACTS = `('trigger', 'automation', 'routing', 'queue', 'bot', 'acknowledgement')`;

const rules = view(
  'm_rule_unread',
  ['m_automation', 'm_sla_policy'],
  () => `
    SELECT connection, CASE kind WHEN 'view' THEN 'view' ELSE 'rule' END AS kind, id AS subject,
      concat_ws(', ',
        CASE WHEN unread_conditions > 0 THEN unread_conditions || CASE unread_conditions WHEN 1 THEN ' condition' ELSE ' conditions' END END,
        CASE WHEN unread_actions > 0 THEN unread_actions || CASE unread_actions WHEN 1 THEN ' action' ELSE ' actions' END END) || ' not understood' AS detail
    FROM m_automation WHERE active AND (kind IN ${ACTS} OR kind = 'view' AND shared) AND (unread_conditions > 0 OR unread_actions > 0)
    UNION ALL
    SELECT connection, 'policy', id, unread_conditions || CASE unread_conditions WHEN 1 THEN ' condition' ELSE ' conditions' END || ' not understood'
    FROM m_sla_policy WHERE active AND unread_conditions > 0`,
);

/**
 * Tags and fields of organisations by which rules select without anything telling what they stand for. Tags that rules set themselves are
 * notes of the rules to each other and are left out.
 */
const terms = view(
  'm_term_unread',
  ['m_rule_term', 'm_tier_term', 'm_mark_term', 'm_meaning'],
  () => `
    WITH asked AS (
      SELECT r.connection, CASE WHEN r.shape = 'org' THEN 'org:' || coalesce(r.name, substr(r.term, 5)) ELSE r.term END AS subject, r.term, r.shape, r.of, r.id
      FROM m_rule_term r WHERE r.side = 'condition' AND r.shape IN ('tag', 'org') AND r.of NOT IN ('macro', 'field', 'form')),
    known AS (
      SELECT connection, term FROM m_tier_term UNION SELECT connection, term FROM m_mark_term
      UNION SELECT connection, subject FROM m_meaning UNION SELECT connection, term FROM m_rule_term WHERE side = 'action')
    SELECT connection, CASE shape WHEN 'tag' THEN 'tag' ELSE 'field' END AS kind, subject,
      count(DISTINCT (of, id)) || CASE count(DISTINCT (of, id)) WHEN 1 THEN ' rule selects by it' ELSE ' rules select by it' END
        || CASE WHEN bool_or(of = 'policy') THEN ', a policy among them' ELSE '' END AS detail
    FROM asked a
    WHERE (connection, term) NOT IN (SELECT (connection, term) FROM known)
      AND (connection, subject) NOT IN (SELECT (connection, subject) FROM m_meaning)
    GROUP BY connection, shape, subject`,
);

/** Fields of codes that many tickets carry and whose use tells nothing. */
const openFields = view(
  'm_field_unread',
  ['m_field_fact', 'm_field_role'],
  () => `
    SELECT f.connection, 'field' AS kind, f.field AS subject,
      'filled on ' || f.tickets || ' of ' || f.base || ' tickets, ' || f.kinds || ' values' AS detail
    FROM m_field_fact f ANTI JOIN m_field_role r ON r.connection = f.connection AND r.field = f.field
    WHERE f.tickets >= 30 AND f.tickets >= 0.05 * f.base AND f.kinds BETWEEN 2 AND 200 AND f.numeric < 0.5 AND f.mute < 0.5`,
);

/** Words of the source that stand for several categories. Solved and closed are one: many helpdesks close without a word of their own for it. */
const statuses = view(
  'm_status_unread',
  ['m_meaning'],
  () => `
    SELECT t.connection, 'status' AS kind, t.vendor_status AS subject, 'stands for ' || string_agg(DISTINCT t.status, ', ' ORDER BY t.status) AS detail
    FROM telemetry.ticket t
    ANTI JOIN m_meaning m ON m.connection = t.connection AND m.kind = 'status' AND lower(m.subject) = lower(t.vendor_status)
    WHERE t.vendor_status IS NOT NULL GROUP BY t.connection, t.vendor_status HAVING count(DISTINCT CASE t.status WHEN 'closed' THEN 'solved' ELSE t.status END) > 1`,
);

/** Tiers whose place nothing tells. */
const places = view(
  'm_place_unread',
  ['m_tier_rank'],
  () =>
    `SELECT DISTINCT connection, 'tier' AS kind, tier AS subject, 'its place among the tiers is not known' AS detail FROM m_tier_rank WHERE tier_rank IS NULL`,
);

/**
 * What people stated of a team, an agent, a field or a status word that no connection has: a slip of the pen, an id that YAML rounded, or a thing
 * that is gone. Only where something of that kind was read at all.
 */
const unmatched = view(
  'm_statement_unmatched',
  ['m_meaning', 'm_field_fact', 'm_field_role', 'm_automation'],
  () => `
    WITH there AS (
      SELECT connection, 'team' AS kind, id AS subject FROM telemetry.team
      UNION SELECT connection, 'team', group_id FROM telemetry.ticket
      UNION SELECT connection, 'bot', id FROM telemetry.agent
      UNION SELECT connection, 'field', field FROM m_field_fact
      UNION SELECT connection, 'field', field FROM m_field_role WHERE how <> 'stated'
      UNION SELECT connection, 'field', id FROM m_automation WHERE kind = 'field'
      UNION SELECT connection, 'status', lower(vendor_status) FROM telemetry.ticket),
    said AS (
      SELECT m.connection, m.kind, m.subject, t.subject IS NOT NULL AS found
      FROM m_meaning m
      LEFT JOIN there t ON t.connection = m.connection AND t.kind = m.kind
        AND t.subject = CASE m.kind WHEN 'status' THEN lower(m.subject) ELSE m.subject END
      WHERE m.kind IN (SELECT kind FROM there WHERE subject IS NOT NULL))
    SELECT min(connection) AS connection, kind, subject, 'stated in plumbline.yaml, but the data have none of this name or id' AS detail
    FROM said GROUP BY kind, subject HAVING NOT bool_or(found)`,
);

const PARTS = [
  'm_place_unread',
  'm_rule_unread',
  'm_term_unread',
  'm_field_unread',
  'm_status_unread',
  'm_statement_unmatched',
];

/** All that was looked at and not understood; one row a thing, the most telling detail first. */
const unread = view(
  'unread',
  ['m_unread_people', ...PARTS],
  () => `
    SELECT connection, kind, subject, detail FROM (
      SELECT 0 AS turn, connection, kind, subject, detail FROM m_unread_people
      ${PARTS.map((part, i) => `UNION ALL SELECT ${i + 1}, connection, kind, subject, detail FROM ${part}`).join(' ')})
    QUALIFY row_number() OVER (PARTITION BY connection, kind, subject ORDER BY turn, detail) = 1`,
);

export const LEARNT: readonly Relation[] = [
  tiers,
  fields,
  recognised,
  rules,
  terms,
  openFields,
  statuses,
  places,
  unmatched,
  unread,
];
