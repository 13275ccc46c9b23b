import { type Relation, type SpanSql, table, view } from '../relation.ts';
import { FEWEST, NEARLY_ALL, recent } from './recent.ts';

/** Up to this share of its messages an account has hardly any notes, changes or tickets of its own. */
const HARDLY = 0.05;
/** Longest time in which only a program answers nearly everyone, and in which one does that posts through the interface alone. */
const AT_ONCE = 'INTERVAL 2 MINUTE';
const SOON = 'INTERVAL 15 MINUTE';
/** Hours of the day that a program works in. */
const HOURS = 20;

/** Bits 0-23 = hours of the day: whether no eight hours on end, the rest that a person needs, are without one, round midnight too. */
function neverRests(mask: string): string {
  const twice = `((${mask}) | ((${mask}) << 24))`;
  const spread = [1, 2, 4].reduce((bits, step) => `(${bits} | (${bits} >> ${step}))`, twice);
  return `(${spread} & 16777215) = 16777215`;
}

const said = ({ asOf, whole }: SpanSql) => `m.author = 'agent' AND m.author_id IS NOT NULL AND ${recent('m."at"', asOf)}
      AND ${whole('messages', 'm.connection')}`;

/**
 * How each account of the desk wrote in a week: messages, hours of the day (as bits), messages at weekends. Hours are UTC: a shift of hours moves no
 * pause.
 */
const week = table(
  'm_account_week',
  [],
  (span) => `
    SELECT m.connection, m.author_id AS agent_id, date_trunc('week', m."at") AS week_at, count(*) AS n,
      count(*) FILTER (m.public AND m.seq <> 0) AS answers, count(*) FILTER (NOT m.public AND m.through_api IS NOT TRUE) AS notes,
      count(*) FILTER (m.through_api) AS by_api, count(m.through_api) AS api_known,
      bit_or(CAST(1 AS BIGINT) << CAST(extract(hour FROM m."at") AS BIGINT)) AS hours,
      count(*) FILTER (isodow(m."at") >= 6) AS weekend
    FROM telemetry.message m WHERE ${said(span)}
    GROUP BY m.connection, m.author_id, week_at`,
);

/** Each account that answered enough, or that wrote enough notes through the interface and never answered: how it writes, and what else it does (`hands`: notes, changes and tickets of its own; `hands_show`: the changes of others are seen, so that having none says something). */
const account = table(
  'm_account',
  ['m_account_week'],
  ({ asOf, whole }) => `
    WITH w AS (
      SELECT connection, agent_id, sum(n) AS n, sum(answers) AS answers, sum(notes) AS notes, sum(by_api) AS by_api, sum(api_known) AS api_known,
        bit_count(bit_or(hours)) AS hours, sum(weekend) AS weekend,
        count(*) FILTER (n >= ${FEWEST}) AS full_weeks, count(*) FILTER (n >= ${FEWEST} AND ${neverRests('hours')}) AS restless_weeks
      FROM m_account_week GROUP BY connection, agent_id),
    enough AS (SELECT * FROM w WHERE answers >= ${FEWEST} OR (answers = 0 AND n >= ${FEWEST} AND by_api >= ${NEARLY_ALL} * n)),
    changed AS (
      SELECT e.connection, e.actor_id AS agent_id, count(*) AS n FROM telemetry.event e
      WHERE e.actor = 'agent' AND e.actor_id IS NOT NULL AND NOT e.initial AND ${recent('e."at"', asOf)}
        AND ${whole('events', 'e.connection')}
      GROUP BY e.connection, e.actor_id),
    owned AS (
      SELECT connection, assignee_id AS agent_id, count(*) AS n FROM telemetry.ticket
      WHERE assignee_id IS NOT NULL AND ${recent('created_at', asOf)} GROUP BY connection, assignee_id),
    shown AS (SELECT connection, sum(n) AS n FROM changed GROUP BY connection),
    desk AS (SELECT connection, sum(n) AS n, sum(by_api) AS by_api, sum(weekend) AS weekend FROM w GROUP BY connection),
    customers AS (
      SELECT connection, avg(CAST(isodow("at") >= 6 AS INTEGER)) AS weekend FROM telemetry.message
      WHERE author = 'customer' AND ${recent('"at"', asOf)} GROUP BY connection)
    SELECT e.connection, e.agent_id, e.n, e.answers,
      e.full_weeks >= 2 AND e.restless_weeks >= 0.8 * e.full_weeks AND e.hours >= ${HOURS}
        AND e.weekend >= 0.5 * coalesce(u.weekend, 0) * e.n AS restless,
      e.full_weeks >= 2 AND e.restless_weeks <= 0.2 * e.full_weeks AS rests,
      e.api_known >= ${NEARLY_ALL} * e.n AND e.by_api >= ${NEARLY_ALL} * e.n AS by_api,
      coalesce(d.by_api - e.by_api < 0.5 * (d.n - e.n), true) AS api_is_rare,
      e.notes + coalesce(c.n, 0) + coalesce(o.n, 0) AS hands, coalesce(s.n - coalesce(c.n, 0) >= 0.3 * (d.n - e.n) AND d.n > e.n, false) AS hands_show
    FROM enough e
    JOIN desk d ON d.connection = e.connection
    LEFT JOIN shown s ON s.connection = e.connection
    LEFT JOIN customers u ON u.connection = e.connection
    LEFT JOIN changed c ON c.connection = e.connection AND c.agent_id = e.agent_id
    LEFT JOIN owned o ON o.connection = e.connection AND o.agent_id = e.agent_id`,
);

