import type { Message, TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { instantOf } from '../../src/kit/instants.ts';
import { issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { agentOf, articlesIn, channelOf, type Desk } from './desk.ts';
import type { Beside } from './read-tickets.ts';
import type { CrmObject, ThreadMessage } from './schema.ts';
import { actorOf, emailSide, isForward, WORDS } from './words.ts';

type Said = Omit<Message, 'seq'>;

/** All that was said on a ticket, oldest first. Null = its conversation may not be seen. */
export function toMessages(ticket: CrmObject, beside: Beside, desk: Desk): Said[] | null {
  const { threads, emails, notes } = beside;
  if (threads === null && emails === null) return null;
  const said = [
    ...(threads ?? []).flatMap((thread) => thread.messages.flatMap((one) => fromThread(one, ticket.id, desk))),
    ...(emails ?? []).flatMap((one) => fromEmail(one, ticket.id, desk)),
    ...(notes ?? []).flatMap((one) => fromNote(one, ticket.id, desk)),
  ];
  return said.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

/** Changes of status, owner and inbox stand among the messages of a thread, and mail that could not be sent. */
function fromThread(row: ThreadMessage, ticketId: string, desk: Desk): Said[] {
  const type = WORDS.message(row.type);
  if (type === null || /^failed$/i.test(row.status?.statusType ?? '')) return [];
  const side = type === 'welcome' ? MACHINE : sideOf(row, desk);
  const client = row.client?.clientType?.toLowerCase() ?? null;
  // What the desk's own program sends by itself, in whoever's name.
  const byRule = type !== 'note' && side.author === 'agent' && client === 'system';
  const { author, author_id } = byRule ? MACHINE : side;
  return [
    {
      ...blank('message'),
      ...promiseIn(type === 'note' ? null : (row.text ?? row.richText), author),
      id: row.id,
      ticket_id: ticketId,
      at: row.createdAt,
      author,
      author_id,
      public: type !== 'note',
      channel: type === 'note' ? null : channelOf(row.channelId, desk),
      auto_reply: type === 'welcome' || byRule || (author === 'machine' && /^outgoing$/i.test(row.direction ?? '')),
      article_ids: articlesIn(textOf(row), desk),
      through_api: client === 'integration' ? true : client === 'hubspot' ? false : null,
    },
  ];
}

/** Links stand in the rich text, words in both. */
function textOf({ text, richText }: ThreadMessage): string | null {
  return text === null && richText === null ? null : `${text ?? ''} ${richText ?? ''}`;
}

const MACHINE: Pick<Message, 'author' | 'author_id'> = { author: 'machine', author_id: null };

/** By the letter of the actor's id: a user of the account, a visitor, a bot or program; mail addresses and unknown letters by the direction. */
function sideOf({ createdBy, direction, type }: ThreadMessage, desk: Desk): Pick<Message, 'author' | 'author_id'> {
  const [, letter, id] = /^([A-Z])-(.+)$/i.exec(createdBy ?? '') ?? [];
  const author = WORDS.author(letter);
  if (author === 'agent' && id !== undefined) return agentOf(id, desk);
  if (author !== null) return { author, author_id: null };
  if (/^incoming$/i.test(direction ?? '')) return { author: 'customer', author_id: null };
  const ours = /^outgoing$/i.test(direction ?? '') || WORDS.message(type) === 'note';
  return { author: ours ? 'agent' : null, author_id: null };
}

/** Mail that was not sent is none. */
const UNSENT = /^(?:failed|bounced|draft|scheduled|sending)$/i;

function fromEmail({ id, properties }: CrmObject, ticketId: string, desk: Desk): Said[] {
  const at = instantOf(properties.hs_timestamp);
  const direction = properties.hs_email_direction ?? null;
  if (at === null || UNSENT.test(properties.hs_email_status ?? '')) return [];
  const customer = emailSide(direction) === 'customer';
  const { author, author_id } = customer
    ? { author: 'customer' as const, author_id: null }
    : writerOf(properties, emailSide(direction), desk);
  return [
    {
      ...blank('message'),
      id: `email:${id}`,
      ticket_id: ticketId,
      at,
      author,
      author_id,
      public: !isForward(direction),
      channel: 'email',
      auto_reply: author === 'machine',
    },
  ];
}

function fromNote({ id, properties }: CrmObject, ticketId: string, desk: Desk): Said[] {
  const at = instantOf(properties.hs_timestamp);
  if (at === null) return [];
  return [
    {
      ...blank('message'),
      ...writerOf(properties, 'agent', desk),
      id: `note:${id}`,
      ticket_id: ticketId,
      at,
      public: false,
      auto_reply: false,
    },
  ];
}

/** The user who wrote it, else the owner that it carries; what a rule or another program wrote is a machine's. */
function writerOf(
  properties: CrmObject['properties'],
  side: Message['author'],
  desk: Desk,
): Pick<Message, 'author' | 'author_id'> {
  const user = properties.hs_created_by_user_id ?? null;
  const actor = actorOf(properties.hs_object_source ?? null, user !== null);
  if (actor === 'automation') return MACHINE;
  if (user !== null) return agentOf(user, desk);
  const owner = properties.hubspot_owner_id ?? null;
  if (owner === null) return { author: actor === 'system' ? null : side, author_id: null };
  return desk.programs.has(owner) ? MACHINE : { author: 'agent', author_id: owner };
}

/** Records of issue trackers that the texts link to. */
export function issueLinks(ticketId: string, { threads }: Beside, desk: Desk): TelemetryRecord<'link'>[] {
  const messages = (threads ?? []).flatMap((thread) => thread.messages);
  return messages.flatMap((row) =>
    issueLinksIn(textOf(row), { id: row.id, ticketId, at: row.createdAt }, desk.context.pseudonymise),
  );
}
