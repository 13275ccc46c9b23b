import type { Message as CanonicalMessage, TelemetryRecord, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, codeText, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { toEvents } from '../../src/kit/records/history.ts';
import { toClock } from '../../src/kit/records/service-levels.ts';
import { articleIdsIn, issueLinksIn, promiseIn } from '../../src/kit/records/texts.ts';
import { type Desk, isMachine } from './account.ts';
import type { Answer, Conversation, Measured, Message } from './schema.ts';
import { hasOwnApp, isByBot, SURVEY, WORDS } from './words.ts';

type Csat = TelemetryRecord<'csat'>;

/** Records of one conversation. Null = it was gone when they were asked for; of measures also that the server does not show them. */
export function mapConversation(
  row: Conversation,
  messages: readonly Message[] | null,
  measures: readonly Measured[] | null,
  desk: Desk,
): Mapped {
  const inOrder = (messages ?? []).toSorted(
    (a, b) => a.created_at.getTime() - b.created_at.getTime() || Number(a.id) - Number(b.id),
  );
  const said = inOrder.filter(isSaid);
  const told = (measures ?? []).toSorted(byTime);
  return {
    ticket: [toTicket(row, said, told, desk)],
    message: said.map((one, seq) => toMessage(one, seq, row, desk)),
    event: measures === null ? [] : toHistory(row, told),
    sla_clock: toClocks(row, told),
    csat: inOrder.flatMap((one) => toOffer(one, row)),
    bot_session: toBotSession(row, told, desk),
    link: said.flatMap((one) =>
      issueLinksIn(one.content, { id: one.id, ticketId: row.id, at: one.created_at }, desk.context.pseudonymise),
    ),
  };
}

/** What a bot did is measured twice at one instant; its own measurement tells who did it. */
function byTime(a: Measured, b: Measured): number {
  return (
    a.event_end_time.getTime() - b.event_end_time.getTime() ||
    Number(isByBot(b.name)) - Number(isByBot(a.name)) ||
    Number(a.id) - Number(b.id)
  );
}

/** Lines about what happened are in the language of the account and no messages; the question of a survey is none either. */
function isSaid(one: Message): boolean {
  return WORDS.side(one.message_type) !== 'activity' && one.content_type !== SURVEY;
}

function toTicket(row: Conversation, said: readonly Message[], told: readonly Measured[], desk: Desk): Ticket {
  const { context, codes } = desk;
  const sender = row.meta?.sender?.id ?? null;
  const inbox = inboxOf(row, desk);
  const channel = row.meta?.channel ?? inbox?.channel_type ?? null;
  const [first] = said;
  const opened = first === undefined ? null : authorOf(first, desk, channel);
  const resolved = told.filter((one) => one.name === 'conversation_resolved');
  const reply = told.find((one) => one.name === 'first_response');
  const hours = inbox?.working_hours_enabled === true;
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at ?? row.last_activity_at,
    // A word that is not known yet is no end.
    status: WORDS.status(row.status) ?? 'open',
    vendor_status: row.status,
    priority_rank: WORDS.rank(row.priority),
    vendor_priority: row.priority,
    channel: channel === null ? null : (WORDS.channel(channel) ?? 'other'),
    vendor_channel: channel,
    group_id: row.meta?.team?.id ?? null,
    assignee_id: row.meta?.assignee?.id ?? null,
    requester_key: sender === null ? null : context.pseudonymise('requester', sender),
    ...codeColumns(codes, (key) => codeText(row.custom_attributes?.[key])),
    created_by: opened,
    created_on_behalf: opened === null ? null : false,
    calendar_id: hours ? row.inbox_id : null,
    deleted: false,
    spam: false,
    test: false,
    tags: keptTags(context.pseudonymise, context.settings.clearTags, row.labels),
    filled_fields: row.custom_attributes === null ? null : filledNames(row.custom_attributes),
    reported_first_reply_at: row.first_reply_created_at,
    reported_solved_at: resolved.at(-1)?.event_end_time ?? null,
    reported_first_reply_calendar_s: seconds(reply?.value),
    reported_first_resolution_calendar_s: seconds(resolved[0]?.value),
    reported_full_resolution_calendar_s: seconds(resolved.at(-1)?.value),
    // Without working hours the vendor gives a number too, which means nothing.
    reported_first_reply_business_s: hours ? seconds(reply?.value_in_business_hours) : null,
    reported_first_resolution_business_s: hours ? seconds(resolved[0]?.value_in_business_hours) : null,
    reported_full_resolution_business_s: hours ? seconds(resolved.at(-1)?.value_in_business_hours) : null,
  };
}

function inboxOf({ inbox_id }: Conversation, { inboxes }: Desk) {
  return inbox_id === null ? undefined : inboxes?.get(inbox_id);
}

function seconds(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value);
}

function senderOf(one: Message): { readonly word: 'agent' | 'customer' | 'bot' | null; readonly id: string | null } {
  return { word: WORDS.sender(one.sender_type ?? one.sender?.type), id: one.sender?.id ?? one.sender_id };
}

/**
 * Who wrote a message. What goes out in nobody's name is a rule's, and so is a campaign; what a rule sends in the name of whoever made it is the rule's too.
 * In nobody's name is also what an agent wrote elsewhere. It is marked by now; of older servers nobody is known where the channel has an app of its own.
 */
function authorOf(one: Message, desk: Desk, channel: string | null): CanonicalMessage['author'] {
  const side = WORDS.side(one.message_type);
  const { word, id } = senderOf(one);
  if (side === null) return null;
  if (side === 'in') return 'customer';
  if (side === 'template' || word === 'bot' || isByRule(one) || isMachine(id, desk)) return 'machine';
  if (word === 'agent') return 'agent';
  if (word !== null || id !== null) return null;
  if (isFromElsewhere(one)) return 'agent';
  return one.source_id !== null && hasOwnApp(channel) ? null : 'machine';
}

