import { fieldChanges } from './changes.ts';
import type { ChildEvent, Update } from './schema-events.ts';
import { type ExportedTicket, type MetricSet, NO_VIA, type Via } from './schema-tickets.ts';

/**
 * Hand-written readers of the rows that a large account has most of. Each gives exactly what its schema gives, or undefined for anything
 * out of the ordinary, which the schema then reads or refuses: the schemas stay the only word on what is valid (quick-read.test.ts holds
 * both against each other), at an eighth of their time for ordinary rows.
 */
type Row = Readonly<Record<string, unknown>>;

/** Thrown inside this file only: the row is not ordinary. One shared object, so that throwing costs no stack trace. */
const UNUSUAL = Object.freeze({ unusual: true });

function unusual(): never {
  throw UNUSUAL;
}

function attempt<T>(read: (row: Row) => T): (item: unknown) => T | undefined {
  return (item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
    try {
      return read(item as Row);
    } catch (error) {
      if (error === UNUSUAL) return undefined;
      throw error;
    }
  };
}

function id(value: unknown): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : unusual();
}

function maybeId(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value <= 0 ? null : String(value);
  if (typeof value === 'string') return Number(value) <= 0 ? null : value;
  return unusual();
}

function maybeText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : unusual();
}

function maybeBool(value: unknown): boolean | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean' ? value : unusual();
}

function maybeNumber(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' && Number.isFinite(value) ? value : unusual();
}

