import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryBatch, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import {
  buildTicket,
  durationTarget,
  FIELDS_ONLY,
  isOver,
  isStatusUnknown,
  type TicketView,
  viewRows,
} from './build-ticket.ts';
import { deriveClocks, type TicketMoments } from './derive-clocks.ts';
import { deriveCsat } from './derive-csat.ts';
import { deriveLinks } from './derive-links.ts';
import { deriveReplies } from './derive-replies.ts';
import { deriveStatus } from './derive-status.ts';
import { deriveWaiting } from './derive-waiting.ts';
import type { Plan } from './plan.ts';
import { actorOf, noteCell, type SourceRow } from './source-row.ts';

export interface DerivedTicket {
  readonly records: TelemetryBatch;
  readonly rejected: readonly SetAside[];
  /** Rows that repeat another one to the letter. */
  readonly repeated: number;
}

/** Rows of one ticket in the order of their change stamp, then of the mapping's `order` number, then of their content. */
export function orderRows(rows: readonly SourceRow[]): SourceRow[] {
  const number = (row: SourceRow, path: string): number => (row.values[path] as number | null | undefined) ?? -1;
  return [...rows].sort(
    (a, b) =>
      number(a, 'events.at') - number(b, 'events.at') ||
      number(a, 'events.order') - number(b, 'events.order') ||
      (a.content < b.content ? -1 : a.content > b.content ? 1 : 0),
  );
}

interface Tracked {
  readonly path: string;
  readonly kind: 'priority' | 'group' | 'assignee' | 'field';
  readonly field: string | null;
}

/** Fields whose changes become events. Back-filled ones do not: their value is on rows that are older than the value. */
export function trackedFields(plan: Plan): Tracked[] {
  const list: Tracked[] = [];
  const add = (path: string, kind: Tracked['kind'], field: string | null): void => {
    const binding = plan.by.get(path);
    if (binding !== undefined && binding.column !== null && !binding.backFilled) list.push({ path, kind, field });
  };
  add('ticket.priority', 'priority', null);
  add('ticket.group', 'group', null);
  add('ticket.assignee', 'assignee', null);
  for (const field of ['category', 'product', 'severity', 'cause_code', 'form', 'support_line'])
    add(`ticket.${field}`, 'field', field);
  for (const column of plan.mapping.events?.track ?? []) add(`events.track.${column}`, 'field', column);
  return list;
}

/** Changes of one field. A missing value says nothing: the last known one stays in force. */
function deriveField(id: string, rows: readonly SourceRow[], tracked: Tracked): TicketEvent[] {
  const events: TicketEvent[] = [];
  let current: string | null = null;
  const first = rows[0];
  for (const row of rows) {
    const value = row.values[tracked.path] ?? null;
    if (value === null || String(value) === current) continue;
    const initial = row === first;
    const at = row.values['events.at'] as number;
    const name = tracked.field === null ? tracked.kind : `field:${tracked.field}`;
    const same = events.filter((event) => event.at.getTime() === at).length;
    events.push({
      id: initial ? `${id}:${name}:initial` : `${id}:${name}:${new Date(at).toISOString()}:${same}`,
      ticket_id: id,
      at: new Date(at),
      seq: 0,
      kind: tracked.kind,
      field: tracked.field,
      from_value: current,
      to_value: String(value),
      initial,
      ...actorOf(row),
      rule_id: null,
    });
    current = String(value);
  }
  return events;
}

/**
 * Rows that change nothing we track are still somebody's action: each becomes an event of its own, so that the log shows every touch.
 * The first row is the creation, not an action on it.
 */
function deriveUpdates(id: string, rows: readonly SourceRow[], told: readonly TicketEvent[]): TicketEvent[] {
  const instants = new Set(told.filter((event) => !event.initial).map((event) => event.at.getTime()));
  const events: TicketEvent[] = [];
  for (const row of rows.slice(1)) {
    const at = row.values['events.at'] as number;
    if (instants.has(at)) continue;
    instants.add(at);
    events.push({
      id: `${id}:update:${new Date(at).toISOString()}`,
      ticket_id: id,
      at: new Date(at),
      seq: 0,
      kind: 'field',
      field: 'update',
      from_value: null,
      to_value: null,
      initial: false,
      ...actorOf(row),
      rule_id: null,
    });
  }
  return events;
}

/** Order of events of one ticket that share an instant: values at creation first, then status, owner and the rest. */
const KIND_ORDER = ['status', 'priority', 'group', 'assignee', 'field'];

function numberEvents(events: TicketEvent[]): TicketEvent[] {
  events.sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      Number(b.initial) - Number(a.initial) ||
      KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
      a.seq - b.seq ||
      (a.id < b.id ? -1 : 1),
  );
  return events.map((event, seq) => ({ ...event, seq }));
}

/**
 * A ticket that carries an end which its status does not bear out: the status is believed, and the contradiction is noted once.
 * `unknown` = its status word is not known; `last` = its newest row.
 */
function noteEnd(plan: Plan, ticket: Ticket, unknown: boolean, last: SourceRow): SetAside[] {
  if (isOver(ticket.status) && !unknown) return [];
  const ends = [
    'ticket.solved_at',
    'ticket.closed_at',
    ...END_DURATIONS.map((clock) => durationTarget(plan, 'full_resolution', clock)),
  ];
  const carried = ends.find((target) => target !== null && (last.values[target] ?? null) !== null);
  if (carried == null) return [];
  const column = plan.by.get(carried)?.column ?? carried;
  return [
    unknown
      ? noteCell(
          last.ref,
          'END_WITH_UNKNOWN_STATUS',
          column,
          'an end beside a status that is not known; it is neither solved nor open work',
        )
      : noteCell(
          last.ref,
          'OPEN_WITH_END',
          column,
          `the status says "${ticket.status}" beside an end; the ticket counts as open`,
        ),
  ];
}

