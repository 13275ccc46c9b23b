import type { Message, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { readIssueReferences } from '../../src/kit/issue-references.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { type Context, fieldsByRole, isProgram, type Role4, statusNames } from './account.ts';
import type { Agent, Conversation, Group, Ticket as Row, TicketField } from './schema.ts';
import {
  FORWARD,
  OUTBOUND,
  PHONE,
  type Status,
  SURVEY_COMMENT,
  statusByName,
  type VendorWords,
  wordsOf,
} from './words.ts';

/** What the mapping of tickets has to know of the account. */
export interface Account {
  readonly context: Context;
  readonly words: VendorWords;
  readonly agents: ReadonlyMap<string, Agent> | null;
  readonly groups: ReadonlyMap<string, Group> | null;
  readonly statuses: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<Role4, string>;
  readonly fields: readonly TicketField[];
}

export async function loadAccount(context: Context): Promise<Account> {
  const { session, settings } = context;
  const fields = (await session.ticketFields()) ?? [];
  return {
    context,
    words: wordsOf(settings),
    agents: await session.agents(),
    groups: await session.groups(),
    statuses: statusNames(fields),
    roles: fieldsByRole(settings, fields),
    fields,
  };
}

/** Records of one ticket. `conversation` null = it could not be read any more; the pass tells which list the ticket was in. */
export function mapTicket(
  row: Row,
  conversation: readonly Conversation[] | null,
  list: 'all' | 'deleted' | 'spam',
  account: Account,
): Mapped {
  const ticket = toTicket(row, list, account);
  const said = (conversation ?? []).filter((one) => one.source !== SURVEY_COMMENT);
  const messages = [opening(ticket), ...said.map((one, i) => toMessage(one, row.id, i + 1, account))];
  return {
    ticket: [ticket],
    message: conversation === null ? [] : messages,
    sla_clock: toClocks(row),
    link: said.flatMap((one) => issueLinks(one, row.id, account)),
  };
}

function toTicket(row: Row, list: 'all' | 'deleted' | 'spam', account: Account): Ticket {
  const { context, words, agents, groups } = account;
  const requesterIsAgent = row.requester_id === null || agents === null ? null : agents.has(row.requester_id);
  const code = (role: Role4) => codeOf(row, account.roles.get(role));
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    status: statusOf(row.status, account),
    vendor_status: account.statuses.get(row.status) ?? row.status,
    priority_rank: words.rank(row.priority),
    vendor_priority: words.priority(row.priority) ?? row.priority,
    type: row.type === null ? null : (words.type(row.type) ?? 'other'),
    channel: row.source === null ? null : (words.source(row.source) ?? 'other'),
    vendor_channel: row.source,
    group_id: row.group_id,
    assignee_id: row.responder_id,
    requester_key: row.requester_id === null ? null : context.pseudonymise('requester', row.requester_id),
    requester_is_agent: requesterIsAgent,
    organisation_id: row.company_id,
    product: code('product') ?? row.product_id,
    category: code('category'),
    severity: code('severity'),
    cause_code: code('cause'),
    created_by: createdBy(row, requesterIsAgent, account),
    created_on_behalf: isOnBehalf(row, requesterIsAgent),
    calendar_id: row.group_id === null ? null : (groups?.get(row.group_id)?.business_hour_id ?? null),
    deleted: list === 'deleted' || row.deleted === true,
    spam: list === 'spam' || row.spam === true,
    test: false,
    tags: [...new Set(row.tags.map((tag) => keptTag(context.pseudonymise, context.settings.clearTags, tag)))].sort(),
    filled_fields: filledFields(row),
    reported_first_reply_at: row.stats?.first_responded_at ?? null,
    reported_solved_at: row.stats?.resolved_at ?? null,
    reported_closed_at: row.stats?.closed_at ?? null,
  };
}

