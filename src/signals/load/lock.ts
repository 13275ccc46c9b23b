import { z } from 'zod';
import type { LoadedSignal } from './pack.ts';

/** rules.lock.json: which logic each version of a signal stands for. */
export const RulesLock = z.record(z.string(), z.strictObject({ version: z.int().positive(), hash: z.string() }));
export type RulesLock = z.infer<typeof RulesLock>;

/** What is wrong between the signals and the lock; empty when they agree. */
export function lockProblems(signals: readonly LoadedSignal[], lock: RulesLock): string[] {
  const problems: string[] = [];
  for (const { definition, hash, file } of signals) {
    const locked = lock[definition.id];
    if (locked === undefined)
      problems.push(`${file}: ${definition.id} is not in rules.lock.json; run rules lint --update-lock`);
    else if (definition.version < locked.version)
      problems.push(`${file}: version ${definition.version} is older than the locked ${locked.version}`);
    else if (locked.hash !== hash && locked.version === definition.version)
      problems.push(
        `${file}: the logic changed; raise version above ${locked.version}: plumbline rules lint --raise does it and locks it`,
      );
    else if (locked.version !== definition.version)
      problems.push(`${file}: version ${definition.version} is not locked yet; run rules lint --update-lock`);
  }
  const known = new Set(signals.flatMap(({ definition }) => [definition.id, ...definition.aliases]));
  for (const id of Object.keys(lock))
    if (!known.has(id))
      problems.push(`rules.lock.json: ${id} is gone; a shipped signal stays, or lives on as an alias`);
  return problems;
}

/**
 * The lock as it should be after the signals' present state: sorted by id, entries of aliases kept.
 * Changed logic under an unchanged version is not written: those ids come back in `refused`.
 */
export function updateLock(
  signals: readonly LoadedSignal[],
  lock: RulesLock,
): { readonly lock: RulesLock; readonly refused: readonly string[] } {
  const next: RulesLock = { ...lock };
  const refused: string[] = [];
  for (const { definition, hash } of signals) {
    const locked = lock[definition.id];
    if (locked !== undefined && locked.hash !== hash && definition.version <= locked.version)
      refused.push(definition.id);
    else next[definition.id] = { version: definition.version, hash };
  }
  const sorted = Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { lock: sorted, refused };
}
