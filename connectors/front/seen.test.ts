import { expect, it } from 'vitest';
import type { Context } from './account.ts';
import type { Desk } from './desk.ts';
import { mapConversation } from './map-conversation.ts';
import { Conversation, Message } from './schema.ts';
import { Settings } from './settings.ts';

const settings = Settings.parse({});
const desk: Desk = {
  // Only what a mapping asks of it.
  context: { settings, pseudonymise: (_kind: string, value: string) => `hash:${value}` } as unknown as Context,
  ...{ teammates: null, inboxes: null, statuses: null, customers: null, slugs: null, priority: null },
  byMail: new Map([['ann@acme.example', 'tea_1']]),
  fields: [],
  codes: new Map(),
  sees: new Set(),
};

/**
 * An answer that somebody typed in the connected mailbox has no author, as one that came in has none: recorded in NangoHQ/integration-templates (github.com),
 * integrations/front/mocks, messages of a conversation. Rules have an author of the type `rule` (dev.frontapp.com, schema Teammate).
 */
it.each([
  ['from an address of the inbox', { is_inbound: false, author: null, from: 'help@acme.example' }, [null, null, false]],
  ['from a teammate’s', { is_inbound: false, author: null, from: 'Ann@acme.example' }, ['agent', 'tea_1', false]],
  [
    'that a rule sent',
    { is_inbound: false, author: { id: 'tea_9', type: 'rule' }, from: 'help@acme.example' },
    ['machine', null, true],
  ],
  ['that came in', { is_inbound: true, author: null, from: 'kim@customer.example' }, ['customer', null, false]],
])('knows who wrote a mail %s', (_what, { from, ...more }, written) => {
  const row = { id: 'cnv_1', created_at: 1_772_442_000.791, status: 'unassigned', assignee: null, recipient: null };
  const recipients = [{ handle: from, role: 'from', _links: { related: { contact: null } } }];
  const mail = { id: 'msg_1', type: 'email', created_at: 1_772_442_060, draft_mode: null, recipients, ...more };
  const below = { messages: [Message.parse(mail)], comments: null, events: null, isPartly: false, inbox: null };
  const { message, ticket } = mapConversation(Conversation.parse(row), below, desk);
  expect(message?.map((one) => [one.author, one.author_id, one.auto_reply])).toEqual([written]);
  expect(ticket?.[0]?.created_by).toBe(written[0]);
});