function codeOf(row: Row, field: string | undefined): string | null {
  const value = field === undefined ? null : row.custom_fields?.[field];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

function statusOf(code: string, { words, statuses }: Account): Status {
  return words.status(code) ?? statusByName(statuses.get(code) ?? null);
}

/** Calls are written down by agents, outbound mail is theirs; else it is the requester. */
function createdBy(row: Row, requesterIsAgent: boolean | null, { context }: Account): Ticket['created_by'] {
  if (row.requester_id !== null && context.settings.machineUsers.includes(row.requester_id)) return 'machine';
  if (row.source === PHONE || row.source === OUTBOUND) return 'agent';
  return requesterIsAgent === null ? null : requesterIsAgent ? 'agent' : 'customer';
}

function isOnBehalf(row: Row, requesterIsAgent: boolean | null): boolean | null {
  if (row.source === OUTBOUND) return false;
  return row.source === PHONE && requesterIsAgent === false ? true : null;
}

/** The vendor gives every ticket the lowest priority: that one says nothing. */
function filledFields(row: Row): string[] | null {
  if (row.custom_fields === null) return null;
  const filled = Object.entries(row.custom_fields)
    .filter(([, value]) => value !== null && value !== '' && value !== false)
    .map(([name]) => name);
  if (row.type !== null) filled.push('type');
  if (row.priority !== null && row.priority !== '1') filled.push('priority');
  return filled.sort();
}

/** The text of the ticket itself, which the vendor does not list among its messages. */
function opening(ticket: Ticket): Message {
  return {
    ...blank('message'),
    id: `${ticket.id}:opening`,
    ticket_id: ticket.id,
    at: ticket.created_at,
    seq: 0,
    author: ticket.created_by,
    public: true,
    channel: ticket.channel,
    auto_reply: false,
  };
}

function toMessage(row: Conversation, ticketId: string, seq: number, account: Account): Message {
  const agent = row.user_id === null ? undefined : account.agents?.get(row.user_id);
  const machine = row.automation_id !== null || (agent !== undefined && isProgram(agent, account.context.settings));
  // Who was an agent and is no longer listed still writes from the desk's side.
  const author = machine ? 'machine' : row.incoming === true && agent === undefined ? 'customer' : 'agent';
  return {
    ...blank('message'),
    id: row.id,
    ticket_id: ticketId,
    at: row.created_at,
    seq,
    author,
    author_id: author === 'agent' ? row.user_id : null,
    public: row.private !== true && row.source !== FORWARD,
    channel: account.words.messageSource(row.source),
    auto_reply: machine,
    article_ids: articleIds(row),
  };
}

/** Articles linked in a text, by their numbers; the text is dropped. Null where the vendor gave no text. */
function articleIds({ body, body_text }: Conversation): string[] | null {
  if (body === null && body_text === null) return null;
  const text = `${body ?? ''} ${body_text ?? ''}`;
  return [...new Set([...text.matchAll(/\/solutions?\/articles\/(\d+)/g)].map(([, id]) => id as string))].sort();
}

function issueLinks(row: Conversation, ticketId: string, { context }: Account): TelemetryRecord<'link'>[] {
  return readIssueReferences(`${row.body ?? ''} ${row.body_text ?? ''}`).map((issue, i) => ({
    ...blank('link'),
    id: `${row.id}:issue:${i}`,
    ticket_id: ticketId,
    kind: 'issue',
    system: issue.system,
    target_key: context.pseudonymise('reference', issue.key),
    linked_at: row.created_at,
  }));
}

/**
 * Clocks of the targets that the ticket carries. The vendor moves the due time while a ticket waits, and says only whether it was missed when it is
 * read: a promise that is open and not missed yet has no outcome.
 */
function toClocks(row: Row): TelemetryRecord<'sla_clock'>[] {
  const clock = (
    metric: 'first_reply' | 'next_reply' | 'resolution',
    dueAt: Date | null,
    missed: boolean | null,
    doneAt: Date | null,
  ): TelemetryRecord<'sla_clock'>[] => {
    if (dueAt === null) return [];
    const inTime = doneAt === null ? null : doneAt.getTime() <= dueAt.getTime();
    return [
      {
        ...blank('sla_clock'),
        id: `${row.id}:${metric}:1`,
        ticket_id: row.id,
        metric,
        scope: 'ticket',
        instance: 1,
        started_at: metric === 'next_reply' ? null : row.created_at,
        breach_at: dueAt,
        fulfilled_at: doneAt,
        voided: false,
        met: missed === true ? false : inTime,
      },
    ];
  };
  const { stats } = row;
  return [
    ...(row.source === OUTBOUND
      ? []
      : clock('first_reply', row.fr_due_by, row.fr_escalated, stats?.first_responded_at ?? null)),
    ...clock('next_reply', row.nr_due_by, row.nr_escalated, null),
    ...clock('resolution', row.due_by, row.is_escalated, stats?.resolved_at ?? stats?.closed_at ?? null),
  ];
}
