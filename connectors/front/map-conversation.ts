import type { Message as CanonicalMessage, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, codeText, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { readIssueReferences } from '../../src/kit/issue-references.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { type Desk, seatOf, valuesById } from './account.ts';
import { forwardedIn, inOrder, linkedAt, mergedAway, placesOf, toHistory } from './map-history.ts';
import { type Comment, type Conversation, type Event, idIn, type Message, type Recipient } from './schema.ts';
import { WORDS } from './words.ts';

/** What hangs below a conversation. Null = the token may not read it, or the conversation was gone when it was asked for. */
export interface Below {
  readonly messages: readonly Message[] | null;
  readonly comments: readonly Comment[] | null;
  readonly events: readonly Event[] | null;
  /** Inboxes that the conversation is in now, where its events do not tell. */
  readonly inboxes: readonly { readonly id: string }[] | null;
}

/** Records of one conversation. */
export function mapConversation(row: Conversation, below: Below, desk: Desk): Mapped {
  const events = inOrder(below.events ?? []);
  const forwarded = forwardedIn(events);
  const said = [
    ...(below.messages ?? []).filter(isSent).map((one) => toMessage(one, row, forwarded, desk)),
    ...(below.comments ?? [])
      .filter((one) => seatOf(one.author, desk) !== 'survey')
      .map((one) => toNote(one, row, desk)),
  ].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  const ticket = toTicket(row, said, events, below, desk);
  const merged = mergedAway(row, events);
  return {
    ticket: [ticket, ...merged.ticket],
    message: said.map((one, seq) => ({ ...one, seq })),
    event: [...(below.events === null ? [] : toHistory(row, events, ticket, desk)), ...merged.event],
    link: [...toLinks(row, events, desk), ...linksInTexts(row, below, desk)],
  };
}

function isSent(one: Message): boolean {
  return one.draft_mode === null && one.is_draft !== true;
}

function toTicket(
  row: Conversation,
  said: readonly CanonicalMessage[],
  events: readonly Event[],
  below: Below,
  desk: Desk,
): Ticket {
  const { context, fields, codes, priority, statuses, inboxes } = desk;
  const { pseudonymise, settings } = context;
  const values = valuesById(row.custom_fields, fields);
  const word = (row.status ?? '').trim().toLowerCase();
  const deleted = /^(deleted|trashed)$/.test(word);
  const asked = priority === null ? null : codeText(values[priority]);
  const channel = (below.messages ?? []).filter(isSent).toSorted(byAge)[0]?.type ?? null;
  const opened = isInternal(row) ? 'agent' : (said.find((one) => one.public)?.author ?? null);
  const inbox = placesOf(events).last ?? below.inboxes?.[0]?.id ?? null;
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    status: deleted ? 'closed' : statusOf(row),
    vendor_status: statuses?.get(row.status_id ?? '')?.name ?? row.status_category ?? row.status,
    priority_rank: WORDS.rank(asked),
    vendor_priority: asked,
    channel: channel === null ? null : (WORDS.channel(channel) ?? 'other'),
    vendor_channel: channel,
    group_id: inbox,
    assignee_id: row.assignee?.id ?? null,
    ...requesterOf(row, desk),
    brand: idIn(inboxes?.get(inbox ?? '')?._links?.related?.owner),
    ...codeColumns(codes, (id) => codeText(values[id])),
    created_by: opened,
    created_on_behalf: opened === null ? null : false,
    deleted,
    spam: word === 'spam',
    test: false,
    tags: keptTags(
      pseudonymise,
      settings.clearTags,
      row.tags.flatMap(({ name }) => name ?? []),
    ),
    filled_fields: row.custom_fields === null || fields.length === 0 ? null : filledNames(values),
  };
}

/** People of the desk among themselves: no customer takes part. */
const isInternal = ({ type }: Conversation): boolean => /^(discussion|task)$/i.test(type ?? '');

function requesterOf(
  row: Conversation,
  { context, byMail, customers }: Desk,
): Pick<Ticket, 'requester_key' | 'requester_is_agent' | 'organisation_id'> {
  const handle = row.recipient?.handle?.trim().toLowerCase() ?? null;
  const isAgent = handle === null ? null : byMail.has(handle);
  return {
    requester_key: handle === null ? null : context.pseudonymise('requester', handle),
    requester_is_agent: isInternal(row) ? true : isAgent,
    organisation_id: customers === null ? null : customerOf(row.recipient, handle, customers),
  };
}

const byAge = (a: Message, b: Message): number => a.created_at.getTime() - b.created_at.getTime();

