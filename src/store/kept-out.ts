import { createHash } from 'node:crypto';
import { type Observability, STREAMS, type StreamName } from '../domain/observability.ts';
import { STREAM_TABLES } from '../domain/stream-tables.ts';
import { TABLE_NAMES, TABLES, type TableName, type TelemetryBatch } from '../domain/telemetry.ts';

/** What may not come into a store again: requesters that were erased, tickets that retention has removed. */
export interface KeptOut {
  /** SHA-256 of the pseudonyms. */
  readonly erased: ReadonlySet<string>;
  /** Last bound of retention; null when none was ever applied. */
  readonly before: Date | null;
  /** Those tickets of the batch that were removed, with the last change of them that was known then. */
  readonly expired: ReadonlyMap<string, Date | null>;
}

/** Columns that can hold the pseudonym of a requester; no other column of the records may. */
export const REQUESTER_COLUMN = 'requester_key';
export const REQUESTER_TABLES: readonly TableName[] = TABLE_NAMES.filter(
  (name) => REQUESTER_COLUMN in TABLES[name].columns,
);

/** Tables whose rows go with their ticket, and the columns that say when a row came to be, best first. */
export const TICKET_PARTS = {
  event: ['at'],
  message: ['at'],
  message_template: ['at'],
  ticket_sample: ['at'],
  sla_clock: ['started_at', 'applied_at'],
  csat: ['answered_at', 'offered_at'],
  link: ['linked_at'],
} as const satisfies Partial<Record<TableName, readonly string[]>>;
export const TICKET_PART_NAMES = Object.keys(TICKET_PARTS) as (keyof typeof TICKET_PARTS)[];

/** Evidence whose records go with their tickets. */
const OF_TICKETS: ReadonlySet<StreamName> = new Set(
  STREAMS.filter((stream) => STREAM_TABLES[stream].some((table) => table === 'ticket' || table in TICKET_PARTS)),
);

/** Data may be that much older than the bound of a tidy of today without losing their window to it. */
const SLACK_MS = 7 * 86_400_000;

/** Retention has removed tickets of the connection that ended before. */
export interface Removed {
  readonly connection: string;
  readonly before: Date;
}

/**
 * What can be seen where retention has removed tickets: of the time before its bound those are left that took longest, so that it is not known. Streams that are known only from
 * later on, connections of which nothing was removed and configuration stay as they are.
 */
export function lessRemoved(rows: readonly Observability[], removed: readonly Removed[]): Observability[] {
  return rows.map((row) => {
    const bound = removed.find(({ connection }) => connection === row.connection)?.before;
    if (bound === undefined || row.status !== 'available' || !OF_TICKETS.has(row.stream)) return row;
    const since = new Date(bound.getTime() - SLACK_MS);
    return row.since !== null && row.since >= since ? row : { ...row, since };
  });
}

/** Hash by which an erased requester is known again. */
export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/**
 * Select over `telemetry.ticket t` (columns connection, id, updated_at) of the tickets that ended before `bound`: the last of all known
 * instants of an end counts, and only where none is known the last change. `scope` is a condition on the rows of an alias.
 */
export function endedBefore(bound: string, scope: (alias: string) => string): string {
  return `SELECT t.connection, t.id, t.updated_at FROM telemetry.ticket t
    LEFT JOIN (SELECT e.connection, e.ticket_id, max(e.at) AS ended_at FROM telemetry.event e
      WHERE ${scope('e')} AND ((e.kind = 'status' AND e.to_value IN ('solved', 'closed')) OR e.kind IN ('delete', 'merge'))
      GROUP BY e.connection, e.ticket_id) ends ON ends.connection = t.connection AND ends.ticket_id = t.id
    WHERE ${scope('t')} AND (t.status IN ('solved', 'closed') OR t.deleted)
      AND coalesce(greatest(t.reported_solved_at, t.reported_closed_at, ends.ended_at), t.updated_at) < ${bound}`;
}

/** Ids of the tickets that the batch speaks of. */
export function ticketsOf(records: TelemetryBatch): string[] {
  const ids = new Set<string>();
  for (const { id } of records.ticket ?? []) ids.add(id);
  for (const name of TICKET_PART_NAMES) for (const { ticket_id } of records[name] ?? []) ids.add(ticket_id);
  return [...ids];
}

type LooseRow = Record<string, unknown>;

function instantOf(row: LooseRow, columns: readonly string[]): Date | null {
  for (const column of columns) {
    const value = row[column];
    if (value instanceof Date) return value;
  }
  return null;
}

/** Ids of removed tickets of which the batch shows something new. Without a stamp of change only a ticket that is open again is new. */
function returnedTickets(records: TelemetryBatch, { before, expired }: KeptOut): Set<string> {
  const returned = new Set<string>();
  for (const ticket of records.ticket ?? []) {
    const known = expired.get(ticket.id);
    if (known === undefined || before === null) continue;
    const changed = ticket.updated_at;
    const isNew =
      changed === null
        ? !ticket.deleted && ticket.status !== 'solved' && ticket.status !== 'closed'
        : changed >= before && (known === null || changed > known);
    if (isNew) returned.add(ticket.id);
    else returned.delete(ticket.id);
  }
  return returned;
}

function withoutErased(records: TelemetryBatch, erased: ReadonlySet<string>): TelemetryBatch {
  const known = new Map<string, boolean>();
  const isErased = (key: unknown): boolean => {
    if (typeof key !== 'string') return false;
    const found = known.get(key) ?? erased.has(keyHash(key));
    known.set(key, found);
    return found;
  };
  const changed: Record<string, readonly LooseRow[]> = {};
  for (const name of REQUESTER_TABLES) {
    const rows = records[name] as readonly LooseRow[] | undefined;
    if (rows !== undefined)
      changed[name] = rows.map((row) => (isErased(row[REQUESTER_COLUMN]) ? { ...row, [REQUESTER_COLUMN]: null } : row));
  }
  return { ...records, ...changed } as TelemetryBatch;
}

function withoutExpired(records: TelemetryBatch, keptOut: KeptOut, returned: ReadonlySet<string>): TelemetryBatch {
  const { before, expired } = keptOut;
  const isOut = (id: string): boolean => expired.has(id) && !returned.has(id);
  const kept: Record<string, readonly unknown[]> = {};
  if (records.ticket !== undefined) kept.ticket = records.ticket.filter(({ id }) => !isOut(id));
  for (const name of TICKET_PART_NAMES) {
    const rows = records[name] as readonly (LooseRow & { readonly ticket_id: string })[] | undefined;
    if (rows === undefined) continue;
    kept[name] = rows.filter((row) => {
      if (!isOut(row.ticket_id)) return true;
      // What happened after the bound is new, even where its ticket is read later.
      const at = instantOf(row, TICKET_PARTS[name]);
      return at !== null && before !== null && at >= before;
    });
  }
  return { ...records, ...kept } as TelemetryBatch;
}

/**
 * The batch without what is kept out of the store: pseudonyms of erased requesters become null, removed tickets and their parts are left
 * out. `returned` = removed tickets that come in again because the vendor shows a newer change of them.
 */
export function withoutKeptOut(
  records: TelemetryBatch,
  keptOut: KeptOut,
): { readonly records: TelemetryBatch; readonly returned: readonly string[] } {
  const clean = keptOut.erased.size === 0 ? records : withoutErased(records, keptOut.erased);
  if (keptOut.expired.size === 0) return { records: clean, returned: [] };
  const returned = returnedTickets(clean, keptOut);
  return { records: withoutExpired(clean, keptOut, returned), returned: [...returned] };
}
