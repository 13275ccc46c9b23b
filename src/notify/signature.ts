import { createHmac } from 'node:crypto';
import { PlumblineError } from '../errors/index.ts';

const PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Lengths that the specification allows, bytes. */
const [LEAST_BYTES, MOST_BYTES] = [24, 64];

/**
 * Key of a signing secret: base64 of 24 to 64 random bytes, with or without the prefix `whsec_`.
 * Errors: BAD_USAGE, without the secret. Source: Standard Webhooks 1.0.0, section "Signature scheme".
 */
export function signingKey(secret: string): Buffer {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const key = BASE64.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  if (key.length < LEAST_BYTES || key.length > MOST_BYTES)
    throw new PlumblineError(
      'BAD_USAGE',
      `The signing secret is not base64 of ${LEAST_BYTES} to ${MOST_BYTES} bytes.`,
      'Make one with: openssl rand -base64 32',
    );
  return key;
}

/** Value of `webhook-signature`: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; timestamp in Unix seconds. */
export function signatureOf(key: Buffer, id: string, timestampS: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestampS}.${body}`).digest('base64')}`;
}
