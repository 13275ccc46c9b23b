import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WorkspaceName } from '../../domain/operations.ts';
import { Database, type Session } from '../duckdb/database.ts';
import { storeFailure } from '../duckdb/failure.ts';
import type { Operations } from '../operations-port.ts';
import { alternatingFile } from './alternating-file.ts';
import { migrateOperations, type OperationsDialect } from './migrations.ts';
import type { OperationsSql, Statements } from './operations-sql.ts';
import { sqlOperations } from './sql-operations.ts';

const DUCKDB: OperationsDialect = { instant: 'TIMESTAMP', indexes: false };
/** A folder of the data folder that holds this is a workspace. */
const STORE_FILE = 'plumbline.duckdb';

type Uses = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

function operationsOver(use: Uses, clock: { now(): Date }, close: () => Promise<void>): Operations {
  const guarded: Uses = (work) =>
    use((session) => work(session).catch((error) => Promise.reject(storeFailure('working on the journal', error))));
  const db: OperationsSql = {
    rows: (sql, params = []) => guarded((session) => session.rows(sql, params)),
    transaction: (work) => guarded((session) => session.transaction((sql) => work(sql as Statements))),
    skipLocked: '',
    now: async () => clock.now(),
    close,
  };
  return sqlOperations(db);
}

async function bringUp(session: Session, clock: { now(): Date }): Promise<void> {
  await session.transaction((sql) => migrateOperations(sql, DUCKDB, clock.now()));
}

function storeFolders(dataDir: string): string[] {
  if (!existsSync(dataDir)) return [];
  return readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && WorkspaceName.safeParse(entry.name).success)
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(dataDir, name, STORE_FILE)));
}

export interface EmbeddedOperationsOptions {
  /** Data folder; the journal lies in its folder `operations`. */
  readonly dataDir: string;
  readonly clock: { now(): Date };
}

/**
 * The journal of the embedded mode: a database file that is opened for each transaction and given back 0.2 s after the last one, so
 * that `serve`, `work` and commands can use it in turns. Its workspaces include the folders that hold a store.
 * Nothing is opened before the first use. Errors of every method: STORE_LOCKED when another process keeps it for more than 5 s.
 */
export function openEmbeddedOperations(options: EmbeddedOperationsOptions): Operations {
  const dataDir = resolve(options.dataDir);
  const { clock } = options;
  // A folder inside `operations`, so that a workspace of that name has a lock of its own.
  const file = alternatingFile({
    dir: join(dataDir, 'operations', 'journal'),
    // The engine names a database after its file: not `operations`, as its schema is called.
    file: 'journal.duckdb',
    clock,
    prepare: (session) => bringUp(session, clock),
  });
  const operations = operationsOver(
    (work) => file.use(work),
    clock,
    () => file.close(),
  );
  return {
    ...operations,
    async workspaces() {
      return [...new Set([...(await operations.workspaces()), ...storeFolders(dataDir)])].sort();
    },
  };
}

/** A journal that lives in memory and ends with its process: for tests and demonstrations. Otherwise the same. */
export async function openMemoryOperations(options: { readonly clock: { now(): Date } }): Promise<Operations> {
  const database = await Database.open({
    path: ':memory:',
    readonly: false,
    memoryLimit: '512MB',
    threads: 1,
    spillDir: null,
    exchangeDir: '',
  });
  const session = await database.connect();
  await bringUp(session, options.clock);
  return operationsOver(
    (work) => work(session),
    options.clock,
    async () => {
      await session.inTurn(async () => undefined);
      database.close();
    },
  );
}
