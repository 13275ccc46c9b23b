import type { SetAside, StreamName } from '../domain/observability.ts';
import { STREAM_TABLES } from '../domain/stream-tables.ts';
import { TABLE_NAMES, type TableName, type TelemetryBatch } from '../domain/telemetry.ts';
import { PlumblineError } from '../errors/index.ts';
import type {
  Capability,
  Connector,
  ConnectorContext,
  ConnectorPage,
  Identity,
  VendorStream,
} from '../kit/connector.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { observeStreams } from './observe-streams.ts';

export interface SyncProgress {
  readonly stream: string;
  readonly title: string;
  readonly state: 'probing' | 'reading' | 'done' | 'hidden' | 'failed';
  readonly seen: number;
  readonly written: number;
  readonly rejected: number;
  /** Rows that the source announced; null when it gives no count. */
  readonly total: number | null;
  readonly detail: string | null;
}

export interface SyncDeps {
  readonly telemetry: TelemetryStore;
  readonly batchRows: number;
  readonly progress: (event: SyncProgress) => void;
}

export interface StreamOutcome {
  readonly stream: string;
  readonly title: string;
  readonly status: 'read' | 'plan' | 'permission' | 'retention' | 'absent' | 'failed';
  readonly detail: string | null;
  readonly seen: number;
  readonly written: number;
  readonly rejected: number;
}

export interface SyncResult {
  readonly connection: string;
  readonly until: Date;
  readonly streams: readonly StreamOutcome[];
  /** False when a stream could not be read to its end; what was read is kept and the next sync goes on from there. */
  readonly complete: boolean;
  /** First error that made it incomplete. */
  readonly error: PlumblineError | null;
}

/** Collects pages until a transaction is worth its cost (stack measurement: small upserts are the store's weak side). */
class PageBuffer {
  readonly records: { [T in TableName]?: unknown[] } = {};
  readonly rejected: SetAside[] = [];
  checkpoint: string | null = null;
  rows = 0;

  add(page: ConnectorPage): void {
    for (const table of TABLE_NAMES) {
      const added = page.records[table];
      if (added === undefined || added.length === 0) continue;
      let target = this.records[table];
      if (target === undefined) {
        target = [];
        this.records[table] = target;
      }
      for (const record of added) target.push(record);
      this.rows += added.length;
    }
    for (const one of page.rejected) this.rejected.push(one);
    this.checkpoint = page.checkpoint;
  }

  batch(): TelemetryBatch {
    return this.records as TelemetryBatch;
  }
}

interface Counter {
  seen: number;
  written: number;
  rejected: number;
}

/**
 * Brings one connection up to date: every vendor stream that may be read is read from its checkpoint to the frozen upper bound.
 * A stream that the credentials or the plan do not open is recorded as not observable and the run goes on; a vendor failure ends that
 * stream only. Batches are written whole with their checkpoint, so that a run can be killed anywhere and repeated.
 * Clock: the server's own, from the `Date` header. Errors: PERMISSION_DENIED and NOT_A_HELPDESK from identify; others are in the result.
 */
export async function syncConnection<S>(
  name: string,
  connector: Connector<S>,
  context: Omit<ConnectorContext<S>, 'until'>,
  deps: SyncDeps,
): Promise<SyncResult> {
  const identity = await connector.identify(context);
  const until = upperBound(identity, connector.lagS);
  const bounded: ConnectorContext<S> = { ...context, until };
  const checkpoints = await deps.telemetry.checkpoints(name);
  const outcomes: StreamOutcome[] = [];
  const capabilities = new Map<string, Capability>();
  const configuration = new PageBuffer();
  const completeConfig = new Set<string>();
  let firstError: PlumblineError | null = null;
  for (const stream of connector.streams) {
    const count: Counter = { seen: 0, written: 0, rejected: 0 };
    const report = (state: SyncProgress['state'], detail: string | null, total: number | null): void =>
      deps.progress({ stream: stream.id, title: stream.title, state, ...count, total, detail });
    let total: number | null = null;
    try {
      report('probing', null, null);
      const capability = await connector.probe(stream, bounded);
      capabilities.set(stream.id, capability);
      if (capability.status !== 'available') {
        outcomes.push({
          stream: stream.id,
          title: stream.title,
          status: capability.status,
          detail: capability.detail,
          ...count,
        });
        report('hidden', capability.detail, null);
        continue;
      }
      total = capability.total ?? null;
      const tick = (): void => report('reading', null, total);
      if (stream.kind === 'config') {
        await readConfiguration(stream, connector, bounded, configuration, count, tick);
        completeConfig.add(stream.id);
      } else await readHistory(name, stream, connector, bounded, checkpoints.get(stream.id) ?? null, deps, count, tick);
      outcomes.push({ stream: stream.id, title: stream.title, status: 'read', detail: null, ...count });
      report('done', null, total);
    } catch (error) {
      if (
        !(error instanceof PlumblineError) ||
        error.kind === 'bug' ||
        error.kind === 'config' ||
        context.signal.aborted
      )
        throw error;
      const hidden = error.kind === 'permission';
      if (hidden) capabilities.set(stream.id, { status: 'permission', detail: `${error.message} ${error.remedy}` });
      outcomes.push({
        stream: stream.id,
        title: stream.title,
        status: hidden ? 'permission' : 'failed',
        detail: `${error.message} ${error.remedy}`,
        ...count,
      });
      report(hidden ? 'hidden' : 'failed', error.message, total);
      if (hidden) continue;
      firstError ??= error;
      if (error.kind === 'rate_limited') break;
    }
  }
  await commitConfiguration(name, connector, configuration, completeConfig, deps.telemetry);
  if (firstError === null)
    await deps.telemetry.recordObservability(
      await observeStreams(name, connector, bounded, capabilities, deps.telemetry),
    );
  return { connection: name, until, streams: outcomes, complete: firstError === null, error: firstError };
}

