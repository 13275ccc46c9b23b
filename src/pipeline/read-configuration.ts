import type { StreamName } from '../domain/observability.ts';
import { countAside, isLostCell } from '../domain/set-aside.ts';
import { STREAM_TABLES } from '../domain/stream-tables.ts';
import type { TableName } from '../domain/telemetry.ts';
import type { Capability, Connector, ConnectorContext, VendorStream } from '../kit/connector.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { createAsideLimit, createPageBatch, type PageBatch } from './page-batch.ts';
import type { Counter } from './read-history.ts';
import { readPages } from './read-pages.ts';

/** Reads one configuration stream whole; only then its records go into `target`. */
export async function readConfiguration<S>(
  stream: VendorStream,
  connector: Connector<S>,
  context: ConnectorContext<S>,
  target: PageBatch,
  count: Counter,
  tick: () => void,
): Promise<void> {
  const own = createPageBatch();
  for await (const page of readPages(connector, stream, null, context)) {
    own.add(page);
    count.seen += page.seen;
    const { records, cells } = countAside(page.rejected);
    count.rejected += records;
    count.cells += cells;
    tick();
  }
  count.written += own.rows;
  target.add({ records: own.records(), rejected: own.rejected, checkpoint: '' });
}

/**
 * Configuration replaces what was there, table by table, but only where every stream that feeds the table was read whole: to its end, and without a part of that
 * evidence that is refused. `read` = what each stream that was read to its end could show.
 */
export async function commitConfiguration<S>(
  name: string,
  connector: Connector<S>,
  batch: PageBatch,
  read: ReadonlyMap<string, Capability>,
  telemetry: TelemetryStore,
): Promise<void> {
  const feeders = new Map<TableName, boolean[]>();
  for (const stream of connector.streams)
    for (const evidence of Object.keys(stream.provides) as StreamName[]) {
      const whole = stream.kind === 'config' && isWhole(evidence, read.get(stream.id));
      for (const table of STREAM_TABLES[evidence]) feeders.set(table, [...(feeders.get(table) ?? []), whole]);
    }
  const replace = [...feeders].filter(([, wholes]) => wholes.every((whole) => whole)).map(([table]) => table);
  await telemetry.commit({
    connection: name,
    stream: null,
    checkpoint: null,
    records: batch.records(),
    rejected: createAsideLimit(isLostCell).apply(batch.rejected),
    replace,
  });
}

/** A part that is refused may hold what was read of it before; one that the account does not have holds nothing. */
function isWhole(evidence: StreamName, shown: Capability | undefined): boolean {
  if (shown?.status !== 'available') return false;
  if (shown.hidden !== 'permission' && shown.hidden !== 'plan') return true;
  // A refusal that takes no field takes rows.
  return shown.lacks !== undefined && (shown.lacks[evidence] ?? []).length === 0;
}
