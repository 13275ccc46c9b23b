import { rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TABLE_NAMES } from '../domain/telemetry.ts';
import type { Operations, SealedSecrets } from '../store/operations-port.ts';
import type { OpensArchive, Store } from '../store/ports.ts';
import { flushFolder, preparePart, sealFile, withFiles, writeLines } from './backup-files.ts';
import {
  BACKUP_FORMAT,
  type BackupFile,
  columnsHash,
  type LineOf,
  MANIFEST,
  type Manifest,
  manifestDigest,
  TELEMETRY_FOLDER,
} from './backup-format.ts';

interface BackupDeps {
  readonly workspace: string;
  /** Version of the program. */
  readonly version: string;
  readonly store: Store;
  readonly operations: Pick<Operations, 'schedules' | 'noticeTargets' | 'moves' | 'goals' | 'invitations'>;
  readonly sealed: Pick<SealedSecrets, 'all'>;
  readonly openArchive: OpensArchive;
  /** Signs the digest of the manifest; null where no key is at hand. */
  readonly signManifest: (text: string) => Manifest['signature'];
  /** Tells one pseudonym key from another without showing it; null when there is none at hand. */
  readonly pseudonymKeyId: string | null;
  readonly now: Date;
  readonly progress: (step: string) => void;
}

/** Times that the telemetry is written again because somebody committed in between. */
const ATTEMPTS = 3;

interface Telemetry {
  readonly files: readonly BackupFile[];
  readonly digest: string;
  readonly settled: boolean;
}

async function cursorsOf(store: Store): Promise<LineOf<'cursors.jsonl'>[]> {
  const lines: LineOf<'cursors.jsonl'>[] = [];
  for (const { name } of await store.ledger.connections())
    for (const [stream, checkpoint] of await store.telemetry.checkpoints(name))
      lines.push({ connection: name, stream, checkpoint });
  return lines;
}

async function writeTables(part: string, deps: BackupDeps): Promise<BackupFile[]> {
  const files: BackupFile[] = [];
  for (const table of TABLE_NAMES) {
    deps.progress(`Writing ${table}`);
    const path = `${TELEMETRY_FOLDER}/${table}.parquet`;
    const rows = await withFiles(path, () => deps.store.telemetry.exportTable(table, 'parquet', join(part, path)));
    files.push(await sealFile(part, path, rows));
  }
  return files;
}

/**
 * Cursors and what can be seen are read first, then the records: what is committed in between makes records newer than their cursor, so
 * that they are read again after a restore and nothing is skipped. Where the digest of the files is the one that the store had before,
 * all of it is of one instant; else it is tried again, and a store that is never at rest is said to be so.
 */
async function writeTelemetry(part: string, deps: BackupDeps): Promise<Telemetry> {
  const { telemetry } = deps.store;
  for (let attempt = 1; ; attempt++) {
    const cursors = await writeLines(part, 'cursors.jsonl', await cursorsOf(deps.store));
    const seen = await writeLines(part, 'observability.jsonl', await telemetry.observed());
    const before = await telemetry.digest();
    const tables = await writeTables(part, deps);
    deps.progress('Checking what was written');
    const archive = await deps.openArchive(join(part, TELEMETRY_FOLDER));
    try {
      const digest = await archive.digest(new Set());
      const settled = digest === before;
      if (settled || attempt === ATTEMPTS) return { files: [cursors, seen, ...tables], digest, settled };
    } finally {
      await archive.close();
    }
  }
}

async function* rememberedOf(store: Store) {
  for await (const page of store.telemetry.remembered()) yield* page;
}

async function* answersOf(store: Store) {
  for (const model of await store.ledger.models()) yield* await store.ledger.answers(model);
}

async function* notApplicableOf(store: Store) {
  for (const model of await store.ledger.models()) yield* await store.ledger.notApplicable(model);
}

async function* resolutionsOf(store: Store) {
  for (const model of await store.ledger.models()) yield* await store.ledger.resolutions(model);
}

async function* snapshotsOf(store: Store) {
  for (const { digest, created_at } of await store.ledger.snapshots()) {
    const snapshot = await store.ledger.snapshot(digest);
    if (snapshot !== null) yield { created_at, snapshot };
  }
}

