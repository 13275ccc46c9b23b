import { table } from '../relation.ts';

/**
 * What active policies and rules look at and reach, one row a term: `of` (`policy`, or the kind of the rule), `id`, `side` (`condition`, `action`),
 * `term` without its `!`, `excluded`. Terms of fields are also cut in `name` and `value` (`field:severity=1`).
 */
export const ruleTerm = table(
  'm_rule_term',
  ['m_automation', 'm_sla_policy'],
  () => `
    WITH listed AS (
      SELECT connection, 'policy' AS of, id, 'condition' AS side, unnest(condition_terms) AS written FROM m_sla_policy WHERE active AND scope = 'ticket'
      UNION ALL
      SELECT connection, kind, id, 'condition', unnest(condition_terms) FROM m_automation WHERE active
      UNION ALL
      SELECT connection, kind, id, 'action', unnest(action_terms) FROM m_automation WHERE active),
    bare AS (SELECT * EXCLUDE (written), ltrim(written, '!') AS term, starts_with(written, '!') AS excluded FROM listed)
    SELECT DISTINCT *, split_part(term, ':', 1) AS shape,
      CASE WHEN regexp_matches(term, '^(org|field):[^=]+=') THEN regexp_extract(term, '^(org|field):([^=]+)=', 2) END AS name,
      CASE WHEN regexp_matches(term, '^(org|field):[^=]+=') THEN regexp_extract(term, '^(org|field):[^=]+=(.*)$', 2) END AS value
    FROM bare`,
);
