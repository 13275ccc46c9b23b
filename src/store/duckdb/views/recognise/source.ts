import { ENDED, type Relation, table, view } from '../relation.ts';
import { FEWEST, NEARLY_ALL, recent } from './recent.ts';

/** Tickets with a word to the requester from which on it can be said whether it answers, and the answers of anybody else there that would have come. */
const ASKED = 10;
const EXPECTED = 5;
/** Share of the tickets with a word to it on which a requester that never answers may have written. */
const SILENT = 0.02;
/** Answers beside those of others up to which a requester that comes as only programs do hardly ever answers: checks go on reporting. */
const HARDLY = 0.3;
/** Share of tickets in the quietest eight hours of the day, and at weekends, from which on nobody rests. */
const NO_REST = 0.1;
/** A message that comes so close to the end of its ticket is the end: a check that passes again. */
const CLEARING = 'INTERVAL 1 MINUTE';
/** Three tickets in this time are a burst. */
const BURST = 'INTERVAL 1 MINUTE';

/** Tickets of people and programs outside the desk whose messages are known, and whether somebody wrote to the requester and was answered. */
const talk = table(
  'm_requester_talk',
  [],
  ({ asOf, whole }) => `
    WITH own AS (
      SELECT connection, id, requester_key, created_at, coalesce(channel IN ('api', 'monitoring'), false) AS by_api,
        count(*) OVER (PARTITION BY connection, requester_key) >= ${FEWEST} AS many
      FROM telemetry.ticket
      WHERE requester_key IS NOT NULL AND requester_is_agent IS NOT TRUE AND created_by IS DISTINCT FROM 'agent' AND NOT deleted AND NOT spam AND NOT test
        AND merged_into IS NULL AND ${recent('created_at', asOf)}),
    asked AS (SELECT DISTINCT connection FROM own WHERE many),
    spoken AS (
      SELECT m.connection, m.ticket_id, min(m."at") FILTER (m.author = 'agent' AND m.public AND NOT m.auto_reply) AS asked_at,
        max(m."at") FILTER (m.author = 'customer' AND m.seq > 0) AS answered_at
      FROM telemetry.message m SEMI JOIN asked USING (connection)
      WHERE ${recent('m."at"', asOf)} AND ${whole('messages', 'm.connection')} GROUP BY m.connection, m.ticket_id)
    SELECT o.*, s.asked_at IS NOT NULL AS asked, coalesce(s.answered_at > s.asked_at, false) AS answered, s.asked_at
    FROM own o JOIN spoken s ON s.connection = o.connection AND s.ticket_id = o.id`,
);

/** Answers of requesters with many tickets that are more than the end of the ticket. */
const answered = table(
  'm_requester_answer',
  ['m_requester_talk'],
  ({ asOf }) => `
    WITH said AS (
      SELECT t.connection, t.requester_key, t.id, m."at"
      FROM m_requester_talk t JOIN telemetry.message m ON m.connection = t.connection AND m.ticket_id = t.id
      WHERE t.many AND t.answered AND m.author = 'customer' AND m.seq > 0 AND m."at" > t.asked_at AND m."at" < ${asOf}),
    ended AS (
      SELECT e.connection, e.ticket_id, e."at" FROM telemetry.event e
      WHERE e.kind = 'status' AND e.to_value IN ${ENDED} AND e.actor IS DISTINCT FROM 'agent' AND e."at" < ${asOf})
    SELECT s.connection, s.requester_key, count(DISTINCT s.id) AS tickets FROM said s
    WHERE NOT EXISTS (SELECT 1 FROM ended e WHERE e.connection = s.connection AND e.ticket_id = s.id
      AND e."at" BETWEEN s."at" - ${CLEARING} AND s."at" + ${CLEARING})
    GROUP BY s.connection, s.requester_key`,
);

