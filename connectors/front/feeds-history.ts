import { available } from '../../src/kit/capability.ts';
import { lackedCodes } from '../../src/kit/code-fields.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import { each } from '../../src/kit/each.ts';
import { type Children, readChildren } from '../../src/kit/feed/children.ts';
import { joinMapped, type Mapped } from '../../src/kit/feed/feed.ts';
import { fields } from '../../src/kit/fields.ts';
import { EpochSeconds } from '../../src/kit/instants.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { NamedRow } from '../../src/kit/vendor-schema.ts';
import { ALL, type Context, EVENT_PAGES, GONE, loadDesk, PAGES, readOne, type Session, WHOLE } from './account.ts';
import { mapConversation } from './map-conversation.ts';
import { inOrder, placesOf } from './map-history.ts';
import { Comment, Conversation, Event, Message } from './schema.ts';
import type { Settings } from './settings.ts';
import { CHANGING } from './words.ts';

const { changes } = feedsOf<Settings, Session>();

const EVENTS = fields(
  'events',
  'status group assignee tag merge delete escalation from_value to_value actor actor_id rule_id actor:automation',
);
const MESSAGES = fields('messages', 'author author_id channel article_ids promised_reply_s promise_business_hours');
const FILLS = {
  tickets: fields(
    'tickets',
    'open_tickets updated_at status vendor_status priority_rank vendor_priority channel vendor_channel group_id',
    'assignee_id requester_key requester_is_agent organisation_id brand product category severity cause_code',
    'created_by created_by:customer created_by:agent created_by:machine created_on_behalf merged_into deleted spam',
    'tags filled_fields',
  ),
  events: EVENTS,
  messages: [...MESSAGES, ...fields('messages', 'public note')],
  links: fields('links', 'kind kind:issue system target_key linked_at'),
};
/** Told by messages alone. */
const BY_MESSAGES = fields(
  'tickets',
  'channel vendor_channel created_by created_by:customer created_by:agent created_by:machine created_on_behalf',
);

const SCOPE =
  'Give the API token the scope `conversations:read` for shared resources (Settings > Developers > API tokens).';

/** What the token and the company keep out of sight, with the scope that would show it. */
async function showsOf(context: Context): Promise<Capability> {
  const { settings } = context;
  const { sees, codes, priority, customers, slugs } = await loadDesk(context);
  const missing = [
    ...(sees.messages ? [] : ['`messages:read`']),
    ...(sees.comments ? [] : ['`comments:read`']),
    ...(sees.events ? [] : ['`events:*:read`']),
    ...(customers === null ? ['`accounts:read`'] : []),
  ];
  return available({
    since: settings.since === undefined ? null : startAt(settings),
    lacks: {
      tickets: [
        ...lackedCodes(codes),
        ...(priority === null ? ['priority_rank', 'vendor_priority'] : []),
        ...(customers === null ? ['organisation_id'] : []),
        ...(sees.messages ? [] : BY_MESSAGES),
        ...(sees.events ? [] : ['merged_into']),
      ],
      messages: [
        ...(sees.messages ? [] : MESSAGES.filter((one) => sees.comments === false || !/^author/.test(one))),
        ...(sees.comments ? [] : ['note']),
        ...(slugs === null ? ['article_ids'] : []),
      ],
      events: sees.events ? [] : EVENTS,
      links: sees.events ? [] : ['linked_at'],
    },
    detail: missing.length === 0 ? null : `The API token lacks ${missing.join(', ')}.`,
  });
}

type Part = 'messages' | 'comments' | 'events';

/** Records of conversations with all that hangs below them. */
async function mapAll(rows: readonly Conversation[], context: Context): Promise<Mapped> {
  const desk = await loadDesk(context);
  const below = <K>(
    part: Part | 'inboxes',
    of: readonly Conversation[],
    more: Omit<Children<Conversation, K>, 'path'>,
  ) =>
    readChildren(context, 'conversations', of, {
      ...more,
      gone: GONE,
      path: (row) => `/conversations/${row.id}/${part}`,
    });
  const seen = (part: Part) => (desk.sees[part] ? rows : []);
  const messages = await below('messages', seen('messages'), { ...PAGES, rows: Message });
  const comments = await below('comments', seen('comments'), { ...WHOLE, rows: Comment });
  const events = await below('events', seen('events'), { ...PAGES, rows: Event });
  const unplaced = rows.filter((row) => placesOf(inOrder(events.of.get(row) ?? [])).last === null);
  const inboxes = await below('inboxes', unplaced, { ...WHOLE, rows: NamedRow });
  const mapped = rows.map((row) =>
    mapConversation(
      row,
      {
        messages: messages.of.get(row) ?? null,
        comments: comments.of.get(row) ?? null,
        events: events.of.get(row) ?? null,
        inboxes: inboxes.of.get(row) ?? null,
      },
      desk,
    ),
  );
  const rejected = [messages, comments, events, inboxes].flatMap((one) => one.rejected);
  return joinMapped([...mapped, { rejected }]);
}

/** Longer than any desk: one span, whose rows before the checkpoint are passed over unread. */
const WHOLE_TIME_S = 4e9;

export const conversations = changes({
  ...PAGES,
  id: 'conversations',
  title: 'Conversations with messages, comments and events',
  fills: FILLS,
  words: { permission: SCOPE },
  path: '/conversations',
  query: ALL,
  rows: Conversation,
  // The list cannot be asked for what changed: it is walked whole, and only what changed is read closely.
  by: { field: 'updated_at', read: EpochSeconds, spanS: WHOLE_TIME_S, ask: (ask) => ask },
  start: ({ settings }) => startAt(settings),
  shows: showsOf,
  map: mapAll,
});

const DAY_MS = 86_400_000;
const seconds = (at: Date): string => (at.getTime() / 1000).toFixed(3);

export const events = changes({
  ...EVENT_PAGES,
  id: 'events',
  title: 'Changes that leave the stamp of a conversation as it was',
  adds: true,
  fills: FILLS,
  words: { permission: 'Give the API token the scope `events:*:read`.' },
  path: '/events',
  rows: Event,
  by: {
    field: 'emitted_at',
    read: EpochSeconds,
    order: {},
    ask: (ask, from) => ({
      ...ask,
      query: {
        ...ask.query,
        'q[types][]': CHANGING,
        // The vendor may take "after" as "behind": one second more is asked for.
        'q[after]': seconds(new Date(from.getTime() - 1000)),
        sort_by: 'created_at',
        sort_order: 'asc',
      },
    }),
  },
  // All of it from before the first sync is read by the list of conversations.
  start: ({ settings, until }) => new Date(Math.max(startAt(settings).getTime(), until.getTime() - DAY_MS)),
  shows: showsOf,
  async map(rows, context) {
    // A conversation whose own stamp is as late is read by the list, and so is one without a stamp.
    const changed = rows.flatMap(({ conversation, emitted_at: at }) =>
      conversation?.id != null && conversation.updated_at !== null && conversation.updated_at < at
        ? conversation.id
        : [],
    );
    const ids = [...new Set(changed)];
    const read = await each(ids, (id) => readOne(context, `/conversations/${id}`, Conversation, 'events'));
    // What was merged is answered with the conversation that it went into.
    const kept = read.flatMap((one, i) => one.kept.filter((row) => row.id === ids[i]));
    const mapped = await mapAll(kept, context);
    return joinMapped([mapped, { rejected: read.flatMap((one) => one.rejected) }]);
  },
});
