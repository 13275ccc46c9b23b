import { randomUUID } from 'node:crypto';
import { type Dirent, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { acquireLock, assertUnlocked, LOCK_FILE } from '../duckdb/lock.ts';

/** A folder of one replica, held by this process. */
export interface ReplicaFolder {
  readonly dir: string;
  release(): void;
}

/** More replicas of one workspace than processes that could want one at the same time. */
const SLOTS = 1_000;

function tryLock(dir: string, now: Date): (() => void) | null {
  try {
    return acquireLock(dir, now);
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'STORE_LOCKED') return null;
    throw error;
  }
}

/**
 * Takes the first replica of the workspace that nobody holds: `<root>/<workspace>/<slot>`. So the few replicas of a workspace are used in turn by
 * whichever process works on it, and are nearly caught up when it comes.
 */
export function takeFolder(root: string, workspace: string, now: Date): ReplicaFolder {
  for (let slot = 1; slot <= SLOTS; slot++) {
    const dir = join(root, workspace, String(slot));
    const release = tryLock(dir, now);
    if (release !== null) return { dir, release };
  }
  throw new PlumblineError('STORE_FAILED', `All ${SLOTS} replicas of ${workspace} are in use.`, 'Run fewer workers.');
}

/** Removes all that a replica consists of but its lock. */
export function emptyFolder(dir: string): void {
  if (!existsSync(dir)) return;
  for (const name of readdirSync(dir))
    if (!name.startsWith(LOCK_FILE)) rmSync(join(dir, name), { recursive: true, force: true });
}

/** Folders and files of other processes may go away while we look. */
function entriesIn(dir: string, recursive: boolean): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true, recursive });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function sizeOf(dir: string): number {
  let bytes = 0;
  for (const entry of entriesIn(dir, true)) {
    if (!entry.isFile()) continue;
    bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

function foldersIn(dir: string): string[] {
  return entriesIn(dir, false)
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(dir, entry.name));
}

const GONE = '.removed-';
const isGone = (dir: string): boolean => basename(dir).startsWith(GONE);

function isHeld(dir: string): boolean {
  try {
    assertUnlocked(dir);
    return false;
  } catch {
    return true;
  }
}

/**
 * Moves a replica that nobody holds away and removes it. Moving needs no room on the disk, which taking its lock would. Whoever takes it at
 * this very moment loses its files and makes them anew.
 */
function removeFolder(dir: string): boolean {
  if (isHeld(dir)) return false;
  const gone = join(dirname(dir), `${GONE}${randomUUID()}`);
  try {
    renameSync(dir, gone);
  } catch {
    // Another process was faster.
    return false;
  }
  rmSync(gone, { recursive: true, force: true });
  return true;
}

/**
 * Removes replicas that nobody holds, those used longest ago first, until all together take at most `maxBytes`. The time of the folder itself
 * tells its last use: each use makes and removes the lock in it.
 */
export function trimReplicas(root: string, maxBytes: number): void {
  const all = foldersIn(root).flatMap(foldersIn);
  // A process that was killed while it removed one left the rest.
  for (const dir of all.filter(isGone)) rmSync(dir, { recursive: true, force: true });
  const replicas = all
    .filter((dir) => !isGone(dir))
    .map((dir) => ({ dir, bytes: sizeOf(dir), usedMs: statSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.usedMs - b.usedMs);
  let total = replicas.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { dir, bytes } of replicas) {
    if (total <= maxBytes) return;
    if (removeFolder(dir)) total -= bytes;
  }
}

export function prepareFolders(dir: string): { readonly exchangeDir: string; readonly spillDir: string } {
  const exchangeDir = join(dir, 'exchange');
  const spillDir = join(dir, 'spill');
  // What a killed process left in them belongs to nobody.
  for (const folder of [exchangeDir, spillDir]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return { exchangeDir, spillDir };
}
