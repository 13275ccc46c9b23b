import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { PlumblineError } from '../errors/index.ts';
import type { Key } from './keys.ts';

/** Where a sealed text belongs; it opens nowhere else. */
export interface SealedPlace {
  readonly workspace: string;
  readonly name: string;
}

const PARTS = { nonce: z.base64(), tag: z.base64(), text: z.base64() };
const SealedV1 = z.strictObject({ v: z.literal(1), ...PARTS });
const SealedV2 = z.strictObject({ v: z.literal(2), key: z.string().regex(/^[0-9a-f]{8}$/), ...PARTS });
const Sealed = z.discriminatedUnion('v', [SealedV1, SealedV2]);
type Sealed = z.infer<typeof Sealed>;

const AGAIN = 'Run `plumbline connect` again to enter it.';
/** 96 bits, the size that GCM is made for (NIST SP 800-38D, 8.2.2). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function associatedData(v: Sealed['v'], { workspace, name }: SealedPlace): Buffer {
  return Buffer.from(v === 1 ? name : `plumbline.sealed/2\0${workspace}\0${name}`);
}

function parseSealed(sealed: string, { name }: SealedPlace): Sealed {
  let json: unknown = null;
  try {
    json = JSON.parse(sealed);
  } catch {
    // Said below, without the text.
  }
  const parsed = Sealed.safeParse(json);
  if (parsed.success && Buffer.from(parsed.data.tag, 'base64').length === TAG_BYTES) return parsed.data;
  throw new PlumblineError('SECRET_MISSING', `The secret sealed:${name} cannot be read: it is damaged.`, AGAIN);
}

/** Id of the key that sealed the text; null for the first form, which did not say. Errors: SECRET_MISSING (damaged). */
export function keyIdOf(sealed: string, place: SealedPlace): string | null {
  const parsed = parseSealed(sealed, place);
  return parsed.v === 1 ? null : parsed.key;
}

/** AES-256-GCM with a fresh nonce; workspace and name are associated data, so that the text opens in its own place only. */
export function sealText(secret: string, place: SealedPlace, key: Key): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
  cipher.setAAD(associatedData(2, place));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  const form: Sealed = {
    v: 2,
    key: key.id,
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    text: text.toString('base64'),
  };
  return JSON.stringify(form);
}

function openWith(sealed: Sealed, place: SealedPlace, key: Key): string {
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(sealed.nonce, 'base64'), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData(sealed.v, place));
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64')), decipher.final()]).toString('utf8');
}

/** Opens a sealed text with whichever of the keys made it. Errors: SECRET_MISSING (damaged, other key, other place). */
export function openText(sealed: string, place: SealedPlace, keys: readonly Key[]): string {
  const parsed = parseSealed(sealed, place);
  const fitting = keys.filter((key) => parsed.v === 1 || key.id === parsed.key);
  let cause: unknown;
  for (const key of fitting) {
    try {
      return openWith(parsed, place, key);
    } catch (error) {
      cause = error;
    }
  }
  const sealer = parsed.v === 1 ? '' : ` It was sealed with key ${parsed.key}.`;
  throw new PlumblineError(
    'SECRET_MISSING',
    `The secret sealed:${place.name} of workspace ${place.workspace} does not open with the key ${keys.map((key) => key.id).join(' or ')}.${sealer}`,
    'Give the key that sealed it (PLUMBLINE_KEY, PLUMBLINE_KEY_PREVIOUS or keys/seal.key), or run `plumbline connect` again.',
    { cause },
  );
}
