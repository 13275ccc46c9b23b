import { expect, it } from 'vitest';
import type { Context, Desk } from './account.ts';
import { mapConversation } from './map-conversation.ts';
import { Conversation, Thread } from './schema.ts';
import { Settings } from './settings.ts';

const settings = Settings.parse({});
const desk: Desk = {
  // Only what a mapping asks of it.
  context: { settings, pseudonymise: (_kind: string, value: string) => `hash:${value}` } as unknown as Context,
  users: null,
  systemUsers: null,
  fields: [],
  codes: new Map(),
  articles: null,
};

// The vendor's own client calls a thread that answers a "reply" (helpscout/helpscout-api-php, src/Conversations/Threads/ReplyThread.php), its lists a "message".
it.each(['message', 'reply', 'Reply'])('takes a thread of the kind "%s" for an answer', (type) => {
  const row = Conversation.parse({ id: 1, createdAt: '2026-03-02T09:00:00Z', status: 'active', mailboxId: 31 });
  const thread = { id: 5, type, createdAt: '2026-03-02T09:30:00Z', createdBy: { id: 11, type: 'user' } };
  const { message } = mapConversation(row, [Thread.parse(thread)], false, null, desk);
  expect(message).toMatchObject([{ id: '5', author: 'agent', author_id: '11', public: true }]);
});
