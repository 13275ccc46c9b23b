import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PlumblineError } from '../../errors/plumbline-error.ts';

export const LOCK_FILE = 'store.lock';

/** Who holds a data folder. `started` is the start of the process as the system counts it, so that a reused pid is told apart. */
const Holder = z.object({
  pid: z.int().positive(),
  started: z.string().nullable(),
  command: z.string(),
  since: z.string(),
});
type Holder = z.infer<typeof Holder>;

/**
 * Start of a process in clock ticks since boot, field 22 of /proc/<pid>/stat; null where the system does not tell.
 * Source: proc_pid_stat(5). The second field may hold spaces and brackets, so fields are counted after the last bracket.
 */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: there is such a process, of another user.
    if (codeOf(error) !== 'EPERM') return false;
  }
  const started = startOf(holder.pid);
  return holder.started === null || started === null || started === holder.started;
}

function readHolder(path: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function lockedBy(dataDir: string, holder: Holder): PlumblineError {
  return new PlumblineError(
    'STORE_LOCKED',
    `The data folder ${dataDir} is held by process ${holder.pid} (${holder.command}) since ${holder.since}.`,
    'Wait until it ends, or end it; then run the command again.',
    { where: dataDir },
  );
}

/** Holder of the data folder, when one lives. */
export function assertUnlocked(dataDir: string): void {
  const holder = readHolder(join(dataDir, LOCK_FILE));
  if (holder !== null && isAlive(holder)) throw lockedBy(dataDir, holder);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Makes a file that is not there yet. It appears with its whole text: an empty lock would look like one of nobody and be taken away. */
function writeNew(path: string, text: string): boolean {
  const own = `${path}.${randomUUID()}`;
  try {
    writeFileSync(own, text, { mode: 0o600 });
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Some file systems know no second name of a file.
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) return writeDirectly(path, text);
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function writeDirectly(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock aside; only one of several processes that try at once succeeds in moving the very same file. */
function removeStale(path: string, stale: string, pid: number): void {
  const aside = `${path}.${pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  // Between reading and moving, another process may have replaced the stale lock by its own: then it goes back.
  const moved = readFileSync(aside, 'utf8');
  if (moved === stale) rmSync(aside);
  else if (writeNew(path, moved)) rmSync(aside);
}

/**
 * Takes the data folder for this process by a file that only one can make; returns how to give it back. A lock whose process is
 * dead (or whose pid now belongs to another process) is taken over.
 * Errors: STORE_LOCKED names the holder's pid, command and since when; STORE_FAILED when the folder cannot be written.
 */
export function acquireLock(dataDir: string, now: Date): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, LOCK_FILE);
  const mine: Holder = {
    pid: process.pid,
    started: startOf(process.pid),
    command: process.argv.slice(1, 4).join(' '),
    since: now.toISOString(),
  };
  const text = JSON.stringify(mine);
  for (let attempt = 0; attempt < 5; attempt++) {
    if (writeNew(path, text)) return () => releaseLock(path, text);
    const holder = readHolder(path);
    if (holder !== null && isAlive(holder)) throw lockedBy(dataDir, holder);
    try {
      removeStale(path, readFileSync(path, 'utf8'), process.pid);
    } catch {
      // The lock went away between two looks at it: the next attempt sees how things are.
    }
  }
  throw new PlumblineError(
    'STORE_LOCKED',
    `The lock of the data folder ${dataDir} changes all the time.`,
    'Other processes start and end on it at this moment: try again.',
    { where: dataDir },
  );
}

function releaseLock(path: string, text: string): void {
  try {
    if (readFileSync(path, 'utf8') === text) rmSync(path);
  } catch {
    // Already gone: there is nothing to give back.
  }
}
