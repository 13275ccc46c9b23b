import type { Message as Said, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, codeText, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { readIssueReferences } from '../../src/kit/issue-references.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { valuesById } from '../../src/kit/named-fields.ts';
import { customerOf } from '../../src/kit/records/customers.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { type Desk, type Somebody, seatOf } from './desk.ts';
import { forwardedIn, inOrder, linkedAt, mergedAway, placesOf, toHistory } from './map-history.ts';
import { type Comment, type Conversation, type Event, linkedId, type Message } from './schema.ts';
import { isInvisible, WORDS } from './words.ts';

/** What hangs below a conversation. Null = the token may not read it, or the conversation was gone when it was asked for. */
interface Below {
  readonly messages: readonly Message[] | null;
  readonly comments: readonly Comment[] | null;
  readonly events: readonly Event[] | null;
  /** Some event could not be read. */
  readonly isPartly: boolean;
  /** The inbox that the conversation is in, where no event tells. */
  readonly inbox: string | null;
}

/** Records of one conversation; none of a draft that nobody has sent. */
export function mapConversation(row: Conversation, below: Below, desk: Desk): Mapped {
  const events = inOrder(below.events ?? []);
  const forwarded = forwardedIn(events);
  const sent = (below.messages ?? []).filter((one) => one.draft_mode === null && one.is_draft !== true);
  if (isInvisible(row.status) && below.messages !== null && sent.length === 0) return {};
  const notes = (below.comments ?? []).filter((one) => seatOf(one.author, desk) !== 'survey');
  const texts = [
    ...sent.map((one) => ({ id: one.id, at: one.created_at, text: one.body ?? one.text })),
    ...notes.map((one) => ({ id: one.id, at: one.posted_at, text: one.body })),
  ];
  const said = [
    ...sent.map((one) => toMessage(one, row, !forwarded.has(one.id), desk)),
    ...notes.map((one) => toNote(one, row, desk)),
  ].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  const [first] = sent.toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime());
  const began = isInternal(row) ? 'agent' : (said.find((one) => one.public)?.author ?? null);
  const inbox = placesOf(events).last ?? below.inbox;
  const ticket = toTicket(row, { created_by: began, vendor_channel: first?.type ?? null, group_id: inbox }, desk);
  const merged = mergedAway(row, events);
  const inTexts = texts.flatMap(({ id, at, text }) =>
    issueLinksIn(text, { id, ticketId: row.id, at }, desk.context.pseudonymise),
  );
  return {
    ticket: [ticket, ...merged.ticket],
    message: said.map((one, seq) => ({ ...one, seq })),
    // Each begins with an event: where there is none, nothing is told.
    event: [...(events.length === 0 ? [] : toHistory(row, events, below.isPartly, ticket, desk)), ...merged.event],
    link: [...toLinks(row, linkedAt(events), desk), ...inTexts],
  };
}

/** People of the desk among themselves: no customer takes part. */
const isInternal = ({ type }: Conversation): boolean => /^(discussion|task)$/i.test(type ?? '');
const channelOf = (word: string | null) => (word === null ? null : (WORDS.channel(word) ?? 'other'));

function toTicket(
  row: Conversation,
  told: Pick<Ticket, 'created_by' | 'vendor_channel' | 'group_id'>,
  desk: Desk,
): Ticket {
  const { context, fields, codes, priority, statuses, inboxes } = desk;
  const values = valuesById(row.custom_fields, fields);
  const word = (row.status ?? '').trim().toLowerCase();
  const asked = priority === null ? null : codeText(values[priority]);
  const tags = row.tags?.map(({ name }) => name) ?? null;
  return {
    ...blank('ticket'),
    ...told,
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    status: statusOf(row),
    vendor_status: vendorWord(row, statuses),
    priority_rank: WORDS.rank(asked),
    vendor_priority: asked,
    channel: channelOf(told.vendor_channel),
    assignee_id: row.assignee?.id ?? null,
    ...requesterOf(row, desk),
    brand: linkedId(inboxes?.get(told.group_id ?? ''), 'owner'),
    ...codeColumns(codes, (id) => codeText(values[id])),
    created_on_behalf: told.created_by === null ? null : false,
    deleted: /^(deleted|trashed)$/.test(word),
    spam: word === 'spam',
    test: false,
    tags: keptTags(context.pseudonymise, context.settings.clearTags, tags),
    filled_fields: row.custom_fields === null || fields.length === 0 ? null : filledNames(values),
  };
}

