import type { Ticket as CanonicalTicket, Message, TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { toClock } from '../../src/kit/records/service-levels.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { type Desk, isMergedState, isProgramId, ownFields, rankOf, statusOf } from './account.ts';
import { codesOf } from './map-config.ts';
import { nobody, readHistory } from './map-history.ts';
import { type Article, type Entry, IssueLinks, type Link, type Policy, Preferences, type Ticket } from './schema.ts';
import { channelOf, isNote, SYSTEM, WORDS } from './words.ts';

/** What hangs below a ticket; null = it was gone when it was asked for. */
interface Below {
  readonly articles: readonly Article[] | null;
  readonly history: readonly Entry[] | null;
  readonly tags: readonly string[] | null;
  readonly links: readonly Link[] | null;
  /** Some of the history or of the tags could not be read. */
  readonly isPartly: boolean;
}

/** Records of one ticket. */
export function mapTicket(row: Ticket, below: Below, desk: Desk): Mapped {
  const { articles, history } = below;
  const said = (articles ?? [])
    .filter((one) => !isMark(one, row, desk))
    .toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime() || Number(a.id) - Number(b.id));
  const memory = memoryOf(row);
  return {
    ticket: [toTicket(row, below, memory, desk)],
    event: history === null ? [] : readHistory(row, history, below.tags, below.isPartly, desk),
    message: said.map((one, seq) => toMessage(one, seq, row, desk)),
    sla_clock: toClocks(row, memory, desk),
    link: [...toLinks(row, below.links ?? []), ...issueLinks(row, said, memory, desk)],
  };
}

/** A merged ticket keeps one article, in the name of whoever merged it: a mark of the vendor, no words to the customer. */
function isMark(one: Article, row: Ticket, desk: Desk): boolean {
  return isMergedState(row.state_id, row.state, desk) && isNote(typeOf(one)) && /^\s*merged\s*$/.test(one.body ?? '');
}

const typeOf = (one: Article) => one.type ?? one.type_id;

interface Memory {
  readonly policyId: string | null;
  readonly calendarId: string | null;
  readonly issues: readonly string[];
}

/** What the vendor keeps of a ticket beside its attributes. */
function memoryOf(row: Ticket): Memory {
  const kept = Preferences.safeParse(row.preferences).data;
  const links = [kept?.github, kept?.gitlab].flatMap((one) => IssueLinks.safeParse(one).data?.issue_links ?? []);
  const sla = kept?.escalation_calculation ?? null;
  return { policyId: sla?.sla_id ?? null, calendarId: sla?.calendar_id ?? null, issues: links };
}

function toTicket(row: Ticket, { tags, history, links }: Below, memory: Memory, desk: Desk): CanonicalTicket {
  const { context, staff, states, priorities } = desk;
  const requesterIsAgent = row.customer_id === null || staff === null ? null : staff.has(row.customer_id);
  const type = row.create_article_type ?? row.create_article_type_id;
  const opened = openedBy(row, requesterIsAgent, desk);
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    status: statusOf(row.state_id, row.state, desk),
    vendor_status: states?.get(row.state_id ?? '')?.name ?? row.state ?? (states === null ? null : row.state_id),
    priority_rank: rankOf(row.priority_id, row.priority, desk),
    vendor_priority:
      priorities?.get(row.priority_id ?? '')?.name ?? row.priority ?? (priorities === null ? null : row.priority_id),
    type: row.type === null ? null : (WORDS.type(row.type) ?? 'other'),
    channel: channelOf(type),
    vendor_channel: type,
    group_id: row.group_id,
    assignee_id: nobody(row.owner_id),
    requester_key: row.customer_id === null ? null : context.pseudonymise('requester', row.customer_id),
    requester_is_agent: requesterIsAgent,
    organisation_id: row.organization_id,
    ...codeColumns(desk.roles, (field) => codesOf(row[field])[0] ?? null),
    created_by: opened.by,
    created_on_behalf: opened.onBehalf,
    calendar_id: memory.calendarId,
    merged_into: isMergedState(row.state_id, row.state, desk) ? survivorOf(row, history ?? [], links ?? []) : null,
    deleted: false,
    spam: false,
    test: false,
    tags: tags === null ? null : keptTags(context.pseudonymise, context.settings.clearTags, tags),
    filled_fields: filledFields(row, desk),
    reported_first_reply_at: row.first_response_at,
    reported_solved_at: row.last_close_at,
    reported_closed_at: row.last_close_at,
    reported_first_reply_business_s: seconds(row.first_response_in_min),
    reported_first_resolution_business_s: seconds(row.close_in_min),
  };
}

