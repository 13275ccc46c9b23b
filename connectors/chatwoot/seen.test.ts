import { describe, expect, it } from 'vitest';
import type { Context, Desk } from './account.ts';
import { mapConversation } from './map-conversation.ts';
import { Conversation, Message } from './schema.ts';
import { Settings } from './settings.ts';

/**
 * Kinds of replies that servers were seen to give. The replies are our own; where a kind is described or was seen stands beside it.
 * All of chatwoot/chatwoot (github.com) but T. E: pull requests #13371 and #13665. F: pull request #14166 and app/views/api/v1/models/_message.json.jbuilder.
 * O: the head of app/builders/messages/facebook/message_builder.rb. R: app/services/automation_rules/action_service.rb and issue #4323. S: pull request #13624.
 * T: payloads in vinarancibia/agentic-easy-contact, test/data.ts, and wppconnect-team/wppconnect #1511.
 */
const settings = Settings.parse({ url: 'https://chat.acme.com', account: 1 });
const desk: Desk = {
  // Only what a mapping asks of it.
  context: { settings, pseudonymise: (_kind: string, value: string) => `hash:${value}` } as unknown as Context,
  agents: null,
  teams: null,
  inboxes: null,
  attributes: [],
  codes: new Map(),
};

function readWith(message: object, conversation: object = {}) {
  const row = { id: 1, created_at: 1_772_442_000, status: 'open', meta: { channel: 'Channel::Whatsapp' } };
  const said = { id: 5, created_at: 1_772_442_060, message_type: 1, content: 'Hello', private: false, ...message };
  const read = mapConversation(Conversation.parse({ ...row, ...conversation }), [Message.parse(said)], null, desk);
  return { ticket: read.ticket?.[0], message: read.message?.[0] };
}
const writer = (message: object, conversation: object = {}) => {
  const read = readWith(message, conversation);
  return [read.message?.author, read.message?.author_id, read.message?.auto_reply, read.ticket?.created_by];
};
const SITE = { meta: { channel: 'Channel::WebWidget' } };

describe('what Chatwoot servers were seen to answer', () => {
  it('tells what an agent wrote in the app of the channel from what a machine sent (E)', () => {
    const echo = { source_id: 'wamid.1', content_attributes: { external_echo: true }, sender: null };
    expect(writer(echo)).toEqual(['agent', null, false, 'agent']);
  });

  it('tells what somebody wrote from Slack who is no agent of the account (S)', () => {
    const reply = { additional_attributes: { sender_name: 'Kim', sender_avatar_url: 'https://slack.example/k' } };
    expect(writer(reply, SITE)).toEqual(['agent', null, false, 'agent']);
    expect(JSON.stringify(readWith(reply, SITE))).not.toContain('Kim');
  });

  it('names nobody where an app of the channel leaves no mark (O)', () => {
    expect(writer({ source_id: 'm_1' }, { meta: { channel: 'Channel::FacebookPage' } })).toEqual([
      null,
      null,
      false,
      null,
    ]);
    // Not sent by the channel, or by a channel without an app of its own: nobody but a program writes there in nobody's name.
    expect(writer({ source_id: null })).toEqual(['machine', null, true, 'machine']);
    expect(writer({ source_id: '<1@mail.example>' }, { meta: { channel: 'Channel::Email' } })[0]).toBe('machine');
  });

  it('takes what a rule sends for a rule’s, in whose name it may be (R)', () => {
    const sent = { content_attributes: { automation_rule_id: 7 } };
    expect(writer({ ...sent, source_id: 'wamid.2' })).toEqual(['machine', null, true, 'machine']);
    expect(writer({ ...sent, sender: { id: 11, type: 'user' } })).toEqual(['machine', null, true, 'machine']);
    expect(writer({ content_attributes: {}, sender: { id: 11, type: 'user' } })[0]).toBe('agent');
  });

  it('shows no customer what the channel could not send (F)', () => {
    const sent = (status: unknown, side = 1) => readWith({ message_type: side, status }).message?.public;
    expect(['sent', 'delivered', 'read', null, 'failed', 'FAILED'].map((status) => sent(status))).toEqual([
      ...[true, true, true, true, false, false],
    ]);
    expect(sent('failed', 0)).toBe(true);
  });

  it('reads instants as text where seconds are usual, and none of 0 (T)', () => {
    const replied = (value: unknown) =>
      readWith({}, { first_reply_created_at: value }).ticket?.reported_first_reply_at ?? null;
    expect(replied('2026-03-02T09:40:00.181Z')).toEqual(new Date('2026-03-02T09:40:00.181Z'));
    expect(replied(1_772_444_400)).toEqual(new Date('2026-03-02T09:40:00Z'));
    expect([0, '0', '', null].map(replied)).toEqual([null, null, null, null]);
  });
});
