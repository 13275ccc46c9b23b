import { PlumblineError } from '../errors/index.ts';
import type { Api } from './types.ts';

/** What a body may hold at most beside its size; the largest that the product asks for, a whole answers file, has about 200 values. */
export const BODY_LIMITS = { values: 5_000, depth: 20, key: 200, text: 20_000 } as const;

/** What is too much about a parsed body; null = nothing. Needs no recursion, which a deep body would use up. */
function excessOf(body: unknown): string | null {
  let level: unknown[] = [body];
  let seen = 1;
  for (let deep = 0; level.length > 0; deep++) {
    if (deep > BODY_LIMITS.depth) return `is nested more than ${BODY_LIMITS.depth} deep`;
    const next: unknown[] = [];
    for (const value of level) {
      const excess = excessOfValue(value, seen);
      if (excess !== null) return excess;
      if (typeof value !== 'object' || value === null) continue;
      const parts = Object.values(value);
      seen += parts.length;
      for (const part of parts) next.push(part);
    }
    level = next;
  }
  return null;
}

/** The same about one value, of which `seen` came before. */
function excessOfValue(value: unknown, seen: number): string | null {
  const { values, key, text } = BODY_LIMITS;
  if (typeof value === 'string' && value.length > text) return `holds a text of more than ${text} characters`;
  if (typeof value !== 'object' || value === null) return null;
  // A list is asked for its length first: the names of a long one are as many texts.
  const tooMany = `holds more than ${values} values`;
  if (Array.isArray(value)) return seen + value.length > values ? tooMany : null;
  const names = Object.keys(value);
  if (seen + names.length > values) return tooMany;
  return names.some((name) => name.length > key) ? `holds a key of more than ${key} characters` : null;
}

/** Refuses a body that no route asks for before its schema looks at it: each value may cost a problem and a search for the nearest key. */
export function boundBodies(app: Api): void {
  app.addHook('preValidation', async (request) => {
    // Bytes have no values; their number is bounded where they are read.
    if (Buffer.isBuffer(request.body)) return;
    const excess = excessOf(request.body);
    if (excess !== null)
      throw new PlumblineError(
        'BAD_USAGE',
        `The body ${excess}.`,
        'Send what /openapi.json describes, in several requests.',
      );
  });
}
