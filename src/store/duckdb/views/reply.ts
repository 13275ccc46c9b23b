import { countSlots, isOpen } from './business-day.ts';
import type { Relation } from './relation.ts';

/** Join that gives `day`: the row of business time of the calendar of ticket `t` at an instant. */
export function businessDayAt(at: string, day: string): string {
  return `LEFT JOIN m_business_day ${day} ON ${day}.connection = t.connection
    AND ${day}.calendar_key = coalesce(t.calendar_id, '') AND ${day}.day = CAST(${at} AS DATE)`;
}

/** Public answers of people, numbered inside their ticket. */
export const reply: Relation = {
  name: 'reply',
  needs: ['m_message', 'm_business_day'],
  make: async (_span, sql) => {
    const slots = await countSlots(sql);
    return [
      `CREATE TEMP TABLE reply AS
        SELECT t.connection, t.id AS ticket_id, m.said_at AS "at", m.seq, m.agent_id, m.template_id, m.article_ids,
          row_number() OVER (PARTITION BY m.tid ORDER BY m.said_at, m.seq) AS ordinal,
          NOT ${isOpen('m.said_at', 'd', slots)} AS off_hours
        FROM m_message m
        JOIN m_ticket t ON t.tid = m.tid
        ${businessDayAt('m.said_at', 'd')}
        WHERE m.kind = 'reply'`,
    ];
  },
};
