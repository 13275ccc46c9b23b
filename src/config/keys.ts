import { createHash, randomBytes } from 'node:crypto';
import { constants, copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PlumblineError } from '../errors/index.ts';

export interface Key {
  /** First 8 hex digits of the SHA-256 of the key: tells which key sealed a text, and nothing about the key. */
  readonly id: string;
  readonly bytes: Buffer;
}

export interface KeyPlaces {
  readonly dataDir: string;
  /** Relative key files are looked up from here. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Many machines work on one store: then no machine may make a key of its own. */
  readonly shared: boolean;
}

export interface Keys {
  /** Seals and opens. Errors: SECRET_MISSING. */
  current(): Key;
  /** All that may open, the current one first, each once. Errors: SECRET_MISSING. */
  opening(): readonly Key[];
  /** Of the keyed hashes of requesters; never rotated, since old and new hashes would not match. Errors: SECRET_MISSING. */
  pseudonym(): Buffer;
}

const KEY_BYTES = 32;
const REMEDY = 'Make one with `openssl rand -hex 32` and give the same one to every machine';

function asKey(bytes: Buffer): Key {
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

function parseKey(text: string, place: string, remedy: string): Buffer {
  const hex = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(hex))
    throw new PlumblineError(
      'SECRET_MISSING',
      `The key in ${place} is not 64 hexadecimal digits (found ${hex.length} characters).`,
      remedy,
      { where: place },
    );
  return Buffer.from(hex, 'hex');
}

/** From `VARIABLE`, else from the file that `VARIABLE_FILE` names, else null. */
function givenKey(variable: string, places: KeyPlaces): Buffer | null {
  const direct = places.environment[variable]?.trim();
  if (direct) return parseKey(direct, variable, `${REMEDY}.`);
  const named = places.environment[`${variable}_FILE`]?.trim();
  if (!named) return null;
  const path = resolve(places.cwd, named);
  if (!existsSync(path))
    throw new PlumblineError(
      'SECRET_MISSING',
      `The key file ${named} of ${variable}_FILE does not exist.`,
      `${REMEDY}, or correct the path.`,
      { where: named },
    );
  return parseKey(readFileSync(path, 'utf8'), named, `${REMEDY}.`);
}

/** Two processes may begin at once: the file appears whole, and the first one stands. */
function makeKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.${randomBytes(6).toString('hex')}.part`;
  writeFileSync(part, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
  const isThere = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST';
  try {
    linkSync(part, path);
  } catch (error) {
    // Some file systems know no hard links.
    if (!isThere(error)) copyFileSync(part, path, constants.COPYFILE_EXCL);
  } finally {
    rmSync(part, { force: true });
  }
}

function folderKey(path: string): Buffer {
  if (!existsSync(path)) makeKeyFile(path);
  return parseKey(
    readFileSync(path, 'utf8'),
    path,
    'Restore it from a backup; without it sealed secrets do not open and hashed requesters cannot be matched with new ones.',
  );
}

function neededKey(variable: string, file: string, places: KeyPlaces): Buffer {
  const given = givenKey(variable, places);
  if (given !== null) return given;
  if (places.shared)
    throw new PlumblineError(
      'SECRET_MISSING',
      `${variable} is not set. With DATABASE_URL the key is not made by itself, since each machine would make another one.`,
      `${REMEDY}, as ${variable} or in a file that ${variable}_FILE names.`,
      { where: variable },
    );
  return folderKey(file);
}

/**
 * Keys of an installation: `PLUMBLINE_KEY` (64 hex digits) or `PLUMBLINE_KEY_FILE`, else `keys/seal.key` of the data folder, made on first
 * use when embedded. `PLUMBLINE_KEY_PREVIOUS` and a seal.key that the environment has replaced still open. The pseudonym key likewise by
 * `PLUMBLINE_PSEUDONYM_KEY`. Nothing is read before it is asked for.
 */
export function openKeys(places: KeyPlaces): Keys {
  const folder = join(places.dataDir, 'keys');
  const sealFile = join(folder, 'seal.key');
  let opening: readonly Key[] | null = null;
  let pseudonym: Buffer | null = null;
  const readOpening = (): readonly Key[] => {
    const current = neededKey('PLUMBLINE_KEY', sealFile, places);
    const previous = givenKey('PLUMBLINE_KEY_PREVIOUS', places);
    const replaced = existsSync(sealFile) ? folderKey(sealFile) : null;
    const all = [current, previous, replaced].filter((key) => key !== null).map(asKey);
    return all.filter((key, i) => all.findIndex((other) => other.id === key.id) === i);
  };
  const openAll = () => {
    opening ??= readOpening();
    return opening;
  };
  return {
    opening: openAll,
    current() {
      const [first] = openAll();
      if (first === undefined) throw new PlumblineError('BUG', 'There is no key.', 'Report this.');
      return first;
    },
    pseudonym() {
      pseudonym ??= neededKey('PLUMBLINE_PSEUDONYM_KEY', join(folder, 'pseudonym.key'), places);
      return pseudonym;
    },
  };
}
