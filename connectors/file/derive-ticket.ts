import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryBatch, TelemetryRecord, Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import { buildTicket, statusOfStamps, viewRows } from './build-ticket.ts';
import { deriveStatus } from './derive-status.ts';
import type { Plan } from './plan.ts';
import { actorOf, type SourceRow } from './source-row.ts';

type SlaClock = TelemetryRecord<'sla_clock'>;
type Link = TelemetryRecord<'link'>;

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
  for (const field of ['category', 'product', 'severity', 'cause_code', 'form']) add(`ticket.${field}`, 'field', field);
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

function deriveClocks(
  plan: Plan,
  id: string,
  rows: readonly SourceRow[],
  created: number,
  ended: number | null,
): SlaClock[] {
  const clocks: SlaClock[] = [];
  const last = rows[rows.length - 1] as SourceRow;
  for (const [i, sla] of (plan.mapping.sla ?? []).entries()) {
    const value = last.values[`sla.${i}.met`];
    if (typeof value !== 'boolean') continue;
    // While a ticket is under way "not yet missed" is no outcome; "missed" stays so.
    const met = ended === null && value && sla.last_row_only !== false ? null : value;
    clocks.push({
      id: `${id}:${sla.metric}:1`,
      ticket_id: id,
      metric: sla.metric,
      scope: 'ticket',
      instance: 1,
      policy_id: null,
      target_s: null,
      business_hours: null,
      started_at: new Date(created),
      applied_at: null,
      breach_at: null,
      fulfilled_at: ended === null ? null : new Date(ended),
      paused_s: null,
      voided: false,
      met,
    });
  }
  return clocks;
}

function deriveLinks(plan: Plan, id: string, rows: readonly SourceRow[]): Link[] {
  const links = new Map<string, Link>();
  for (const [i, link] of (plan.mapping.links ?? []).entries())
    for (const row of rows) {
      const target = row.values[`links.${i}`];
      if (typeof target !== 'string') continue;
      const key = `${id}:${link.column}:${target}`;
      if (links.has(key)) continue;
      const at = row.values['events.at'];
      links.set(key, {
        id: key,
        ticket_id: id,
        kind: link.kind,
        system: link.system ?? null,
        target_key: target,
        linked_at: typeof at === 'number' ? new Date(at) : null,
        responded_at: null,
        closed_at: null,
        closed_as: null,
        team: null,
      });
    }
  return [...links.values()];
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
 * One ticket with its events, service-level outcomes and links from all its rows of an event log.
 * Times are epoch milliseconds UTC inside, Dates outside. The order of the rows in the file never matters; rows that repeat another are
 * dropped and counted. Event ids come from ticket, kind and instant: importing again gives the same ones. Creation = earliest one stated.
 * `rows` are those that `checkTimes` let pass; at least one.
 */
export function deriveTicket(plan: Plan, id: string, rows: readonly SourceRow[]): DerivedTicket {
  const sorted = orderRows(rows);
  const distinct = sorted.filter((row, i) => i === 0 || row.content !== sorted[i - 1]?.content);
  const created = Math.min(...distinct.map((row) => row.values['ticket.created_at'] as number));
  const view = viewRows(distinct);
  const lastRow = distinct[distinct.length - 1] as SourceRow;
  const base = buildTicket(plan, id, created, view, lastRow.values['events.at'] as number);
  const status = deriveStatus(plan, id, distinct, created);
  const changes = [...status.events, ...trackedFields(plan).flatMap((one) => deriveField(id, distinct, one))];
  const logged = plan.mapping.events?.actor === undefined ? [] : deriveUpdates(id, distinct, changes);
  const events = [...changes, ...logged];
  const ticket: Ticket = {
    ...base,
    status: status.final ?? statusOfStamps(view.value('solved_at'), view.value('closed_at')),
  };
  const finished = ticket.status === 'solved' || ticket.status === 'closed';
  const ended = finished
    ? ((base.reported_closed_at ?? base.reported_solved_at)?.getTime() ?? (lastRow.values['events.at'] as number))
    : null;
  const clocks = deriveClocks(plan, id, distinct, created, ended);
  const links = deriveLinks(plan, id, distinct);
  return {
    records: {
      ticket: [ticket],
      event: numberEvents(events),
      ...(clocks.length > 0 ? { sla_clock: clocks } : {}),
      ...(links.length > 0 ? { link: links } : {}),
    },
    rejected: status.rejected,
    repeated: sorted.length - distinct.length,
  };
}

/** One ticket from its one row; events cannot be derived from a single state. */
export function readTicketRow(plan: Plan, row: SourceRow): TelemetryBatch {
  const view = viewRows([row]);
  const created = row.values['ticket.created_at'] as number;
  const ticket = buildTicket(plan, row.key, created, view, null);
  const finished = ticket.status === 'solved' || ticket.status === 'closed';
  const end = ticket.reported_closed_at ?? ticket.reported_solved_at ?? ticket.updated_at;
  const clocks = deriveClocks(plan, row.key, [row], created, finished ? (end?.getTime() ?? created) : null);
  const links = deriveLinks(plan, row.key, [row]);
  return {
    ticket: [ticket],
    ...(clocks.length > 0 ? { sla_clock: clocks } : {}),
    ...(links.length > 0 ? { link: links } : {}),
  };
}
