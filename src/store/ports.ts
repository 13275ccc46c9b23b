import type { Answer } from '../domain/assessment.ts';
import type { Table } from '../domain/columns.ts';
import type { ConnectionRole } from '../domain/connection-role.ts';
import type { CustomerPair } from '../domain/customer-pair.ts';
import type { Meaning } from '../domain/meaning.ts';
import type { NotApplicable } from '../domain/not-applicable.ts';
import type { Observability, SetAside, SetAsideTimes, StreamName } from '../domain/observability.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { StoredSnapshot } from '../domain/snapshot.ts';
import type { SqlRow, SqlSession } from '../domain/sql-session.ts';
import type { TableName, TelemetryBatch, TelemetryRecord } from '../domain/telemetry.ts';
import type { Headline } from '../domain/verdict.ts';

/** A batch is there whole, with its cursor, or not at all. Writing it twice changes nothing. */
export interface TelemetryCommit {
  readonly connection: string;
  /** Vendor stream whose cursor moves; null = records only (import without a cursor). */
  readonly stream: string | null;
  readonly checkpoint: string | null;
  /** Cursor that the batch was read from. Where it is given and the store holds another one, somebody else moved on: CURSOR_MOVED. */
  readonly previous?: string | null;
  readonly records: TelemetryBatch;
  readonly rejected: readonly SetAsideTimes[];
  /** Tables whose rows of this connection are replaced as a whole (configuration streams): rows not in the batch are removed. */
  readonly replace?: readonly TableName[];
  /** Tickets of which the store holds a state with a later `updated_at` are left out with their parts (files come in any order). */
  readonly keepNewer?: boolean;
}

export interface CommitCounts {
  readonly written: number;
  /** Records set aside. */
  readonly rejected: number;
  /** Cells of records that were kept without them; only given when there are some. */
  readonly cells?: number;
  /** Tickets left out because of `keepNewer`; only given when it was asked for. */
  readonly older?: number;
}

/** A result that was worked out of the telemetry, under a key that says of what else it was made. */
export interface KeptResult {
  /** What was kept; null when nothing was, or the telemetry was written to since. */
  readonly text: string | null;
  /** Keeps a text until the telemetry is written to; keeps nothing when that has happened since the key was asked for. */
  keep(text: string): Promise<void>;
}

