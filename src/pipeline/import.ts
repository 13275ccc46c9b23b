import { type Observability, STREAMS, type StreamName } from '../domain/observability.ts';
import type { SourceCheck } from '../domain/source-check.ts';
import { STREAM_TABLES } from '../domain/stream-tables.ts';
import { PlumblineError } from '../errors/index.ts';
import type { ConnectorPage } from '../kit/connector.ts';
import type { RecordSource, SourceCheckpoint } from '../kit/record-source.ts';
import type { Ledger, TelemetryStore } from '../store/ports.ts';
import { judgeCheck, type LossLimit } from './judge-check.ts';
import { createAsideLimit, createPageBatch } from './page-batch.ts';

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
  /** Loss of rows that is refused; left out: only a source of which nothing is left is. */
  readonly limit?: LossLimit;
}

export interface ImportResult {
  readonly connection: string;
  /** What the file is to the workspace, where it holds no tickets. */
  readonly role?: RecordSource['role'];
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
  /** The dry run that went before; null when nothing was read. */
  readonly check: SourceCheck | null;
}

interface ImportRequest {
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
  const anew = request.replace === true || reread;
  if (before !== null && !anew) await refuseOtherForm(request, deps);
  const checkpoint = anew ? null : before;
  const check = isDone(checkpoint, source) ? null : await source.check(signal);
  if (check !== null) judgeCheck(check, deps.limit ?? { maxLostShare: 1, acceptLoss: true });
  // Nothing is removed or written before the source has passed.
  if (anew) await deps.telemetry.forget(name);
  await saveConnection(request, deps, check);
  const { add, flush, counts } = createImporter(name, source.rows, deps);
  for await (const page of source.read(checkpoint, signal)) await add(page);
  await flush();
  await deps.telemetry.recordObservability(await observeSource(name, source, deps.telemetry));
  return {
    connection: name,
    ...(source.role === undefined ? {} : { role: source.role }),
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
    check,
  };
}

/** The last import of the name read this very content under this mapping to its end. */
function isDone(checkpoint: string | null, source: RecordSource): boolean {
  if (checkpoint === null) return false;
  try {
    const old = JSON.parse(checkpoint) as Partial<SourceCheckpoint>;
    return old.digest === source.digest && (old.after ?? null) === null;
  } catch {
    // Not a checkpoint of an import.
    return false;
  }
}

function formOf(settings: Record<string, unknown>): RecordSource['form'] | null {
  const form = settings.form as Partial<RecordSource['form']> | undefined;
  return typeof form?.mode === 'string' && Array.isArray(form.columns)
    ? { mode: form.mode, columns: form.columns }
    : null;
}

function describeForm(form: RecordSource['form']): string {
  const names = form.columns.slice(0, 8).join(', ');
  return `mode ${form.mode} with ${names}${form.columns.length > 8 ? ` and ${form.columns.length - 8} more` : ''}`;
}

/** Two files of other form are two things: added up they would be a third. */
async function refuseOtherForm({ name, source }: ImportRequest, deps: ImportDeps): Promise<void> {
  const known = (await deps.ledger.connections()).find((row) => row.name === name);
  const old = formOf(known?.settings ?? {});
  if (old === null) return;
  if (old.mode === source.form.mode && JSON.stringify(old.columns) === JSON.stringify(source.form.columns)) return;
  throw new PlumblineError(
    'OTHER_FORM',
    `${name} was imported from a file of another form: ${describeForm(old)}. This file is read as ${describeForm(source.form)}.`,
    `Import it under another --name, or with --replace to put it in the place of what ${name} holds.`,
    { where: name },
  );
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

async function saveConnection(request: ImportRequest, deps: ImportDeps, check: SourceCheck | null): Promise<void> {
  const known = (await deps.ledger.connections()).find((row) => row.name === request.name);
  const former = known?.settings.accepted_loss;
  const accepted =
    check !== null && deps.limit !== undefined && check.lost_share > deps.limit.maxLostShare
      ? { share: check.lost_share, rows: check.set_aside - check.superseded, at: deps.clock().toISOString() }
      : former;
  await deps.ledger.saveConnection({
    name: request.name,
    vendor: 'file',
    role: request.source.role ?? (known === undefined || known.role === 'deflection' ? 'desk' : known.role),
    settings: {
      ...request.settings,
      form: request.source.form,
      ...(accepted === undefined || (request.replace === true && accepted === former)
        ? {}
        : { accepted_loss: accepted }),
    },
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
  const limit = createAsideLimit();
  const flush = async (): Promise<void> => {
    if (batch.checkpoint === null) return;
    const full = batch;
    batch = createPageBatch();
    const done = await deps.telemetry.commit({
      connection: name,
      stream: STREAM,
      checkpoint: full.checkpoint,
      records: full.records(),
      rejected: limit.apply(full.rejected),
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
      for (const { code, stream, times = 1 } of page.rejected) {
        if (stream === STREAM) counts.aside += times;
        counts.codes.set(code, (counts.codes.get(code) ?? 0) + times);
      }
      batch.add(page);
      if (batch.rows + batch.rejected.length >= deps.batchRows) await flush();
    },
  };
}

/** One row for every evidence stream: what the source covers, and for the others why not. Several imports of one name add up. */
async function observeSource(name: string, source: RecordSource, telemetry: TelemetryStore): Promise<Observability[]> {
  const rows = await telemetry.rows(name);
  const aside = (await telemetry.setAside(name)).reduce(
    (sum, one) => (one.stream === STREAM ? sum + one.times : sum),
    0,
  );
  const before = new Map((await telemetry.observed(name)).map((o) => [o.stream, o]));
  const { provides, absent, since, until } = source.coverage;
  // Rows of the file become changes in an event log and tickets otherwise: that is where set-aside rows are missing.
  const counted: StreamName = provides.events === undefined ? 'tickets' : 'events';
  // A source of counts has no say on streams that it does not hold.
  const streams =
    source.role === undefined
      ? STREAMS
      : STREAMS.filter((stream) => before.has(stream) || provides[stream] !== undefined);
  return streams.map((stream): Observability => {
    const fields = provides[stream];
    const old = before.get(stream);
    const stored = STREAM_TABLES[stream]
      .slice(0, source.role === undefined ? 1 : undefined)
      .reduce((sum, table) => sum + (rows.get(table) ?? 0), 0);
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