const END_DURATIONS = ['calendar', 'business'] as const;

/** The last entry into an end that events tell. */
function lastEnd(events: readonly TicketEvent[]): number | null {
  const entered = events.filter(
    (event) => event.kind === 'status' && ENDED.has(event.to_value) && !ENDED.has(event.from_value),
  );
  return entered.at(-1)?.at.getTime() ?? null;
}

const ENDED: ReadonlySet<string | null> = new Set(['solved', 'closed']);

function momentsOf(
  ticket: Ticket,
  { unknown, resolved, ended, until }: { unknown: boolean; resolved: number | null; ended: number; until: number },
): TicketMoments {
  const created = ticket.created_at.getTime();
  const after = (seconds: number | null): number | null => (seconds === null ? null : created + seconds * 1000);
  const finished = isOver(ticket.status) && !unknown;
  const solved = ticket.reported_solved_at ?? ticket.reported_closed_at;
  return {
    created,
    firstReply: ticket.reported_first_reply_at?.getTime() ?? after(ticket.reported_first_reply_calendar_s),
    resolved: finished ? (resolved ?? solved?.getTime() ?? after(ticket.reported_full_resolution_calendar_s)) : null,
    ended: finished ? ((ticket.reported_closed_at ?? ticket.reported_solved_at)?.getTime() ?? ended) : null,
    finished,
    until,
  };
}

/** Records beside ticket and events. */
function besides(
  plan: Plan,
  ticket: Ticket,
  rows: readonly SourceRow[],
  view: TicketView,
  moments: TicketMoments,
): TelemetryBatch {
  const last = rows[rows.length - 1] as SourceRow;
  const around = moments.ended ?? ticket.updated_at?.getTime() ?? moments.created;
  const clocks = deriveClocks(plan, ticket.id, view, last, moments);
  const links = deriveLinks(plan, ticket.id, rows);
  const csat = plan.mapping.satisfaction === undefined ? [] : deriveCsat(plan, ticket.id, view, around);
  return {
    ...(clocks.length > 0 ? { sla_clock: clocks } : {}),
    ...(links.length > 0 ? { link: links } : {}),
    ...(csat.length > 0 ? { csat } : {}),
  };
}

/**
 * One ticket with its events, service-level outcomes, survey and links from all its rows of an event log.
 * Times are epoch milliseconds UTC inside, Dates outside; `until` = end of the data, inclusive. The order of the rows in the file never
 * matters; rows that repeat another are dropped and counted. Event ids come from ticket, kind and instant: importing again gives the same
 * ones. Creation = earliest one stated. A ticket whose last state is open has no end, whatever stamps its rows carry (OPEN_WITH_END).
 * `rows` are those that `checkTimes` let pass; at least one.
 */
export function deriveTicket(plan: Plan, id: string, rows: readonly SourceRow[], until: number): DerivedTicket {
  const sorted = orderRows(rows);
  const distinct = sorted.filter((row, i) => i === 0 || row.content !== sorted[i - 1]?.content);
  const created = Math.min(...distinct.map((row) => row.values['ticket.created_at'] as number));
  const view = viewRows(distinct);
  const last = distinct[distinct.length - 1] as SourceRow;
  const updatedAt = last.values['events.at'] as number;
  const status = deriveStatus(plan, id, distinct, created);
  const changes = [
    ...status.events,
    ...trackedFields(plan).flatMap((one) => deriveField(id, distinct, one)),
    ...deriveWaiting(plan, id, distinct),
  ];
  const logged = plan.mapping.events?.actor === undefined ? [] : deriveUpdates(id, distinct, changes);
  const replies = deriveReplies(plan, distinct);
  const told = { status: status.final, updatedAt, firstReply: replies.first, replies: replies.count };
  const ticket = buildTicket(plan, id, created, view, told);
  const moments = momentsOf(ticket, {
    unknown: isStatusUnknown(plan, view, told),
    resolved: lastEnd(status.events),
    ended: updatedAt,
    until,
  });
  return {
    records: {
      ticket: [ticket],
      event: numberEvents([...changes, ...logged]),
      ...besides(plan, ticket, distinct, view, moments),
    },
    rejected: [...status.rejected, ...noteEnd(plan, ticket, isStatusUnknown(plan, view, told), last)],
    repeated: sorted.length - distinct.length,
  };
}

/**
 * One ticket from its one row; events cannot be derived from a single state. `until` = end of the data, epoch milliseconds, inclusive.
 * An open status beats an end stamp (OPEN_WITH_END).
 */
export function readTicketRow(plan: Plan, row: SourceRow, until: number): DerivedTicket {
  const view = viewRows([row]);
  const created = row.values['ticket.created_at'] as number;
  const ticket = buildTicket(plan, row.key, created, view, FIELDS_ONLY);
  const moments = momentsOf(ticket, {
    unknown: isStatusUnknown(plan, view, FIELDS_ONLY),
    resolved: null,
    ended: ticket.updated_at?.getTime() ?? created,
    until,
  });
  return {
    records: { ticket: [ticket], ...besides(plan, ticket, [row], view, moments) },
    rejected: noteEnd(plan, ticket, isStatusUnknown(plan, view, FIELDS_ONLY), row),
    repeated: 0,
  };
}
