import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { type Children, readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { readOne } from '../../src/kit/feed/read-one.ts';
import { WALKED_WHOLE } from '../../src/kit/feed/since.ts';
import { fields } from '../../src/kit/fields.ts';
import { sinceOf, startAt } from '../../src/kit/usual-settings.ts';
import { ALL, type Context, EVENT_PAGES, GONE, PAGES, type Part, type Session, WHOLE } from './account.ts';
import { loadDesk } from './desk.ts';
import { mapConversation } from './map-conversation.ts';
import { inOrder, placesOf } from './map-history.ts';
import { Bare, Comment, Conversation, Event, Message } from './schema.ts';
import type { Settings } from './settings.ts';
import { CHANGING } from './words.ts';

const { changes } = feedsOf<Settings, Session>();

/** What tickets show of messages alone. */
const BY_MESSAGES = fields(
  'tickets',
  'channel vendor_channel created_by created_by:customer created_by:agent created_by:machine created_on_behalf',
);
const EVENTS = fields(
  'events',
  'status group assignee tag merge delete escalation from_value to_value actor actor_id rule_id actor:automation',
);
const MESSAGES = fields('messages', 'channel article_ids promised_reply_s promise_business_hours');
const AUTHORS = fields('messages', 'author author_id');
const FILLS = {
  tickets: [
    ...BY_MESSAGES,
    ...fields(
      'tickets',
      'open_tickets updated_at status vendor_status priority_rank vendor_priority group_id assignee_id requester_key',
      'requester_is_agent organisation_id brand product category severity cause_code merged_into deleted spam tags',
      'filled_fields',
    ),
  ],
  events: EVENTS,
  messages: [...MESSAGES, ...AUTHORS, ...fields('messages', 'public note')],
  links: fields('links', 'kind kind:issue system target_key linked_at'),
};

/** What the token and the company keep out of sight, with the scope that would show it. */
async function showsOf(context: Context): Promise<Capability> {
  const { sees, codes, priority, customers, slugs } = await loadDesk(context);
  const hidden = (part: Part, names: readonly string[]) => (sees.has(part) ? [] : names);
  const missing = [
    ...hidden('messages', ['`messages:read`']),
    ...hidden('comments', ['`comments:read`']),
    ...hidden('events', ['`events:*:read`']),
    ...hidden('inboxes', ['`inboxes:read`']),
    ...(customers === null ? ['`accounts:read`'] : []),
  ];
  return available({
    since: sinceOf(context.settings),
    lacks: {
      tickets: [
        ...lackedCodes(codes),
        ...(priority === null ? ['priority_rank', 'vendor_priority'] : []),
        ...(customers === null ? ['organisation_id'] : []),
        ...hidden('messages', BY_MESSAGES),
        ...hidden('events', ['merged_into']),
      ],
      messages: [
        ...hidden('messages', MESSAGES),
        ...hidden('comments', sees.has('messages') ? ['note'] : ['note', ...AUTHORS]),
        ...(slugs === null ? ['article_ids'] : []),
      ],
      events: hidden('events', EVENTS),
      links: hidden('events', ['linked_at']),
    },
    detail: missing.length === 0 ? null : `The API token lacks ${missing.join(', ')}.`,
  });
}

/** Records of conversations with all that hangs below them. */
async function mapAll(rows: readonly Conversation[], context: Context): Promise<Mapped> {
  const desk = await loadDesk(context);
  const read = <K>(part: string, of: readonly Conversation[], how: Omit<Children<Conversation, K>, 'path'>) => {
    const path = ({ id }: Conversation) => `/conversations/${id}/${part}`;
    return readChildren(context, 'conversations', of, { ...how, gone: GONE, path });
  };
  const seen = (part: Part) => (desk.sees.has(part) ? rows : []);
  const messages = await read('messages', seen('messages'), { ...PAGES, rows: Message });
  const comments = await read('comments', seen('comments'), { ...WHOLE, rows: Comment });
  const events = await read('events', seen('events'), { ...PAGES, rows: Event });
  // Only where no event names an inbox.
  const unplaced = rows.filter((row) => placesOf(inOrder(events.of.get(row) ?? [])).last === null);
  const inboxes = await read('inboxes', desk.sees.has('inboxes') ? unplaced : [], { ...WHOLE, rows: Bare });
  const mapped = rows.map((row) => {
    const [said, noted] = [messages.of.get(row) ?? null, comments.of.get(row) ?? null];
    const below = {
      messages: said,
      comments: noted,
      events: events.of.get(row) ?? null,
      isPartly: events.partly.has(row),
    };
    return mapConversation(row, { ...below, inbox: inboxes.of.get(row)?.[0]?.id ?? null }, desk);
  });
  const rejected = [messages, comments, events, inboxes].flatMap((one) => one.rejected);
  return joinMapped([...mapped, { rejected }]);
}

export const conversations = changes({
  ...PAGES,
  id: 'conversations',
  title: 'Conversations with messages, comments and events',
  fills: FILLS,
  words: { permission: 'Give the API token the scope `conversations:read` for shared resources.' },
  path: '/conversations',
  query: ALL,
  rows: Conversation,
  // The list cannot be asked for what changed: it is walked whole, and only what changed is read closely.
  by: { field: 'updated_at', ...WALKED_WHOLE },
  start: ({ settings }) => startAt(settings),
  shows: showsOf,
  map: mapAll,
});

const DAY_MS = 86_400_000;
const ORDER = { 'q[types][]': CHANGING, sort_by: 'created_at', sort_order: 'asc' };
/** Whether "after" takes the instant itself is not said: one second more is asked for. */
const after = (from: Date): string => ((from.getTime() - 1000) / 1000).toFixed(3);

export const events = changes({
  ...EVENT_PAGES,
  id: 'events',
  title: 'Changes that leave the stamp of a conversation as it was',
  adds: true,
  fills: FILLS,
  words: { permission: 'Give the API token the scope `events:*:read`.' },
  path: '/events',
  query: ORDER,
  rows: Event,
  by: { field: 'emitted_at', order: {}, param: 'q[after]', write: after },
  // All of it from before the first sync is read by the list of conversations.
  start: ({ settings, until }) => new Date(Math.max(startAt(settings).getTime(), until.getTime() - DAY_MS)),
  below: {
    conversation: {
      ask: ({ conversation }) => (conversation === null ? null : { path: `/conversations/${conversation.id}` }),
      lacks: {},
      vital: true,
      words: 'Give the API token the scope `conversations:read`.',
    },
  },
  shows: showsOf,
  async map(rows, context) {
    // A conversation whose own stamp is as late is read by the list, and so is one without a stamp.
    const changed = rows.filter(({ conversation: of, emitted_at: at }) => of !== null && (of.updated_at ?? at) < at);
    const ids = [...new Set(changed.flatMap(({ conversation }) => conversation?.id ?? []))];
    const read = await each(ids, (id) => readOne(context, 'events', `/conversations/${id}`, Conversation, GONE));
    // What was merged may be answered with the conversation that it went into.
    const kept = read.flatMap((one, i) => one.kept.filter((row) => row.id === ids[i]));
    return joinMapped([await mapAll(kept, context), { rejected: read.flatMap((one) => one.rejected) }]);
  },
});
