import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryBatch, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { buildTicket, FIELDS_ONLY, isStatusUnknown, type TicketView, viewRows } from './build-ticket.ts';
import { deriveClocks, type TicketMoments } from './derive-clocks.ts';
import { deriveCsat } from './derive-csat.ts';
import { deriveEscalations } from './derive-escalation.ts';
import { deriveLinks } from './derive-links.ts';
import { lastEnd, momentsOf } from './derive-moments.ts';
import { deriveReplies } from './derive-replies.ts';
import { deriveStatus } from './derive-status.ts';
import { deriveWaiting } from './derive-waiting.ts';
import { noteEnd, noteLateReply } from './note-ends.ts';
import { FOLLOWED, type Plan } from './plan.ts';
import { NO_ONE } from './read-value.ts';
import { actorOf, type SourceRow } from './source-row.ts';

interface DerivedTicket {
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
  for (const field of FOLLOWED) add(`ticket.${field}`, 'field', field);
  for (const column of plan.mapping.events?.track ?? []) add(`events.track.${column}`, 'field', column);
  return list;
}

/** Changes of one field. A missing value says nothing: the last known one stays in force; a word for nobody ends it. */
function deriveField(id: string, rows: readonly SourceRow[], tracked: Tracked): TicketEvent[] {
  const events: TicketEvent[] = [];
  let current: string | null = null;
  const first = rows[0];
  for (const row of rows) {
    const said = row.values[tracked.path] ?? null;
    const value = said === null || said === NO_ONE ? null : String(said);
    if (said === null || value === current) continue;
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
      to_value: value,
      initial,
      ...actorOf(row),
      rule_id: null,
    });
    current = value;
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
const KIND_ORDER = ['status', 'priority', 'group', 'assignee', 'field', 'escalation'];

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
  const escalations = deriveEscalations(id, distinct, changes);
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
      event: numberEvents([...changes, ...escalations, ...logged]),
      ...besides(plan, ticket, distinct, view, moments),
    },
    rejected: [
      ...status.rejected,
      ...noteEnd(plan, ticket, isStatusUnknown(plan, view, told), last),
      ...noteLateReply(plan, moments, last.ref),
    ],
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
    rejected: [
      ...noteEnd(plan, ticket, isStatusUnknown(plan, view, FIELDS_ONLY), row),
      ...noteLateReply(plan, moments, row.ref),
    ],
    repeated: 0,
  };
}