function seconds(minutes: number | null): number | null {
  return minutes === null ? null : Math.round(minutes * 60);
}

/** The history names the surviving ticket; of merges before it did, the link to the parent does. */
function survivorOf(row: Ticket, history: readonly Entry[], links: readonly Link[]): string | null {
  const told = history.findLast((entry) => entry.type === 'merged_into' && entry.id_to !== row.id)?.id_to;
  return told ?? ticketLinks(links).find((link) => link.link_type === 'parent')?.link_object_value ?? null;
}

interface Opened {
  readonly by: CanonicalTicket['created_by'];
  readonly onBehalf: boolean | null;
}

/** Who began: the sender of the first article says whose words it holds, its maker who wrote them down. */
function openedBy(row: Ticket, requesterIsAgent: boolean | null, desk: Desk): Opened {
  const maker = row.created_by_id;
  const sender = WORDS.sender(row.create_article_sender ?? row.create_article_sender_id);
  if (sender === null) return { by: null, onBehalf: null };
  if (sender === 'machine' || isProgramId(row.customer_id, desk)) return { by: 'machine', onBehalf: null };
  if (sender === 'agent') {
    if (maker === SYSTEM || isProgramId(maker, desk)) return { by: 'machine', onBehalf: null };
    const type = row.create_article_type ?? row.create_article_type_id;
    // Words of an agent that went out are none of the requester's.
    return { by: 'agent', onBehalf: type === null || isNote(type) ? null : false };
  }
  if (maker === null) return { by: null, onBehalf: null };
  if (desk.staff === null) return { by: null, onBehalf: null };
  if (maker === row.customer_id || maker === SYSTEM)
    return requesterIsAgent === true ? { by: 'agent', onBehalf: null } : { by: 'customer', onBehalf: false };
  // A program that hands on words of a customer; or a colleague of the requester.
  if (isProgramId(maker, desk) || !desk.staff.has(maker)) return { by: 'customer', onBehalf: false };
  return { by: 'agent', onBehalf: true };
}

/** Attributes of the desk's own that carry a value, and a priority other than the one that new tickets get. */
function filledFields(row: Ticket, { fields, priorities }: Desk): string[] | null {
  if (fields === null || priorities === null) return null;
  const own = ownFields(fields, 'Ticket').map(({ name }): [string, unknown] => {
    const value = row[name];
    return [name, Array.isArray(value) && value.length === 0 ? null : value];
  });
  const usual = row.priority_id === null ? undefined : priorities?.get(row.priority_id)?.default_create;
  return filledNames(Object.fromEntries(own), usual === false ? ['priority'] : []);
}

function toMessage(one: Article, seq: number, row: Ticket, desk: Desk): Message {
  const writer = one.origin_by_id ?? one.created_by_id;
  const sender = WORDS.sender(one.sender ?? one.sender_id);
  const byProgram = one.created_by_id === SYSTEM || isProgramId(writer, desk);
  const author =
    sender === 'customer'
      ? isProgramId(row.customer_id, desk)
        ? 'machine'
        : 'customer'
      : sender !== null && byProgram
        ? 'machine'
        : sender;
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.created_at,
    seq,
    author,
    author_id: author === 'agent' ? writer : null,
    public: !one.internal,
    channel: channelOf(typeOf(one)),
    auto_reply: author === 'machine' && sender !== 'customer',
    article_ids: articleIdsIn(one.body, ANSWER),
    ...promiseIn(one.body, author),
  };
}

