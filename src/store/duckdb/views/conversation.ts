import { table, view } from './relation.ts';

const BY_PERSON = `m.author = 'agent' AND NOT m.auto_reply AND h.id IS NULL`;

/** Accounts of the desk that are programs; one that is not listed counts as a person where it does not work like a program, as the author said `agent`. */
const NOT_HUMAN = '(SELECT connection, agent_id AS id FROM program)';

/** Kind of a message: the opening message is never a reply, an automatic one neither. */
const KIND = `CASE
  WHEN m.author = 'customer' THEN 'customer'
  WHEN ${BY_PERSON} AND NOT m.public THEN 'note'
  WHEN ${BY_PERSON} AND m.seq <> 0 THEN 'reply'
  WHEN m.public AND (m.auto_reply OR ((m.author = 'machine' OR h.id IS NOT NULL) AND m.seq <> 0)) THEN 'automatic' END`;

/** Messages of the measurement with what they are. */
export const messageKind = table(
  'm_message',
  ['m_ticket', 'program'],
  ({ asOf, whole }) => `
    SELECT t.tid, m."at" AS said_at, m.seq, m.author_id AS agent_id, ${KIND} AS kind,
      CASE WHEN kind = 'reply' THEN coalesce(m.template_id, k.template_id) END AS template_id,
      CASE WHEN kind = 'reply' THEN m.article_ids END AS article_ids,
      CASE WHEN kind = 'automatic' THEN m.promised_reply_s END AS promised_reply_s,
      CASE WHEN kind = 'automatic' THEN m.promise_business_hours END AS promise_business_hours
    FROM telemetry.message m
    JOIN m_ticket t ON t.connection = m.connection AND t.id = m.ticket_id
    LEFT JOIN ${NOT_HUMAN} h ON h.connection = m.connection AND h.id = m.author_id
    LEFT JOIN telemetry.message_template k ON k.connection = m.connection AND k.message_id = m.id
    WHERE m."at" < ${asOf} AND kind IS NOT NULL AND ${whole('messages', 'm.connection')}`,
);

export const acknowledgement = table(
  'acknowledgement',
  ['m_message'],
  () => `
    SELECT t.connection, t.id AS ticket_id, a.said_at AS "at", a.promised_reply_s, a.promise_business_hours
    FROM (SELECT *, row_number() OVER (PARTITION BY tid ORDER BY said_at, seq) AS n FROM m_message WHERE kind = 'automatic') a
    JOIN m_ticket t ON t.tid = a.tid
    WHERE a.n = 1`,
);

/** Tickets of which all messages are shown, those of rules and templates too: the sampled ones where a connection has a sample, else all. */
export const fullyRead = view(
  'fully_read',
  ['m_ticket'],
  () => `
    SELECT t.connection, t.id AS ticket_id FROM m_ticket t
    WHERE t.connection NOT IN (SELECT connection FROM telemetry.ticket_sample WHERE stream = 'messages')
      OR (t.connection, t.id) IN (SELECT (connection, ticket_id) FROM telemetry.ticket_sample WHERE stream = 'messages')`,
);

/** Actions of people of the desk: replies, notes and changes that an agent is known to have made (values at creation are none). */
export const touchKind = table(
  'm_touch',
  ['m_message'],
  ({ asOf, whole }) => `
    SELECT tid, said_at AS touched_at, agent_id, kind FROM m_message WHERE kind IN ('reply', 'note')
    UNION ALL
    SELECT t.tid, e."at", e.actor_id, 'change'
    FROM telemetry.event e
    JOIN m_ticket t ON t.connection = e.connection AND t.id = e.ticket_id
    LEFT JOIN ${NOT_HUMAN} h ON h.connection = e.connection AND h.id = e.actor_id
    WHERE e.actor = 'agent' AND NOT e.initial AND e."at" < ${asOf} AND h.id IS NULL
      AND ${whole('events', 'e.connection')}`,
);

export const touch = view(
  'touch',
  ['m_touch'],
  () => `
    SELECT t.connection, t.id AS ticket_id, a.touched_at AS "at", a.agent_id, a.kind FROM m_touch a JOIN m_ticket t ON t.tid = a.tid`,
);
