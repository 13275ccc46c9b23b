import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Meaning } from '../../domain/meaning.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { type LedgerSql, sqlLedger } from '../ledger.ts';
import type { Store } from '../ports.ts';
import { Database, type Session } from './database.ts';
import { storeFailure } from './failure.ts';
import { KeptResults } from './kept-results.ts';
import { acquireLock, assertUnlocked } from './lock.ts';
import type { PackGuard } from './measure-session.ts';
import { assertCurrent, migrate } from './migrations.ts';
import { PackSandbox, sweepPackFolders, type TrustsPack } from './pack/pack-sandbox.ts';
import { duckdbTelemetry } from './telemetry.ts';

export interface DuckdbStoreOptions {
  /** Data folder; holds the database, the lock, what the engine spills and files on their way out. */
  readonly dataDir: string;
  /** Name of the workspace that the folder holds; the rows of the ledger carry it. */
  readonly workspace: string;
  /** Source of the current instant, for records of migrations and the lock. */
  readonly clock: () => Date;
  /** Open to read only: several processes may, as long as nobody writes. */
  readonly readonly?: boolean;
  /** Memory that the engine may use before it spills, engine syntax. Default 2GB. */
  readonly memoryLimit?: string;
  /** Threads of the engine. Default 1. */
  readonly threads?: number;
  /** Checks SQL of a rule pack before it runs; `serialise` gives the engine's own syntax tree of it as JSON. */
  readonly guard?: PackGuard;
  /** SQL of packs that may run in this process; none where nobody says so. */
  readonly trusts?: TrustsPack;
  /** What people stated things to be. Default nothing. */
  readonly meanings?: readonly Meaning[];
  /** Tells this very program from every other build of it: without, no results are kept. */
  readonly program?: () => Promise<string | null>;
}

export interface MemoryStoreOptions {
  /** Default `default`. */
  readonly workspace?: string;
  readonly clock?: () => Date;
  readonly guard?: PackGuard;
  readonly trusts?: TrustsPack;
  /** What people stated things to be. Default nothing. */
  readonly meanings?: readonly Meaning[];
  /** Memory in megabytes of the engine that runs foreign SQL of packs. Default 1024. */
  readonly packMemoryMb?: number;
  readonly threads?: number;
  readonly program?: () => Promise<string | null>;
}

const DATABASE_FILE = 'plumbline.duckdb';
const DEFAULT_MEMORY = '2GB';
const DEFAULT_THREADS = 1;
const EPOCH = new Date(0);

function ledgerOver(session: Session): LedgerSql {
  const fail = (error: unknown) => Promise.reject(storeFailure('working on the ledger', error));
  return {
    read: (sql, params) => session.rows(sql, params).catch(fail),
    write: (statements) =>
      session
        .transaction(async (tx) => {
          for (const { sql, params } of statements) await tx.rows(sql, params);
        })
        .catch(fail),
  };
}

async function storeOver(
  database: Database,
  options: {
    workspace: string;
    guard?: PackGuard;
    trusts?: TrustsPack;
    meanings?: readonly Meaning[];
    packMemoryMb?: number;
    program?: () => Promise<string | null>;
    release: () => void;
  },
): Promise<Store> {
  const session = await database.connect();
  const { exchangeDir, threads } = database.settings;
  const sandbox = new PackSandbox({
    exchangeDir,
    threads,
    ...(options.trusts === undefined ? {} : { trusts: options.trusts }),
    ...(options.packMemoryMb === undefined ? {} : { memoryMb: options.packMemoryMb }),
  });
  const kept = new KeptResults(session, {
    program: options.program ?? (async () => null),
    readonly: database.settings.readonly,
  });
  return {
    telemetry: duckdbTelemetry(database, session, sandbox, options.guard, options.meanings ?? [], kept),
    ledger: sqlLedger(ledgerOver(session), options.workspace),
    async close() {
      // Waits for what is still running on the writing connection.
      await session.inTurn(async () => undefined);
      sandbox.close();
      database.close();
      options.release();
    },
  };
}

