import type { SetAside } from '../../src/domain/observability.ts';
import type { Message, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, codeText, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { setAside } from '../../src/kit/parse-each.ts';
import { openingOf } from '../../src/kit/records/texts.ts';
import type { Account } from './account.ts';
import { toEvents } from './map-events.ts';
import { authorOf, issueLinks, readBody, toMessages } from './map-parts.ts';
import { toClocks } from './map-sla.ts';
import type { Conversation, LinkedObject, Part } from './schema.ts';
import { type Status, WORDS } from './words.ts';

/** The vendor gives the newest parts of a conversation only, so many. */
const MOST_PARTS = 500;

/** Records of one conversation. `parts` null = they could not be read any more; `isPartly` = some of them could not. */
export function mapConversation(
  row: Conversation,
  parts: readonly Part[] | null,
  isPartly: boolean,
  account: Account,
): Mapped {
  const ticket = toTicket(row, account);
  const about = { ticket: [ticket], csat: toCsat(row), bot_session: toBotSession(row, account) };
  const total = row.statistics?.count_conversation_parts ?? null;
  if (parts === null) return { ...about, link: linksOf(row.id, row.linked_objects) };
  if (parts.length >= MOST_PARTS && (total === null || total > parts.length))
    return { ...about, link: linksOf(row.id, row.linked_objects), rejected: [cutShort(row.id, total)] };
  const told = inOrder(parts);
  return {
    ...about,
    message: [...opening(row, ticket, account), ...toMessages(told, row.id, account)],
    event: toEvents(row, begunAs(row, told), told, isPartly, account),
    sla_clock: toClocks(row, told, account),
    link: [...linksOf(row.id, row.linked_objects), ...issueLinks(told, row.id, account)],
  };
}

export function inOrder(parts: readonly Part[]): Part[] {
  return parts.toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime());
}

/** A history without its beginning would show a late first reply: it is left out, and counted. */
function cutShort(ref: string, total: number | null): SetAside {
  const detail = `expected: all ${total === null ? '' : `${total} `}parts, found the newest ${MOST_PARTS}`;
  return setAside('conversations', ref, 'conversation_parts', detail);
}

function toTicket(row: Conversation, account: Account): Ticket {
  const { context } = account;
  const { statistics } = row;
  const [contact] = row.contacts;
  const trackers = row.linked_objects.filter((one) => /^tracker$/i.test(one.category ?? ''));
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    status: statusOf(row),
    vendor_status: row.state,
    priority_rank: WORDS.rank(row.priority),
    vendor_priority: row.priority,
    channel: row.source?.type == null ? null : (WORDS.channel(row.source.type) ?? 'other'),
    vendor_channel: row.source?.type ?? null,
    group_id: row.team_assignee_id,
    assignee_id: row.admin_assignee_id,
    requester_key: contact === undefined ? null : context.pseudonymise('requester', contact.id),
    organisation_id: row.company?.id ?? null,
    ...codeColumns(account.codes, (name) => codeText(row.custom_attributes?.[name])),
    created_by: begunBy(row, account),
    problem_id: trackers[0]?.id ?? null,
    deleted: false,
    spam: false,
    test: false,
    tags: keptTags(context.pseudonymise, context.settings.clearTags, row.tags),
    filled_fields: filledFields(row),
    reported_first_reply_at: statistics?.first_admin_reply_at ?? null,
    reported_closed_at: statistics?.last_close_at ?? null,
    reported_reopens: statistics?.count_reopens ?? null,
    // The vendor takes the hours outside of the office hours out of these.
    reported_first_reply_business_s: statistics?.time_to_admin_reply ?? null,
    reported_first_resolution_business_s: statistics?.time_to_first_close ?? null,
    reported_full_resolution_business_s: statistics?.time_to_last_close ?? null,
  };
}

/** A word that we do not know says nothing; whether work goes on is told twice. A customer ticket has a state of its own until it is closed. */
function statusOf(row: Conversation): Status {
  const status = WORDS.status(row.state) ?? (row.open === false ? 'closed' : 'open');
  return status === 'closed' ? status : (WORDS.ticketStatus(row.ticket?.state) ?? status);
}

/** Customers open what they begin; what the desk sends out rests until somebody answers. */
function begunAs(row: Conversation, parts: readonly Part[]): Status | null {
  if (WORDS.begun(row.source?.delivered_as) === 'customer') return 'open';
  const [first] = parts;
  return first === undefined ? statusOf(row) : null;
}

function begunBy(row: Conversation, account: Account): Ticket['created_by'] {
  const author = authorOf(row.source?.author ?? null, account);
  return author === 'machine' ? 'machine' : (WORDS.begun(row.source?.delivered_as) ?? author);
}

function filledFields({ custom_attributes: values, priority }: Conversation): string[] | null {
  return values === null ? null : filledNames(values, WORDS.rank(priority) === null ? [] : ['priority']);
}

/** The first message, which the vendor does not list among the parts; a conversation that a workflow began has none. */
function opening({ source }: Conversation, ticket: Ticket, account: Account): Message[] {
  if (source === null) return [];
  const author = authorOf(source.author, account) ?? ticket.created_by;
  return [
    openingOf(ticket, {
      ...readBody(source.body, author),
      author,
      author_id: author === 'agent' ? (source.author?.id ?? null) : null,
      auto_reply: author === 'machine',
    }),
  ];
}

/** A tracker ticket is the problem behind the conversation; other tickets and conversations are related. */
export function linksOf(ticketId: string, linked: readonly LinkedObject[]): TelemetryRecord<'link'>[] {
  return linked.map((one) => ({
    ...blank('link'),
    id: `${ticketId}:linked:${one.id}`,
    ticket_id: ticketId,
    kind: /^tracker$/i.test(one.category ?? '') ? 'problem' : 'related',
    target_key: one.id,
  }));
}

/** Asked for at `created_at`; the vendor changes the record again only when it is answered. */
function toCsat({ id, conversation_rating: rating }: Conversation): TelemetryRecord<'csat'>[] {
  // Asked nothing and answered nothing: there was no survey.
  if (rating === null || (rating.created_at === null && rating.rating === null)) return [];
  const score = rating.rating !== null && rating.rating >= 1 && rating.rating <= 5 ? (rating.rating - 1) / 4 : null;
  return [
    {
      ...blank('csat'),
      id: `${id}:rating`,
      ticket_id: id,
      offered_at: rating.created_at,
      answered_at: rating.rating === null ? null : (rating.updated_at ?? rating.created_at),
      score,
      scale: '1-5',
    },
  ];
}

/** The part of Fin in a conversation; without an outcome it is not known whether a person took over. */
function toBotSession(row: Conversation, { context }: Account): TelemetryRecord<'bot_session'>[] {
  const handedOver = WORDS.handedOver(row.ai_agent?.resolution_state);
  if (row.ai_agent_participated !== true || handedOver === null) return [];
  const [contact] = row.contacts;
  return [
    {
      ...blank('bot_session'),
      id: `${row.id}:fin`,
      started_at: row.created_at,
      handed_over: handedOver,
      requester_key: contact === undefined ? null : context.pseudonymise('requester', contact.id),
      ticket_id: row.id,
    },
  ];
}
