import type { SetAside } from '../../src/domain/observability.ts';
import { STATUSES, type Ticket, type TicketEvent } from '../../src/domain/telemetry.ts';
import { type ActivityEffect, effectOf, namesEffect } from './derive-replies.ts';
import type { Plan } from './plan.ts';
import { actorOf, noteCell, type SourceRow } from './source-row.ts';

type Status = Ticket['status'];

interface Entry {
  readonly at: number;
  /** Among entries of one instant: rows in their order, then milestones. */
  readonly rank: number;
  /** The state that a row shows, or what its activity does to the state before. */
  readonly to: Status | ActivityEffect;
  readonly row: SourceRow | null;
  readonly milestone: boolean;
}

interface DerivedStatus {
  readonly events: readonly TicketEvent[];
  readonly rejected: readonly SetAside[];
  /** Status behind the last event; null when the mapping gives no status and no milestone. */
  readonly final: Status | null;
}

const ENDS = ['solved', 'closed'] as const;
type End = (typeof ENDS)[number];

/** Effects that bring a ticket from one state to another, each from the states that it can act on. */
function applyEffect(current: Status, effect: ActivityEffect): Status {
  const over = isEnd(current);
  switch (effect) {
    case 'opens':
      return current;
    case 'takes':
      return current === 'new' ? 'open' : current;
    case 'waits_customer':
      return over ? current : 'pending';
    case 'waits_other':
      return over ? current : 'hold';
    case 'resumes':
      return over ? current : 'open';
    case 'resolves':
      return current === 'closed' ? current : 'solved';
    case 'closes':
      return 'closed';
    case 'reopens':
      return 'open';
    case 'first_reply':
    case 'reply':
      return current;
    default:
      return effect satisfies never;
  }
}

/** The end that an effect brings about, if one. */
function endOf(to: Status | ActivityEffect): End | null {
  return to === 'solved' || to === 'resolves' ? 'solved' : to === 'closed' || to === 'closes' ? 'closed' : null;
}

/** The state that follows; a state that a row shows goes before what its activity would do. */
function stateAfter(current: Status, to: Status | ActivityEffect): Status {
  return isStatus(to) ? to : applyEffect(current, to);
}

function isStatus(to: Status | ActivityEffect): to is Status {
  return (STATUSES as readonly string[]).includes(to);
}

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
 * A back-filled status is what the ticket is now: rows tell no course of it, and an end without a stamp has no time.
 * A ticket begins in its first state at its creation; when that one is an end, it begins as `new`. Activities act on the state before, from
 * `new` on; one that cannot act on it (a pickup of a solved ticket) changes nothing.
 */
export function deriveStatus(plan: Plan, id: string, rows: readonly SourceRow[], created: number): DerivedStatus {
  const replaced = new Set<End>(ENDS.filter((end) => plan.by.get(`ticket.${end}_at`)?.backFilled === true));
  const stamps = new Map(ENDS.map((end) => [end, replaced.has(end) ? lastKnown(rows, `ticket.${end}_at`) : null]));
  const shown = isStateOfNow(plan) ? () => null : shownBy;
  const { entries, rejected, first } = readStates(
    rows,
    shown,
    replaced,
    stamps.get('solved') ?? stamps.get('closed') ?? null,
  );
  for (const [i, end] of ENDS.entries()) {
    const at = stamps.get(end) ?? null;
    if (at !== null)
      entries.push({ at, rank: rows.length + i, to: end, row: showing(rows, shown, at, end), milestone: true });
  }
  // Activities tell whether a ticket is over only where some of them end one; else a waiting or a pickup would make it look open.
  const told = first !== null || entries.some((entry) => entry.milestone) || namesEffect(plan, 'resolves', 'closes');
  if (!told) return { events: [], rejected, final: null };
  entries.sort((a, b) => a.at - b.at || a.rank - b.rank);
  const events = chain(id, rows, created, first, entries);
  return { events, rejected, final: (events.at(-1)?.to_value ?? null) as Status | null };
}

interface States {
  readonly entries: Entry[];
  readonly rejected: SetAside[];
  /** The state that the ticket began in, where a row shows one. */
  readonly first: Status | null;
}

type Shown = (row: SourceRow) => Status | null;

function shownBy(row: SourceRow): Status | null {
  return (row.values['ticket.status'] ?? null) as Status | null;
}

/** The rows carry what the ticket is now and not what it was then; an end that holds for the whole file has no time either. */
export function isStateOfNow(plan: Plan): boolean {
  const binding = plan.by.get('ticket.status');
  if (binding === undefined) return false;
  return binding.backFilled || (binding.column === null && isEnd(binding.constant as Status));
}

/** States and effects row by row, without those that back-filled stamps replace. `final` = the back-filled end, epoch milliseconds. */
function readStates(
  rows: readonly SourceRow[],
  shows: Shown,
  replaced: ReadonlySet<End>,
  final: number | null,
): States {
  const rejected: SetAside[] = [];
  const entries: Entry[] = [];
  let first: Status | null = null;
  for (const [i, row] of rows.entries()) {
    const shown = shows(row);
    const to = shown ?? effectOf(row);
    if (to === null) continue;
    if (shown !== null) first ??= entries.length === 0 ? shown : 'new';
    const end = endOf(to);
    if (end !== null && replaced.has(end)) continue;
    const at = row.values['events.at'] as number;
    const open = to === 'reopens' || (shown !== null && end === null);
    if (final !== null && at > final && open)
      rejected.push(
        noteCell(
          row.ref,
          'STATUS_AFTER_FINAL',
          'status',
          'an open state after the final resolution that the row itself states; only the state is set aside',
        ),
      );
    else entries.push({ at, rank: i, to, row, milestone: false });
  }
  return { entries, rejected, first };
}

/** The row that shows an end at the instant of its stamp: whose change it was. */
function showing(rows: readonly SourceRow[], shows: Shown, at: number, end: End): SourceRow | null {
  return (
    rows.find((row) => {
      const shown = shows(row) ?? effectOf(row);
      return row.values['events.at'] === at && shown !== null && endOf(shown) === end;
    }) ?? null
  );
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
    const next = stateAfter(current, entry.to);
    if (next === current) continue;
    const same = events.filter((event) => event.at.getTime() === entry.at && !event.initial).length;
    events.push({
      id: entry.milestone ? `${id}:status:${next}` : `${id}:status:${new Date(entry.at).toISOString()}:${same}`,
      ticket_id: id,
      at: new Date(entry.at),
      seq: events.length,
      kind: 'status',
      field: null,
      from_value: current,
      to_value: next,
      initial: false,
      ...actorOf(entry.row),
      rule_id: null,
    });
    current = next;
  }
  return events;
}