/** Each requester with many tickets: how they come, at which times, and whether it speaks; beside it the rest of the desk. */
const requester = table(
  'm_requester',
  ['m_requester_talk', 'm_requester_answer'],
  () => `
    WITH many AS (SELECT * FROM m_requester_talk WHERE many),
    near AS (
      SELECT connection, requester_key,
        coalesce(lead(created_at, 2) OVER w - created_at <= ${BURST}, false) OR coalesce(created_at - lag(created_at, 2) OVER w <= ${BURST}, false)
          OR coalesce(lead(created_at) OVER w - lag(created_at) OVER w <= ${BURST}, false) AS burst
      FROM many WINDOW w AS (PARTITION BY connection, requester_key ORDER BY created_at, id)),
    burst AS (SELECT connection, requester_key, count(*) FILTER (burst) AS tickets FROM near GROUP BY connection, requester_key),
    hour AS (SELECT connection, requester_key, hour(created_at) AS hour, count(*) AS n FROM many GROUP BY ALL),
    rest AS (
      SELECT connection, requester_key, min(n) AS quietest FROM (
        SELECT h.connection, h.requester_key, s.start, coalesce(sum(h.n) FILTER ((h.hour - s.start + 24) % 24 < 8), 0) AS n
        FROM hour h CROSS JOIN (SELECT unnest(range(24)) AS start) s GROUP BY h.connection, h.requester_key, s.start)
      GROUP BY connection, requester_key),
    desk AS (
      SELECT connection, count(*) AS n, count(*) FILTER (by_api) AS by_api, count(*) FILTER (asked) AS asked, count(*) FILTER (answered) AS answered
      FROM m_requester_talk GROUP BY connection),
    each AS (
      SELECT connection, requester_key, count(*) AS n, count(*) FILTER (by_api) AS by_api, count(*) FILTER (asked) AS asked,
        count(*) FILTER (answered) AS spoke, count(*) FILTER (isodow(created_at) >= 6) AS weekend
      FROM many GROUP BY connection, requester_key HAVING count(*) >= ${FEWEST})
    SELECT e.connection, e.requester_key, e.n, e.asked, coalesce(a.tickets, 0) AS answered,
      e.by_api >= ${NEARLY_ALL} * e.n AND d.by_api - e.by_api < 0.5 * (d.n - e.n) AS by_api,
      r.quietest >= ${NO_REST} * e.n AND e.weekend >= ${NO_REST} * e.n AS restless,
      b.tickets >= 0.5 * e.n AS bursts,
      e.asked >= ${ASKED} AND (d.answered - e.spoke) * e.asked >= ${EXPECTED} * (d.asked - e.asked) AS telling,
      coalesce(a.tickets, 0) * (d.asked - e.asked) <= ${HARDLY} * (d.answered - e.spoke) * e.asked AS hardly,
      e.asked < (1 - ${NEARLY_ALL}) * e.n AND d.asked - e.asked >= 0.5 * (d.n - e.n) AND d.n > e.n AS unasked
    FROM each e
    JOIN desk d ON d.connection = e.connection
    JOIN rest r ON r.connection = e.connection AND r.requester_key = e.requester_key
    JOIN burst b ON b.connection = e.connection AND b.requester_key = e.requester_key
    LEFT JOIN m_requester_answer a ON a.connection = e.connection AND a.requester_key = e.requester_key`,
);

/**
 * Requesters judged by how they work. A program reports and never answers: on as many tickets somebody else would have answered, or nobody here writes
 * to it while the others are written to. That alone is a customer in a hurry; it also comes through the interface where others do not, or at all hours, or in
 * bursts. Where hardly anybody answers, silence is no sign, and it takes the interface and the times together; where others do answer, both together stand a few answers as well.
 */
const judged = table(
  'm_source',
  ['m_requester', 'm_meaning'],
  () => `
    WITH told AS (
      SELECT *, answered <= ${SILENT} * asked AND ((telling OR unasked) AND (by_api OR restless OR bursts) OR by_api AND (restless OR bursts))
        OR telling AND hardly AND by_api AND (restless OR bursts) AS source
      FROM m_requester),
    every AS (
      SELECT connection, requester_key FROM told
      UNION SELECT DISTINCT t.connection, t.requester_key FROM telemetry.ticket t
      JOIN m_meaning s ON s.connection = t.connection AND s.kind = 'bot' AND s.subject = t.requester_key)
    SELECT e.connection, e.requester_key, t.n, t.answered,
      CASE WHEN s.meaning IS NOT NULL THEN s.meaning = 'true' WHEN t.source THEN true END AS machine,
      CASE WHEN s.meaning IS NOT NULL THEN 'stated' WHEN t.source THEN 'work' END AS how
    FROM every e
    LEFT JOIN told t ON t.connection = e.connection AND t.requester_key = e.requester_key
    LEFT JOIN m_meaning s ON s.connection = e.connection AND s.kind = 'bot' AND s.subject = e.requester_key`,
);

const source = view('source', ['m_source'], () => 'SELECT connection, requester_key, how FROM m_source WHERE machine');

const recognised = view(
  'm_source_recognised',
  ['m_source'],
  () => `
    SELECT connection, 'bot' AS kind, requester_key AS subject, 'source' AS meaning, how, coalesce(n - answered, 0) AS support, coalesce(n, 0) AS base
    FROM m_source WHERE machine`,
);

export const SOURCE: readonly Relation[] = [talk, answered, requester, judged, source, recognised];
