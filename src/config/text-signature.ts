import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Key } from './keys.ts';

/** Which key has signed, and the HMAC-SHA-256. */
export interface TextSignature {
  readonly key: string;
  readonly mac: string;
}

/** A key of its own for each use, so that a signature never says anything about what the sealing key has sealed. */
function macOf(text: string, key: Key, use: string): Buffer {
  const derived = Buffer.from(hkdfSync('sha256', key.bytes, '', `plumbline ${use}`, 32));
  return createHmac('sha256', derived).update(text).digest();
}

export function signText(text: string, key: Key, use: string): TextSignature {
  return { key: key.id, mac: macOf(text, key, use).toString('hex') };
}

/** Whether one of the keys has made the signature over exactly this text for this use. */
export function isSignedBy(text: string, { mac }: TextSignature, keys: readonly Key[], use: string): boolean {
  const given = Buffer.from(mac, 'hex');
  return keys.some((key) => {
    const own = macOf(text, key, use);
    return own.length === given.length && timingSafeEqual(own, given);
  });
}
