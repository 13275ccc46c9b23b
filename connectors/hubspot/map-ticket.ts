import type { Message, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns, filledNames } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { instantOf } from '../../src/kit/instants.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { toClock } from '../../src/kit/records/service-levels.ts';
import { openingOf } from '../../src/kit/records/texts.ts';
import { agentOf, channelOf, type Desk, labelOf } from './desk.ts';
import { isOwn } from './fields.ts';
import { listed, mergedAway, tagsOf, toEvents } from './map-history.ts';
import { issueLinks, toMessages } from './map-messages.ts';
import type { Beside } from './read-tickets.ts';
import type { CrmObject } from './schema.ts';
import { openedBy, outcomeOf, WORDS } from './words.ts';

const NOTHING: Beside = { contact: null, company: null, threads: null, emails: null, notes: null };

/** Records of one ticket. `beside` null = it lies in the archive, where the vendor shows its values alone. */
export function mapTicket(row: CrmObject, beside: Beside | null, desk: Desk): Mapped {
  const known = beside ?? NOTHING;
  const said = toMessages(row, known, desk);
  const ticket = toTicket(row, known, said?.[0] ?? null, desk);
  const isKnown = said !== null && known.threads !== null;
  const opening = !isKnown || hasOpening(row, said[0], ticket.created_at) ? [] : [toOpening(ticket, row, desk)];
  return {
    ticket: [
      { ...ticket, deleted: beside === null },
      ...mergedAway(row).map(({ id, at }) => mergedTicket(id, at, row)),
    ],
    event: [
      ...toEvents(row, ticket.created_at, desk),
      ...mergedAway(row).map(({ id, at }): TelemetryRecord<'event'> => mergeOf(id, at, row)),
    ],
    message: [...opening, ...(said ?? [])].map((one, seq) => ({ ...one, seq })),
    sla_clock: toClocks(row, ticket, desk),
    link: [...issueLinks(row.id, known, desk), ...namedIssues(row, desk)],
  };
}

/** A ticket that is gone into another keeps its id alone; nothing counts it from then on. */
function mergedTicket(id: string, at: Date, into: CrmObject): Ticket {
  return {
    ...blank('ticket'),
    id,
    created_at: at,
    status: 'closed',
    merged_into: into.id,
    deleted: false,
    spam: false,
    test: false,
  };
}

function mergeOf(id: string, at: Date, into: CrmObject): TelemetryRecord<'event'> {
  return {
    ...blank('event'),
    id: `${id}:merge`,
    ticket_id: id,
    at,
    seq: 0,
    kind: 'merge',
    to_value: into.id,
    initial: false,
  };
}

function isYes(text: string | undefined): boolean {
  return /^true$/i.test(text ?? '');
}

/** The vendor writes durations in milliseconds. */
function secondsOf(text: string | undefined): number | null {
  const ms = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(ms) && ms >= 0 ? Math.round(ms / 1000) : null;
}

/** A number that the account shows as a duration is one in milliseconds; others may be hours. */
function durationOf(row: CrmObject, name: string, { properties }: Desk): number | null {
  return /^duration$/i.test(properties.get(name)?.numberDisplayHint ?? '') ? secondsOf(row.properties[name]) : null;
}

/** What the vendor works out itself. It knows one end of a ticket: closing is solving. */
function reported(row: CrmObject, desk: Desk) {
  const { properties: has } = row;
  const closed = instantOf(has.closed_date);
  return {
    reported_first_reply_at: instantOf(has.hs_first_agent_message_sent_at) ?? instantOf(has.first_agent_reply_date),
    reported_solved_at: closed,
    reported_closed_at: closed,
    reported_first_reply_calendar_s: secondsOf(has.time_to_first_agent_reply),
    reported_first_reply_business_s: durationOf(row, 'hs_time_to_first_response_in_operating_hours', desk),
    reported_full_resolution_calendar_s: secondsOf(has.time_to_close),
    reported_full_resolution_business_s: durationOf(row, 'hs_time_to_close_in_operating_hours', desk),
  };
}

function originOf({ properties: has }: CrmObject, desk: Desk): Pick<Ticket, 'channel' | 'vendor_channel'> {
  const word = has.source_type ?? null;
  const id = has.hs_originating_generic_channel_id ?? null;
  const channel = WORDS.source(word) ?? channelOf(id, desk);
  return { channel: channel ?? (word === null ? null : 'other'), vendor_channel: word ?? id };
}

/** Null in an account that has no tags at all, and where their names are not shown. */
function tagsKept({ properties: has }: CrmObject, desk: Desk): string[] | null {
  const { pseudonymise, settings } = desk.context;
  if (!desk.shown.properties || (has.hs_tag_ids === undefined && !desk.properties.has('hs_tag_ids'))) return null;
  return keptTags(pseudonymise, settings.clearTags, tagsOf(has.hs_tag_ids ?? null, desk));
}

