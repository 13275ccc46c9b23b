import type { TelemetryBatch } from '../domain/telemetry.ts';
import { TICKET_PART_NAMES } from './kept-out.ts';

/** Tickets of a batch that say when they were last changed: only those can be older than what is stored. */
export function stampedTickets(records: TelemetryBatch): string[] {
  return (records.ticket ?? []).filter((one) => one.updated_at !== null).map((one) => one.id);
}

/**
 * The batch without tickets, and their parts, of which the store holds a later state. `stored` = stamps of last change of the stored tickets
 * of the batch, those without a stamp left out. Equal and unknown stamps do not count as older: the later writing stands.
 */
export function withoutOlder(
  records: TelemetryBatch,
  stored: ReadonlyMap<string, Date>,
): { readonly records: TelemetryBatch; readonly older: number } {
  const older = new Set(
    (records.ticket ?? [])
      .filter(({ id, updated_at }) => {
        const known = stored.get(id);
        return known !== undefined && updated_at !== null && updated_at < known;
      })
      .map(({ id }) => id),
  );
  if (older.size === 0) return { records, older: 0 };
  const kept: Record<string, readonly unknown[]> = { ...records };
  kept.ticket = (records.ticket ?? []).filter(({ id }) => !older.has(id));
  for (const name of TICKET_PART_NAMES) {
    const rows = records[name] as readonly { readonly ticket_id: string }[] | undefined;
    if (rows !== undefined) kept[name] = rows.filter((row) => !older.has(row.ticket_id));
  }
  return { records: kept as TelemetryBatch, older: older.size };
}