/** Publications are read before their snapshots are: one that appears in between is not in the backup, never without its snapshot. */
async function writeLedger(part: string, store: Store): Promise<BackupFile[]> {
  return [
    await writeLines(part, 'ledger/connections.jsonl', await store.ledger.connections()),
    await writeLines(part, 'ledger/customer_pairs.jsonl', await store.ledger.customerPairs()),
    await writeLines(part, 'ledger/answers.jsonl', answersOf(store)),
    await writeLines(part, 'ledger/not_applicable.jsonl', notApplicableOf(store)),
    await writeLines(part, 'ledger/resolutions.jsonl', resolutionsOf(store)),
    await writeLines(part, 'ledger/publications.jsonl', await store.ledger.publications()),
    await writeLines(part, 'ledger/snapshots.jsonl', snapshotsOf(store)),
    await writeLines(part, 'ledger/models.jsonl', await store.ledger.modelDocuments()),
  ];
}

async function writeRest(part: string, deps: BackupDeps): Promise<BackupFile[]> {
  const { operations, workspace } = deps;
  const sealed = (await deps.sealed.all()).filter((one) => one.workspace === workspace);
  return [
    await writeLines(part, 'remembered.jsonl', rememberedOf(deps.store)),
    await writeLines(
      part,
      'secrets.jsonl',
      sealed.map(({ name, sealed: text }) => ({ name, sealed: text })),
    ),
    await writeLines(part, 'schedules.jsonl', await operations.schedules(workspace)),
    await writeLines(part, 'notice_targets.jsonl', await operations.noticeTargets(workspace)),
    await writeLines(part, 'moves.jsonl', await operations.moves(workspace, null)),
    await writeLines(part, 'goals.jsonl', await operations.goals(workspace)),
    await writeLines(
      part,
      'invitations.jsonl',
      (await operations.invitations(workspace)).map(({ hash: _link, ...row }) => row),
    ),
  ];
}

async function writeManifest(
  part: string,
  rest: Omit<Manifest, 'digest' | 'signature'>,
  sign: BackupDeps['signManifest'],
): Promise<Manifest> {
  const digest = manifestDigest(rest);
  const manifest: Manifest = { ...rest, digest, signature: sign(digest) };
  await writeLines(part, MANIFEST, [manifest]);
  return manifest;
}

async function publish(part: string, folder: string): Promise<void> {
  for (const inner of [TELEMETRY_FOLDER, 'ledger', '.']) await flushFolder(join(part, inner));
  await withFiles(folder, async () => {
    // An empty folder of that name may be there; not every system renames over it.
    await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(part, folder);
  });
  await flushFolder(dirname(folder));
}

/**
 * Writes everything of a workspace into a new folder, the same from every engine: telemetry as parquet, the rest as JSON lines, and a
 * signed manifest with a hash of each file, readable by their owner only. Sealed secrets stay sealed; keys, access tokens, the journal of runs and the audit log are not in it.
 * The folder gets its name when it is whole; until then it is `<folder>.part`.
 * Errors: BAD_USAGE (the folder is there), STORE_FAILED (disk), those of the store.
 */
export async function backUp(folder: string, deps: BackupDeps): Promise<Manifest> {
  const part = await preparePart(folder);
  try {
    const telemetry = await writeTelemetry(part, deps);
    deps.progress('Writing the ledger');
    // After the telemetry: who is erased meanwhile is in the list, and restoring unlinks the records.
    const files = [...telemetry.files, ...(await writeLedger(part, deps.store)), ...(await writeRest(part, deps))];
    const rest: Omit<Manifest, 'digest' | 'signature'> = {
      format: BACKUP_FORMAT,
      plumbline: deps.version,
      workspace: deps.workspace,
      created_at: deps.now.toISOString(),
      telemetry_digest: telemetry.digest,
      columns: columnsHash(),
      pseudonym_key: deps.pseudonymKeyId,
      settled: telemetry.settled,
      files,
    };
    const manifest = await writeManifest(part, rest, deps.signManifest);
    await publish(part, folder);
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}
