import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, codeText, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { valueAt } from '../../src/kit/page/pager.ts';
import { looksLikeMachine } from '../../src/kit/recognise-program.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { type Desk, isList, isMachine } from './account.ts';
import { statusOf, toHistory } from './map-history.ts';
import type { Event, Message, Ticket } from './schema.ts';
import { channelOf, isBotName, isByRule, isNote, WORDS } from './words.ts';

/**
 * Records of one ticket. Lists that did not heed what was asked for hold those of others too; `isPartly` = some
 * event could not be read.
 */
export function mapTicket(
  row: Ticket,
  messages: readonly Message[],
  events: readonly Event[],
  isPartly: boolean,
  known: Desk,
): Mapped {
  const { pseudonymise } = known.context;
  const isOwn = (ticketId: string | null) => ticketId === null || ticketId === row.id;
  const said = messages.filter((one) => isOwn(one.ticket_id) && !isSignal(one)).toSorted(byTime);
  const desk = { ...known, bots: botsIn(said, known) };
  const told = events.filter((one) => isOwn(one.object_id) && /^ticket$/i.test(one.object_type ?? 'Ticket'));
  return {
    ticket: [toTicket(row, said, desk)],
    message: said.map((one, seq) => toMessage(one, seq, row, desk)),
    event: toHistory(row, told.toSorted(byTime), said, isPartly, desk),
    bot_session: toBotSession(row, said, desk),
    link: said.flatMap((one) =>
      issueLinksIn(textOf(one), { id: one.id, ticketId: row.id, at: one.created_datetime }, pseudonymise),
    ),
  };
}

/** Who writes for the desk and is a program by the name on the message: the list of users may be hidden, or without the AI agent. */
function botsIn(said: readonly Message[], { users }: Desk): ReadonlySet<string> {
  return new Set(
    said.flatMap(({ from_agent, sender }) => {
      const { id = null, name = null } = sender ?? {};
      const isUnlisted = from_agent === true && id !== null && users?.has(id) !== true;
      return isUnlisted && (isBotName(name) || looksLikeMachine(name)) ? [id] : [];
    }),
  );
}

type Dated = Pick<Message, 'id' | 'created_datetime'>;
function byTime(a: Dated, b: Dated): number {
  return a.created_datetime.getTime() - b.created_datetime.getTime() || Number(a.id) - Number(b.id);
}

function toTicket(row: Ticket, said: readonly Message[], desk: Desk): TelemetryRecord<'ticket'> {
  const { pseudonymise, settings } = desk.context;
  const [first] = said;
  const opened = first === undefined ? beganBy(row) : authorOf(first, desk);
  const fields = Object.entries(row.custom_fields ?? {});
  const values = Object.fromEntries(fields.map(([id, one]) => [id, valueAt(one, 'value')]));
  // Codes may be kept: only of lists.
  const codes = new Set(desk.fields.filter(isList).map(({ id }) => id));
  const status = statusOf(row);
  const tags = row.tags?.map(({ name }) => name) ?? null;
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_datetime,
    updated_at: row.updated_datetime,
    status,
    vendor_status: row.status,
    priority_rank: WORDS.rank(row.priority),
    vendor_priority: row.priority,
    channel: row.channel === null ? null : (channelOf(row.channel) ?? 'other'),
    vendor_channel: row.channel,
    group_id: row.assignee_team?.id ?? row.assignee_team_id,
    assignee_id: row.assignee_user?.id ?? row.assignee_user_id,
    requester_key: requesterOf(row, desk),
    ...codeColumns(desk.codes, (id) => (codes.has(id) ? codeText(values[id]) : null)),
    created_by: opened,
    created_on_behalf: opened === null ? null : false,
    deleted: row.trashed_datetime,
    spam: row.spam === true,
    test: false,
    tags: tags === null ? null : keptTags(pseudonymise, settings.clearTags, tags),
    filled_fields: row.custom_fields === null ? null : filledNames(values),
    reported_solved_at: status === 'solved' ? row.closed_datetime : null,
  };
}

function requesterOf({ customer }: Ticket, { context }: Desk): string | null {
  return customer === null || customer.id === null ? null : context.pseudonymise('requester', customer.id);
}

/** Who began a ticket whose messages are not known. */
function beganBy({ from_agent, via }: Ticket): TelemetryRecord<'ticket'>['created_by'] {
  if (isByRule(via)) return 'machine';
  return from_agent === null ? null : from_agent ? 'agent' : 'customer';
}

/** Who wrote a message. Rules and bots write in the name of the desk. */
function authorOf(one: Message, desk: Desk): TelemetryRecord<'message'>['author'] {
  if (isAutomatic(one)) return 'machine';
  if (one.from_agent === null) return null;
  if (!one.from_agent) return 'customer';
  return isMachine(one.sender?.id ?? null, desk) ? 'machine' : 'agent';
}

/** What a chat tells the desk and nobody reads. */
const isSignal = ({ meta }: Message): boolean => /^signal$/i.test(codeText(valueAt(meta, 'type')) ?? '');

/** Sent by a rule, or by the program itself. */
function isAutomatic({ rule_id, via, source }: Message): boolean {
  return rule_id || isByRule(via) || /^system-message$/i.test(source?.type ?? '');
}

function toMessage(one: Message, seq: number, row: Ticket, desk: Desk): TelemetryRecord<'message'> {
  const author = authorOf(one, desk);
  const note = isNote(one.channel) || isNote(one.source?.type ?? null);
  // What could not be sent never reached the requester.
  const lost = one.failed_datetime && !one.sent_datetime && one.from_agent !== false;
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.created_datetime,
    seq,
    author,
    author_id: author === 'agent' ? (one.sender?.id ?? null) : null,
    public: !note && !lost && one.public !== false,
    channel: note || one.channel === null ? null : (channelOf(one.channel) ?? 'other'),
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
  return [
    {
      ...blank('bot_session'),
      id: row.id,
      started_at: begun.created_datetime,
      handed_over: said.slice(place).some((one) => authorOf(one, desk) === 'agent'),
      requester_key: requesterOf(row, desk),
      ticket_id: row.id,
    },
  ];
}
