import { ENOUGH_MATCHED } from '../../../domain/joined-source.ts';
import { TELEMETRY } from '../schema.ts';
import { textLiteral } from '../sql-values.ts';
import { nothing } from './recognise/nothing.ts';
import { recordedAs } from './recorded.ts';
import { ENDED, type Relation, type SpanSql } from './relation.ts';

const hasTrackers = ({ sources }: SpanSql): boolean => sources.engineering.length > 0;

/** Links of the desks as the desks themselves record them. */
const own: Relation = {
  name: 'm_link_own',
  needs: [],
  make: (span) => (hasTrackers(span) ? [`CREATE TEMP VIEW m_link_own AS ${recordedAs('link', span)}`] : []),
};

/** All by which desks may name the tickets of the trackers, and up to when a tracker was read whole. */
const issueKey: Relation = {
  name: 'm_issue_key',
  needs: [],
  ofAll: true,
  make: (span) => {
    if (!hasTrackers(span)) return [];
    const trackers = span.sources.engineering.map(
      ({ name, vendor }) => `(${textLiteral(name)}, ${textLiteral(vendor.toLowerCase())})`,
    );
    return [
      `CREATE TEMP TABLE m_issue_key AS
       WITH beside AS (SELECT * FROM (VALUES ${trackers.join(', ')}) v(tracker, vendor)),
       read AS (
         SELECT connection AS tracker, min(until) AS known_until FROM store.observability
         WHERE stream IN ('tickets', 'messages') GROUP BY connection HAVING bool_and(status = 'available'))
       SELECT t.connection AS tracker, k.vendor, r.known_until, t.id AS issue_id, unnest(t.reference_keys) AS key
       FROM ${TELEMETRY}.ticket t JOIN beside k ON k.tracker = t.connection LEFT JOIN read r ON r.tracker = t.connection
       WHERE t.created_at < ${span.asOf} AND NOT t.deleted`,
    ];
  },
};

const COLUMNS = {
  target_key: 'VARCHAR',
  system: 'VARCHAR',
  tickets: 'BIGINT',
  tracker: 'VARCHAR',
  issue_id: 'VARCHAR',
  status: 'VARCHAR',
  known_until: 'TIMESTAMP',
  counts: 'BOOLEAN',
};

/**
 * Each issue that tickets of a desk name: the ticket of a tracker that it is, or why there is none. What fits two tickets is neither. They count where
 * enough of the issues are found that the desk names in the systems of which any is found: other systems are nobody's whom we read.
 */
const match: Relation = {
  name: 'issue_match',
  needs: ['m_link_own', 'm_issue_key'],
  make: (span) => [`CREATE TEMP TABLE issue_match AS ${hasTrackers(span) ? MATCHED : nothing(COLUMNS)}`],
};

const MATCHED = `
  WITH named AS (
    SELECT connection, target_key, system, count(DISTINCT ticket_id) AS tickets FROM m_link_own
    WHERE kind = 'issue' AND target_key IS NOT NULL GROUP BY ALL),
  found AS (
    SELECT n.connection, n.target_key, n.system, count(DISTINCT (k.tracker, k.issue_id)) AS n, min(k.tracker) AS tracker,
      min(k.issue_id) AS issue_id, min(k.known_until) AS known_until
    FROM named n JOIN m_issue_key k ON k.key = n.target_key AND (n.system IS NULL OR starts_with(k.vendor, lower(n.system)))
    GROUP BY ALL),
  told AS (
    SELECT n.*, CASE WHEN f.n = 1 THEN f.tracker END AS tracker, CASE WHEN f.n = 1 THEN f.issue_id END AS issue_id,
      CASE WHEN f.n IS NULL THEN 'unmatched' WHEN f.n = 1 THEN 'matched' ELSE 'ambiguous' END AS status,
      CASE WHEN f.n = 1 THEN f.known_until END AS known_until
    FROM named n
    LEFT JOIN found f ON f.connection = n.connection AND f.target_key = n.target_key AND f.system IS NOT DISTINCT FROM n.system),
  reached AS (SELECT DISTINCT connection, coalesce(system, '') AS system FROM told WHERE status = 'matched'),
  enough AS (
    SELECT t.connection FROM told t SEMI JOIN reached r ON r.connection = t.connection AND r.system = coalesce(t.system, '')
    GROUP BY t.connection HAVING count(*) FILTER (t.status = 'matched') >= ${ENOUGH_MATCHED} * count(*))
  SELECT t.*, t.status = 'matched' AND e.connection IS NOT NULL AS counts
  FROM told t LEFT JOIN enough e ON e.connection = t.connection`;

/** Words of a tracker for how an issue ended; what none of them says is unknown. */
const AS_DUPLICATE = 'duplic|doppelt';
const AS_REJECTED =
  'reject|invalid|declin|won.?t|not.planned|incomplet|abandon|cannot.reproduce|can.?t.reproduce|works.as|by.design|obsolete|abgelehnt|abgewiesen|rejet';
