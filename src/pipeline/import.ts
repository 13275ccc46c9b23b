import { type Observability, STREAMS, type StreamName } from '../domain/observability.ts';
import { STREAM_TABLES } from '../domain/stream-tables.ts';
import type { ConnectorPage } from '../kit/connector.ts';
import type { RecordSource, SourceCheckpoint } from '../kit/record-source.ts';
import type { Ledger, TelemetryStore } from '../store/ports.ts';
import { createPageBatch } from './page-batch.ts';

/** Name under which the cursor and the set-aside rows of an import are kept. */
const STREAM = 'rows';

export interface ImportProgress {
  readonly seen: number;
  readonly total: number;
  readonly written: number;
  readonly rejected: number;
}

export interface ImportDeps {
  readonly telemetry: TelemetryStore;
  readonly ledger: Pick<Ledger, 'connections' | 'saveConnection'>;
  readonly clock: () => Date;
  /** Records in one transaction. */
  readonly batchRows: number;
  readonly progress: (event: ImportProgress) => void;
}

export interface ImportResult {
  readonly connection: string;
  /** The same content under the same mapping was imported before: nothing was read. */
  readonly unchanged: boolean;
  readonly rows: number;
  readonly seen: number;
  readonly written: number;
  /** Tickets left as they are because the store holds a later state of them (`updated_at`). */
  readonly older: number;
  /** Rows set aside by this import, by code. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly tickets: number;
  readonly since: Date | null;
  readonly until: Date;
  readonly unmapped: readonly string[];
  readonly notes: readonly string[];
}

export interface ImportRequest {
  /** Name of the connection that the records belong to. */
  readonly name: string;
  readonly source: RecordSource;
  /** What is kept of where it came from: file names and the mapping's name, no path outside, no content. */
  readonly settings: Record<string, unknown>;
  /** Removes what the connection holds before reading. */
  readonly replace?: boolean;
}

/**
 * Brings a finite source into the store under the name of a connection. Batches are written whole with their checkpoint: an import
 * that was interrupted goes on where it stopped, the same import again reads nothing, another file of the same name adds to it.
 * A ticket whose later state (`updated_at`) is already stored stays as it is: files come in any order.
 * The same content under a changed mapping replaces what the former mapping made of it.
 * Clock: instants of the records are the source's; `clock` only dates the connection. Empty source: nothing written, coverage recorded.
 * Errors: those of the source and of the store.
 */
export async function importSource(
  request: ImportRequest,
  deps: ImportDeps,
  signal: AbortSignal,
): Promise<ImportResult> {
  const { name, source } = request;
  const before = (await deps.telemetry.checkpoints(name)).get(STREAM) ?? null;
  const reread = before !== null && isRereading(before, source);
  if (request.replace === true || reread) await deps.telemetry.forget(name);
  const checkpoint = request.replace === true || reread ? null : before;
  await saveConnection(request, deps);
  const { add, flush, counts } = createImporter(name, source.rows, deps);
  for await (const page of source.read(checkpoint, signal)) await add(page);
  await flush();
  await deps.telemetry.recordObservability(await observeSource(name, source, deps.telemetry));
  return {
    connection: name,
    unchanged: counts.pages === 0,
    rows: source.rows,
    seen: counts.seen,
    written: counts.written,
    older: counts.older,
    rejected: Object.fromEntries([...counts.codes].sort(([a], [b]) => (a < b ? -1 : 1))),
    tickets: source.tickets,
    since: source.coverage.since,
    until: source.coverage.until,
    unmapped: source.unmapped,
    notes: source.notes,
  };
}

/** The same bytes, read in another way: what the former reading made must not stay beside the new one. */
function isRereading(checkpoint: string, source: RecordSource): boolean {
  try {
    const old = JSON.parse(checkpoint) as Partial<SourceCheckpoint>;
    return old.content === source.content && old.digest !== source.digest;
  } catch {
    // Not a checkpoint of an import: a connection of another kind, which is added to.
    return false;
  }
}

async function saveConnection(request: ImportRequest, deps: ImportDeps): Promise<void> {
  const known = (await deps.ledger.connections()).find((row) => row.name === request.name);
  await deps.ledger.saveConnection({
    name: request.name,
    vendor: 'file',
    settings: request.settings,
    secret: 'none',
    allow_private: false,
    status: 'connected',
    created_at: known?.created_at ?? deps.clock(),
  });
}

/** Writes pages in batches with their checkpoint, and counts. */
function createImporter(name: string, total: number, deps: ImportDeps) {
  const counts = { pages: 0, seen: 0, written: 0, older: 0, aside: 0, codes: new Map<string, number>() };
  let batch = createPageBatch();
  const flush = async (): Promise<void> => {
    if (batch.checkpoint === null) return;
    const full = batch;
    batch = createPageBatch();
    const done = await deps.telemetry.commit({
      connection: name,
      stream: STREAM,
      checkpoint: full.checkpoint,
      records: full.records(),
      rejected: full.rejected,
      keepNewer: true,
    });
    counts.written += done.written;
    counts.older += done.older ?? 0;
    deps.progress({ seen: counts.seen, total, written: counts.written, rejected: counts.aside });
  };
  return {
    counts,
    flush,
    async add(page: ConnectorPage): Promise<void> {
      counts.pages += 1;
      counts.seen += page.seen;
      counts.aside += page.rejected.length;
      for (const { code } of page.rejected) counts.codes.set(code, (counts.codes.get(code) ?? 0) + 1);
      batch.add(page);
      if (batch.rows >= deps.batchRows) await flush();
    },
  };
}

/** One row for every evidence stream: what the source covers, and for the others why not. Several imports of one name add up. */
async function observeSource(name: string, source: RecordSource, telemetry: TelemetryStore): Promise<Observability[]> {
  const rows = await telemetry.rows(name);
  const aside = (await telemetry.setAside(name)).reduce((sum, one) => sum + one.times, 0);
  const before = new Map(
    (await telemetry.observability()).filter((o) => o.connection === name).map((o) => [o.stream, o]),
  );
  const { provides, absent, since, until } = source.coverage;
  // Rows of the file become changes in an event log and tickets otherwise: that is where set-aside rows are missing.
  const counted: StreamName = provides.events === undefined ? 'tickets' : 'events';
  return STREAMS.map((stream): Observability => {
    const fields = provides[stream];
    const old = before.get(stream);
    const stored = rows.get(STREAM_TABLES[stream][0]) ?? 0;
    if (fields === undefined)
      return old?.status === 'available'
        ? { ...old, rows: stored }
        : {
            connection: name,
            stream,
            status: 'absent',
            detail: absent[stream] ?? 'The source does not record it.',
            fields: [],
            since: null,
            until: null,
            rows: stored,
            rejected: 0,
            reconciled_share: null,
          };
    return {
      connection: name,
      stream,
      status: 'available',
      detail: null,
      fields: [...new Set([...fields, ...(old?.fields ?? [])])].sort(),
      since: earlier(since, old?.status === 'available' ? old.since : since),
      until: later(until, old?.until ?? null),
      rows: stored,
      rejected: stream === counted ? aside : 0,
      reconciled_share: stream === 'tickets' ? Math.min(1, stored / Math.max(1, source.tickets)) : null,
    };
  });
}

function earlier(a: Date | null, b: Date | null): Date | null {
  return a === null || b === null ? null : a < b ? a : b;
}

function later(a: Date, b: Date | null): Date {
  return b === null || a > b ? a : b;
}
