import type { SetAside } from '../../src/domain/observability.ts';
import type { Plan, Value } from './plan.ts';
import { ENDED, noteCell, noteRow, type RowResult, type SourceRow, tellsEnd } from './source-row.ts';

const ENDS = ['ticket.first_reply_at', 'ticket.solved_at', 'ticket.closed_at'] as const;
/** Helpdesks did not keep records before, and nothing happens behind: such stamps stand for "none" (1900, 1970, 9999). */
export const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2099, 0, 1);

interface Doubt {
  readonly code: string;
  readonly detail: string;
}

function placeholder(at: number): Doubt | null {
  return at < EARLIEST || at >= LATEST ? { code: 'PLACEHOLDER_TIME', detail: 'a day that stands for "no time"' } : null;
}

function future(at: number, until: number): Doubt | null {
  return at > until ? { code: 'FUTURE_TIME', detail: 'later than the end of the file' } : null;
}

function early(at: number, from: number, of: string): Doubt | null {
  return at < from ? { code: 'NEGATIVE_DURATION', detail: `earlier than the ${of} of the ticket` } : null;
}

/**
 * Rows of one ticket of a log with the creation of the ticket on each: the first event where the mapping says so, else, on rows that state
 * none, the earliest one that others state (many logs fill it on the first row only). Rows that nothing gives one are set aside
 * (MISSING_TIME), and so are those whose change stamp cannot be true, later. Rows of mode tickets come back as they are.
 */
export function settleCreation(
  plan: Plan,
  rows: readonly SourceRow[],
  until: number,
): { readonly rows: readonly SourceRow[]; readonly aside: readonly SetAside[] } {
  if (plan.mode === 'tickets') return { rows, aside: [] };
  const source = plan.firstEvent ? 'events.at' : 'ticket.created_at';
  const possible = (row: SourceRow): boolean => {
    const at = row.values[source];
    return typeof at === 'number' && at >= EARLIEST && at <= until;
  };
  const stated = rows.filter(possible).map((row) => row.values[source] as number);
  const created = stated.length === 0 ? null : stated.reduce((a, b) => Math.min(a, b));
  const dated = (row: SourceRow): SourceRow => {
    const own = row.values['ticket.created_at'];
    const lacks = plan.firstEvent ? possible(row) : own === null;
    return lacks ? { ...row, values: { ...row.values, 'ticket.created_at': created } } : row;
  };
  const settled = rows.map(dated);
  const without = settled.filter((row) => row.values['ticket.created_at'] === null);
  return {
    rows: settled.filter((row) => row.values['ticket.created_at'] !== null),
    aside: without.map((row) =>
      noteRow(row.ref, 'MISSING_TIME', 'created_at', 'no row of the ticket has a creation time'),
    ),
  };
}

/** Stamps that cost the cell when they cannot be true, with the check of each. */
function cellDoubt(target: string, at: number, created: number, until: number): Doubt | null {
  const end = (ENDS as readonly string[]).includes(target) || target.startsWith('satisfaction.');
  if (end) return placeholder(at) ?? future(at, until) ?? early(at, created, 'creation');
  if (/^sla\.\d+\.due_at$/.test(target)) return placeholder(at) ?? early(at, created, 'creation');
  return target === 'ticket.updated_at' ? (placeholder(at) ?? future(at, until)) : null;
}

/**
 * Times of a row that cannot be true: a stamp behind the end of the file, a placeholder such as 1970-01-01, an end before the creation (a
 * negative duration), a closure before the resolution, a vendor's duration that is longer than the ticket has lived. Each costs its cell,
 * which becomes unknown; only a creation or a change stamp that cannot be true sets the row aside. `until` is epoch milliseconds, inclusive.
 */
export function checkTimes(plan: Plan, row: SourceRow, until: number): RowResult {
  const created = row.values['ticket.created_at'] as number;
  const untrue = rowDoubt(row, created, until);
  if (untrue !== null) return { row: null, notes: [untrue] };
  const notes: SetAside[] = [];
  const values: Record<string, Value | null> = { ...row.values };
  const drop = (target: string, { code, detail }: Doubt): void => {
    notes.push(noteCell(row.ref, code, plan.by.get(target)?.column ?? target, detail));
    values[target] = null;
    if (tellsEnd(target, code, null)) values[ENDED] = true;
  };
  for (const one of plan.bindings) {
    const value = values[one.target];
    if (typeof value !== 'number' || one.column === null) continue;
    if (one.kind === 'time') {
      const doubt = cellDoubt(one.target, value, created, until);
      if (doubt !== null) drop(one.target, doubt);
    } else if (one.target.startsWith('durations.') && created + value * 1000 > until + 86_400_000)
      drop(one.target, { code: 'ABSURD_DURATION', detail: 'longer than the ticket has lived by the end of the file' });
  }
  const solved = values['ticket.solved_at'];
  const closed = values['ticket.closed_at'];
  if (typeof solved === 'number' && typeof closed === 'number' && closed < solved)
    drop('ticket.closed_at', { code: 'NEGATIVE_DURATION', detail: 'earlier than the resolution of the ticket' });
  return { row: notes.length === 0 ? row : { ...row, values }, notes };
}

/** A creation or change stamp that cannot be true: without it the row says nothing. */
function rowDoubt(row: SourceRow, created: number, until: number): SetAside | null {
  const begun = placeholder(created) ?? future(created, until);
  if (begun !== null) return noteRow(row.ref, begun.code, 'created_at', begun.detail);
  const at = row.values['events.at'];
  if (typeof at !== 'number') return null;
  const doubt = placeholder(at) ?? future(at, until) ?? early(at, created, 'creation');
  return doubt === null ? null : noteRow(row.ref, doubt.code, 'events.at', doubt.detail);
}