/** The name of a ticket's status, which stays unknown while the names are not shown; a conversation without a ticket has the words of the inbox. */
function vendorWord(
  { status_id: id, status_category, status }: Conversation,
  statuses: Desk['statuses'],
): string | null {
  if (id !== null && statuses === null) return null;
  return statuses?.get(id ?? '')?.name ?? status_category ?? status;
}

function requesterOf(
  row: Conversation,
  { context, byMail, customers }: Desk,
): Pick<Ticket, 'requester_key' | 'requester_is_agent' | 'organisation_id'> {
  const handle = row.recipient?.handle?.trim().toLowerCase() ?? null;
  const isAgent = handle === null || byMail === null ? null : byMail.has(handle);
  return {
    requester_key: handle === null ? null : context.pseudonymise('requester', handle),
    requester_is_agent: isInternal(row) ? true : isAgent,
    organisation_id: customers === null ? null : customerOf(customers, linkedId(row.recipient, 'contact'), handle),
  };
}

/** The category of the ticket where there is one. A word that is not known yet is no end; what is archived until a reminder comes back by itself. */
function statusOf(row: Conversation): Ticket['status'] {
  const status = WORDS.status(row.status) ?? 'open';
  if (status === 'closed') return status;
  const isSnoozed = status === 'solved' && row.scheduled_reminders.length > 0;
  return WORDS.category(row.status_category) ?? (isSnoozed ? 'pending' : status);
}

type By = Pick<Said, 'author' | 'author_id'>;

/** Somebody at the desk; null = nobody is named. */
function writerOf(one: Somebody, desk: Desk): By | null {
  const seat = seatOf(one, desk);
  if (seat === null) return null;
  return seat === 'person' ? { author: 'agent', author_id: one?.id ?? null } : { author: 'machine', author_id: null };
}

/**
 * Who wrote a message. Rules, macros and calls of the interface are named; what goes out in nobody's name was written in the mailbox itself. A teammate is told
 * by the address that it comes from, whichever way it goes; whoever else sent from a shared one is unknown.
 */
function authorOf(one: Message, desk: Desk): By {
  const named = writerOf(one.author, desk);
  if (named !== null) return named;
  const from = one.recipients.find(({ role }) => /^from$/i.test(role ?? ''))?.handle?.toLowerCase() ?? '';
  const agent = one.is_inbound === null ? undefined : desk.byMail?.get(from);
  if (agent !== undefined) return { author: 'agent', author_id: agent };
  return { author: one.is_inbound === true ? 'customer' : null, author_id: null };
}

function toMessage(one: Message, row: Conversation, isToCustomer: boolean, desk: Desk): Said {
  const by = authorOf(one, desk);
  // What is sent on, and what people of the desk write among themselves, no customer reads.
  const shown = isToCustomer && !/^internal$/i.test(one.type ?? '');
  return {
    ...blank('message'),
    ...{ id: one.id, ticket_id: row.id, at: one.created_at, seq: 0, public: shown },
    ...by,
    channel: shown ? channelOf(one.type) : null,
    // An assistant answers what was asked; a rule, a macro or a call of the interface does not.
    auto_reply: by.author === 'machine' && seatOf(one.author, desk) !== 'assistant',
    article_ids: articlesIn(one.body ?? one.text, desk),
    ...promiseIn(one.text ?? one.body, by.author),
  };
}

function toNote(one: Comment, row: Conversation, desk: Desk): Said {
  return {
    ...blank('message'),
    ...{ id: one.id, ticket_id: row.id, at: one.posted_at, seq: 0, public: false, auto_reply: false },
    ...writerOf(one.author, desk),
    article_ids: articlesIn(one.body, desk),
  };
}

/** Articles of the own knowledge bases that a text links to: the end of their address is a number of its own, not their id. */
function articlesIn(text: string | null, { slugs }: Desk): string[] | null {
  if (slugs === null) return null;
  const ends = articleIdsIn(text, /\/articles?\/([\w-]+)/);
  return ends === null ? null : ends.flatMap((end) => slugs.get(end) ?? []).sort();
}

/** Links that people and apps put on a conversation, as far as they lead to a tracker. */
function toLinks(row: Conversation, since: ReadonlyMap<string, Date>, { context }: Desk): TelemetryRecord<'link'>[] {
  return row.links.flatMap(({ id, type, external_url: address }) => {
    const [issue] = readIssueReferences(address ?? '');
    const system = issue?.system ?? WORDS.tracker(type);
    const key = issue?.key ?? address;
    const target = key === null ? null : context.pseudonymise('reference', key);
    const link = { ...blank('link'), id: `${row.id}:${id}`, ticket_id: row.id, kind: 'issue' as const };
    return system === null ? [] : [{ ...link, system, target_key: target, linked_at: since.get(id) ?? null }];
  });
}