/** The category of the ticket where there is one. A word that is not known yet is no end; what is archived until a reminder comes back by itself. */
function statusOf(row: Conversation): Ticket['status'] {
  const category = WORDS.category(row.status_category);
  if (category !== null) return category;
  const status = WORDS.status(row.status) ?? 'open';
  return status === 'solved' && row.scheduled_reminders.length > 0 ? 'pending' : status;
}

/** The account of a contact: by the contact, else by the domain of the address where one account alone has it. */
function customerOf(
  recipient: Recipient | null,
  handle: string | null,
  { contacts, domains }: NonNullable<Desk['customers']>,
): string | null {
  const own = contacts.get(idIn(recipient?._links?.related?.contact) ?? '');
  return own ?? domains.get(handle?.split('@')[1] ?? '') ?? null;
}

/** Who wrote a message. What goes out in nobody's name is a rule's or comes over the interface. */
function authorOf(one: Message, desk: Desk): Pick<CanonicalMessage, 'author' | 'author_id'> {
  const seat = seatOf(one.author, desk);
  if (seat === 'person') return { author: 'agent', author_id: one.author?.id ?? null };
  if (seat !== null) return { author: 'machine', author_id: null };
  if (one.is_inbound === null) return { author: null, author_id: null };
  if (!one.is_inbound) return { author: 'machine', author_id: null };
  const from = one.recipients.find(({ role }) => /^from$/i.test(role ?? ''))?.handle?.toLowerCase();
  const agent = from === undefined ? undefined : desk.byMail.get(from);
  return agent === undefined ? { author: 'customer', author_id: null } : { author: 'agent', author_id: agent };
}

function toMessage(one: Message, row: Conversation, forwarded: ReadonlySet<string>, desk: Desk): CanonicalMessage {
  const { author, author_id } = authorOf(one, desk);
  // What is sent on, and what people of the desk write among themselves, no customer reads.
  const shown = !forwarded.has(one.id) && !/^internal$/i.test(one.type ?? '');
  const text = one.text ?? one.body;
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.created_at,
    seq: 0,
    author,
    author_id,
    public: shown,
    channel: one.type === null || !shown ? null : (WORDS.channel(one.type) ?? 'other'),
    // An assistant answers what was asked; a rule, a macro or a call of the interface does not.
    auto_reply: author === 'machine' && seatOf(one.author, desk) !== 'answers',
    article_ids: articlesIn([one.body, one.text], desk),
    ...promiseIn(text, author),
  };
}

const ARTICLE = /\/articles?\/([\w-]+)/g;

/** Articles of the own knowledge bases that a text links to: the end of their address is a number of its own, not their id. */
function articlesIn(texts: readonly (string | null)[], { slugs }: Desk): string[] | null {
  const given = texts.filter((text) => text !== null);
  if (slugs === null || given.length === 0) return null;
  const ends = given.flatMap((text) => [...text.matchAll(ARTICLE)].map(([, end]) => end ?? ''));
  return [...new Set(ends.flatMap((end) => slugs.get(end) ?? []))].sort();
}

function toNote(one: Comment, row: Conversation, desk: Desk): CanonicalMessage {
  const seat = seatOf(one.author, desk);
  const author = seat === null ? null : seat === 'person' ? 'agent' : 'machine';
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.posted_at,
    seq: 0,
    author,
    author_id: author === 'agent' ? (one.author?.id ?? null) : null,
    public: false,
    auto_reply: false,
    article_ids: articlesIn([one.body], desk),
  };
}

/** Links that people and apps put on a conversation, as far as they lead to a tracker. */
function toLinks(row: Conversation, events: readonly Event[], desk: Desk): TelemetryRecord<'link'>[] {
  const since = linkedAt(events);
  return row.links.flatMap((link) => {
    const [issue] = readIssueReferences(link.external_url ?? '');
    const system = issue?.system ?? WORDS.tracker(link.type);
    const key = issue?.key ?? link.external_url;
    if (system === null) return [];
    return [
      {
        ...blank('link'),
        id: `${row.id}:${link.id}`,
        ticket_id: row.id,
        kind: 'issue' as const,
        system,
        target_key: key === null ? null : desk.context.pseudonymise('reference', key),
        linked_at: since.get(link.id) ?? null,
      },
    ];
  });
}

function linksInTexts(row: Conversation, below: Below, { context }: Desk): TelemetryRecord<'link'>[] {
  const texts = [
    ...(below.messages ?? [])
      .filter(isSent)
      .map((one) => ({ id: one.id, at: one.created_at, text: one.body ?? one.text })),
    ...(below.comments ?? []).map((one) => ({ id: one.id, at: one.posted_at, text: one.body })),
  ];
  return texts.flatMap(({ id, at, text }) => issueLinksIn(text, { id, ticketId: row.id, at }, context.pseudonymise));
}
