import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.ts';

/** SHA-256 (hex) of the canonical JSON of a document without its own digest. */
export function digestOf(rest: unknown): string {
  return createHash('sha256').update(canonicalJson(rest)).digest('hex');
}