/** Addresses of an answer of the knowledge base, in the help centre and in the desk. */
const ANSWER = /\/help\/[\w-]+\/\d+[\w%-]*\/(\d+)|knowledge_base\/\d+\/locale\/[\w-]+\/answer\/(\d+)/;

type Metric = TelemetryRecord<'sla_clock'>['metric'];

/**
 * Clocks of the targets that the ticket carries. The vendor works out what was left when a promise ended; while a ticket is in a state that stops the
 * clock it shows no due time. An open promise has no outcome.
 */
function toClocks(row: Ticket, { policyId }: Memory, { policies }: Desk): TelemetryRecord<'sla_clock'>[] {
  const policy = policyId === null ? undefined : policies?.get(policyId);
  const clock = (
    metric: Metric,
    given: { target: number | null; due: Date | null; done: Date | null; took: number | null; left: number | null },
  ): TelemetryRecord<'sla_clock'>[] => {
    const { due, done, took, left } = given;
    const target = took !== null && left !== null ? took + left : given.target;
    if (left === null && due === null && (given.target ?? 0) <= 0) return [];
    return [
      {
        ...toClock({
          ticket_id: row.id,
          metric,
          policy_id: policyId,
          target_s: target === null || target <= 0 ? null : Math.round(target * 60),
          business_hours: true,
          // Of updates the vendor keeps the longest wait, not since when.
          started_at: metric === 'first_reply' || metric === 'resolution' ? row.created_at : null,
          // A due time is taken back when the clock stops; without the policy nobody would tell.
          breach_at: left === null && policy !== undefined ? due : null,
          fulfilled_at: done,
          missed: left === null ? null : left < 0,
        }),
        // The vendor says it of the longest wait for an update too, which has no end of its own here.
        ...(left === null ? {} : { met: left >= 0 }),
      },
    ];
  };
  const update = updateMetric(policy);
  return [
    ...clock('first_reply', {
      target: policy?.first_response_time ?? null,
      due: row.first_response_escalation_at,
      done: row.first_response_at,
      took: row.first_response_in_min,
      left: row.first_response_diff_in_min,
    }),
    ...(update === null
      ? []
      : clock(update.metric, {
          target: update.target,
          due: row.update_escalation_at,
          done: null,
          took: row.update_in_min,
          left: row.update_diff_in_min,
        })),
    ...clock('resolution', {
      target: policy?.solution_time ?? null,
      due: row.close_escalation_at,
      done: row.close_at,
      took: row.close_in_min,
      left: row.close_diff_in_min,
    }),
  ];
}

/** What "update" means on a ticket is told by its policy alone; one that promises both or neither does not tell. */
function updateMetric(policy: Policy | undefined): { readonly metric: Metric; readonly target: number } | null {
  const [reply, update] = [policy?.response_time ?? null, policy?.update_time ?? null];
  if (reply !== null && update === null) return { metric: 'next_reply', target: reply };
  return update !== null && reply === null ? { metric: 'periodic_update', target: update } : null;
}

function ticketLinks(links: readonly Link[]): Link[] {
  return links.filter((link) => /^ticket$/i.test(link.link_object));
}

function toLinks(row: Ticket, links: readonly Link[]): TelemetryRecord<'link'>[] {
  return ticketLinks(links).map((link) => ({
    ...blank('link'),
    id: `${row.id}:${link.link_type ?? 'link'}:${link.link_object_value}`,
    ticket_id: row.id,
    kind: 'related',
    target_key: link.link_object_value,
  }));
}

/** Records of issue trackers that agents put on the ticket, and those that texts link to. */
function issueLinks(
  row: Ticket,
  said: readonly Article[],
  { issues }: Memory,
  { context }: Desk,
): TelemetryRecord<'link'>[] {
  const { pseudonymise } = context;
  // The vendor does not say when a tracker's record was put on the ticket.
  const put = issueLinksIn(issues.join(' '), { id: row.id, ticketId: row.id, at: row.created_at }, pseudonymise);
  return [
    ...put.map((link) => ({ ...link, linked_at: null })),
    ...said.flatMap((one) =>
      issueLinksIn(one.body, { id: one.id, ticketId: row.id, at: one.created_at }, pseudonymise),
    ),
  ];
}
