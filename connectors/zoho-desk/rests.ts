import type { Rest } from '../../src/kit/feed/rests.ts';
import { fields } from '../../src/kit/fields.ts';
import { type Session, scope } from './account.ts';
import { TICKET_FILLS } from './read-tickets.ts';

const SETTINGS = scope('settings', 'basic');

/** What rests on calls beside the lists, which a token may not be granted. */
export const RESTS: readonly Rest<Session>[] = [
  { on: (session) => session.departments(), lacks: { agents: ['department'], events: ['group'] }, words: SETTINGS },
  { on: (session) => session.teams(), lacks: { agents: ['tier'], events: ['group'] }, words: SETTINGS },
  {
    // Whether an agent is a program is told by the name.
    on: (session) => session.agents(),
    lacks: { tickets: ['created_by:machine'] },
    words: SETTINGS,
  },
  {
    on: (session) => session.hoursOf(),
    lacks: { tickets: ['calendar_id'], sla_policies: ['calendar_id'] },
    words: SETTINGS,
  },
  { on: (session) => session.seesHolidays('list'), lacks: { calendars: ['holidays'] }, words: SETTINGS },
  {
    on: (session) => session.fields(),
    lacks: { tickets: ['severity', 'cause_code'], events: ['field'] },
    words: SETTINGS,
  },
  { on: (session) => session.slugs(), lacks: { messages: ['article_ids'] }, words: scope('articles') },
  {
    on: (session) => session.seesTickets('ticket'),
    lacks: { tickets: ['calendar_id', 'tags', 'follow_up_of'], sla_clocks: TICKET_FILLS.sla_clocks },
    words: scope('tickets'),
  },
  {
    on: (session) => session.seesTickets('conversations'),
    lacks: { messages: TICKET_FILLS.messages, tickets: ['created_by:customer'] },
    words: scope('tickets'),
  },
  {
    on: (session) => session.seesTickets('History'),
    lacks: {
      events: TICKET_FILLS.events,
      links: ['linked_at'],
      tickets: ['created_by:agent', 'created_by:machine'],
    },
    words: scope('tickets'),
  },
  {
    on: (session) => session.seesTickets('metrics'),
    lacks: {
      tickets: fields(
        'tickets',
        'reported_reopens reported_reassignments reported_replies reported_first_reply_business_s',
        'reported_full_resolution_business_s',
      ),
    },
    words: scope('tickets'),
  },
  {
    on: (session) => session.seesTickets('tags'),
    lacks: { tickets: ['tags'], events: ['tag'] },
    words: scope('tickets'),
  },
];