/**
 * How fast accounts answer that may be programs: over each one's tickets, the first of its messages there (answers; notes where it writes nothing else) and
 * the last message before that. `asked`: the customer's.
 */
const answerTime = table(
  'm_account_answer',
  ['m_account'],
  (span) => `
    WITH suspect AS (SELECT * FROM m_account WHERE restless OR by_api OR (hands_show AND hands <= ${HARDLY} * n)),
    first AS (
      SELECT m.connection, m.ticket_id, m.author_id AS agent_id, min(m."at") AS "at"
      FROM telemetry.message m JOIN suspect s ON s.connection = m.connection AND s.agent_id = m.author_id
      WHERE ${said(span)} AND (m.public OR s.answers = 0) AND m.seq <> 0 GROUP BY m.connection, m.ticket_id, m.author_id),
    before AS (
      SELECT f.connection, f.agent_id, f."at", arg_max(coalesce(m.author, ''), (m."at", m.seq)) AS author, max(m."at") AS said_at
      FROM first f JOIN telemetry.message m ON m.connection = f.connection AND m.ticket_id = f.ticket_id
      WHERE m."at" <= f."at" AND m.author_id IS DISTINCT FROM f.agent_id AND NOT m.auto_reply
      GROUP BY f.connection, f.ticket_id, f.agent_id, f."at")
    SELECT f.connection, f.agent_id, count(*) AS tickets, coalesce(max(b.asked), 0) AS asked,
      coalesce(max(b.at_once), 0) AS at_once, coalesce(max(b.soon), 0) AS soon
    FROM first f
    LEFT JOIN (
      SELECT connection, agent_id, count(*) FILTER (author = 'customer') AS asked,
        count(*) FILTER (author = 'customer' AND "at" <= said_at + ${AT_ONCE}) AS at_once,
        count(*) FILTER (author = 'customer' AND "at" <= said_at + ${SOON}) AS soon
      FROM before GROUP BY connection, agent_id) b ON b.connection = f.connection AND b.agent_id = f.agent_id
    GROUP BY f.connection, f.agent_id`,
);

/**
 * Accounts judged by how they work. Fast alone is no program (people chat), restless alone none (a shared account of several shifts), the interface
 * alone none (people write in other tools): two have to come together, and who answers at a person's pace is a person. Who only writes notes, through
 * the interface, is one where they come soon or at all hours, not where they follow what colleagues say. `person`: a listed program that
 * rests, works by hand and answers at leisure. `unsure`: posts through the interface alone, though not at a program's pace.
 */
const judged = table(
  'm_account_judged',
  ['m_account', 'm_account_answer'],
  () => `
    WITH seen AS (
      SELECT a.*, t.tickets,
        a.hands_show AND a.hands <= ${HARDLY} * a.n AS handless,
        coalesce(t.asked >= 0.5 * t.tickets AND t.at_once >= ${NEARLY_ALL} * t.asked, false) AS quick,
        coalesce(t.asked >= 0.5 * t.tickets AND t.soon >= ${NEARLY_ALL} * t.asked, false) AS swift,
        coalesce(t.asked < 0.5 * t.tickets, false) AS unasked
      FROM m_account a LEFT JOIN m_account_answer t ON t.connection = a.connection AND t.agent_id = a.agent_id)
    SELECT connection, agent_id, n, answers,
      (quick AND (restless OR by_api OR handless)) OR (swift AND by_api AND (handless OR restless))
        OR (unasked AND handless AND (restless OR (by_api AND api_is_rare AND answers > 0)))
        OR (answers = 0 AND handless AND restless) AS program,
      NOT restless AND rests AND NOT by_api AND hands >= 0.3 * n AS person,
      by_api AND handless AND api_is_rare AND answers > 0 AS unsure
    FROM seen`,
);

