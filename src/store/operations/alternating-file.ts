import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { Database, type Session } from '../duckdb/database.ts';
import { storeFailure } from '../duckdb/failure.ts';
import { acquireLock } from '../duckdb/lock.ts';

interface AlternatingFileOptions {
  /** Folder of this database alone: file and lock. */
  readonly dir: string;
  readonly file: string;
  readonly clock: { now(): Date };
  /** Called at each opening, since another process may have used the file in between. */
  prepare(session: Session): Promise<void>;
}

/** A database file that several processes use in turns, although the engine lets in one process at a time. */
interface AlternatingFile {
  /** Runs `work` with the file open; one after the other. Errors: STORE_LOCKED after 5 s of waiting for another process. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Gives the file back; waits for what is under way. */
  close(): Promise<void>;
}

interface Held {
  readonly database: Database;
  readonly session: Session;
  readonly release: () => void;
  /** Others may be waiting: give the file back after the use that is under way. */
  overdue: boolean;
  readonly turn: NodeJS.Timeout;
}

/** Opening and closing takes some 25 ms: uses that follow each other closely share one opening. */
const IDLE_MS = 200;
/** Longest that a busy process keeps the file while others wait. */
const TURN_MS = 500;
/** Longer than the longest step of a waiting process, so that it comes in. */
const YIELD_MS = 60;
const PATIENCE_MS = 5_000;

/** 10 to 40 ms, in another order for each process. */
function stepMs(attempt: number): number {
  return 10 + ((process.pid * 7_919 + attempt * 104_729) % 31);
}

/** The engine's own lock speaks of a process that has not let go yet. */
function asLocked(dir: string, error: unknown): PlumblineError {
  const message = error instanceof Error ? error.message : String(error);
  if (!/could not set lock|conflicting lock/i.test(message)) return storeFailure('opening the journal', error, dir);
  return new PlumblineError(
    'STORE_LOCKED',
    `The journal in ${dir} is held by another process.`,
    'Wait until it ends, or end it; then run the command again.',
    { where: dir, cause: error },
  );
}

async function openNow(options: AlternatingFileOptions): Promise<Omit<Held, 'overdue' | 'turn'>> {
  let release: () => void = () => undefined;
  let database: Database | null = null;
  try {
    release = acquireLock(options.dir, options.clock.now());
    database = await Database.open({
      path: join(options.dir, options.file),
      readonly: false,
      memoryLimit: '512MB',
      threads: 1,
      spillDir: null,
      exchangeDir: options.dir,
    });
    const session = await database.connect();
    await options.prepare(session);
    return { database, session, release };
  } catch (error) {
    database?.close();
    release();
    throw asLocked(options.dir, error);
  }
}

async function openPatiently(options: AlternatingFileOptions): Promise<Omit<Held, 'overdue' | 'turn'>> {
  for (let attempt = 0, waitedMs = 0; ; attempt += 1) {
    try {
      return await openNow(options);
    } catch (error) {
      const locked = error instanceof PlumblineError && error.code === 'STORE_LOCKED';
      if (!locked || waitedMs >= PATIENCE_MS) throw error;
    }
    const step = stepMs(attempt);
    waitedMs += step;
    await sleep(step);
  }
}

export function alternatingFile(options: AlternatingFileOptions): AlternatingFile {
  let held: Held | null = null;
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;
  let tail: Promise<unknown> = Promise.resolve();
  let rested: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  };
  const giveBack = (): void => {
    clearTimeout(idle);
    const given = held;
    held = null;
    if (given === null) return;
    clearTimeout(given.turn);
    try {
      given.database.close();
    } finally {
      given.release();
    }
  };
  const hold = async (): Promise<Held> => {
    if (held !== null) return held;
    await rested;
    const opened = await openPatiently(options);
    const turn = setTimeout(() => {
      if (held !== null) held.overdue = true;
    }, TURN_MS);
    held = { ...opened, overdue: false, turn };
    return held;
  };
  const afterUse = (): void => {
    if (held?.overdue === true) {
      giveBack();
      rested = sleep(YIELD_MS);
    } else if (waiting === 0)
      // Nobody hears of a failure here; what is wrong with the file is met at the next opening.
      idle = setTimeout(() => inTurn(async () => giveBack()).catch(() => undefined), IDLE_MS);
  };
  return {
    use(work) {
      waiting += 1;
      clearTimeout(idle);
      return inTurn(async () => {
        waiting -= 1;
        const { session } = await hold();
        try {
          const result = await work(session);
          afterUse();
          return result;
        } catch (error) {
          // An engine that met a full disk refuses everything afterwards: the next use opens anew.
          giveBack();
          throw error;
        }
      });
    },
    async close() {
      await inTurn(async () => giveBack());
    },
  };
}
