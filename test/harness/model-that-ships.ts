import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Version of the six-stage model that ships, for overlays that are written for it. */
export function shippedVersion(): number {
  const text = readFileSync(resolve(import.meta.dirname, '../../rules/models/six-stage.yaml'), 'utf8');
  const version = /^version: (\d+)$/m.exec(text)?.[1];
  if (version === undefined) throw new Error('The model that ships has no version.');
  return Number(version);
}