/** What every account is that is no person: stated, told by its work, or named so where its work does not say otherwise. */
const program = table(
  'program',
  ['m_agent', 'm_account_judged', 'm_meaning', 'm_source'],
  () => `
    WITH every AS (
      SELECT connection, id AS agent_id FROM m_agent UNION SELECT connection, agent_id FROM m_account_judged
      UNION SELECT connection, subject FROM m_meaning WHERE kind = 'bot' AND (connection, subject) NOT IN (SELECT (connection, requester_key) FROM m_source)),
    told AS (
      SELECT e.connection, e.agent_id,
        CASE
          WHEN s.meaning = 'true' THEN 'stated' WHEN s.meaning IS NOT NULL THEN NULL
          WHEN j.program THEN 'work'
          WHEN NOT a.human AND NOT coalesce(j.person, false) THEN 'name' END AS how
      FROM every e
      LEFT JOIN m_agent a ON a.connection = e.connection AND a.id = e.agent_id
      LEFT JOIN m_account_judged j ON j.connection = e.connection AND j.agent_id = e.agent_id
      LEFT JOIN m_meaning s ON s.connection = e.connection AND s.kind = 'bot' AND s.subject = e.agent_id)
    SELECT connection, agent_id, how FROM told WHERE how IS NOT NULL`,
);

/** An account whose name is not shown and that did too little to be told by its work is neither a person nor a program. */
const agent = view(
  'agent',
  ['m_agent', 'program', 'm_account_judged', 'm_meaning'],
  () => `
    SELECT a.* REPLACE (CASE WHEN p.agent_id IS NOT NULL THEN false
      WHEN a.human IS NOT NULL OR j.agent_id IS NOT NULL OR s.subject IS NOT NULL THEN true END AS human)
    FROM m_agent a
    LEFT JOIN program p ON p.connection = a.connection AND p.agent_id = a.id
    LEFT JOIN m_account_judged j ON j.connection = a.connection AND j.agent_id = a.id
    LEFT JOIN m_meaning s ON s.connection = a.connection AND s.kind = 'bot' AND s.subject = a.id`,
);

const recognised = view(
  'm_program_recognised',
  ['program', 'm_account_judged'],
  () => `
    SELECT p.connection, 'bot' AS kind, p.agent_id AS subject, 'program' AS meaning, p.how, coalesce(j.answers, 0) AS support, coalesce(j.n, 0) AS base
    FROM program p LEFT JOIN m_account_judged j ON j.connection = p.connection AND j.agent_id = p.agent_id`,
);

/** Accounts that may be programs, and programs by name that work like people. */
const unread = view(
  'm_program_unread',
  ['program', 'm_account_judged', 'm_agent', 'm_meaning', 'agent', 'm_account_week'],
  () => `
    SELECT j.connection, 'bot' AS kind, j.agent_id AS subject,
      CASE WHEN a.human = false THEN 'its name says program, it works like a person' ELSE 'posts through the interface alone, at a person''s pace' END AS detail
    FROM m_account_judged j
    LEFT JOIN m_agent a ON a.connection = j.connection AND a.id = j.agent_id
    WHERE (j.unsure OR (j.person AND a.human = false))
      AND (j.connection, j.agent_id) NOT IN (SELECT (connection, agent_id) FROM program)
      AND (j.connection, j.agent_id) NOT IN (SELECT (connection, subject) FROM m_meaning WHERE kind = 'bot')
    UNION ALL
    SELECT DISTINCT a.connection, 'bot', a.id, 'its name is not shown, and it wrote too little to be told by its work'
    FROM agent a JOIN m_account_week w ON w.connection = a.connection AND w.agent_id = a.id
    WHERE a.human IS NULL`,
);

export const PROGRAM: readonly Relation[] = [week, account, answerTime, judged, program, agent, recognised, unread];
