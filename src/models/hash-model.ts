import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { ModelHead } from '../domain/model.ts';

/** SHA-256 (hex) of the model's content; layout and comments of the file do not matter, any number or word does. */
export function hashModel<M extends ModelHead>(model: M): string {
  return createHash('sha256').update(canonicalJson(model)).digest('hex');
}
