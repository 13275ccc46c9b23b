import type { Ticket as CanonicalTicket, Message, TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { HoursMinutes } from '../../src/kit/instants.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { toClock } from '../../src/kit/records/service-levels.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { codeIn, type Desk, isMachine } from './account.ts';
import { linksOf, readHistory, toHistory } from './map-history.ts';
import type { Metrics, Past, Rating, Talk, Ticket } from './schema.ts';
import { WORDS } from './words.ts';

/** What hangs below a ticket. Null = it was gone when it was asked for. */
interface Below {
  readonly talks: readonly Talk[] | null;
  readonly past: readonly Past[] | null;
  readonly metrics: Metrics | null;
  readonly tags: readonly string[] | null;
  /** Some line of the history could not be read. */
  readonly isPartly: boolean;
}

/** Records of one ticket. */
export function mapTicket(row: Ticket, below: Below, desk: Desk): Mapped {
  const said = (below.talks ?? [])
    .filter(isSent)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || older(a.id, b.id));
  const past = below.past === null ? null : readHistory(below.past);
  const messages = said.map((one, seq) => toMessage(one, seq, row, desk));
  const ticket = toTicket(row, messages, below, past?.created ?? null, desk);
  return {
    ticket: [ticket],
    message: messages,
    // Every ticket has a line of its creation: without one nothing is known of what it was.
    event:
      past === null || past.lines.length === 0 ? [] : toHistory(row, ticket, past, below.tags, below.isPartly, desk),
    sla_clock: toClocks(row, ticket.status),
    link: [
      ...said.flatMap((one) =>
        issueLinksIn(
          one.content ?? one.summary,
          { id: one.id, ticketId: row.id, at: one.at },
          desk.context.pseudonymise,
        ),
      ),
      ...linksOf(row.id, past, desk),
    ],
  };
}

/** Ids of one length grow with time. */
const older = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : Number(a > b));

/** What waits to be sent, or never arrived, has told nobody anything. */
const isSent = (one: Talk): boolean => !/^(draft|failed)$/i.test(one.status ?? '');

const STANDARD = ['category', 'classification', 'priority', 'productId', 'accountId', 'teamId', 'dueDate'] as const;

function toTicket(
  row: Ticket,
  messages: readonly Message[],
  below: Below,
  created: Past | null,
  desk: Desk,
): CanonicalTicket {
  const { context, codes } = desk;
  const opened = openedBy(created, messages, desk);
  const { metrics, tags } = below;
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.createdTime,
    updated_at: row.modifiedTime,
    // A word that is not known yet is no end.
    status: desk.status(row.status, row.statusType) ?? 'open',
    vendor_status: row.status,
    priority_rank: WORDS.rank(row.priority),
    vendor_priority: row.priority,
    type: row.classification === null ? null : (WORDS.kind(row.classification) ?? 'other'),
    channel: row.channel === null ? null : (WORDS.channel(row.channel) ?? 'other'),
    vendor_channel: row.channel,
    form: row.layoutId,
    group_id: row.teamId ?? row.departmentId,
    assignee_id: row.assigneeId,
    requester_key: row.contactId === null ? null : context.pseudonymise('requester', row.contactId),
    organisation_id: row.accountId,
    ...codeColumns(codes, (field) => codeIn(row, field)),
    created_by: opened,
    created_on_behalf: opened === null ? null : opened === 'agent' && row.contactId !== null,
    calendar_id: row.slaId === null ? null : (desk.hoursOf?.get(row.slaId) ?? null),
    follow_up_of: row.sourceTicket?.id ?? null,
    deleted: row.isTrashed === true || row.isDeleted === true,
    spam: row.isSpam === true,
    test: false,
    tags: tags === null ? null : keptTags(context.pseudonymise, context.settings.clearTags, tags),
    filled_fields: filledNames(
      row.cf ?? row.customFields ?? {},
      STANDARD.filter((name) => row[name] !== null),
    ),
    ...reportedOf(row, metrics),
  };
}

/** What the vendor measured. It knows one end of a ticket. */
function reportedOf({ closedTime }: Ticket, metrics: Metrics | null): Partial<CanonicalTicket> {
  const replies = metrics?.outgoingCount ?? null;
  return {
    reported_solved_at: closedTime,
    reported_closed_at: closedTime,
    reported_reopens: metrics?.reopenCount ?? null,
    reported_reassignments: metrics?.reassignCount ?? null,
    reported_replies: replies,
    // `00:00` stands for a time of no minutes and for none.
    reported_first_reply_business_s: replies !== null && replies > 0 ? seconds(metrics?.firstResponseTime) : null,
    reported_full_resolution_business_s: closedTime === null ? null : seconds(metrics?.resolutionTime),
  };
}

