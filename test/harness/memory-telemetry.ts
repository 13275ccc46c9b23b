import type { Observability, SetAside } from '../../src/domain/observability.ts';
import { countAside } from '../../src/domain/set-aside.ts';
import { TABLE_NAMES, TABLES, type TableName, type TelemetryBatch } from '../../src/domain/telemetry.ts';
import type { TelemetryStore } from '../../src/store/ports.ts';

/** As much of a telemetry store as a sync asks for, in maps. */
export function memoryTelemetry(seen: readonly Observability[] = []) {
  const rows = new Map<TableName, Map<string, unknown>>();
  const cursors = new Map<string, string>();
  const aside = new Map<string, SetAside & { times: number }>();
  let observability = [...seen];
  const put = (records: TelemetryBatch) => {
    let written = 0;
    for (const table of TABLE_NAMES)
      for (const row of (records[table] ?? []) as Record<string, unknown>[]) {
        const of = rows.get(table) ?? new Map<string, unknown>();
        rows.set(table, of.set(TABLES[table].key.map((column) => String(row[column])).join(' '), row));
        written += 1;
      }
    return written;
  };
  const telemetry: Partial<TelemetryStore> = {
    async commit(batch) {
      for (const table of batch.replace ?? []) rows.delete(table);
      for (const one of batch.rejected)
        aside.set([one.stream, one.ref, one.code, one.path].join(' '), { times: 1, ...one });
      if (batch.stream !== null && batch.checkpoint !== null) cursors.set(batch.stream, batch.checkpoint);
      const { records: rejected, cells } = countAside(batch.rejected);
      return { written: put(batch.records), rejected, cells };
    },
    checkpoints: async () => new Map(cursors),
    rows: async () => new Map([...rows].map(([table, of]) => [table, of.size])),
    setAside: async () => [...aside.values()] as unknown as Awaited<ReturnType<TelemetryStore['setAside']>>,
    observability: async () => observability,
    observed: async () => observability,
    async recordObservability(rowsSeen) {
      observability = [...rowsSeen];
    },
  };
  return {
    telemetry: telemetry as TelemetryStore,
    aside: () => [...aside.values()],
    all: () => Object.fromEntries([...rows].map(([table, of]) => [table, Object.fromEntries(of)])),
  };
}
