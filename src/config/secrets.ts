import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { PlumblineError } from '../errors/index.ts';

/**
 * Secrets and keys of one data folder. Keys lie beside the store, never in it; a sealed secret is AES-256-GCM with a fresh
 * 96-bit nonce and the connection's name as associated data, so that a sealed file cannot be passed off as another connection's.
 */
export interface SecretStore {
  /** Reads `env:NAME`, `file:PATH`, `sealed:NAME` or `none`. Errors: SECRET_MISSING. */
  read(reference: string): string;
  /** Seals a secret that was typed in; gives the reference to keep. */
  seal(connection: string, secret: string): string;
  /** HMAC-SHA-256 over kind and value with the data folder's key, 32 hex digits. */
  pseudonymise(kind: string, value: string): string;
}

const Sealed = z.strictObject({ v: z.literal(1), nonce: z.base64(), tag: z.base64(), text: z.base64() });
const KEY_BYTES = 32;
/** The same requesters and tags come again and again inside one read; about 5 MB. */
const REMEMBERED = 20_000;

function readKey(path: string): Buffer {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  if (key.length !== KEY_BYTES)
    throw new PlumblineError(
      'SECRET_MISSING',
      `The key file ${path} is damaged.`,
      'Restore it from a backup; without it hashed requesters cannot be matched with new ones.',
      { where: path },
    );
  return key;
}

function missing(reference: string, why: string, remedy: string): PlumblineError {
  return new PlumblineError('SECRET_MISSING', `The secret ${reference} cannot be read: ${why}.`, remedy, {
    where: reference,
  });
}

export interface SecretPlaces {
  readonly dataDir: string;
  readonly workspace: string;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function openSecrets(places: SecretPlaces): SecretStore {
  const keys = join(places.dataDir, 'keys');
  const folder = join(places.dataDir, 'secrets', places.workspace);
  let hashKey: Buffer | null = null;
  const pseudonyms = new Map<string, string>();
  const open = (name: string): string => {
    const path = join(folder, `${name}.json`);
    if (!existsSync(path))
      throw missing(`sealed:${name}`, 'it is not there', 'Run `plumbline connect` again to enter it.');
    const sealed = Sealed.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (!sealed.success)
      throw missing(`sealed:${name}`, 'the file is damaged', 'Run `plumbline connect` again to enter it.');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      readKey(join(keys, 'seal.key')),
      Buffer.from(sealed.data.nonce, 'base64'),
    );
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(Buffer.from(sealed.data.tag, 'base64'));
    try {
      return Buffer.concat([decipher.update(Buffer.from(sealed.data.text, 'base64')), decipher.final()]).toString(
        'utf8',
      );
    } catch (cause) {
      throw new PlumblineError(
        'SECRET_MISSING',
        `The secret sealed:${name} does not open with the key of this folder.`,
        'Restore keys/seal.key, or run `plumbline connect` again.',
        { cause },
      );
    }
  };
  return {
    read(reference) {
      const [kind, rest] = [reference.slice(0, reference.indexOf(':')), reference.slice(reference.indexOf(':') + 1)];
      if (reference === 'none') return '';
      if (kind === 'env') {
        const value = places.environment[rest];
        if (value === undefined || value === '')
          throw missing(reference, 'the variable is not set', `Set the environment variable ${rest}.`);
        return value;
      }
      if (kind === 'file') {
        const path = resolve(places.cwd, rest);
        if (!existsSync(path))
          throw missing(reference, 'the file does not exist', `Write the token into ${rest}, readable by you only.`);
        const value = readFileSync(path, 'utf8').trim();
        if (value === '') throw missing(reference, 'the file is empty', `Write the token into ${rest}.`);
        return value;
      }
      if (kind === 'sealed') return open(rest);
      throw missing(reference, 'the form is not known', 'Use --token-env VAR or --token-file F.');
    },
    seal(connection, secret) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', readKey(join(keys, 'seal.key')), nonce);
      cipher.setAAD(Buffer.from(connection));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const path = join(folder, `${connection}.json`);
      writeFileSync(
        path,
        JSON.stringify({
          v: 1,
          nonce: nonce.toString('base64'),
          tag: cipher.getAuthTag().toString('base64'),
          text: text.toString('base64'),
        }),
        { mode: 0o600 },
      );
      chmodSync(path, 0o600);
      return `sealed:${connection}`;
    },
    pseudonymise(kind, value) {
      hashKey ??= readKey(join(keys, 'pseudonym.key'));
      const input = `${kind}\0${value}`;
      const known = pseudonyms.get(input);
      if (known !== undefined) return known;
      const made = createHmac('sha256', hashKey).update(input).digest('hex').slice(0, 32);
      if (pseudonyms.size >= REMEMBERED) pseudonyms.clear();
      pseudonyms.set(input, made);
      return made;
    },
  };
}
