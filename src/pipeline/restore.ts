import { join } from 'node:path';
import { TABLE_NAMES } from '../domain/telemetry.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Operations, SealedSecrets } from '../store/operations-port.ts';
import type { OpensArchive, Remembered, Store, TelemetryArchive } from '../store/ports.ts';
import { checkEntries } from './backup-entries.ts';
import { badBackup } from './backup-failure.ts';
import { checkFiles, readLines, readManifest } from './backup-files.ts';
import {
  columnsHash,
  type LineOf,
  type LinesName,
  linesOfFormat,
  type Manifest,
  TELEMETRY_FOLDER,
} from './backup-format.ts';
import { endInvitation, type Paused, pauseConnection, pauseSchedule, pauseTarget } from './pause-restored.ts';

export interface RestoreDeps {
  /** Workspace to restore into; may have another name than the one that was backed up. */
  readonly workspace: string;
  readonly store: Store;
  readonly operations: Pick<
    Operations,
    | 'addWorkspace'
    | 'schedules'
    | 'saveSchedule'
    | 'removeSchedule'
    | 'noticeTargets'
    | 'saveNoticeTarget'
    | 'removeNoticeTarget'
    | 'now'
    | 'moves'
    | 'saveMove'
    | 'goals'
    | 'saveGoal'
    | 'invitations'
    | 'addInvitation'
    | 'clearPlans'
  >;
  readonly sealed: SealedSecrets;
  /** Secrets of the workspace to restore into. */
  readonly secrets: {
    read(reference: string): Promise<string>;
    adopt(name: string, from: string, sealed: string): Promise<void>;
    /** Whether a key at hand has signed a manifest. */
    hasSignedManifest(text: string, signature: NonNullable<Manifest['signature']>): boolean;
  };
  /** Takes a backup that no key at hand has signed: the caller knows where it comes from. */
  readonly trust: boolean;
  readonly openArchive: OpensArchive;
  /** Of the pseudonym key at hand, as in the manifest. */
  readonly pseudonymKeyId: string | null;
  readonly batchRows: number;
  /** A workspace that is not empty is emptied first. */
  readonly replace: boolean;
  readonly progress: (step: string) => void;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly rows: number;
  readonly snapshots: number;
  /** Digest of the telemetry as it is now in the store; compared with the backup. */
  readonly digest: string;
  /** Requesters erased here after the backup was made; they stay erased. */
  readonly erasedSince: number;
  /** Sealed secrets that the keys at hand do not open: connect again, or bring the key. */
  readonly closedSecrets: readonly string[];
  /** Who has signed the backup: a key at hand, another one, or nobody. */
  readonly signed: 'here' | 'elsewhere' | 'nowhere';
  /** What does nothing until somebody says so: schedules, secrets of this machine, private addresses. */
  readonly paused: readonly Paused[];
  /** False: new requesters get other hashes than those in the backup; bring the pseudonym key. */
  readonly samePseudonyms: boolean;
}

/** No connection can have this name. While it holds a cursor, a restore is under way or was cut off. */
const MARK = '.restore';
const EMPTY_BATCH = { records: {}, rejected: [] } as const;
const PAGE_LINES = 1_000;

