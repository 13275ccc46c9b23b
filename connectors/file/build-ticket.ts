import type { Ticket } from '../../src/domain/telemetry.ts';
import type { Mapping } from './mapping-schema.ts';
import type { Plan, Value } from './plan.ts';
import { NO_ONE } from './read-value.ts';
import { ENDED, type SourceRow } from './source-row.ts';

type DurationMeasure = NonNullable<Mapping['durations']>[number]['measure'];

/** What became of each bound field over the rows of one ticket: the last known value, the greatest total. */
export interface TicketView {
  /** By target, e.g. `ticket.status`, `sla.0.due_at`. */
  cell(target: string): Value | null;
  /** By field of `ticket`. */
  value(field: string): Value | null;
  word(field: string): string | null;
}

const TOTALS = new Set(['ticket.reopens', 'ticket.reassignments', 'ticket.replies']);

/** View of all rows of a ticket in their order: running totals by maximum, everything else by its last known value. */
export function viewRows(rows: readonly SourceRow[]): TicketView {
  const last = <T>(pick: (row: SourceRow) => T | null | undefined): T | null => {
    for (let i = rows.length - 1; i >= 0; i--) {
      const value = pick(rows[i] as SourceRow);
      if (value !== null && value !== undefined) return value;
    }
    return null;
  };
  const cell = (target: string): Value | null => {
    if (!TOTALS.has(target)) {
      const value = last((row) => row.values[target]);
      return value === NO_ONE ? null : value;
    }
    const totals = rows.map((row) => row.values[target]).filter((v): v is number => typeof v === 'number');
    return totals.length === 0 ? null : totals.reduce((a, b) => Math.max(a, b));
  };
  return {
    cell,
    value: (field) => cell(`ticket.${field}`),
    word: (field) => last((row) => row.words[`ticket.${field}`]),
  };
}

function text(value: Value | null): string | null {
  return value === null ? null : String(value);
}

function time(value: Value | null): Date | null {
  return typeof value === 'number' ? new Date(value) : null;
}

function int(value: Value | null): number | null {
  return typeof value === 'number' ? value : null;
}

function flag(value: Value | null): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** What the events of a ticket tell beside its fields. */
interface Told {
  /** Status behind the last event; null = the fields decide. */
  readonly status: Ticket['status'] | null;
  /** The last change stamp of an event log. */
  readonly updatedAt: number | null;
  readonly firstReply: number | null;
  readonly replies: number | null;
}

/** What one row a ticket tells: its fields and nothing else. */
export const FIELDS_ONLY: Told = { status: null, updatedAt: null, firstReply: null, replies: null };

/** Target of the vendor's own duration of this kind, when the mapping names one. */
export function durationTarget(plan: Plan, measure: DurationMeasure, clock: 'calendar' | 'business'): string | null {
  const i = (plan.mapping.durations ?? []).findIndex((one) => one.measure === measure && one.clock === clock);
  return i < 0 ? null : `durations.${i}`;
}

/**
 * Status category when no status is known: what the stamps of its end, or the vendor's resolution time, say. A stamp that cannot be true
 * (`ENDED`) still says that there was an end.
 */
function statusOfStamps(plan: Plan, view: TicketView): Ticket['status'] {
  if (view.value('closed_at') !== null) return 'closed';
  const resolution = (clock: 'calendar' | 'business'): Value | null => {
    const target = durationTarget(plan, 'full_resolution', clock);
    return target === null ? null : view.cell(target);
  };
  const solved = view.value('solved_at') ?? resolution('calendar') ?? resolution('business');
  return solved === null && view.cell(ENDED) === null ? 'open' : 'solved';
}

/** Whether the file has a word for the status of a ticket that the mapping does not know. Then its end stamps are not believed either. */
export function isStatusUnknown(plan: Plan, view: TicketView, told: Told): boolean {
  const one = plan.by.get('ticket.status');
  return one?.column != null && told.status === null && view.value('status') === null && view.word('status') !== null;
}

