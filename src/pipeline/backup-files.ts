import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PlumblineError } from '../errors/index.ts';
import { openEntry } from './backup-entries.ts';
import { badBackup } from './backup-failure.ts';
import {
  BACKUP_FORMAT,
  type BackupFile,
  LINES,
  type LineOf,
  type LinesName,
  MANIFEST,
  Manifest,
  manifestDigest,
  TELEMETRY_FOLDER,
} from './backup-format.ts';
import { LineTooLong, linesOf } from './entry-lines.ts';

const PART = '.part';
const MOST_MANIFEST_BYTES = 1_000_000;

/** What the file system refuses, as STORE_FAILED naming the file; other errors pass. */
export async function withFiles<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlumblineError || !(error instanceof Error) || !('syscall' in error)) throw error;
    const code = 'code' in error ? String(error.code) : 'unknown';
    throw new PlumblineError(
      'STORE_FAILED',
      `The file ${file} cannot be written or read (${code}).`,
      code === 'ENOSPC' ? 'Make room on the disk and run the command again.' : 'Check the folder and its permissions.',
      { where: file, cause: error },
    );
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function hashFile(folder: string, path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const handle = await openEntry(folder, path);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of handle.createReadStream()) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Brings a written file to the disk and says what it holds. */
export async function sealFile(folder: string, path: string, rows: number): Promise<BackupFile> {
  const whole = join(folder, path);
  return withFiles(path, async () => {
    await chmod(whole, 0o600);
    await flush(whole);
    return { path, rows, ...(await hashFile(folder, path)) };
  });
}

/** Writes one JSON value a line. */
export async function writeLines(
  folder: string,
  path: string,
  values: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<BackupFile> {
  const whole = join(folder, path);
  let rows = 0;
  await withFiles(path, async () => {
    await mkdir(dirname(whole), { recursive: true, mode: 0o700 });
    const handle = await open(whole, 'w', 0o600);
    try {
      for await (const value of values) {
        await handle.write(`${JSON.stringify(value)}\n`);
        rows += 1;
      }
    } finally {
      await handle.close();
    }
  });
  return sealFile(folder, path, rows);
}

/** Values of a file of lines. Errors: BAD_BACKUP with the line and the field; never their content. */
export async function* readLines<N extends LinesName>(folder: string, name: N): AsyncGenerator<LineOf<N>> {
  let line = 0;
  for await (const text of boundedLines(folder, name)) {
    line += 1;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw badBackup(`${name} line ${line}`, 'is not JSON');
    }
    const parsed = LINES[name].safeParse(json);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw badBackup(`${name} line ${line}`, `does not fit at ${issue?.path.join('.') || 'its top'} (${issue?.code})`);
    }
    yield parsed.data as LineOf<N>;
  }
}

async function* boundedLines(folder: string, name: string): AsyncGenerator<string> {
  try {
    yield* linesOf(await openEntry(folder, name));
  } catch (error) {
    throw error instanceof LineTooLong ? badBackup(name, `has a line ${error.message}`) : error;
  }
}

function ownManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badBackup(MANIFEST, 'is not JSON');
  }
  const format = typeof json === 'object' && json !== null && 'format' in json ? json.format : undefined;
  if (typeof format === 'number' && format > BACKUP_FORMAT)
    throw badBackup(
      MANIFEST,
      `has format ${format}, and this version reads up to ${BACKUP_FORMAT}; use a newer plumbline`,
    );
  const parsed = Manifest.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw badBackup(MANIFEST, `is not one of ours: ${issue?.path.join('.') || 'top'}, ${issue?.message}`);
  }
  const { digest, signature: _, ...rest } = parsed.data;
  if (manifestDigest(rest) !== digest) throw badBackup(MANIFEST, 'was changed: its digest is another one');
  return parsed.data;
}

async function readManifestText(folder: string): Promise<string> {
  const handle = await openEntry(folder, MANIFEST);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw badBackup(MANIFEST, 'is not a regular file');
    if (found.size > MOST_MANIFEST_BYTES)
      throw badBackup(MANIFEST, `has ${found.size} bytes, more than any backup writes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** The manifest of a backup. Errors: BAD_BACKUP (no backup, not finished, changed, of a newer version). */
export async function readManifest(folder: string): Promise<Manifest> {
  const entries = await readdir(folder).catch(() => null);
  if (entries === null) throw badBackup(folder, 'is not a folder that can be read');
  if (!entries.includes(MANIFEST))
    throw badBackup(
      join(folder, MANIFEST),
      basename(folder).endsWith(PART) ? 'is missing: the backup was cut off' : 'is missing: the folder is not a backup',
    );
  return ownManifest(await readManifestText(folder));
}

/** Compares every file with the manifest. Errors: BAD_BACKUP naming the first that is missing, torn or changed. */
export async function checkFiles(folder: string, files: readonly BackupFile[]): Promise<void> {
  for (const file of files) {
    const found = await stat(join(folder, file.path)).catch(() => null);
    if (found === null) throw badBackup(file.path, 'is missing');
    if (found.size !== file.bytes) throw badBackup(file.path, `has ${found.size} bytes instead of ${file.bytes}`);
    const { sha256 } = await hashFile(folder, file.path);
    if (sha256 !== file.sha256)
      throw badBackup(
        file.path,
        `was changed: its SHA-256 begins ${sha256.slice(0, 12)} instead of ${file.sha256.slice(0, 12)}`,
      );
  }
}

async function isEmptyOrMissing(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : null));
  return entries?.length === 0;
}

/** The folder to write to before it gets its name; remains of a backup that was cut off are removed. Errors: BAD_USAGE. */
export async function preparePart(folder: string): Promise<string> {
  if (!(await isEmptyOrMissing(folder)))
    throw new PlumblineError(
      'BAD_USAGE',
      `${folder} is there already and not an empty folder.`,
      'Name a new folder for each backup, e.g. with the date.',
      { where: folder },
    );
  const part = `${folder}${PART}`;
  const known = new Set([MANIFEST, TELEMETRY_FOLDER, ...Object.keys(LINES).map((name) => name.split('/')[0])]);
  const remains = await readdir(part).catch(() => []);
  const foreign = remains.find((entry) => !known.has(entry));
  if (foreign !== undefined)
    throw new PlumblineError('BAD_USAGE', `${part} holds ${foreign}, which no backup wrote.`, 'Name another folder.', {
      where: part,
    });
  await withFiles(part, async () => {
    await rm(part, { recursive: true, force: true });
    await mkdir(join(part, TELEMETRY_FOLDER), { recursive: true, mode: 0o700 });
  });
  return part;
}

export async function flushFolder(folder: string): Promise<void> {
  await withFiles(folder, () => flush(folder));
}