function upperBound(identity: Identity, lagS: number): Date {
  // Whole seconds: vendors stamp seconds, and a fraction here would make equal syncs differ.
  return new Date(Math.floor(identity.serverNow.getTime() / 1000 - lagS) * 1000);
}

async function readHistory<S>(
  name: string,
  stream: VendorStream,
  connector: Connector<S>,
  context: ConnectorContext<S>,
  checkpoint: string | null,
  deps: SyncDeps,
  count: Counter,
  tick: () => void,
): Promise<void> {
  let buffer = new PageBuffer();
  const commit = async (full: PageBuffer): Promise<void> => {
    const done = await deps.telemetry.commit({
      connection: name,
      stream: stream.id,
      checkpoint: full.checkpoint,
      records: full.batch(),
      rejected: full.rejected,
    });
    count.written += done.written;
    count.rejected += done.rejected;
    tick();
  };
  // The engine writes on threads of its own: the next pages are read meanwhile. One batch is under way at a time, so cursors keep their order.
  let writing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await writing;
    if (buffer.checkpoint === null) return;
    const full = buffer;
    buffer = new PageBuffer();
    writing = commit(full);
    // A failure is thrown by the next wait; until then it must not count as unhandled.
    writing.catch(() => undefined);
  };
  try {
    for await (const page of connector.read(stream, checkpoint, context)) {
      buffer.add(page);
      count.seen += page.seen;
      tick();
      if (buffer.rows >= deps.batchRows) await flush();
    }
  } catch (error) {
    // Whole pages that arrived before the failure are good: keep them with their checkpoint, then report the failure.
    if (error instanceof PlumblineError && !context.signal.aborted) await flush();
    await writing;
    throw error;
  }
  await flush();
  await writing;
}

async function readConfiguration<S>(
  stream: VendorStream,
  connector: Connector<S>,
  context: ConnectorContext<S>,
  target: PageBuffer,
  count: Counter,
  tick: () => void,
): Promise<void> {
  const own = new PageBuffer();
  for await (const page of connector.read(stream, null, context)) {
    own.add(page);
    count.seen += page.seen;
    count.rejected += page.rejected.length;
    tick();
  }
  count.written += own.rows;
  target.add({ records: own.batch(), rejected: own.rejected, checkpoint: '', seen: 0 });
}

/** Configuration replaces what was there, table by table, but only where every stream that feeds the table was read whole. */
async function commitConfiguration<S>(
  name: string,
  connector: Connector<S>,
  buffer: PageBuffer,
  complete: ReadonlySet<string>,
  telemetry: TelemetryStore,
): Promise<void> {
  const feeders = new Map<TableName, VendorStream[]>();
  for (const stream of connector.streams)
    for (const evidence of Object.keys(stream.provides) as StreamName[])
      for (const table of STREAM_TABLES[evidence]) feeders.set(table, [...(feeders.get(table) ?? []), stream]);
  const replace = [...feeders]
    .filter(([, streams]) => streams.every((stream) => stream.kind === 'config' && complete.has(stream.id)))
    .map(([table]) => table);
  await telemetry.commit({
    connection: name,
    stream: null,
    checkpoint: null,
    records: buffer.batch(),
    rejected: buffer.rejected,
    replace,
  });
}
