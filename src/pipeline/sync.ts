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

/** One run over the streams of a connection: what was asked, what was read, what went wrong. */
class SyncRun<S> {
  readonly outcomes: StreamOutcome[] = [];
  readonly capabilities = new Map<string, Capability>();
  readonly configuration = new PageBuffer();
  readonly completeConfig = new Set<string>();
  error: PlumblineError | null = null;
  private readonly name: string;
  private readonly connector: Connector<S>;
  private readonly context: ConnectorContext<S>;
  private readonly deps: SyncDeps;

  constructor(name: string, connector: Connector<S>, context: ConnectorContext<S>, deps: SyncDeps) {
    this.name = name;
    this.connector = connector;
    this.context = context;
    this.deps = deps;
  }

  /** Probes and reads one stream. False = the vendor asks to wait so long that the run ends here. */
  async take(stream: VendorStream, checkpoint: string | null): Promise<boolean> {
    const count: Counter = { seen: 0, written: 0, rejected: 0 };
    let total: number | null = null;
    const report = (state: SyncProgress['state'], detail: string | null): void =>
      this.deps.progress({ stream: stream.id, title: stream.title, state, ...count, total, detail });
    const end = (status: StreamOutcome['status'], detail: string | null): void => {
      this.outcomes.push({ stream: stream.id, title: stream.title, status, detail, ...count });
      report(status === 'read' ? 'done' : status === 'failed' ? 'failed' : 'hidden', detail);
    };
    try {
      report('probing', null);
      const capability = await this.connector.probe(stream, this.context);
      this.capabilities.set(stream.id, capability);
      if (capability.status === 'available') {
        total = capability.total ?? null;
        await this.read(stream, checkpoint, count, () => report('reading', null));
        end('read', null);
      } else end(capability.status, capability.detail);
      return true;
    } catch (error) {
      const failure = this.judge(error);
      const detail = `${failure.message} ${failure.remedy}`;
      if (failure.kind === 'permission') {
        this.capabilities.set(stream.id, { status: 'permission', detail });
        end('permission', detail);
        return true;
      }
      end('failed', detail);
      this.error ??= failure;
      return failure.kind !== 'rate_limited';
    }
  }

  private async read(stream: VendorStream, checkpoint: string | null, count: Counter, tick: () => void): Promise<void> {
    if (stream.kind === 'history')
      return readHistory(this.name, stream, this.connector, this.context, checkpoint, this.deps, count, tick);
    await readConfiguration(stream, this.connector, this.context, this.configuration, count, tick);
    this.completeConfig.add(stream.id);
  }

  /** Failures of the vendor or of permissions end one stream; an abort, wrong settings and faults of ours end the run. */
  private judge(error: unknown): PlumblineError {
    const known = error instanceof PlumblineError && error.kind !== 'bug' && error.kind !== 'config';
    if (!known || this.context.signal.aborted) throw error;
    return error;
  }
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
  const until = upperBound(await connector.identify(context), connector.lagS);
  const bounded: ConnectorContext<S> = { ...context, until };
  const checkpoints = await deps.telemetry.checkpoints(name);
  const run = new SyncRun(name, connector, bounded, deps);
  for (const stream of connector.streams) if (!(await run.take(stream, checkpoints.get(stream.id) ?? null))) break;
  await commitConfiguration(name, connector, run.configuration, run.completeConfig, deps.telemetry);
  if (run.error === null) {
    const observed = await observeStreams(name, connector, bounded, run.capabilities, deps.telemetry);
    await deps.telemetry.recordObservability(observed);
  }
  return { connection: name, until, streams: run.outcomes, complete: run.error === null, error: run.error };
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