/** `01:50 hrs`; null for anything else. */
function seconds(text: string | null | undefined): number | null {
  return HoursMinutes.safeParse((text ?? '').replace(/\s*hrs?\.?$/i, '')).data ?? null;
}

/** Who opened it, as the history says, else who wrote first. An agent writes down what a customer says on the phone. */
function openedBy(created: Past | null, messages: readonly Message[], desk: Desk): CanonicalTicket['created_by'] {
  const actor = WORDS.actor(created?.actor?.type);
  if (actor === 'agent') return isMachine(created?.actor?.id ?? null, desk) ? 'machine' : 'agent';
  if (actor === 'customer') return 'customer';
  if (actor === 'automation') return 'machine';
  return messages[0]?.author ?? null;
}

function toMessage(one: Talk, seq: number, row: Ticket, desk: Desk): Message {
  const isComment = one.commentedTime !== null;
  const author = authorOf(one, desk);
  const text = one.content ?? one.summary;
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.at,
    seq,
    author,
    author_id: author === 'agent' ? writerOf(one) : null,
    public: isPublic(one),
    channel: isComment || one.channel === null ? null : (WORDS.channel(one.channel) ?? 'other'),
    auto_reply: author === 'machine',
    // The list shows the beginning of most threads only: what it lacks may link to anything.
    article_ids: articlesIn(one.content, desk),
    ...promiseIn(text, author),
  };
}

/** Articles that a text links to; null where articles may not be seen, by whose address they are known. */
function articlesIn(content: string | null, { slugs }: Desk): string[] | null {
  return slugs === null
    ? null
    : (articleIdsIn(content, /\/kb\/articles\/([\w.~%-]+)/)?.map((slug) => slugs.get(slug) ?? slug) ?? null);
}

/** What is forwarded goes to somebody else than the customer. */
const isPublic = (one: Talk): boolean =>
  one.commentedTime === null ? !/^private$/i.test(one.visibility) && !one.isForward : one.isPublic;

const writerOf = (one: Talk): string | null =>
  one.responderId ?? one.commenterId ?? one.commenter?.id ?? one.author?.id ?? null;

/** Who wrote it. What goes out in nobody's name is a rule's. */
function authorOf(one: Talk, desk: Desk): Message['author'] {
  const writer = writerOf(one);
  const told = one.author?.type ?? one.commenter?.type ?? null;
  const word = WORDS.author(told) ?? (writer !== null && desk.agents?.has(writer) === true ? 'agent' : null);
  if (word === 'agent') return isMachine(writer, desk) ? 'machine' : 'agent';
  if (word !== null || told !== null) return word;
  if (/^in$/i.test(one.direction ?? '')) return 'customer';
  return /^out$/i.test(one.direction ?? '') && writer === null ? 'machine' : null;
}

/**
 * The clock of the solution. The vendor keeps the due time of the reply that is owed now and forgets it with the reply: of replies only a late one could be
 * told, and a share of missed ones alone is none. On hold the clock stands still, and the due time is worked out anew when work goes on: until then it is no breach,
 * however late it is.
 */
function toClocks(
  { id, slaId, createdTime, dueDate, closedTime }: Ticket,
  status: CanonicalTicket['status'],
): TelemetryRecord<'sla_clock'>[] {
  if (slaId === null || dueDate === null) return [];
  const isHeld = closedTime === null && (status === 'hold' || status === 'pending');
  const head = { ticket_id: id, policy_id: slaId, started_at: createdTime, breach_at: isHeld ? null : dueDate };
  return [toClock({ ...head, metric: 'resolution', fulfilled_at: closedTime, missed: null })];
}

/** An answer of a customer. Whether he was asked is not shown. */
export function toAnswer(row: Rating): TelemetryRecord<'csat'> {
  const score = WORDS.rating(row.rating);
  return {
    ...blank('csat'),
    id: row.id,
    ticket_id: row.ticket,
    answered_at: row.ratedTime,
    scale: 'good/okay/bad',
    score,
  };
}
