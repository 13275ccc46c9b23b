import type {
  Message as CanonicalMessage,
  Ticket as CanonicalTicket,
  TelemetryRecord,
} from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, codeText, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { type Desk, isList, isMachine } from './account.ts';
import { statusOf, toHistory } from './map-history.ts';
import type { Event, Message, Ticket } from './schema.ts';
import { isByRule, isNote, WORDS } from './words.ts';

/** Records of one ticket. Null = it was gone when they were asked for; of events also that the key may not see them. */
export function mapTicket(
  row: Ticket,
  messages: readonly Message[] | null,
  events: readonly Event[] | null,
  desk: Desk,
): Mapped {
  const said = (messages ?? []).filter((one) => one.ticket_id === null || one.ticket_id === row.id).toSorted(byTime);
  const told = (events ?? []).filter((one) => isOf(one, row)).toSorted(byTime);
  return {
    ticket: [toTicket(row, said, desk)],
    message: said.map((one, seq) => toMessage(one, seq, row, desk)),
    event: toHistory(row, told, said, desk),
    bot_session: toBotSession(row, said, desk),
    link: said.flatMap((one) =>
      issueLinksIn(textOf(one), { id: one.id, ticketId: row.id, at: one.created_datetime }, desk.context.pseudonymise),
    ),
  };
}

interface Dated {
  readonly id: string;
  readonly created_datetime: Date;
}
function byTime(a: Dated, b: Dated): number {
  return a.created_datetime.getTime() - b.created_datetime.getTime() || Number(a.id) - Number(b.id);
}

function isOf(one: Event, row: Ticket): boolean {
  const ofTicket = one.object_type === null || /^ticket$/i.test(one.object_type);
  return ofTicket && (one.object_id === null || one.object_id === row.id);
}

function toTicket(row: Ticket, said: readonly Message[], desk: Desk): CanonicalTicket {
  const { context, codes } = desk;
  const [first] = said;
  const opened = first === undefined ? beganBy(row) : authorOf(first, desk);
  const values = valuesOf(row.custom_fields);
  const status = statusOf(row);
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_datetime,
    updated_at: row.updated_datetime,
    status,
    vendor_status: row.status,
    priority_rank: WORDS.rank(row.priority),
    vendor_priority: row.priority,
    channel: channelOf(row.channel),
    vendor_channel: row.channel,
    group_id: row.assignee_team?.id ?? row.assignee_team_id,
    assignee_id: row.assignee_user?.id ?? row.assignee_user_id,
    requester_key: row.customer?.id == null ? null : context.pseudonymise('requester', row.customer.id),
    ...codeColumns(codes, (id) => codeOf(id, values, desk)),
    created_by: opened,
    created_on_behalf: opened === null ? null : false,
    deleted: row.trashed_datetime,
    spam: row.spam === true,
    test: false,
    tags:
      row.tags === null
        ? null
        : keptTags(
            context.pseudonymise,
            context.settings.clearTags,
            row.tags.map((tag) => tag.name),
          ),
    filled_fields: values === null ? null : filledNames(values),
    reported_solved_at: status === 'solved' ? row.closed_datetime : null,
  };
}

/** Who began a ticket whose messages are not known. */
function beganBy({ from_agent, via }: Ticket): CanonicalTicket['created_by'] {
  if (isByRule(via)) return 'machine';
  return from_agent === null ? null : from_agent ? 'agent' : 'customer';
}

/** Codes may be kept: only of lists. */
function codeOf(id: string, values: Readonly<Record<string, unknown>> | null, { fields }: Desk): string | null {
  const field = fields.find((one) => one.id === id);
  return field === undefined || isList(field) ? codeText(values?.[id]) : null;
}

/** Values by the id of their field, whichever way they are given; null where none of it can be read. */
function valuesOf(given: unknown): Record<string, unknown> | null {
  if (typeof given !== 'object' || given === null) return null;
  const entries = Array.isArray(given) ? given.map((one) => [fieldIdOf(one), one] as const) : Object.entries(given);
  return Object.fromEntries(
    entries.flatMap(([id, one]) => {
      const held = typeof one === 'object' && one !== null && 'value' in one ? one.value : null;
      return id === null ? [] : [[id, held] as const];
    }),
  );
}

function fieldIdOf(one: unknown): string | null {
  const { field, id } = (one ?? {}) as { field?: { id?: unknown } | null; id?: unknown };
  const found = field?.id ?? id;
  return typeof found === 'number' || typeof found === 'string' ? String(found) : null;
}

function channelOf(word: string | null): CanonicalTicket['channel'] {
  return word === null ? null : (WORDS.channel(word) ?? 'other');
}

/** Who wrote a message. Rules and bots write in the name of the desk. */
export function authorOf(one: Message, desk: Desk): CanonicalMessage['author'] {
  if (isAutomatic(one)) return 'machine';
  if (one.from_agent === null) return null;
  if (!one.from_agent) return 'customer';
  return isMachine(one.sender?.id ?? null, desk) ? 'machine' : 'agent';
}

/** Sent by a rule, or by the program itself. */
function isAutomatic({ rule_id, via, source }: Message): boolean {
  return rule_id || isByRule(via) || /^system-message$/i.test(source?.type ?? '');
}

function toMessage(one: Message, seq: number, row: Ticket, desk: Desk): CanonicalMessage {
  const author = authorOf(one, desk);
  const note = isNote(one.channel) || isNote(one.source?.type ?? null);
  // What could not be sent never reached the requester.
  const lost = one.failed_datetime && !one.sent_datetime && one.from_agent !== false;
  const shown = !note && !lost && one.public !== false;
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.created_datetime,
    seq,
    author,
    author_id: author === 'agent' ? (one.sender?.id ?? null) : null,
    public: shown,
    channel: note ? null : channelOf(one.channel),
    auto_reply: isAutomatic(one),
    template_id: one.macros[0]?.id ?? null,
    article_ids: articleIdsIn(one.body_html ?? one.body_text, ARTICLE),
    ...promiseIn(textOf(one), author),
    through_api: one.via === null ? null : /^api$/i.test(one.via),
  };
}

/** Address of an article of a help centre of this vendor, or of one on a host of one's own that says so: the number at its end. */
const ARTICLE =
  /https?:\/\/(?:[\w-]+\.gorgias\.help|(?:help|support|docs|faq)\.[\w.-]+)\/[a-z]{2}(?:-[a-z]{2})?\/(?:articles\/)?[\w%-]*?-(\d+)(?![\w-])/i;

/** What was written this time, without the mail that it answers. */
function textOf({ stripped_text, body_text, body_html }: Message): string | null {
  return stripped_text ?? body_text ?? body_html;
}

/** A bot wrote, and a person of the desk did so behind it or not. */
function toBotSession(row: Ticket, said: readonly Message[], desk: Desk): TelemetryRecord<'bot_session'>[] {
  const place = said.findIndex((one) => authorOf(one, desk) === 'machine' && !isAutomatic(one));
  const begun = said[place];
  if (begun === undefined) return [];
  const customer = row.customer?.id ?? null;
  return [
    {
      ...blank('bot_session'),
      id: row.id,
      started_at: begun.created_datetime,
      handed_over: said.slice(place).some((one) => authorOf(one, desk) === 'agent'),
      requester_key: customer === null ? null : desk.context.pseudonymise('requester', customer),
      ticket_id: row.id,
    },
  ];
}
