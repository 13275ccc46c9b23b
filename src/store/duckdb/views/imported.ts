import { ENDED, type Relation, table } from './relation.ts';

/** A day is busy from more than this many times the tickets of a usual day around it. */
const BUSY = 10;
/** Tickets that share one instant of creation with more than this many others look written in one go. */
const BULK = 20;
/** On a busy day fewer twins suffice, as the crowd is a mark of its own. */
const TWINS = 5;

/**
 * Tickets among which an import may hide: those of a busy day, and those that share their instant of creation with many others at
 * desks whose stamps carry seconds (where they are written to the minute or the day, sharing one is no sign of anything).
 * A busy day has more than ten times the tickets of the usual day around it: the greater of the medians of the 28 days with tickets before
 * it and the 28 after it (a side with fewer than 14 is not asked; without either, the median of all days).
 */
const candidate = table(
  'm_import_candidate',
  [],
  ({ asOf }) => `
    WITH k AS (
      SELECT rowid AS rid, connection, id, created_at, CAST(created_at AS DATE) AS day, created_by, requester_key, status
      FROM telemetry.ticket WHERE created_at < ${asOf}),
    d AS (SELECT connection, day, count(*) AS n FROM k GROUP BY connection, day),
    overall AS (SELECT connection, median(n) AS n FROM d GROUP BY connection),
    around AS (
      SELECT connection, day, n,
        CASE WHEN count(*) OVER before_it >= 14 THEN median(n) OVER before_it END AS usual_before,
        CASE WHEN count(*) OVER after_it >= 14 THEN median(n) OVER after_it END AS usual_after
      FROM d
      WINDOW before_it AS (PARTITION BY connection ORDER BY day ROWS BETWEEN 28 PRECEDING AND 1 PRECEDING),
        after_it AS (PARTITION BY connection ORDER BY day ROWS BETWEEN 1 FOLLOWING AND 28 FOLLOWING)),
    busy AS (
      SELECT a.connection, a.day FROM around a JOIN overall v ON v.connection = a.connection
      WHERE a.n > ${BUSY} * coalesce(greatest(a.usual_before, a.usual_after), v.n)),
    fine AS (
      SELECT connection FROM k GROUP BY connection HAVING avg(CAST(extract(second FROM created_at) <> 0 AS INTEGER)) > 0.5),
    twins AS (
      SELECT connection, created_at, count(*) AS n FROM k SEMI JOIN fine USING (connection)
      GROUP BY connection, created_at HAVING count(*) >= ${TWINS})
    SELECT k.*, b.day IS NOT NULL AS busy, coalesce(w.n, 1) AS twins
    FROM k
    LEFT JOIN busy b ON b.connection = k.connection AND b.day = k.day
    LEFT JOIN twins w ON w.connection = k.connection AND w.created_at = k.created_at
    WHERE b.day IS NOT NULL OR w.n > ${BULK}`,
);

/**
 * Who made each candidate, null when it is not known, and whether it ended without a single change or message after its creation
 * (null where neither is recorded).
 */
const marked = table(
  'm_import_mark',
  ['m_import_candidate', 'm_coverage'],
  () => `
    WITH e AS (
      SELECT e.connection, e.ticket_id, min(coalesce(e.actor_id, CASE WHEN e.actor = 'system' THEN 'system' END)) FILTER (e.initial) AS maker,
        bool_or(NOT e.initial AND e."at" > c.created_at) AS lived
      FROM telemetry.event e JOIN m_import_candidate c ON c.connection = e.connection AND c.id = e.ticket_id
      GROUP BY e.connection, e.ticket_id),
    m AS (
      SELECT m.connection, m.ticket_id, min(m.author_id) FILTER (m.seq = 0) AS maker, bool_or(m.seq > 0 AND m."at" > c.created_at) AS lived
      FROM telemetry.message m JOIN m_import_candidate c ON c.connection = m.connection AND c.id = m.ticket_id
      GROUP BY m.connection, m.ticket_id)
    SELECT c.rid, c.connection, c.created_at, c.day, c.busy, c.twins,
      coalesce(e.maker, m.maker, CASE c.created_by WHEN 'customer' THEN c.requester_key ELSE c.created_by END) AS maker,
      CASE WHEN v.status_events OR v.messages
        THEN c.status IN ${ENDED} AND NOT coalesce(e.lived, false) AND NOT coalesce(m.lived, false) END AS lifeless
    FROM m_import_candidate c
    JOIN m_coverage v ON v.connection = c.connection
    LEFT JOIN e ON e.connection = c.connection AND e.ticket_id = c.id
    LEFT JOIN m ON m.connection = c.connection AND m.ticket_id = c.id`,
);

/**
 * Tickets that came by an import. Volume alone proves nothing: desks grow, and have outages. An instant shared by many is one unless
 * several people are known to have made its tickets; at midnight, where stamps may be bare dates, one known maker is asked for.
 * A busy day is one with two of three marks: half of its tickets share their instant with others, nine tenths were made by
 * one and the same, nine tenths ended without any life after creation.
 */
const imported = table(
  'm_imported',
  ['m_import_mark'],
  () => `
    WITH instant AS (
      SELECT connection, created_at FROM m_import_mark WHERE twins > ${BULK}
      GROUP BY connection, created_at
      HAVING avg(CAST(lifeless AS INTEGER)) >= 0.9
        OR (count(DISTINCT maker) <= 1 AND (epoch_ms(created_at) % 86400000 <> 0 OR count(maker) >= 0.9 * count(*)))),
    made AS (SELECT connection, day, max(n) AS most FROM (
      SELECT connection, day, count(*) AS n FROM m_import_mark WHERE busy AND maker IS NOT NULL GROUP BY connection, day, maker)
      GROUP BY connection, day),
    day AS (
      SELECT b.connection, b.day FROM m_import_mark b LEFT JOIN made ON made.connection = b.connection AND made.day = b.day
      WHERE b.busy GROUP BY b.connection, b.day
      HAVING CAST(avg(CAST(b.twins >= ${TWINS} AS INTEGER)) >= 0.5 AS INTEGER)
        + CAST(coalesce(max(made.most) >= 0.9 * count(*), false) AS INTEGER)
        + CAST(coalesce(avg(CAST(b.lifeless AS INTEGER)) >= 0.9, false) AS INTEGER) >= 2)
    SELECT k.rid FROM m_import_mark k SEMI JOIN day ON day.connection = k.connection AND day.day = k.day WHERE k.busy
    UNION
    SELECT k.rid FROM m_import_mark k SEMI JOIN instant i ON i.connection = k.connection AND i.created_at = k.created_at`,
);

export const IMPORTED: readonly Relation[] = [candidate, marked, imported];
