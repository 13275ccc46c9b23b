import { PlumblineError } from './plumbline-error.ts';

/** Refused by the file system for good, and what the person can do. */
const REFUSED: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  EROFS: ['the disk is read-only', 'Name a folder on a disk that can be written.'],
  EACCES: ['it is not allowed', 'Check the owner and the permissions, or name another place.'],
  EPERM: ['it is not allowed', 'Check the owner and the permissions, or name another place.'],
  ENOENT: ['it is not there', 'Check the path.'],
  ENOTDIR: ['a part of the path is no folder', 'Check the path.'],
  EISDIR: ['it is a folder', 'Name a file.'],
  EEXIST: ['it is there already', 'Name another one.'],
  ENOTEMPTY: ['the folder is not empty', 'Name another one.'],
  ELOOP: ['its links go round in a circle', 'Check the path.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter one.'],
  EFBIG: ['it is too large', 'Use another disk, or a part of it.'],
};

/** Refused for now. */
const LATER: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOSPC: ['the disk is full', 'Make room on the disk and run the command again; what was stored is kept.'],
  EDQUOT: [
    'the quota of the disk is used up',
    'Make room on the disk and run the command again; what was stored is kept.',
  ],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n), or run less at a time.'],
  ENFILE: ['too many files are open on this machine', 'Run the command again later.'],
  EBUSY: ['it is in use', 'Run the command again later.'],
  EIO: ['the disk fails', 'Look after the disk; then run the command again.'],
};

const NETWORK = new Set(['connect', 'bind', 'listen', 'getaddrinfo', 'accept']);

/**
 * What the file system refuses, as an error that a person can act on: FILE_REFUSED (exit 2), or STORE_FAILED (exit 75) where it helps to
 * make room or to wait. Null for every other error.
 */
export function fileTrouble(error: unknown): PlumblineError | null {
  if (error instanceof PlumblineError || !(error instanceof Error) || !('code' in error)) return null;
  const { code, syscall, path } = error as {
    readonly code: unknown;
    readonly syscall?: string;
    readonly path?: string;
  };
  if (typeof code !== 'string' || (syscall !== undefined && NETWORK.has(syscall))) return null;
  const refused = Object.hasOwn(REFUSED, code) ? REFUSED[code] : undefined;
  const known = refused ?? (Object.hasOwn(LATER, code) ? LATER[code] : undefined);
  if (known === undefined) return null;
  const [what, remedy] = known;
  const place = typeof path === 'string' ? path : 'A file or the output';
  return new PlumblineError(
    refused === undefined ? 'STORE_FAILED' : 'FILE_REFUSED',
    `${place} cannot be used: ${what} (${code}).`,
    remedy,
    { ...(typeof path === 'string' ? { where: path } : {}), cause: error },
  );
}
