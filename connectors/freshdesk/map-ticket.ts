import type { Message, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { type CodeFields, codeColumns, codeText, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { type Fills, fields } from '../../src/kit/fields.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { toClock } from '../../src/kit/records/service-levels.ts';
import { articleIdsIn, issueLinksIn, openingOf } from '../../src/kit/records/texts.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { type Context, codeFieldsOf, statusNames } from './account.ts';
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

/** What a ticket and its conversation tell, live or archived. */
export const TICKET_FILLS = {
  tickets: fields(
    'tickets',
    'updated_at status vendor_status priority_rank vendor_priority type channel vendor_channel',
    'group_id assignee_id requester_key requester_is_agent organisation_id product category severity cause_code',
    'created_by created_by:customer created_by:agent created_on_behalf calendar_id tags filled_fields',
    'reported_first_reply_at reported_solved_at reported_closed_at',
  ),
  messages: ['author', 'author_id', 'public', 'note', 'channel', 'article_ids'],
  sla_clocks: ['metric', 'started_at', 'breach_at', 'fulfilled_at', 'met'],
  links: ['kind', 'kind:issue', 'system', 'target_key', 'linked_at'],
} as const satisfies Fills;

/** What the mapping of tickets has to know of the account. */
export interface Account {
  readonly context: Context;
  readonly words: VendorWords;
  readonly agents: ReadonlyMap<string, Agent> | null;
  readonly groups: ReadonlyMap<string, Group> | null;
  readonly statuses: ReadonlyMap<string, string>;
  readonly codes: CodeFields;
  readonly fields: readonly TicketField[];
  /** Whether the key may see them. */
  readonly fieldsShown: boolean;
}

export async function loadAccount(context: Context): Promise<Account> {
  const { session, settings } = context;
  const shown = await session.ticketFields();
  const fields = shown ?? [];
  return {
    context,
    words: wordsOf(settings),
    agents: await session.agents(),
    groups: await session.groups(),
    statuses: statusNames(fields),
    codes: codeFieldsOf(settings, fields),
    fields,
    fieldsShown: shown !== null,
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
  const messages = [openingOf(ticket), ...said.map((one, i) => toMessage(one, row.id, i + 1, account))];
  return {
    ticket: [ticket],
    message: conversation === null ? [] : messages,
    sla_clock: toClocks(row),
    link: said.flatMap((one) =>
      issueLinksIn(textOf(one), { id: one.id, ticketId: row.id, at: one.created_at }, account.context.pseudonymise),
    ),
  };
}

function toTicket(row: Row, list: 'all' | 'deleted' | 'spam', account: Account): Ticket {
  const { context, words, agents, groups } = account;
  const requesterIsAgent = row.requester_id === null || agents === null ? null : agents.has(row.requester_id);
  const codes = codeColumns(account.codes, (field) => codeText(row.custom_fields?.[field]));
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    status: statusOf(row.status, account),
    vendor_status: row.status === null ? null : vendorWord(row.status, account),
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
    ...codes,
    product: codes.product ?? row.product_id,
    created_by: createdBy(row, requesterIsAgent, account),
    created_on_behalf: isOnBehalf(row, requesterIsAgent),
    calendar_id: row.group_id === null ? null : (groups?.get(row.group_id)?.business_hour_id ?? null),
    deleted: list === 'deleted' || row.deleted === true,
    spam: list === 'spam' || row.spam === true,
    test: false,
    tags: keptTags(context.pseudonymise, context.settings.clearTags, row.tags),
    filled_fields: filledFields(row),
    reported_first_reply_at: row.stats?.first_responded_at ?? null,
    reported_solved_at: row.stats?.resolved_at ?? null,
    reported_closed_at: row.stats?.closed_at ?? null,
  };
}

/** An unreadable status is as an unknown word. */
function statusOf(code: string | null, { words, statuses }: Account): Status {
  if (code === null) return statusByName(null);
  return words.status(code) ?? statusByName(statuses.get(code) ?? null);
}

/** The name of a status; null where the names are not shown. */
function vendorWord(code: string, { statuses, fieldsShown }: Account): string | null {
  return fieldsShown ? (statuses.get(code) ?? code) : null;
}

/** Calls are written down by agents, outbound mail is theirs; else it is the requester. Without a source that is known a ticket of a customer may be any of them. */
function createdBy(row: Row, requesterIsAgent: boolean | null, { context, words }: Account): Ticket['created_by'] {
  if (row.requester_id !== null && context.settings.machineUsers.includes(row.requester_id)) return 'machine';
  if (row.source === PHONE || row.source === OUTBOUND) return 'agent';
  if (requesterIsAgent === true) return 'agent';
  const isSourceKnown = row.source !== null && words.source(row.source) !== null;
  return requesterIsAgent === false && isSourceKnown ? 'customer' : null;
}

function isOnBehalf(row: Row, requesterIsAgent: boolean | null): boolean | null {
  if (row.source === OUTBOUND) return false;
  return row.source === PHONE && requesterIsAgent === false ? true : null;
}

/** The vendor gives every ticket a priority, the lowest where nobody chose: that one says nothing, and none at all that not all of the ticket can be read. */
function filledFields(row: Row): string[] | null {
  if (row.custom_fields === null || row.priority === null) return null;
  const more = [...(row.type === null ? [] : ['type']), ...(row.priority === '1' ? [] : ['priority'])];
  return filledNames(row.custom_fields, more);
}

function toMessage(row: Conversation, ticketId: string, seq: number, account: Account): Message {
  const agent = row.user_id === null ? undefined : account.agents?.get(row.user_id);
  const machine =
    row.automation_id !== null ||
    (agent !== undefined &&
      isProgram({ id: agent.id, name: agent.contact?.name ?? null }, statedOf(account.context.settings)));
  // Who was an agent and is no longer listed still writes from the desk's side.
  const side = row.incoming === null ? null : row.incoming ? 'customer' : 'agent';
  const author = machine ? 'machine' : agent === undefined ? side : 'agent';
  return {
    ...blank('message'),
    id: row.id,
    ticket_id: ticketId,
    at: row.created_at,
    seq,
    author,
    author_id: author === 'agent' ? row.user_id : null,
    public: !row.private && row.source !== FORWARD,
    channel: account.words.messageSource(row.source),
    auto_reply: machine,
    article_ids: articleIdsIn(textOf(row), /\/solutions?\/articles\/(\d+)/g),
  };
}

/** Null where the vendor gave no text. */
function textOf({ body, body_text }: Conversation): string | null {
  return body === null && body_text === null ? null : `${body ?? ''} ${body_text ?? ''}`;
}

/**
 * Clocks of the targets that the ticket carries. The vendor moves the due time while a ticket waits, and says only whether it was missed when it is
 * read: a promise that is open and not missed yet has no outcome. Of next replies only the one that is owed now is shown, and so only late ones: they are left out.
 */
function toClocks(row: Row): TelemetryRecord<'sla_clock'>[] {
  const { stats, created_at } = row;
  const clock = (
    metric: 'first_reply' | 'resolution',
    breach_at: Date | null,
    missed: boolean | null,
    fulfilled_at: Date | null,
  ) => {
    return breach_at === null
      ? []
      : [
          toClock({
            ticket_id: row.id,
            metric,
            started_at: created_at,
            breach_at,
            fulfilled_at,
            missed: missed || null,
          }),
        ];
  };
  return [
    ...(row.source === OUTBOUND
      ? []
      : clock('first_reply', row.fr_due_by, row.fr_escalated, stats?.first_responded_at ?? null)),
    ...clock('resolution', row.due_by, row.is_escalated, stats?.resolved_at ?? stats?.closed_at ?? null),
  ];
}
