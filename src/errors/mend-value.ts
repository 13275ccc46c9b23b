import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Names that other entries go by: a made-up one would only be told again as one that dangles. */
const NAMES: ReadonlySet<PropertyKey> = new Set(['id', 'ref', 'model', 'extends', 'kind', 'estimator']);

/** What may stand in the place of a value with this issue; undefined when nobody can tell. */
function standIn(issue: Issue, value: unknown): unknown {
  const name = issue.path.at(-1);
  if (name === undefined || NAMES.has(name)) return undefined;
  if (issue.code === 'too_big' && issue.origin === 'number') return Number(issue.maximum);
  if (issue.code === 'too_small' && issue.origin === 'number') return Number(issue.minimum);
  if (issue.code === 'too_small' && issue.origin === 'string') return String(value).padEnd(Number(issue.minimum), '-');
  if (issue.code === 'invalid_type' && issue.expected === 'string' && value === undefined) return '-----';
  return undefined;
}

function parentOf(root: unknown, path: readonly PropertyKey[]): Record<PropertyKey, unknown> | null {
  let current = root;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return null;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return typeof current === 'object' && current !== null ? (current as Record<PropertyKey, unknown>) : null;
}

/**
 * A copy of a value in which plain faults are put right (unknown keys out, numbers at their bound, missing texts filled), so that the
 * faults behind them can be told at the same time; null when some fault is of another kind. Never to be used as data.
 */
export function mendValue(value: unknown, issues: readonly Issue[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      const place = parentOf(copy, issue.path);
      for (const key of place === null ? [] : issue.keys) delete place?.[key];
      continue;
    }
    const place = parentOf(copy, issue.path.slice(0, -1));
    const key = issue.path.at(-1);
    if (place === null || key === undefined) return null;
    const mended = standIn(issue, place[key]);
    if (mended === undefined) return null;
    place[key] = mended;
  }
  return copy;
}
