import type { PackModels } from '../cli/app.ts';
import { PlumblineError } from '../errors/index.ts';
import { modelLockProblems, readModelsLock } from '../models/index.ts';

/**
 * What is kept must be told apart by its version: no verdict is kept of a model that changed under a version that the lock of its pack holds.
 * Errors: BAD_MODEL with every such file, line and the command that raises it.
 */
export function assertLocked(packs: readonly PackModels[]): void {
  const problems = packs.flatMap(({ dir, shown, files }) => modelLockProblems(files, readModelsLock(dir) ?? {}, shown));
  const [first] = problems;
  if (first === undefined) return;
  throw new PlumblineError(
    'BAD_MODEL',
    `${problems.length === 1 ? 'A model of a pack' : `${problems.length} models of packs`} changed without a raised version: ${first}`,
    'Run the command named above; models judge and models dry-run show what the change does without keeping it.',
    { problems },
  );
}
