import type { TelemetryMark } from '../domain/measurement.ts';
import type { Observability } from '../domain/observability.ts';
import type { ConnectionRow } from '../store/ports.ts';

/** How far each stream was read, by connection and stream; instants are UTC. Empty where nothing was read. */
export function telemetryMarks(
  observability: readonly Observability[],
  connections: readonly ConnectionRow[],
): TelemetryMark[] {
  const vendors = new Map(connections.map((c) => [c.name, c.vendor]));
  return observability
    .map((o) => ({
      connection: o.connection,
      vendor: vendors.get(o.connection) ?? 'unknown',
      stream: o.stream,
      status: o.status,
      since: o.since?.toISOString() ?? null,
      until: o.until?.toISOString() ?? null,
      rows: o.rows,
      rejected: o.rejected,
      reconciled_share: o.reconciled_share,
    }))
    .sort((a, b) => (`${a.connection}/${a.stream}` < `${b.connection}/${b.stream}` ? -1 : 1));
}
