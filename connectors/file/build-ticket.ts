import type { Ticket } from '../../src/domain/telemetry.ts';
import type { Plan, Value } from './plan.ts';
import type { SourceRow } from './source-row.ts';

/** What became of each bound field over the rows of one ticket: the last known value, the greatest total. */
export interface TicketView {
  value(field: string): Value | null;
  word(field: string): string | null;
}

/** View of one single row (mode tickets). */
export function viewRow(row: SourceRow): TicketView {
  return {
    value: (field) => row.values[`ticket.${field}`] ?? null,
    word: (field) => row.words[`ticket.${field}`] ?? null,
  };
}

/** View of all rows of a ticket in their order: running totals by maximum, everything else by its last known value. */
export function viewRows(rows: readonly SourceRow[]): TicketView {
  const last = <T>(pick: (row: SourceRow) => T | null | undefined): T | null => {
    for (let i = rows.length - 1; i >= 0; i--) {
      const value = pick(rows[i] as SourceRow);
      if (value !== null && value !== undefined) return value;
    }
    return null;
  };
  return {
    value: (field) => {
      if (field !== 'reopens' && field !== 'reassignments' && field !== 'replies')
        return last((row) => row.values[`ticket.${field}`]);
      const totals = rows.map((row) => row.values[`ticket.${field}`]).filter((v): v is number => typeof v === 'number');
      return totals.length === 0 ? null : totals.reduce((a, b) => Math.max(a, b));
    },
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

/** Status category when the file has no status column: what the stamps of its end say. */
export function statusOfStamps(solved: Value | null, closed: Value | null): Ticket['status'] {
  return closed !== null ? 'closed' : solved !== null ? 'solved' : 'open';
}

/**
 * Canonical ticket from the fields of a mapping. Fields that the mapping does not fill stay null; `deleted`, `spam` and `test` are false
 * where the file has no such mark. Reply time is derived from the file's own stamp. Empty input does not exist: a ticket has a row.
 */
export function buildTicket(
  plan: Plan,
  id: string,
  createdAt: number,
  view: TicketView,
  updatedAt: number | null,
): Ticket {
  const solved = view.value('solved_at');
  const closed = view.value('closed_at');
  const reply = int(view.value('first_reply_at'));
  const filled = plan.mapping.ticket.filled;
  return {
    id,
    created_at: new Date(createdAt),
    updated_at: time(updatedAt ?? view.value('updated_at')),
    status: (view.value('status') as Ticket['status'] | null) ?? statusOfStamps(solved, closed),
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
    support_line: null,
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
    filled_fields: filled === undefined ? null : filled.filter((column) => view.value(`filled.${column}`) !== null),
    billable_s: null,
    reported_first_reply_at: time(reply),
    reported_solved_at: time(solved),
    reported_closed_at: time(closed),
    reported_reopens: int(view.value('reopens')),
    reported_reassignments: int(view.value('reassignments')),
    reported_replies: int(view.value('replies')),
    reported_first_reply_calendar_s: reply === null ? null : Math.round((reply - createdAt) / 1000),
    reported_first_reply_business_s: null,
    reported_first_resolution_calendar_s: null,
    reported_first_resolution_business_s: null,
    reported_full_resolution_calendar_s: null,
    reported_full_resolution_business_s: null,
    reported_waiting_customer_s: null,
    reported_waiting_other_s: null,
  };
}
