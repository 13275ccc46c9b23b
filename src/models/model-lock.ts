import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../domain/canonical-json.ts';
import { PlumblineError, parseBoundedYaml } from '../errors/index.ts';
import { isRecord } from './overlay/name-entries.ts';
import { type ModelFile, PACK_REMEDY } from './overlay/read-overlay.ts';

/** models.lock.json of a pack: which content each version of a model or overlay stands for. */
export const MODELS_LOCK = 'models.lock.json';
const ModelsLock = z.record(z.string(), z.strictObject({ version: z.int().positive(), hash: z.string() }));
type ModelsLock = z.infer<typeof ModelsLock>;

/** A model file as the lock knows it. */
interface Content {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of everything but the version; comments and order of keys do not count. */
  readonly hash: string;
}

/** The lock of a pack; null = it has none. Errors: BAD_MODEL when it is not a lock. */
export function readModelsLock(pack: string): ModelsLock | null {
  const path = join(pack, MODELS_LOCK);
  if (!existsSync(path)) return null;
  try {
    return ModelsLock.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const remedy = 'Restore it, or remove it and run plumbline models lint --update-lock.';
    throw new PlumblineError('BAD_MODEL', `${MODELS_LOCK} cannot be read.`, remedy, { where: path, cause });
  }
}

/** Null for a file that is no model; its reader says why. */
function contentOf({ text, path: name }: ModelFile): Content | null {
  const { value } = parseBoundedYaml({ text, name, code: 'BAD_MODEL', remedy: PACK_REMEDY });
  if (!isRecord(value)) return null;
  const { version, ...rest } = value;
  if (typeof rest.id !== 'string' || typeof version !== 'number') return null;
  return { id: rest.id, version, hash: createHash('sha256').update(canonicalJson(rest)).digest('hex') };
}

const VERSION_LINE = /^version:[ \t]*\d+/m;

/** Files whose content is another one under a version that the lock holds already. */
export function changedUnraised(
  files: readonly ModelFile[],
  lock: ModelsLock,
): { readonly file: ModelFile; readonly id: string; readonly locked: number }[] {
  return files.flatMap((file) => {
    const content = contentOf(file);
    const locked = content === null ? undefined : lock[content.id];
    if (content === null || locked === undefined || locked.hash === content.hash) return [];
    return content.version > locked.version ? [] : [{ file, id: content.id, locked: locked.version }];
  });
}

/** What is wrong between model files of a pack and its lock, each with file, line and the command that mends it. */
export function modelLockProblems(files: readonly ModelFile[], lock: ModelsLock, shown: string): string[] {
  return changedUnraised(files, lock).map(({ file, id, locked }) => {
    const line = file.text.slice(0, file.text.search(VERSION_LINE)).split('\n').length;
    return `${file.path}:${line}: ${id} changed and its version is not above ${locked}, which is locked; raise it: plumbline models lint --raise --pack ${shown}`;
  });
}

/** The lock as it should be after the present files, by id; what changed unraised stays as it was, and so does what is gone. */
export function updateModelsLock(files: readonly ModelFile[], lock: ModelsLock): ModelsLock {
  const refused = new Set(changedUnraised(files, lock).map(({ id }) => id));
  const next: Record<string, ModelsLock[string]> = { ...lock };
  for (const file of files) {
    const content = contentOf(file);
    if (content !== null && !refused.has(content.id))
      next[content.id] = { version: content.version, hash: content.hash };
  }
  return Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The text of a file with a version above the one given; comments and everything else stay. */
export function raiseVersion(text: string, above: number): string {
  return text.replace(VERSION_LINE, `version: ${above + 1}`);
}