function maybeInt(value: unknown): number | null {
  const number = maybeNumber(value);
  return number === null || Number.isSafeInteger(number) ? number : unusual();
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function maybeRow(value: unknown): Row | null {
  if (value === null || value === undefined) return null;
  return isRow(value) ? value : unusual();
}

function maybeList(value: unknown): unknown[] | null | undefined {
  return value === null || value === undefined || Array.isArray(value) ? value : unusual();
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : unusual();
}

const PUNCTUATION: readonly (readonly [at: number, mark: string])[] = [
  [4, '-'],
  [7, '-'],
  [10, 'T'],
  [13, ':'],
  [16, ':'],
  [19, 'Z'],
];

/** Days that each month has in every year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `2026-03-09T14:05:00Z`, the one form in which the vendor writes; the 29th of February is left to the schema. */
function instant(value: unknown): Date {
  if (typeof value !== 'string' || value.length !== 20) return unusual();
  for (const [at, mark] of PUNCTUATION) if (value[at] !== mark) return unusual();
  const year = twoDigits(value, 0) * 100 + twoDigits(value, 2);
  const month = twoDigits(value, 5);
  const day = twoDigits(value, 8);
  const hour = twoDigits(value, 11);
  const minute = twoDigits(value, 14);
  const second = twoDigits(value, 17);
  const known = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= (DAYS[month - 1] ?? 0);
  if (!known || hour > 23 || minute > 59 || second > 59) return unusual();
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

function maybeInstant(value: unknown): Date | null {
  return value === null || value === undefined || value === '' ? null : instant(value);
}

/** Words repeat by the million; past this many different ones something is odd and each is made anew. */
const MANY_WORDS = 500;
const words = new Map<string, Via>();

function viaOfWord(word: string): Via {
  const known = words.get(word);
  if (known !== undefined) return known;
  const made = { ...NO_VIA, channel: word };
  if (words.size < MANY_WORDS) words.set(word, made);
  return made;
}

function via(value: unknown): Via {
  if (value === null || value === undefined) return NO_VIA;
  if (typeof value === 'string') return viaOfWord(value);
  if (!isRow(value)) return unusual();
  const { channel } = value;
  if (typeof channel !== 'string' && typeof channel !== 'number' && channel !== null && channel !== undefined)
    return unusual();
  const source = maybeRow(value.source);
  if (source === null) return viaOfWord(channel === null || channel === undefined ? '' : String(channel));
  const { rel } = source;
  if (typeof rel !== 'string' && rel !== null && rel !== undefined) return unusual();
  return {
    channel: channel === null || channel === undefined ? '' : String(channel),
    rel: rel?.toLowerCase() ?? null,
    from: maybeRow(source.from) ?? NO_VIA.from,
    to: maybeRow(source.to) ?? NO_VIA.to,
  };
}

export const quickUpdate = attempt((row): Update => {
  const { timestamp } = row;
  if (timestamp !== undefined && !Number.isSafeInteger(timestamp)) return unusual();
  const created = row.created_at === undefined ? null : instant(row.created_at);
  if (created === null && timestamp === undefined) return unusual();
  const author = maybeId(row.author_id);
  return {
    id: id(row.id),
    ticketId: id(row.ticket_id),
    at: created ?? new Date((timestamp as number) * 1000),
    updaterId: maybeId(row.updater_id) ?? author,
    via: via(row.via),
    viaReferenceId: maybeId(row.via_reference_id),
    children: maybeList(row.child_events) ?? [],
  };
});

export const quickChild = attempt((row): ChildEvent => {
  const type = maybeText(row.type);
  const eventType = maybeText(row.event_type);
  return {
    id: maybeId(row.id),
    type,
    event_type: eventType,
    via: via(row.via),
    via_reference_id: maybeId(row.via_reference_id),
    author_id: maybeId(row.author_id),
    public: maybeBool(row.public) ?? 'unsaid',
    comment_present: maybeBool(row.comment_present),
    comment_public: maybeBool(row.comment_public),
    recipients: maybeList(row.recipients) ?? null,
    macro_id: maybeId(row.macro_id),
    row,
    changes: fieldChanges(eventType ?? type, row),
  };
});

function minutes(value: unknown): MetricSet['reply_time_in_minutes'] {
  const pair = maybeRow(value);
  return pair === null
    ? { calendar: null, business: null }
    : { calendar: maybeInt(pair.calendar), business: maybeInt(pair.business) };
}

export const quickMetrics = attempt(
  (row): MetricSet => ({
    ticket_id: id(row.ticket_id),
    group_stations: maybeInt(row.group_stations),
    assignee_stations: maybeInt(row.assignee_stations),
    reopens: maybeInt(row.reopens),
    replies: maybeInt(row.replies),
    solved_at: maybeInstant(row.solved_at),
    reply_time_in_minutes: minutes(row.reply_time_in_minutes),
    first_resolution_time_in_minutes: minutes(row.first_resolution_time_in_minutes),
    full_resolution_time_in_minutes: minutes(row.full_resolution_time_in_minutes),
    requester_wait_time_in_minutes: minutes(row.requester_wait_time_in_minutes),
    agent_wait_time_in_minutes: minutes(row.agent_wait_time_in_minutes),
    on_hold_time_in_minutes: minutes(row.on_hold_time_in_minutes),
  }),
);

const STATUSES = new Set<unknown>(['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted', 'archived']);

function isStatus(value: unknown): value is ExportedTicket['status'] {
  return STATUSES.has(value);
}

function tagList(value: unknown): string[] | null | undefined {
  const list = maybeList(value);
  for (const tag of list ?? []) if (typeof tag !== 'string') unusual();
  return list as string[] | null | undefined;
}

function fieldList(value: unknown): ExportedTicket['custom_fields'] {
  const list = maybeList(value);
  return list === null || list === undefined
    ? list
    : list.map((field) => (isRow(field) ? { ...field, id: id(field.id) } : unusual()));
}

export const quickTicket = attempt((row): ExportedTicket => {
  const ticket: ExportedTicket = {
    id: id(row.id),
    created_at: instant(row.created_at),
    updated_at: maybeInstant(row.updated_at),
    generated_timestamp: maybeNumber(row.generated_timestamp),
    status: isStatus(row.status) ? row.status : unusual(),
    custom_status_id: maybeId(row.custom_status_id),
    priority: maybeText(row.priority),
    type: maybeText(row.type),
    via: via(row.via),
    ticket_form_id: maybeId(row.ticket_form_id),
    group_id: maybeId(row.group_id),
    assignee_id: maybeId(row.assignee_id),
    requester_id: maybeId(row.requester_id),
    submitter_id: maybeId(row.submitter_id),
    organization_id: maybeId(row.organization_id),
    brand_id: maybeId(row.brand_id),
    problem_id: maybeId(row.problem_id),
    via_followup_source_id: maybeId(row.via_followup_source_id),
  };
  if (row.tags !== undefined) ticket.tags = tagList(row.tags);
  if (row.custom_fields !== undefined) ticket.custom_fields = fieldList(row.custom_fields);
  const messaging = row.from_messaging_channel;
  if (messaging === null || typeof messaging === 'boolean') ticket.from_messaging_channel = messaging;
  else if (messaging !== undefined) unusual();
  return ticket;
});
