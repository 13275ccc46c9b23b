import type { z } from 'zod';

/** Keys that a strict schema knows at `path`; empty when the schema cannot be read that far. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema;
  const unwrap = (value: unknown): unknown => {
    const def = (value as { def?: { type?: string; innerType?: unknown; in?: unknown } } | undefined)?.def;
    if (def?.innerType !== undefined) return unwrap(def.innerType);
    if (def?.type === 'pipe' && def.in !== undefined) return unwrap(def.in);
    return value;
  };
  for (const key of path) {
    const def = (
      unwrap(current) as {
        def?: { type?: string; shape?: Record<string, unknown>; element?: unknown; valueType?: unknown };
      }
    )?.def;
    if (def?.shape !== undefined) current = def.shape[String(key)];
    else if (def?.element !== undefined) current = def.element;
    else if (def?.valueType !== undefined) current = def.valueType;
    else return [];
  }
  const shape = (unwrap(current) as { def?: { shape?: Record<string, unknown> } } | undefined)?.def?.shape;
  return shape === undefined ? [] : Object.keys(shape);
}
