import type { SetAside } from '../../src/domain/observability.ts';
import type { Ticket, TicketEvent } from '../../src/domain/telemetry.ts';
import type { Plan } from './plan.ts';
import { actorOf, type SourceRow } from './source-row.ts';

type Status = Ticket['status'];

interface Entry {
  readonly at: number;
  /** Among entries of one instant: rows in their order, then milestones. */
  readonly rank: number;
  readonly to: Status;
  readonly row: SourceRow | null;
  readonly milestone: boolean;
}

export interface DerivedStatus {
  readonly events: readonly TicketEvent[];
  readonly rejected: readonly SetAside[];
  /** Status behind the last event; null when the mapping gives no status and no milestone. */
  readonly final: Status | null;
}

const ENDS = ['solved', 'closed'] as const;
type End = (typeof ENDS)[number];

function isEnd(status: Status): status is End {
  return status === 'solved' || status === 'closed';
}

function lastKnown(rows: readonly SourceRow[], path: string): number | null {
  for (let i = rows.length - 1; i >= 0; i--) {
    const value = rows[i]?.values[path];
    if (typeof value === 'number') return value;
  }
  return null;
}

/**
 * Status events of one ticket from the states of its rows.
 * A back-filled stamp (`solved_at`, `closed_at` with `back_filled`) is the source's own final word on when the ticket was solved or closed:
 * it replaces every entry into that status that row states would tell, also when it is missing. A row that shows the ticket
 * open again after its final stamp contradicts it; its state is set aside (STATUS_AFTER_FINAL), the rest of the row counts.
 * A ticket begins in its first state at its creation; when that one is an end, it begins as `new`.
 */
export function deriveStatus(plan: Plan, id: string, rows: readonly SourceRow[], created: number): DerivedStatus {
  const replaced = new Set<Status>(ENDS.filter((end) => plan.by.get(`ticket.${end}_at`)?.backFilled === true));
  const stamps = new Map(ENDS.map((end) => [end, replaced.has(end) ? lastKnown(rows, `ticket.${end}_at`) : null]));
  const final = stamps.get('solved') ?? stamps.get('closed') ?? null;
  const rejected: SetAside[] = [];
  const entries: Entry[] = [];
  let first: Status | null = null;
  for (const [i, row] of rows.entries()) {
    const to = (row.values['ticket.status'] ?? null) as Status | null;
    if (to === null) continue;
    first ??= to;
    if (replaced.has(to)) continue;
    const at = row.values['events.at'] as number;
    if (final !== null && at > final && !isEnd(to)) {
      rejected.push({
        stream: 'rows',
        ref: row.ref,
        code: 'STATUS_AFTER_FINAL',
        path: 'status',
        detail: 'an open state after the final resolution that the row itself states; only the state is set aside',
      });
      continue;
    }
    entries.push({ at, rank: i, to, row, milestone: false });
  }
  for (const [i, end] of ENDS.entries()) {
    const at = stamps.get(end) ?? null;
    if (at !== null) entries.push({ at, rank: rows.length + i, to: end, row: showing(rows, at, end), milestone: true });
  }
  if (first === null && entries.length === 0) return { events: [], rejected, final: null };
  entries.sort((a, b) => a.at - b.at || a.rank - b.rank);
  return {
    events: chain(id, rows, created, first, entries),
    rejected,
    final: entries.at(-1)?.to ?? firstStatus(first),
  };
}

/** The row that shows an end at the instant of its stamp: whose change it was. */
function showing(rows: readonly SourceRow[], at: number, end: End): SourceRow | null {
  return rows.find((row) => row.values['events.at'] === at && row.values['ticket.status'] === end) ?? null;
}

function firstStatus(first: Status | null): Status {
  return first === null || isEnd(first) ? 'new' : first;
}

function chain(
  id: string,
  rows: readonly SourceRow[],
  created: number,
  first: Status | null,
  entries: readonly Entry[],
): TicketEvent[] {
  const opening = rows[0] as SourceRow;
  let current = firstStatus(first);
  const events: TicketEvent[] = [
    {
      id: `${id}:status:initial`,
      ticket_id: id,
      at: new Date(created),
      seq: 0,
      kind: 'status',
      field: null,
      from_value: null,
      to_value: current,
      initial: true,
      ...actorOf(opening),
      rule_id: null,
    },
  ];
  for (const entry of entries) {
    if (entry.to === current) continue;
    const same = events.filter((event) => event.at.getTime() === entry.at && !event.initial).length;
    events.push({
      id: entry.milestone ? `${id}:status:${entry.to}` : `${id}:status:${new Date(entry.at).toISOString()}:${same}`,
      ticket_id: id,
      at: new Date(entry.at),
      seq: events.length,
      kind: 'status',
      field: null,
      from_value: current,
      to_value: entry.to,
      initial: false,
      ...actorOf(entry.row),
      rule_id: null,
    });
    current = entry.to;
  }
  return events;
}
