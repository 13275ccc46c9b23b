import type { Rest } from '../../src/kit/feed/rests.ts';
import { fields } from '../../src/kit/fields.ts';
import { PRIVILEGED } from './access.ts';
import type { Session } from './session.ts';

const GROUPS = 'Grant SeeGroup to the API user, globally (Admin > Global > User Rights).';
const TICKETS = 'Grant SeeQueue, ShowTicket and ShowTicketComments to the API user, globally.';
const BY_HEADERS = { messages: fields('messages', 'channel auto_reply through_api') };

/** What the transactions of a ticket show. */
export const HISTORY_FILLS = {
  events: fields(
    'events',
    'status priority group assignee field link merge delete escalation from_value to_value actor actor_id',
    'actor:customer actor:agent actor:automation actor:system',
  ),
  messages: fields('messages', 'author author_id public note channel auto_reply article_ids through_api'),
  links: fields('links', 'kind kind:issue kind:related system target_key linked_at'),
};

const isListed = async ({ privileged }: Session) => (await privileged()) !== null;

/** What rests on calls beside the lists, which an RT may refuse. */
export const RESTS: readonly Rest<Session>[] = [
  {
    on: async (session) => (await isListed(session)) || (await session.seesOne('user')),
    feeds: ['tickets', 'deleted'],
    lacks: {
      tickets: ['requester_is_agent', 'created_by:agent'],
      events: ['actor:agent', 'actor:customer', 'actor_id'],
    },
    words: `People are not shown, so that agents and customers cannot be told apart. ${PRIVILEGED} ${GROUPS}`,
  },
  {
    on: async (session) =>
      ((await isListed(session)) || (await session.sees('users'))) && (await session.seesOne('user')),
    lacks: { agents: ['role', 'active', 'human', 'created_at', 'membership'] },
    words: `People are not shown. ${PRIVILEGED}`,
  },
  {
    on: async ({ sees, seesOne }) => (await sees('groups')) && (await seesOne('group')),
    lacks: { agents: ['membership'] },
    words: `Groups and their members are not shown. ${GROUPS}`,
  },
  {
    on: ({ seesOne }) => seesOne('queue'),
    lacks: { agents: ['membership'] },
    words: 'Watchers of queues are not shown. Grant SeeQueue to the API user, globally.',
  },
  {
    on: ({ sees }) => sees('transactions'),
    feeds: ['tickets'],
    lacks: {
      tickets: fields(
        'tickets',
        'channel vendor_channel created_by created_by:customer created_by:agent created_by:machine created_on_behalf',
      ),
      ...HISTORY_FILLS,
    },
    words: `The history of tickets is not shown. ${TICKETS}`,
  },
  {
    on: ({ seesOne }) => seesOne('ticket'),
    feeds: ['tickets'],
    lacks: { events: ['delete'] },
    words: `Tickets are not shown one by one, so that deleted ones are unknown. ${TICKETS}`,
  },
  {
    on: ({ sees }) => sees('attachments'),
    feeds: ['tickets', 'deleted'],
    lacks: { ...BY_HEADERS, tickets: ['channel', 'vendor_channel'] },
    words: `Headers of messages are not shown. ${TICKETS}`,
  },
];
