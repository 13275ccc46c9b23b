import { type GuardedSql, guardPackSql, type Serialise } from './guard.ts';

const MOST_VERDICTS = 1_000;
const allowed = new Map<string, GuardedSql>();

/**
 * `guardPackSql` once for each text in the life of the process: the verdict depends on the text and the engine alone. Only what was let
 * through is remembered; what was refused is looked at again and refused in its own words. Errors: those of `guardPackSql`.
 */
export async function guardOnce(sql: string, serialise: Serialise): Promise<GuardedSql> {
  const before = allowed.get(sql);
  if (before !== undefined) return before;
  const verdict = await guardPackSql(sql, serialise);
  rememberGuarded(verdict);
  return verdict;
}

/** Takes over a verdict of `guardPackSql`, of this process or of the build of this program. */
export function rememberGuarded(verdict: GuardedSql): void {
  if (allowed.size >= MOST_VERDICTS) allowed.clear();
  allowed.set(verdict.sql, verdict);
}