async function* pagesOf<N extends LinesName>(folder: string, name: N): AsyncGenerator<LineOf<N>[]> {
  let page: LineOf<N>[] = [];
  for await (const line of readLines(folder, name)) {
    page.push(line);
    if (page.length < PAGE_LINES) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function erasedOf(facts: AsyncIterable<readonly Remembered[]>): Promise<Set<string>> {
  const erased = new Set<string>();
  for await (const page of facts) for (const fact of page) if (fact.kind === 'erased') erased.add(fact.key_hash);
  return erased;
}

/** Reads every line and compares the records with the manifest, before anything is touched. */
async function checkContent(folder: string, manifest: Manifest, archive: TelemetryArchive): Promise<void> {
  const files = new Map(manifest.files.map((file) => [file.path, file]));
  for (const name of linesOfFormat(manifest.format)) {
    if (!files.has(name)) throw badBackup(name, 'is not in the manifest');
    let lines = 0;
    for await (const _ of readLines(folder, name)) lines += 1;
    if (lines !== files.get(name)?.rows)
      throw badBackup(name, `has ${lines} lines instead of ${files.get(name)?.rows}`);
  }
  const rows = await archive.rows();
  for (const table of TABLE_NAMES) {
    const path = `${TELEMETRY_FOLDER}/${table}.parquet`;
    const expected = files.get(path)?.rows ?? 0;
    if (rows.get(table) !== expected) throw badBackup(path, `has ${rows.get(table)} rows instead of ${expected}`);
  }
  // Another version digests other columns; then the hashes of the files have to do.
  if (manifest.columns === columnsHash() && (await archive.digest(new Set())) !== manifest.telemetry_digest)
    throw badBackup(TELEMETRY_FOLDER, 'does not have the digest of the manifest');
}

async function whatIsThere(deps: RestoreDeps): Promise<string[]> {
  const { ledger, telemetry } = deps.store;
  const counts: [number, string][] = [
    [(await ledger.connections()).length, 'connections'],
    [(await ledger.snapshots()).length, 'snapshots'],
    [(await ledger.models()).length, 'models with answers'],
    [(await telemetry.observed()).length, 'streams'],
    [(await deps.operations.schedules(deps.workspace)).length, 'schedules'],
    [(await deps.operations.noticeTargets(deps.workspace)).length, 'notice targets'],
    [(await deps.operations.moves(deps.workspace, null)).length, 'moves'],
    [(await deps.operations.goals(deps.workspace)).length, 'target stages'],
    [(await deps.operations.invitations(deps.workspace)).length, 'invitations'],
  ];
  return counts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`);
}

async function emptyWorkspace(deps: RestoreDeps): Promise<void> {
  const { operations, sealed, store, workspace } = deps;
  for (const { name } of await operations.schedules(workspace)) await operations.removeSchedule(workspace, name);
  for (const { name } of await operations.noticeTargets(workspace))
    await operations.removeNoticeTarget(workspace, name);
  await operations.clearPlans(workspace);
  await store.ledger.clear();
  for (const one of await sealed.all()) if (one.workspace === workspace) await sealed.remove(workspace, one.name);
  // Last, since the mark of the restore goes with it.
  await store.telemetry.clear();
}

/** Makes room. Remains of a restore that was cut off go without a question. Errors: BAD_USAGE (not empty). */
async function makeRoom(deps: RestoreDeps): Promise<void> {
  const cutOff = (await deps.store.telemetry.checkpoints(MARK)).size > 0;
  const there = await whatIsThere(deps);
  if (there.length > 0 && !cutOff && !deps.replace)
    throw new PlumblineError(
      'BAD_USAGE',
      `The workspace ${deps.workspace} is not empty: ${there.join(', ')}.`,
      'Restore into another --workspace or --data folder, or pass --replace to remove what is there.',
      { where: deps.workspace },
    );
  await emptyWorkspace(deps);
}

async function loadTelemetry(archive: TelemetryArchive, deps: RestoreDeps): Promise<number> {
  let rows = 0;
  for (const table of TABLE_NAMES) {
    deps.progress(`Restoring ${table}`);
    for await (const { connection, records } of archive.read(table, deps.batchRows)) {
      const batch = { connection, stream: null, checkpoint: null, records, rejected: [] };
      const counts = await deps.store.telemetry.commit(batch);
      if (counts.rejected > 0)
        throw badBackup(`${TELEMETRY_FOLDER}/${table}.parquet`, `holds ${counts.rejected} records that are none`);
      rows += counts.written;
    }
  }
  return rows;
}

async function loadLedger(folder: string, format: Manifest['format'], { store: { ledger } }: RestoreDeps) {
  for await (const page of pagesOf(folder, 'ledger/answers.jsonl')) await ledger.addAnswers(page);
  for await (const page of pagesOf(folder, 'ledger/not_applicable.jsonl')) await ledger.addNotApplicable(page);
  if (linesOfFormat(format).includes('ledger/customer_pairs.jsonl'))
    for await (const page of pagesOf(folder, 'ledger/customer_pairs.jsonl')) await ledger.addCustomerPairs(page);
  if (linesOfFormat(format).includes('ledger/resolutions.jsonl'))
    for await (const page of pagesOf(folder, 'ledger/resolutions.jsonl')) await ledger.addResolutions(page);
  if (linesOfFormat(format).includes('ledger/models.jsonl'))
    for await (const page of pagesOf(folder, 'ledger/models.jsonl')) await ledger.saveModels(page);
  let snapshots = 0;
  for await (const { snapshot, created_at } of readLines(folder, 'ledger/snapshots.jsonl')) {
    await ledger.saveSnapshot(snapshot, created_at);
    snapshots += 1;
  }
  for await (const { run, digest, published_at } of readLines(folder, 'ledger/publications.jsonl')) {
    const snapshot = await ledger.snapshot(digest);
    if (snapshot === null) throw badBackup('ledger/publications.jsonl', `names a snapshot ${digest} that is not there`);
    await ledger.saveSnapshot(snapshot, published_at, run);
  }
  return snapshots;
}

/** In the same workspace a sealed text is kept as it is and may wait for its key; in another one it has to be opened and sealed anew. */
async function loadSecrets(folder: string, from: string, deps: RestoreDeps): Promise<string[]> {
  const closed: string[] = [];
  for await (const { name, sealed } of readLines(folder, 'secrets.jsonl')) {
    try {
      if (from === deps.workspace) {
        await deps.sealed.put(deps.workspace, name, sealed);
        await deps.secrets.read(`sealed:${name}`);
      } else await deps.secrets.adopt(name, from, sealed);
    } catch (error) {
      if (!(error instanceof PlumblineError) || error.code !== 'SECRET_MISSING') throw error;
      closed.push(name);
    }
  }
  return closed;
}

/** Errors: BAD_BACKUP for a backup that no key at hand has signed, unless it is trusted. */
function checkSignature({ digest, signature, plumbline }: Manifest, deps: RestoreDeps): Restored['signed'] {
  if (signature !== null && deps.secrets.hasSignedManifest(digest, signature)) return 'here';
  const signed = signature === null ? 'nowhere' : 'elsewhere';
  if (deps.trust) return signed;
  throw new PlumblineError(
    'BAD_BACKUP',
    signed === 'nowhere'
      ? `The backup is not signed: plumbline ${plumbline} made it before backups were, or no sealing key was at hand.`
      : `The backup is signed with key ${signature?.key}, which is not at hand.`,
    signed === 'nowhere'
      ? 'If you know where it comes from and that nobody changed it, restore it with --trust.'
      : 'Bring the sealing key of the installation that made it (PLUMBLINE_KEY or PLUMBLINE_KEY_PREVIOUS); or, if you know where it comes from, restore it with --trust.',
  );
}

/** What people want of the workspace, and whom they asked. Gives whose invitation no longer opens. */
async function loadPlans(folder: string, { operations, workspace }: RestoreDeps): Promise<Paused[]> {
  const found: Paused[] = [];
  const now = await operations.now();
  for await (const move of readLines(folder, 'moves.jsonl')) await operations.saveMove({ ...move, workspace });
  for await (const goal of readLines(folder, 'goals.jsonl')) await operations.saveGoal({ ...goal, workspace });
  for await (const invitation of readLines(folder, 'invitations.jsonl')) {
    const { row, paused } = endInvitation(invitation, workspace, now);
    await operations.addInvitation(row);
    if (paused !== null) found.push(paused);
  }
  return found;
}

/** What makes others act on the workspace comes last. Gives what was paused. */
async function loadRest(folder: string, deps: RestoreDeps): Promise<Paused[]> {
  const found: Paused[] = [];
  const { operations, store, workspace } = deps;
  for await (const page of pagesOf(folder, 'remembered.jsonl')) await store.telemetry.remember(page);
  for await (const { connection, stream, checkpoint } of readLines(folder, 'cursors.jsonl'))
    await store.telemetry.commit({ connection, stream, checkpoint, ...EMPTY_BATCH });
  for await (const page of pagesOf(folder, 'observability.jsonl')) await store.telemetry.recordObservability(page);
  for await (const line of readLines(folder, 'ledger/connections.jsonl')) {
    const { row, paused } = pauseConnection(line, workspace);
    await store.ledger.saveConnection(row);
    if (paused !== null) found.push(paused);
  }
  await operations.addWorkspace(workspace);
  for await (const target of readLines(folder, 'notice_targets.jsonl')) {
    const { row, paused } = pauseTarget({ ...target, workspace });
    await operations.saveNoticeTarget(row);
    if (paused !== null) found.push(paused);
  }
  return found;
}

async function load(
  folder: string,
  manifest: Manifest,
  archive: TelemetryArchive,
  signed: Restored['signed'],
  deps: RestoreDeps,
): Promise<Restored> {
  const { telemetry } = deps.store;
  const erasedHere = await erasedOf(telemetry.remembered());
  const erasedThere = await erasedOf(pagesOf(folder, 'remembered.jsonl'));
  await telemetry.commit({ connection: MARK, stream: 'restore', checkpoint: manifest.digest, ...EMPTY_BATCH });
  const rows = await loadTelemetry(archive, deps);
  deps.progress('Restoring the ledger');
  const snapshots = await loadLedger(folder, manifest.format, deps);
  const closedSecrets = await loadSecrets(folder, manifest.workspace, deps);
  const found = await loadRest(folder, deps);
  if (linesOfFormat(manifest.format).includes('moves.jsonl')) found.push(...(await loadPlans(folder, deps)));
  deps.progress('Checking what was restored');
  const digest = await telemetry.digest();
  if (digest !== (await archive.digest(new Set([...erasedHere, ...erasedThere]))))
    throw new PlumblineError(
      'STORE_FAILED',
      'The restored telemetry is not that of the backup; somebody else wrote to the workspace meanwhile.',
      'Stop what works on the workspace and restore again.',
    );
  await telemetry.forget(MARK);
  for await (const schedule of readLines(folder, 'schedules.jsonl')) {
    const { row, paused } = pauseSchedule({ ...schedule, workspace: deps.workspace });
    await deps.operations.saveSchedule(row);
    if (paused !== null) found.push(paused);
  }
  return {
    manifest,
    rows,
    snapshots,
    digest,
    erasedSince: [...erasedHere].filter((hash) => !erasedThere.has(hash)).length,
    closedSecrets,
    signed,
    paused: found,
    samePseudonyms: manifest.pseudonym_key === null || manifest.pseudonym_key === deps.pseudonymKeyId,
  };
}

/**
 * Restores a backup into an empty workspace of either engine, in bounded batches, and compares the digest of the telemetry with the
 * backup. Everything is checked before anything is touched; a restore that fails leaves the workspace empty, and one that was
 * killed is cleared away by the next. Only the files that a backup knows are read, no link is followed, and the manifest has to be signed
 * by a key at hand unless `trust` is set. What reaches beyond the workspace comes back paused (`paused`). Requesters that were erased here stay erased, whatever the backup holds.
 * Errors: BAD_BACKUP (file and place), BAD_USAGE (workspace not empty), those of the store.
 */
export async function restoreBackup(folder: string, deps: RestoreDeps): Promise<Restored> {
  deps.progress('Checking the backup');
  const manifest = await readManifest(folder);
  const signed = checkSignature(manifest, deps);
  await checkEntries(folder, manifest.files);
  await checkFiles(folder, manifest.files);
  const archive = await deps.openArchive(join(folder, TELEMETRY_FOLDER));
  try {
    await checkContent(folder, manifest, archive);
    await makeRoom(deps);
    try {
      return await load(folder, manifest, archive, signed, deps);
    } catch (error) {
      await emptyWorkspace(deps);
      throw error;
    }
  } finally {
    await archive.close();
  }
}