export function isOver(status: Ticket['status']): boolean {
  return status === 'solved' || status === 'closed';
}

/**
 * Canonical ticket from the fields of a mapping. Fields that the mapping does not fill stay null; `deleted`, `spam` and `test` are false
 * where the file has no such mark. Durations are the vendor's own; without one the first reply time is that of the file's own stamp.
 * An open status beats an end: a ticket that is not over keeps neither end stamps nor a full resolution time. One whose status word is not
 * known and that carries an end is taken as over at an unknown time: it is neither counted as solved nor as open work.
 * Empty input does not exist: a ticket has a row.
 */
export function buildTicket(plan: Plan, id: string, createdAt: number, view: TicketView, told: Told): Ticket {
  const reply = int(view.value('first_reply_at')) ?? told.firstReply;
  const filled = plan.mapping.ticket.filled;
  const status = told.status ?? (view.value('status') as Ticket['status'] | null) ?? statusOfStamps(plan, view);
  const ended = isOver(status) && !isStatusUnknown(plan, view, told);
  const lasted = (measure: DurationMeasure, clock: 'calendar' | 'business'): number | null => {
    const target = durationTarget(plan, measure, clock);
    return target === null ? null : int(view.cell(target));
  };
  return {
    id,
    created_at: new Date(createdAt),
    updated_at: time(told.updatedAt ?? view.value('updated_at')),
    status,
    vendor_status: view.word('status'),
    priority_rank: int(view.value('priority')),
    vendor_priority: view.word('priority'),
    type: view.value('type') as Ticket['type'],
    channel: view.value('channel') as Ticket['channel'],
    vendor_channel: view.word('channel'),
    form: text(view.value('form')),
    group_id: text(view.value('group')),
    assignee_id: text(view.value('assignee')),
    requester_key: text(view.value('requester')),
    requester_is_agent: flag(view.value('requester_is_agent')),
    organisation_id: text(view.value('organisation')),
    brand: text(view.value('brand')),
    product: text(view.value('product')),
    category: text(view.value('category')),
    severity: text(view.value('severity')),
    cause_code: text(view.value('cause_code')),
    support_line: text(view.value('support_line')),
    created_by: view.value('created_by') as Ticket['created_by'],
    created_on_behalf: flag(view.value('created_on_behalf')),
    calendar_id: null,
    follow_up_of: text(view.value('follow_up_of')),
    problem_id: text(view.value('problem')),
    merged_into: text(view.value('merged_into')),
    deleted: flag(view.value('deleted')) ?? false,
    spam: flag(view.value('spam')) ?? false,
    test: flag(view.value('test')) ?? false,
    tags: null,
    reference_keys: null,
    filled_fields: filled === undefined ? null : filled.filter((column) => view.value(`filled.${column}`) !== null),
    billable_s: null,
    reported_first_reply_at: time(reply),
    reported_solved_at: ended ? time(view.value('solved_at')) : null,
    reported_closed_at: ended ? time(view.value('closed_at')) : null,
    reported_reopens: int(view.value('reopens')),
    reported_reassignments: int(view.value('reassignments')),
    reported_replies: int(view.value('replies')) ?? told.replies,
    reported_first_reply_calendar_s:
      lasted('first_reply', 'calendar') ?? (reply === null ? null : Math.round((reply - createdAt) / 1000)),
    reported_first_reply_business_s: lasted('first_reply', 'business'),
    reported_first_resolution_calendar_s: lasted('first_resolution', 'calendar'),
    reported_first_resolution_business_s: lasted('first_resolution', 'business'),
    reported_full_resolution_calendar_s: ended ? lasted('full_resolution', 'calendar') : null,
    reported_full_resolution_business_s: ended ? lasted('full_resolution', 'business') : null,
    reported_waiting_customer_s: lasted('waiting_customer', 'calendar'),
    reported_waiting_other_s: lasted('waiting_other', 'calendar'),
  };
}