function toTicket(row: CrmObject, beside: Beside, first: Omit<Message, 'seq'> | null, desk: Desk): Ticket {
  const { context, stages, shown } = desk;
  const { properties: has } = row;
  const created = instantOf(has.createdate) ?? row.createdAt;
  const stage = stages.get(has.hs_pipeline_stage ?? '');
  const by = createdBy(row, first, created);
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: created,
    updated_at: instantOf(has.hs_lastmodifieddate) ?? row.updatedAt,
    // A stage that the account no longer lists leaves what the vendor works out itself.
    status: stage?.status ?? (isYes(has.hs_is_closed) ? 'closed' : 'open'),
    vendor_status: shown.stages ? (stage?.label ?? has.hs_pipeline_stage ?? null) : null,
    priority_rank: WORDS.rank(has.hs_ticket_priority),
    vendor_priority: has.hs_ticket_priority ?? null,
    ...originOf(row, desk),
    form: has.hs_form_id ?? null,
    group_id: has.hubspot_team_id ?? null,
    assignee_id: has.hubspot_owner_id ?? null,
    requester_key: beside.contact === null ? null : context.pseudonymise('requester', beside.contact),
    organisation_id: beside.company,
    brand: listed(has.hs_all_assigned_business_unit_ids ?? null)[0] ?? null,
    ...codeColumns(desk.codes, (name) => has[name] ?? null),
    created_by: by,
    created_on_behalf: isOnBehalf(row, by, beside),
    deleted: false,
    spam: beside.threads !== null && beside.threads.length > 0 && beside.threads.every((one) => one.spam),
    // The sample that every new help desk comes with.
    test: isYes(has.hs_help_desk_onboarding_ticket),
    tags: tagsKept(row, desk),
    filled_fields: filledFields(row, desk),
    ...reported(row, desk),
  };
}

const BEGIN_MS = 60_000;

/** The conversation of a ticket begins before it, or is what the desk began; a ticket that people or forms made has a text of its own, which is not read. */
function hasOpening(row: CrmObject, first: Omit<Message, 'seq'> | undefined, created: Date): boolean {
  if (comesFromThread(row) || isYes(row.properties.hs_outbound_ticket)) return true;
  return first?.public === true && first.at.getTime() <= created.getTime() + BEGIN_MS;
}

function comesFromThread({ properties }: CrmObject): boolean {
  return (
    properties.hs_conversations_originating_thread_id !== undefined ||
    properties.hs_auto_generated_from_thread_id !== undefined
  );
}

/** Whoever spoke first where the ticket was made from a conversation; else what its record tells. */
function createdBy(row: CrmObject, first: Omit<Message, 'seq'> | null, created: Date): Ticket['created_by'] {
  const { properties: has } = row;
  if (isYes(has.hs_outbound_ticket)) return 'agent';
  const spoke = first?.public === true && first.at.getTime() <= created.getTime() + BEGIN_MS;
  if (spoke && first.author === 'customer') return 'customer';
  return openedBy(has.hs_object_source ?? null, has.source_type ?? null);
}

/** Who writes a ticket by hand does it for the contact that it is connected with. */
function isOnBehalf({ properties }: CrmObject, by: Ticket['created_by'], { contact }: Beside): boolean | null {
  if (isYes(properties.hs_outbound_ticket)) return false;
  return by === 'agent' && contact !== null ? true : null;
}

function filledFields(row: CrmObject, { properties }: Desk): string[] | null {
  if (properties.size === 0 || Object.keys(row.properties).length === 0) return null;
  const own = [...properties.values()].filter(isOwn).map((one) => one.name);
  const names = new Set(['hs_ticket_priority', 'hs_ticket_category', 'hs_resolution', ...own]);
  const said = Object.entries(row.properties).filter(([name, value]) => names.has(name) && !/^false$/i.test(value));
  return filledNames(Object.fromEntries(said));
}

/** The text that a ticket was made with, which is not read. */
function toOpening(ticket: Ticket, { properties }: CrmObject, desk: Desk): Message {
  const user = properties.hs_created_by_user_id;
  return openingOf(ticket, ticket.created_by === 'agent' && user !== undefined ? agentOf(user, desk) : {});
}

const PROMISES = [
  ['first_reply', 'hs_time_to_first_response_sla'],
  ['next_reply', 'hs_time_to_next_response_sla'],
  ['resolution', 'hs_time_to_close_sla'],
] as const;

/** Clocks of the promises that the ticket carries now; the vendor moves the due time while one is paused. */
function toClocks(row: CrmObject, ticket: Ticket, desk: Desk): TelemetryRecord<'sla_clock'>[] {
  const { properties: has } = row;
  return PROMISES.flatMap(([metric, name]): TelemetryRecord<'sla_clock'>[] => {
    const due = instantOf(has[`${name}_at`]);
    const code = has[`${name}_status`];
    if (due === null && code === undefined) return [];
    const outcome = code === undefined ? null : outcomeOf(code, labelOf(`${name}_status`, code, desk));
    const ends = {
      first_reply: ticket.reported_first_reply_at,
      next_reply: null,
      resolution: ticket.reported_closed_at,
    };
    return [
      toClock({
        ticket_id: row.id,
        metric,
        policy_id: has.hs_applied_sla_rule_config_id ?? null,
        started_at: metric === 'next_reply' ? null : ticket.created_at,
        applied_at: instantOf(has.hs_applied_sla_rule_config_at),
        breach_at: due,
        fulfilled_at: outcome?.done === true ? ends[metric] : null,
        missed: outcome === null || outcome.met === null ? null : !outcome.met,
      }),
    ];
  });
}

const TRACKERS =
  /(jira|github|gitlab|linear|azure_devops|shortcut|youtrack|asana|bugzilla)\w*_(?:key|id|url|link|number)$/;

/** Issues that a property names, as the apps of trackers write them; one of each tracker. */
function namedIssues(row: CrmObject, desk: Desk): TelemetryRecord<'link'>[] {
  const found = new Map<string, string>();
  for (const name of Object.keys(row.properties).sort()) {
    const system = TRACKERS.exec(name.toLowerCase())?.[1];
    const value = row.properties[name];
    if (system !== undefined && value !== undefined && !found.has(system)) found.set(system, value);
  }
  return [...found].map(([system, value]) => ({
    ...blank('link'),
    id: `${row.id}:issue:${system}`,
    ticket_id: row.id,
    kind: 'issue',
    system,
    target_key: desk.context.pseudonymise('reference', value),
  }));
}
