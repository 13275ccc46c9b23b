import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { Database, type Session } from '../duckdb/database.ts';
import { storeFailure } from '../duckdb/failure.ts';
import { Gate } from '../duckdb/gate.ts';
import { LATEST_VERSION } from '../duckdb/migrations.ts';
import { prepareDatabase } from '../duckdb/open.ts';
import { telemetryDdl } from '../duckdb/schema.ts';
import { BEGINNING, catchUp, type Position, positionIn, ReplicaFault } from './replica-catch-up.ts';
import { emptyFolder, prepareFolders, type ReplicaFolder, takeFolder, trimReplicas } from './replica-folder.ts';
import type { Scope } from './scope.ts';

interface ReplicaOptions {
  readonly scope: Scope;
  /** Folder of all replicas of this machine; it must not be shared with another machine or container. */
  readonly root: string;
  readonly clock: () => Date;
  readonly memoryLimit: string;
  readonly threads: number;
  /** Bytes that replicas which nobody uses may take, together with those in use. */
  readonly maxBytes: number;
}

/** A DuckDB copy of the telemetry of one workspace. It holds nothing that PostgreSQL does not, so it may be thrown away at any time. */
export interface Replica {
  /** Runs `work` on the replica as it is at the latest change; it does not change while any such work runs. */
  read<T>(work: (database: Database, session: Session) => Promise<T>): Promise<T>;
  /** Errors: BUG inside of `read`. */
  refuseInside(): void;
  close(): Promise<void>;
}

interface Opened {
  readonly database: Database;
  readonly session: Session;
  readonly exchangeDir: string;
  position: Position;
}

/** Raised when the form of a replica changes in a way that the description of its tables does not show. */
const FORM = 1;
const FORMAT = createHash('sha256')
  .update(JSON.stringify([FORM, LATEST_VERSION, telemetryDdl()]))
  .digest('hex');

/** Place of a replica that is of this format; null for another one. A new replica stands at the beginning. */
async function placeOf(session: Session): Promise<Position | null> {
  await session.rows('CREATE TABLE IF NOT EXISTS store.replica (format VARCHAR, seq BIGINT, mark VARCHAR)');
  const [row] = await session.rows('SELECT format, seq, mark FROM store.replica');
  if (row === undefined) {
    await session.rows('INSERT INTO store.replica VALUES ($1, $2, $3)', [FORMAT, BEGINNING.seq, BEGINNING.mark]);
    return BEGINNING;
  }
  return row.format === FORMAT ? { seq: Number(row.seq), mark: String(row.mark) } : null;
}

function faulty(dir: string, { cause }: ReplicaFault): PlumblineError {
  const failure = storeFailure('copying telemetry for measuring', cause);
  return new PlumblineError(
    'STORE_FAILED',
    `The replica in ${dir} failed twice: ${failure.message}`,
    'Make room on the disk of the replicas, or set another folder for them; PostgreSQL has everything, nothing is lost.',
    { where: dir, cause },
  );
}

/** What a file that is no longer to be trusted looks like in the engine's words. */
const DAMAGE = /corrupt|checksum|invalidated|fatal|io error|could not (read|write)|no space left|serializ/i;

export function openReplica(options: ReplicaOptions): Replica {
  const { scope, root, clock } = options;
  const gate = new Gate();
  let folder: ReplicaFolder | null = null;
  let opened: Opened | null = null;
  let suspect = false;

  function held(): ReplicaFolder {
    if (folder === null) {
      trimReplicas(root, options.maxBytes);
      folder = take();
    }
    return folder;
  }

  /** Even the lock needs a little room. */
  function take(): ReplicaFolder {
    try {
      return takeFolder(root, scope.workspace, clock());
    } catch (first) {
      if (first instanceof PlumblineError) throw first;
      trimReplicas(root, 0);
      try {
        return takeFolder(root, scope.workspace, clock());
      } catch (second) {
        throw faulty(root, new ReplicaFault(second));
      }
    }
  }

  function shut(): void {
    opened?.database.close();
    opened = null;
  }

  async function openDatabase(dir: string): Promise<Opened | null> {
    const { exchangeDir, spillDir } = prepareFolders(dir);
    const database = await Database.open({
      path: join(dir, 'replica.duckdb'),
      readonly: false,
      memoryLimit: options.memoryLimit,
      threads: options.threads,
      spillDir,
      exchangeDir,
    });
    try {
      await prepareDatabase(database, { readonly: false, now: clock(), workspace: scope.workspace });
      const session = await database.connect();
      const position = await placeOf(session);
      if (position !== null) return { database, session, exchangeDir, position };
    } catch (error) {
      database.close();
      throw error;
    }
    database.close();
    return null;
  }

  async function openOrRenew(dir: string): Promise<Opened> {
    try {
      const found = await openDatabase(dir);
      if (found !== null) return found;
      emptyFolder(dir);
      const made = await openDatabase(dir);
      if (made !== null) return made;
      throw new PlumblineError('BUG', `A new replica in ${dir} is of another format.`, 'Report this.');
    } catch (error) {
      throw new ReplicaFault(error);
    }
  }

  /** Throws away what is there when it does not belong to the history of the server. */
  async function bringUp(dir: string): Promise<void> {
    for (;;) {
      opened ??= await openOrRenew(dir);
      const at = await catchUp(scope, opened.session, opened.exchangeDir, opened.position);
      if (at !== null) {
        opened.position = at;
        return;
      }
      shut();
      emptyFolder(dir);
    }
  }

  function throwAway(dir: string): void {
    shut();
    emptyFolder(dir);
    // On a full disk the replicas of others are the only room that there is.
    trimReplicas(root, 0);
  }

  async function renewOnce(): Promise<void> {
    const { dir } = held();
    if (suspect) throwAway(dir);
    suspect = false;
    try {
      await bringUp(dir);
    } catch (first) {
      if (!(first instanceof ReplicaFault)) throw first;
      try {
        throwAway(dir);
        await bringUp(dir);
      } catch (second) {
        if (!(second instanceof ReplicaFault)) throw second;
        shut();
        throw faulty(dir, second);
      }
    }
  }

  async function isLatest(): Promise<boolean> {
    if (opened === null || suspect) return false;
    const { seq, mark } = opened.position;
    const now = await scope.transaction('looking for changes', (sql) => positionIn(sql, scope.workspace));
    return now.seq === seq && now.mark === mark;
  }

  return {
    refuseInside: () => gate.refuseInside(),
    async read(work) {
      if (!gate.isReading && !(await isLatest())) await gate.write(renewOnce);
      return gate.read(async () => {
        if (opened === null)
          throw new PlumblineError('STORE_FAILED', 'The replica was closed meanwhile.', 'Run it again.');
        try {
          return await work(opened.database, opened.session);
        } catch (error) {
          suspect ||= error instanceof PlumblineError && error.code === 'STORE_FAILED' && DAMAGE.test(error.message);
          throw error;
        }
      });
    },
    async close() {
      await gate.write(async () => {
        shut();
        if (folder === null) return;
        folder.release();
        folder = null;
        trimReplicas(root, options.maxBytes);
      });
    },
  };
}
