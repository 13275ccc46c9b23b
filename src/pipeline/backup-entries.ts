import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { badBackup } from './backup-failure.ts';
import { BACKUP_FOLDERS, type BackupFile, MANIFEST } from './backup-format.ts';

/** A regular file under one name, inside a folder that is none of a link. Errors: BAD_BACKUP naming the file. */
async function checkEntry(folder: string, path: string): Promise<void> {
  const found = await lstat(join(folder, path)).catch(() => null);
  if (found === null) throw badBackup(path, 'is missing');
  if (found.isSymbolicLink()) throw badBackup(path, 'is a link; a backup holds files only');
  if (!found.isFile()) throw badBackup(path, 'is not a regular file');
  if (found.nlink > 1)
    throw badBackup(path, 'has a second name elsewhere; copy the backup (cp -R) and restore the copy');
}

async function entriesOf(folder: string, inner: string): Promise<string[]> {
  const path = join(folder, inner);
  const found = await lstat(path).catch(() => null);
  if (found === null) return [];
  if (!found.isDirectory()) throw badBackup(inner, 'is not a folder');
  return (await readdir(path)).map((name) => `${inner}/${name}`);
}

/**
 * The folder holds the manifest and the files that it lists, all of them regular files, and nothing else. Links are not followed.
 * Errors: BAD_BACKUP naming the first that is too many, missing or no file.
 */
export async function checkEntries(folder: string, files: readonly BackupFile[]): Promise<void> {
  const listed = new Set<string>([MANIFEST, ...files.map(({ path }) => path)]);
  const folders = new Set<string>(BACKUP_FOLDERS);
  const there = (await readdir(folder)).filter((name) => !folders.has(name));
  for (const inner of BACKUP_FOLDERS) there.push(...(await entriesOf(folder, inner)));
  const foreign = there.find((path) => !listed.has(path));
  if (foreign !== undefined) throw badBackup(JSON.stringify(foreign), 'is not in the manifest');
  for (const path of listed) await checkEntry(folder, path);
}

/** Opens a regular file of a backup to read, and no link, pipe or device in its place. */
export async function openEntry(folder: string, path: string): Promise<FileHandle> {
  // Without O_NONBLOCK the opening of a pipe waits for a writer that never comes.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await openFile(folder, path, flags);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw badBackup(path, 'is not a regular file');
}

async function openFile(folder: string, path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(join(folder, path), flags);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP')
      throw badBackup(path, 'is a link; a backup holds files only', error);
    throw error;
  }
}
