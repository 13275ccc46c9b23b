import { appendFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlumblineError } from '../errors/index.ts';
import type { RandomBytes } from '../pipeline/access-tokens.ts';

/** Bytes of one part: small enough to come through a slow line before a request has to be whole. */
export const PART_BYTES = 4 * 1024 * 1024;
/** Larger files are imported on the machine itself. */
export const MOST_BYTES = 512 * 1024 * 1024;
/** A file is there to be imported now, not to be kept. */
const LIFETIME_MS = 3_600_000;
/** Files of one workspace that may lie there at a time. */
const MOST_FILES = 8;
const READABLE = /\.(csv|tsv|tab|txt|jsonl|ndjson|json|parquet|xlsx)(\.gz)?$/i;

export interface Upload {
  readonly id: string;
  readonly workspace: string;
  /** As it was called where it came from, without what no name needs. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly received: number;
  readonly expires_at: Date;
}

/** Files that people bring to be imported, part by part. They go when they were imported, after an hour, and when the process ends. */
export interface Uploads {
  /** Errors: BAD_USAGE (name, size), TOO_MANY_REQUESTS. */
  begin(workspace: string, file: { readonly name: string; readonly bytes: number }): Promise<Upload>;
  /** Parts come in order, from 0; one that was taken before is taken as it was. Errors: UNKNOWN_NAME, BAD_USAGE. */
  add(workspace: string, id: string, part: number, content: Uint8Array): Promise<Upload>;
  /** Errors: UNKNOWN_NAME; WRONG_STATE while parts are missing. */
  whole(workspace: string, id: string): Upload;
  drop(workspace: string, id: string): Promise<void>;
  close(): Promise<void>;
}

interface UploadDeps {
  /** Nothing else lies there. */
  readonly folder: string;
  readonly now: () => Date;
  readonly randomBytes: RandomBytes;
}

/** Removes what processes that were killed have left. */
async function sweepLeft(folder: string, before: number): Promise<void> {
  const left = await readdir(folder).catch(() => []);
  for (const name of left) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found !== null && found.mtimeMs < before) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function safeName(name: string): string {
  const plain = name.replace(/^.*[\\/]/, '').replace(/[^\p{L}\p{N}._ -]+/gu, '-');
  return plain.slice(-100).replace(/^[.\s]+/, '');
}

export function openUploads({ folder, now, randomBytes }: UploadDeps): Uploads {
  const known = new Map<string, Upload>();
  let own: string | null = null;
  const makeId = (): string => Buffer.from(randomBytes(16)).toString('hex');
  const remove = async ({ id, path }: Upload): Promise<void> => {
    known.delete(id);
    await rm(join(path, '..'), { recursive: true, force: true });
  };
  const place = async (): Promise<string> => {
    if (own !== null) return own;
    await sweepLeft(folder, now().getTime() - LIFETIME_MS);
    own = join(folder, makeId());
    return own;
  };
  const find = (workspace: string, id: string): Upload => {
    const found = known.get(id);
    if (found !== undefined && found.workspace === workspace && found.expires_at > now()) return found;
    throw new PlumblineError('UNKNOWN_NAME', `There is no file "${id}" here any more.`, 'Bring it anew.');
  };
  return {
    async begin(workspace, { name, bytes }) {
      const called = safeName(name);
      if (!READABLE.test(called))
        throw new PlumblineError(
          'BAD_USAGE',
          `${called === '' ? 'The file' : called} is of no kind that can be read.`,
          'Bring CSV, JSON, Parquet or xlsx, or one of them as .gz.',
        );
      if (bytes > MOST_BYTES)
        throw new PlumblineError(
          'BAD_USAGE',
          `${called} has more than ${MOST_BYTES / 1024 / 1024} MB.`,
          'Import it where it lies: plumbline import FILE.',
        );
      for (const one of [...known.values()]) if (one.expires_at <= now()) await remove(one);
      const others = [...known.values()].filter((one) => one.workspace === workspace).length;
      if (others >= MOST_FILES)
        throw new PlumblineError(
          'TOO_MANY_REQUESTS',
          `${others} files lie here to be imported already.`,
          'Import or drop one of them; they go by themselves after an hour.',
          { retryAfterMs: 60_000 },
        );
      const id = makeId();
      const below = join(await place(), id);
      await mkdir(below, { recursive: true, mode: 0o700 });
      const path = join(below, called);
      await writeFile(path, '', { mode: 0o600 });
      const expires = new Date(now().getTime() + LIFETIME_MS);
      const upload: Upload = { id, workspace, name: called, path, bytes, received: 0, expires_at: expires };
      known.set(id, upload);
      return upload;
    },
    async add(workspace, id, part, content) {
      const upload = find(workspace, id);
      const next = Math.ceil(upload.received / PART_BYTES);
      if (part === next - 1) return upload;
      const expected = Math.min(PART_BYTES, upload.bytes - upload.received);
      if (part !== next || content.byteLength !== expected)
        throw new PlumblineError(
          'BAD_USAGE',
          `Part ${part} of ${content.byteLength} bytes does not follow; part ${next} of ${expected} bytes does.`,
          'Send the parts in their order, or begin anew.',
        );
      // Taken before it is written, so that the same part is not written twice at once.
      const taken = { ...upload, received: upload.received + content.byteLength };
      known.set(id, taken);
      await appendFile(upload.path, content);
      return taken;
    },
    whole(workspace, id) {
      const upload = find(workspace, id);
      if (upload.received === upload.bytes) return upload;
      throw new PlumblineError(
        'WRONG_STATE',
        `Of ${upload.name} only ${upload.received} of ${upload.bytes} bytes are here.`,
        'Send the other parts first.',
      );
    },
    async drop(workspace, id) {
      await remove(find(workspace, id));
    },
    async close() {
      known.clear();
      if (own !== null) await rm(own, { recursive: true, force: true });
    },
  };
}