/** What could not be sent never reached the customer. */
function isLost({ status, message_type }: Message): boolean {
  return /^failed$/i.test(status ?? '') && WORDS.side(message_type) !== 'in';
}

/** A campaign or an automation. */
function isByRule(one: Message): boolean {
  return isMarked(one.additional_attributes?.campaign_id) || isMarked(one.content_attributes?.automation_rule_id);
}

/** Written in the app of the channel, or in Slack by somebody whom the account does not have. */
function isFromElsewhere(one: Message): boolean {
  return isMarked(one.content_attributes?.external_echo) || isMarked(one.additional_attributes?.sender_name);
}

function isMarked(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false && value !== '';
}

function toMessage(one: Message, seq: number, row: Conversation, desk: Desk): CanonicalMessage {
  const channel = row.meta?.channel ?? null;
  const author = authorOf(one, desk, channel ?? inboxOf(row, desk)?.channel_type ?? null);
  const { word, id } = senderOf(one);
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.created_at,
    seq,
    author,
    author_id: author === 'agent' ? id : null,
    public: !one.private && !isLost(one),
    channel: one.private || channel === null ? null : (WORDS.channel(channel) ?? 'other'),
    // A bot answers what was asked; a template or a rule does not.
    auto_reply: author === 'machine' && word !== 'bot',
    // An address goes on with words of the title.
    article_ids: articleIdsIn(one.content, /\/hc\/[\w-]+\/articles\/(\d+)/),
    ...promiseIn(one.content, author),
  };
}

/** What the vendor measured of ends, reopenings and bots. Whoever it names is the agent of the conversation, who may not have done it. */
function toHistory(row: Conversation, told: readonly Measured[]): TicketEvent[] {
  return toEvents(
    // What a conversation began as is not told.
    {
      ticketId: row.id,
      createdAt: row.created_at,
      actor: null,
      actor_id: null,
      present: [{ kind: 'status', value: null, born: null }],
    },
    told.flatMap((one) => {
      const to = WORDS.measured(one.name);
      if (to === null) return [];
      const actor = isByBot(one.name) ? ('automation' as const) : null;
      return [
        { id: one.id, at: one.event_end_time, actor, actor_id: null, changes: [{ kind: 'status' as const, to }] },
      ];
    }),
  );
}

/**
 * Clocks of the policy that was put on the conversation. The vendor notes each target that was missed, and at the end whether any was: what was not noted by
 * then was kept. A miss at the end of which no note is shown leaves all of them open.
 */
function toClocks(row: Conversation, told: readonly Measured[]): TelemetryRecord<'sla_clock'>[] {
  const sla = row.applied_sla;
  if (sla === null) return [];
  const missed = new Set(row.sla_events.map((one) => WORDS.target(one.event_type)));
  const kept = /^hit$/i.test(sla.sla_status ?? '') || (/^missed$/i.test(sla.sla_status ?? '') && missed.size > 0);
  const end = told.findLast((one) => one.name === 'conversation_resolved')?.event_end_time ?? null;
  const targets = [
    ['first_reply', sla.sla_first_response_time_threshold, row.first_reply_created_at],
    ['next_reply', sla.sla_next_response_time_threshold, null],
    ['resolution', sla.sla_resolution_time_threshold, end],
  ] as const;
  return targets.flatMap(([metric, target, done]) => {
    if (target === null || target <= 0) return [];
    const outcome = missed.has(metric) ? false : kept ? true : null;
    return [
      {
        ...toClock({
          ticket_id: row.id,
          metric,
          policy_id: sla.sla_id,
          target_s: Math.round(target),
          business_hours: sla.sla_only_during_business_hours,
          started_at: metric === 'next_reply' ? null : row.created_at,
          applied_at: sla.created_at,
          fulfilled_at: done,
          missed: outcome === null ? null : !outcome,
        }),
        met: outcome,
      },
    ];
  });
}

/** A survey that was sent and not answered yet. Answers come with the instant of their own from the list of answers. */
function toOffer(one: Message, row: Conversation): Csat[] {
  if (one.content_type !== SURVEY) return [];
  const given = one.content_attributes?.submitted_values;
  if (typeof given === 'object' && given !== null && 'csat_survey_response' in given) return [];
  return [{ ...blank('csat'), id: one.id, ticket_id: row.id, offered_at: one.created_at, scale: '1-5' }];
}

const BEST = 5;

/** An answer, with the question that it answers where that can still be read. What one out of scale is worth is not known. */
export function toAnswer({ rating, ...row }: Answer, question: Message | undefined): Csat {
  return {
    ...blank('csat'),
    id: row.message_id ?? `answer:${row.id}`,
    ticket_id: row.conversation_id,
    offered_at: question?.created_at ?? null,
    answered_at: row.created_at,
    score: rating === null || rating < 1 || rating > BEST ? null : (rating - 1) / (BEST - 1),
    scale: '1-5',
  };
}

function toBotSession(row: Conversation, told: readonly Measured[], desk: Desk): TelemetryRecord<'bot_session'>[] {
  if (!told.some((one) => isByBot(one.name))) return [];
  const sender = row.meta?.sender?.id ?? null;
  return [
    {
      ...blank('bot_session'),
      id: row.id,
      started_at: row.created_at,
      handed_over: told.some((one) => one.name === 'conversation_bot_handoff'),
      requester_key: sender === null ? null : desk.context.pseudonymise('requester', sender),
      ticket_id: row.id,
    },
  ];
}
