import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  changedUnraised,
  MODELS_LOCK,
  type ModelFile,
  modelLockProblems,
  raiseVersion,
  readModelsLock,
  updateModelsLock,
} from '../models/index.ts';

/** Model files of one pack. */
interface LockedPack {
  /** Whole path of the pack, and as messages show it. */
  readonly dir: string;
  readonly shown: string;
  readonly files: readonly ModelFile[];
}

interface LockResult {
  readonly problems: readonly string[];
  /** Files whose version was raised, as messages show them. */
  readonly raised: readonly string[];
  readonly locked: boolean;
}

/**
 * Holds model files of a pack to its lock; a pack without a lock is held to nothing. `raise` puts a higher version into files that changed, and
 * `update` writes the lock; with `raise` it is written too. Paths of files are from `cwd`.
 */
export function lockModels(
  { dir, shown, files }: LockedPack,
  cwd: string,
  { update, raise }: { readonly update: boolean; readonly raise: boolean },
): LockResult {
  const lock = readModelsLock(dir);
  const changed = raise ? changedUnraised(files, lock ?? {}) : [];
  const raised = new Map(changed.map(({ file, locked }) => [file.path, raiseVersion(file.text, locked)]));
  for (const [path, text] of raised) writeFileSync(resolve(cwd, path), text);
  const present = files.map((file) => ({ ...file, text: raised.get(file.path) ?? file.text }));
  const problems = modelLockProblems(present, lock ?? {}, shown);
  if (!update && !raise) return { problems, raised: [], locked: false };
  const next = updateModelsLock(present, lock ?? {});
  writeFileSync(join(dir, MODELS_LOCK), `${JSON.stringify(next, null, 2)}\n`);
  return { problems, raised: [...raised.keys()], locked: true };
}