export interface TelemetryStore {
  /** What people stated things to be (plumbline.yaml); in force in every measurement. */
  readonly meanings: readonly Meaning[];
  commit(batch: TelemetryCommit): Promise<CommitCounts>;
  /** Last committed checkpoint per vendor stream of a connection. */
  checkpoints(connection: string): Promise<ReadonlyMap<string, string>>;
  rows(connection: string): Promise<ReadonlyMap<TableName, number>>;
  setAside(connection: string): Promise<readonly (SetAside & { readonly times: number })[]>;
  /** What the desks can show. Connections beside them (src/domain/connection-role.ts) are left out: nothing is judged by them. */
  observability(): Promise<readonly Observability[]>;
  /** What every connection can show, or one of them, whatever its role: for keeping books. */
  observed(connection?: string): Promise<readonly Observability[]>;
  recordObservability(rows: readonly Observability[]): Promise<void>;
  /** Removes one connection's telemetry, cursors and observability. */
  forget(connection: string): Promise<void>;
  /** SHA-256 over all telemetry rows in key order: equal stores give equal digests, whatever the order of writing. */
  digest(connection?: string): Promise<string>;
  /**
   * Runs `work` over the measure views of `asOf` (docs/measure-views.md), which hold the records of desks only; they are private to the session and dropped afterwards.
   * `horizon` = earliest instant that the work looks at: tickets that ended before it may be left out. `settled` = of configuration only
   * what says that it was last changed before `asOf`, and of that nothing that counts its use.
   */
  measure<T>(
    span: { readonly asOf: Date; readonly horizon: Date; readonly settled?: boolean },
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T>;
  /** What was kept under `key` by this very program; stores that keep nothing always say null. */
  kept(key: string): Promise<KeptResult>;
  find<T extends TableName>(table: T, connection: string, ticketId: string): Promise<readonly TelemetryRecord<T>[]>;
  /**
   * Unlinks a requester for good: every column that holds the key (a pseudonym) becomes null, here and in whatever is written later.
   * Gives rows changed. Only a hash of the key is kept, to know it again.
   */
  eraseRequester(key: string): Promise<number>;
  /** Rows that hold the pseudonym, by table; only tables that can hold one. */
  requesterRows(key: string): Promise<ReadonlyMap<TableName, number>>;
  /**
   * Retention: removes the tickets that ended (solved, closed or deleted) before the instant with their events, messages, clocks, surveys and
   * links; gives tickets removed. One whose end is not known stays. A removed ticket that a later sync brings again is kept out until
   * the vendor shows a change of it that is neither before `before` nor already known (docs/decisions/2026-11-22-postgres-store.md).
   */
  expireTickets(before: Date): Promise<number>;
  /** Writes one table as parquet, jsonl or csv to `path`; returns rows. */
  exportTable(table: TableName, format: 'parquet' | 'jsonl' | 'csv', path: string): Promise<number>;
  /**
   * Writes measure views of `asOf` (docs/measure-views.md), each as described, to `pathOf` its name; returns rows by name. `horizon` as in `measure`:
   * tickets that ended before it may be left out.
   */
  exportViews(
    span: { readonly asOf: Date; readonly horizon: Date },
    views: readonly Table[],
    format: 'parquet' | 'jsonl' | 'csv',
    pathOf: (view: string) => string,
  ): Promise<ReadonlyMap<string, number>>;
  /** Writes rows of the described table in the same forms to `path`; returns rows. */
  exportRows(table: Table, rows: readonly SqlRow[], format: 'parquet' | 'jsonl' | 'csv', path: string): Promise<number>;
  /** What the store remembers beside records, cursors and observability, in pages of bounded size; for a backup. */
  remembered(): AsyncIterable<readonly Remembered[]>;
  /** Takes such facts in; twice is once, a later bound of retention wins. Rows of requesters named as erased are unlinked. */
  remember(facts: readonly Remembered[]): Promise<void>;
  /** Removes all telemetry, cursors, observability and what is remembered, but for the hashes of erased requesters: nobody comes back. */
  clear(): Promise<void>;
}

/** A fact that no record holds. */
export type Remembered =
  | { readonly kind: 'erased'; readonly key_hash: string }
  | { readonly kind: 'retention'; readonly before: Date }
  | {
      readonly kind: 'expired';
      readonly connection: string;
      readonly ticket_id: string;
      readonly updated_at: Date | null;
    }
  | ({ readonly kind: 'set_aside'; readonly connection: string; readonly times: number } & SetAside);

/** Telemetry as the parquet files of a backup hold it, read in place. */
export interface TelemetryArchive {
  /** Rows of each table; a table whose file is missing has none. */
  rows(): Promise<ReadonlyMap<TableName, number>>;
  /** As `TelemetryStore.digest`, of what the files hold when the requesters of these hashes are unlinked. */
  digest(erased: ReadonlySet<string>): Promise<string>;
  /** Records in key order, at most `batchRows` at a time, each batch of one connection. */
  read(
    table: TableName,
    batchRows: number,
  ): AsyncIterable<{ readonly connection: string; readonly records: TelemetryBatch }>;
  close(): Promise<void>;
}

/** Opens the parquet files `<table>.parquet` of a folder. Errors: BAD_BACKUP (a file or a column that does not fit, named). */
export type OpensArchive = (folder: string) => Promise<TelemetryArchive>;

export interface ConnectionRow {
  readonly name: string;
  readonly vendor: string;
  readonly role: ConnectionRole;
  /** Parsed by the connector's own settings schema; no secret in it. */
  readonly settings: Record<string, unknown>;
  /** `env:NAME`, `file:PATH`, `sealed:NAME` (encrypted beside the store) or `none`. */
  readonly secret: string;
  readonly allow_private: boolean;
  /** disconnected = kept for its history; its evidence ages. */
  readonly status: 'connected' | 'disconnected';
  readonly created_at: Date;
}

export interface SnapshotHead {
  readonly digest: string;
  /** The model that was asked for; without one, the model that comes first in the snapshot. */
  readonly model: string;
  readonly as_of: Date;
  readonly created_at: Date;
}

/** What one model says in a kept snapshot, as far as every kind of model has it. */
export interface VerdictHead extends SnapshotHead {
  readonly version: number;
  /** Of the model document. */
  readonly hash: string;
  readonly kind: string;
  readonly headline: Headline;
}

/** The content of a model as it judged; `hash` is the SHA-256 of `text`, which is canonical JSON. */
export interface ModelDocument {
  readonly hash: string;
  readonly text: string;
}

/** The one result of a run of a schedule. Two runs that saw the same data publish the same digest. */
export interface Publication {
  readonly run: string;
  readonly digest: string;
  readonly model: string;
  readonly published_at: Date;
}

export interface Ledger {
  connections(): Promise<readonly ConnectionRow[]>;
  saveConnection(row: ConnectionRow): Promise<void>;
  /** What people said of whom is whom at sources of customers, in order of desk, source and organisation. */
  customerPairs(): Promise<readonly CustomerPair[]>;
  /** Adds pairs; an organisation has one customer a source, and the later word stands. */
  addCustomerPairs(pairs: readonly CustomerPair[]): Promise<void>;
  /** All pairs of one desk and one source, in the place of those that were there. */
  replaceCustomerPairs(of: Pick<CustomerPair, 'desk' | 'source'>, pairs: readonly CustomerPair[]): Promise<void>;
  /** Every answer ever given, oldest first. */
  answers(model: string): Promise<readonly Answer[]>;
  addAnswers(answers: readonly Answer[]): Promise<void>;
  /** Models that answers, statements of not-applicable or resolutions speak of. */
  models(): Promise<readonly string[]>;
  notApplicable(model: string): Promise<readonly NotApplicable[]>;
  addNotApplicable(rows: readonly NotApplicable[]): Promise<void>;
  /** Every resolution ever made of statements of a model, ended ones too, oldest first. */
  resolutions(model: string): Promise<readonly Resolution[]>;
  /** One of the same id is replaced. */
  addResolutions(rows: readonly Resolution[]): Promise<void>;
  /** Ends a resolution; one that has ended stays as it is. */
  endResolution(id: string, at: Date, why: NonNullable<Resolution['ended']>): Promise<void>;
  /**
   * Idempotent: a snapshot of the same digest is stored once. With `run`, the snapshot and its publication by that run are written
   * together, and only the first publication of a run stands: gives the digest that the run has published.
   */
  saveSnapshot(snapshot: StoredSnapshot, createdAt: Date, run?: string): Promise<string>;
  /** What a run has published; null when it has not. */
  publication(run: string): Promise<Publication | null>;
  /** Every publication, in order of publishing. */
  publications(): Promise<readonly Publication[]>;
  /** Snapshots that the model judged, or all; oldest instant first. */
  snapshots(model?: string): Promise<readonly SnapshotHead[]>;
  /** Verdicts of every model, or of one; oldest instant first. */
  verdicts(model?: string): Promise<readonly VerdictHead[]>;
  /** Errors: BAD_SNAPSHOT for one of an unknown schema. */
  snapshot(digest: string): Promise<StoredSnapshot | null>;
  /** Latest snapshot that the model judged with as_of at or before the instant. Errors: BAD_SNAPSHOT. */
  latestSnapshot(model: string, asOf: Date): Promise<StoredSnapshot | null>;
  /** Keeps the documents of models; one that is there stays as it is. */
  saveModels(documents: readonly ModelDocument[]): Promise<void>;
  /** Null for a model that judged before documents were kept. */
  modelDocument(hash: string): Promise<ModelDocument | null>;
  /** Every document, by hash. */
  modelDocuments(): Promise<readonly ModelDocument[]>;
  /** Removes everything in it; for restoring. */
  clear(): Promise<void>;
}

export interface Store {
  readonly telemetry: TelemetryStore;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

export type { StreamName };
