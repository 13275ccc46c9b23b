import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isReservedVariable } from '../domain/reserved-variables.ts';
import { PlumblineError } from '../errors/index.ts';
import type { SealedSecrets } from '../store/operations-port.ts';
import { type KeyPlaces, openKeys } from './keys.ts';
import { type ListedSecret, listSealed, type Rotation, rotateSealed } from './rotate-sealed.ts';
import { openText, sealText } from './sealed-text.ts';
import { isSignedBy, signText, type TextSignature } from './text-signature.ts';

/** Secrets of one workspace. Keys lie in the environment or beside the store, never in it; what is sealed opens in its own place only. */
export interface SecretStore {
  /** Reads `env:NAME`, `file:PATH`, `sealed:NAME` or `none`. Errors: SECRET_MISSING. */
  read(reference: string): Promise<string>;
  /** Seals a secret that was typed in; gives the reference to keep. */
  seal(connection: string, secret: string): Promise<string>;
  /** Takes in a secret that was sealed in another workspace or store. Errors: SECRET_MISSING when no key at hand opens it. */
  adopt(name: string, from: string, sealed: string): Promise<void>;
  /** Signs the manifest of a backup with a key derived from the sealing key; null where no key is at hand. */
  signManifest(text: string): TextSignature | null;
  /** Whether a key at hand has signed the manifest. */
  hasSignedManifest(text: string, signature: TextSignature): boolean;
  /** HMAC-SHA-256 over kind and value with the pseudonym key, 32 hex digits. */
  pseudonymise(kind: string, value: string): string;
  /** Names and key ids of what is sealed in all workspaces of the store; never a value. */
  list(): Promise<readonly ListedSecret[]>;
  /** Seals again, under the current key, whatever another key or an older form holds, in all workspaces. May be repeated. */
  rotate(options: { readonly dryRun: boolean }): Promise<Rotation>;
}

/** The same requesters and tags come again and again inside one read; about 5 MB. */
const REMEMBERED = 20_000;

function missing(reference: string, why: string, remedy: string): PlumblineError {
  return new PlumblineError('SECRET_MISSING', `The secret ${reference} cannot be read: ${why}.`, remedy, {
    where: reference,
  });
}

export interface SecretPlaces extends KeyPlaces {
  readonly workspace: string;
  /** Where sealed secrets of this store lie. Opened on first use. */
  readonly sealed: () => Promise<SealedSecrets>;
}

/** Variables of ours that name a file with a key, or with an address that holds a password. */
const OWN_FILES = [
  'PLUMBLINE_KEY_FILE',
  'PLUMBLINE_KEY_PREVIOUS_FILE',
  'PLUMBLINE_PSEUDONYM_KEY_FILE',
  'DATABASE_URL_FILE',
  'REDIS_URL_FILE',
] as const;

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Whether a file is part of the installation, or shows the environment of a process: by its real path, whatever link leads there. */
function isReservedFile(path: string, { environment, cwd, dataDir }: SecretPlaces): boolean {
  const real = realPath(path);
  if (['/proc', '/dev', '/sys'].some((folder) => isBelow(real, folder) || isBelow(path, folder))) return true;
  // The data folder holds keys, sealed secrets and the journal.
  const own = ['keys', 'secrets', 'operations'].map((name) => realPath(resolve(cwd, dataDir, name)));
  const named = OWN_FILES.flatMap((name) => environment[name]?.trim() || []);
  return own.some((folder) => isBelow(real, folder)) || named.some((file) => realPath(resolve(cwd, file)) === real);
}

function readVariable(name: string, places: SecretPlaces): string {
  if (isReservedVariable(name))
    throw missing(
      `env:${name}`,
      'variables of Plumbline itself are never given out as secrets',
      'Put the token of the helpdesk into a variable of its own, e.g. ZENDESK_TOKEN.',
    );
  const value = places.environment[name];
  if (value === undefined || value === '')
    throw missing(`env:${name}`, 'the variable is not set', `Set the environment variable ${name}.`);
  return value;
}

function readFile(file: string, places: SecretPlaces): string {
  const path = resolve(places.cwd, file);
  if (isReservedFile(path, places))
    throw missing(
      `file:${file}`,
      'files of Plumbline itself and of the system are never given out as secrets',
      'Write the token of the helpdesk into a file of its own.',
    );
  if (!existsSync(path))
    throw missing(`file:${file}`, 'the file does not exist', `Write the token into ${file}, readable by you only.`);
  const value = readFileSync(path, 'utf8').trim();
  if (value === '') throw missing(`file:${file}`, 'the file is empty', `Write the token into ${file}.`);
  return value;
}

const MANIFEST_USE = 'backup manifest';

/** What `work` makes with the keys, or `without` where no key is at hand. */
function withKeys<T>(work: () => T, without: T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'SECRET_MISSING') return without;
    throw error;
  }
}

/** Opens nothing and reads no key until it is asked. */
export function openSecrets(places: SecretPlaces): SecretStore {
  const { workspace } = places;
  const keys = openKeys(places);
  const pseudonyms = new Map<string, string>();
  const readSealed = async (name: string): Promise<string> => {
    const sealed = await (await places.sealed()).get(workspace, name);
    if (sealed === null)
      throw missing(`sealed:${name}`, 'it is not there', 'Run `plumbline connect` again to enter it.');
    return openText(sealed, { workspace, name }, keys.opening());
  };
  const keepSealed = async (name: string, secret: string): Promise<void> => {
    const text = sealText(secret, { workspace, name }, keys.current());
    await (await places.sealed()).put(workspace, name, text);
  };
  return {
    async read(reference) {
      if (reference === 'none') return '';
      const at = reference.indexOf(':');
      const rest = reference.slice(at + 1);
      switch (reference.slice(0, at)) {
        case 'env':
          return readVariable(rest, places);
        case 'file':
          return readFile(rest, places);
        case 'sealed':
          return readSealed(rest);
        case 'paused':
          throw missing(
            rest,
            'a restore has paused it',
            'Name it anew with the command that `plumbline restore` has listed: plumbline connect, or plumbline notify add.',
          );
        default:
          throw missing(reference, 'the form is not known', 'Use --token-env VAR or --token-file F.');
      }
    },
    async seal(connection, secret) {
      await keepSealed(connection, secret);
      return `sealed:${connection}`;
    },
    async adopt(name, from, sealed) {
      await keepSealed(name, openText(sealed, { workspace: from, name }, keys.opening()));
    },
    signManifest: (text) => withKeys(() => signText(text, keys.current(), MANIFEST_USE), null),
    hasSignedManifest: (text, signature) =>
      withKeys(() => isSignedBy(text, signature, keys.opening(), MANIFEST_USE), false),
    pseudonymise(kind, value) {
      const input = `${kind}\0${value}`;
      const known = pseudonyms.get(input);
      if (known !== undefined) return known;
      const made = createHmac('sha256', keys.pseudonym()).update(input).digest('hex').slice(0, 32);
      if (pseudonyms.size >= REMEMBERED) pseudonyms.clear();
      pseudonyms.set(input, made);
      return made;
    },
    list: async () => listSealed(await places.sealed()),
    rotate: async ({ dryRun }) => rotateSealed(await places.sealed(), keys, dryRun),
  };
}