const AS_FIXED =
  'fixed|complet|done|resolved|solved|merged|released|deployed|implement|gel(ö|oe)st|behoben|erledigt|r(é|e)solu';

/**
 * What the trackers tell of the issues that count: the first answer of one of theirs other than whoever opened it; the end that still holds at asOf; how it
 * ended, by the tracker's words, else fixed where it went through a status of solution.
 */
const fact: Relation = {
  name: 'm_issue_fact',
  needs: ['issue_match'],
  ofAll: true,
  make: (span) => (hasTrackers(span) ? [`CREATE TEMP TABLE m_issue_fact AS ${facts(span)}`] : []),
};

function facts({ asOf }: SpanSql): string {
  return `
    WITH wanted AS (SELECT DISTINCT tracker, issue_id FROM issue_match WHERE counts),
    opened AS (
      SELECT w.tracker, w.issue_id, min(m.author_id) AS author_id FROM wanted w
      JOIN ${TELEMETRY}.message m ON m.connection = w.tracker AND m.ticket_id = w.issue_id AND m.seq = 0 GROUP BY ALL),
    answered AS (
      SELECT w.tracker, w.issue_id, min(m."at") AS responded_at FROM wanted w
      JOIN ${TELEMETRY}.message m ON m.connection = w.tracker AND m.ticket_id = w.issue_id
      LEFT JOIN opened o ON o.tracker = w.tracker AND o.issue_id = w.issue_id
      WHERE m.author = 'agent' AND NOT m.auto_reply AND m.seq > 0 AND m."at" < ${asOf} AND coalesce(m.author_id <> o.author_id, true)
      GROUP BY ALL),
    turn AS (
      SELECT w.tracker, w.issue_id, e."at" AS changed_at, e.to_value IN ${ENDED} AS ended, e.to_value = 'solved' AS solved FROM wanted w
      JOIN ${TELEMETRY}.event e ON e.connection = w.tracker AND e.ticket_id = w.issue_id
      WHERE e.kind = 'status' AND e.to_value IS NOT NULL AND e."at" < ${asOf}),
    reopened AS (SELECT tracker, issue_id, max(changed_at) FILTER (NOT ended) AS open_at FROM turn GROUP BY ALL),
    ended AS (
      SELECT t.tracker, t.issue_id, min(t.changed_at) FILTER (t.ended AND coalesce(t.changed_at > r.open_at, true)) AS closed_at, bool_or(t.solved) AS solved
      FROM turn t JOIN reopened r ON r.tracker = t.tracker AND r.issue_id = t.issue_id GROUP BY ALL),
    known AS (
      SELECT w.tracker, w.issue_id, a.responded_at, e.solved,
        CASE WHEN e.issue_id IS NOT NULL THEN e.closed_at
          WHEN t.status IN ${ENDED} THEN coalesce(t.reported_solved_at, t.reported_closed_at) END AS closed_at,
        lower(concat_ws(' ', t.vendor_status, t.cause_code)) AS words, t.merged_into
      FROM wanted w JOIN ${TELEMETRY}.ticket t ON t.connection = w.tracker AND t.id = w.issue_id
      LEFT JOIN answered a ON a.tracker = w.tracker AND a.issue_id = w.issue_id
      LEFT JOIN ended e ON e.tracker = w.tracker AND e.issue_id = w.issue_id)
    SELECT tracker, issue_id, responded_at, CASE WHEN closed_at < ${asOf} THEN closed_at END AS closed_at,
      CASE WHEN closed_at IS NULL OR closed_at >= ${asOf} THEN NULL
        WHEN merged_into IS NOT NULL OR regexp_matches(words, '${AS_DUPLICATE}') THEN 'duplicate'
        WHEN regexp_matches(words, '${AS_REJECTED}') THEN 'rejected'
        WHEN regexp_matches(words, '${AS_FIXED}') OR solved THEN 'fixed' END AS closed_as
    FROM known`;
}

/** Links of the desks with what the trackers tell of the issues at their other end. */
const link: Relation = {
  name: 'link',
  needs: ['m_link_own', 'm_issue_fact'],
  make: (span) => [
    hasTrackers(span)
      ? `CREATE TEMP TABLE link AS
         SELECT l.* REPLACE (coalesce(l.responded_at, f.responded_at) AS responded_at, coalesce(l.closed_at, f.closed_at) AS closed_at,
           CASE WHEN l.closed_at IS NULL AND f.closed_at IS NOT NULL THEN f.closed_as ELSE l.closed_as END AS closed_as)
         FROM m_link_own l
         LEFT JOIN issue_match m ON m.counts AND l.kind = 'issue' AND m.connection = l.connection AND m.target_key = l.target_key
           AND m.system IS NOT DISTINCT FROM l.system
         LEFT JOIN m_issue_fact f ON f.tracker = m.tracker AND f.issue_id = m.issue_id`
      : `CREATE TEMP VIEW link AS ${recordedAs('link', span)}`,
  ],
};

export const ISSUES: readonly Relation[] = [own, issueKey, match, fact, link];