/** Brings the database up to date and takes everything away from its SQL that it does not need. */
export async function prepareDatabase(
  database: Database,
  options: { readonly: boolean; now: Date; workspace: string },
): Promise<void> {
  const session = await database.connect();
  if (options.readonly) await assertCurrent(session);
  else await migrate(session, options.now, options.workspace);
  await database.harden(session);
  database.disconnect(session);
}

/** The engine's own lock speaks of a process that opened the file without our lock. */
function openingFailure(dataDir: string, error: unknown): PlumblineError {
  const message = error instanceof Error ? error.message : String(error);
  if (!/could not set lock|conflicting lock/i.test(message))
    return storeFailure('opening', error, join(dataDir, DATABASE_FILE));
  const holder = /Conflicting lock is held in (.*?\(PID \d+\))/.exec(message)?.[1] ?? 'another process';
  return new PlumblineError(
    'STORE_LOCKED',
    `The data folder ${dataDir} is held by ${holder}.`,
    'Wait until it ends, or end it; then run the command again.',
    { where: dataDir, cause: error },
  );
}

function takeFolder(dataDir: string, options: DuckdbStoreOptions): () => void {
  if (options.readonly !== true) return acquireLock(dataDir, options.clock());
  if (!existsSync(join(dataDir, DATABASE_FILE)))
    throw new PlumblineError(
      'NO_DATA',
      `There is no store in ${dataDir}.`,
      'Connect a helpdesk or import a file first.',
    );
  assertUnlocked(dataDir);
  return () => undefined;
}

/**
 * Opens the embedded store of a data folder, makes it where there is none and brings it up to date. One process at a time may hold it
 * for writing; keep the store open for as long as the process works on it, and close it once.
 * Errors: STORE_LOCKED (another process holds the folder; named), STORE_NEWER, NO_DATA (nothing to read only), STORE_FAILED.
 */
export async function openDuckdbStore(options: DuckdbStoreOptions): Promise<Store> {
  const dataDir = resolve(options.dataDir);
  const readonly = options.readonly === true;
  const release = takeFolder(dataDir, options);
  let database: Database | null = null;
  try {
    const exchangeDir = join(dataDir, 'exchange');
    const spillDir = join(dataDir, 'spill');
    if (!readonly) for (const dir of [exchangeDir, spillDir]) mkdirSync(dir, { recursive: true, mode: 0o700 });
    database = await Database.open({
      path: join(dataDir, DATABASE_FILE),
      readonly,
      memoryLimit: options.memoryLimit ?? DEFAULT_MEMORY,
      threads: options.threads ?? DEFAULT_THREADS,
      spillDir,
      exchangeDir,
    });
    if (!readonly) sweepPackFolders(exchangeDir);
    await prepareDatabase(database, { readonly, now: options.clock(), workspace: options.workspace });
    return await storeOver(database, { ...options, release });
  } catch (error) {
    database?.close();
    release();
    throw openingFailure(dataDir, error);
  }
}

/** A store that lives in memory and ends with its process: for tests and the cases of rule packs. Otherwise the same in all. */
export async function openMemoryStore(options: MemoryStoreOptions = {}): Promise<Store> {
  const exchangeDir = join(tmpdir(), `plumbline-${randomUUID()}`);
  const database = await Database.open({
    path: ':memory:',
    readonly: false,
    memoryLimit: DEFAULT_MEMORY,
    threads: options.threads ?? DEFAULT_THREADS,
    spillDir: null,
    exchangeDir,
  });
  const workspace = options.workspace ?? 'default';
  await prepareDatabase(database, { readonly: false, now: options.clock?.() ?? EPOCH, workspace });
  return storeOver(database, {
    ...options,
    workspace,
    release: () => rmSync(exchangeDir, { recursive: true, force: true }),
  });
}
