import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { nearest, PlumblineError } from '../errors/index.ts';
import type { ModelFile } from '../models/index.ts';
import type { NamedPack } from '../signals/index.ts';
import { faultOf, type ReadPacks } from './pack-faults.ts';

/** What a pack may hold; anything else in it is left alone, unless it looks like one of these. */
const PACK_FOLDERS = ['signals', 'models', 'overlays', 'benchmarks'] as const;
type PackFolder = (typeof PACK_FOLDERS)[number];

/** A folder of the user with signals, models, overlays and benchmarks of their own. */
interface Pack {
  /** Last part of its path, as screens say it. */
  readonly name: string;
  /** Whole path. */
  readonly dir: string;
  /** Where each part lies; null = the pack has none. */
  readonly folders: Readonly<Record<PackFolder, string | null>>;
}

/** A path as messages show it: from here where it lies below, whole otherwise. */
export function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return way === '' || way.startsWith('..') ? path : way;
}

function assertFolder(dir: string, remedy: string): void {
  if (existsSync(dir) && statSync(dir).isDirectory()) return;
  throw new PlumblineError('BAD_CONFIG', `The folder ${dir} of a pack is not there.`, remedy, { where: dir });
}

function readPack(dir: string): Pack {
  assertFolder(dir, 'Check --pack and `packs` in plumbline.yaml; `plumbline rules new NAME --pack DIR` begins a pack.');
  const folder = (name: PackFolder): string | null => {
    const path = join(dir, name);
    return existsSync(path) && statSync(path).isDirectory() ? path : null;
  };
  const folders = {
    signals: folder('signals'),
    models: folder('models'),
    overlays: folder('overlays'),
    benchmarks: folder('benchmarks'),
  };
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (!entry.isDirectory() || PACK_FOLDERS.some((name) => name === entry.name)) continue;
    const guess = nearest(entry.name, PACK_FOLDERS);
    if (guess !== null && folders[guess as PackFolder] === null)
      throw new PlumblineError(
        'BAD_CONFIG',
        `The pack ${basename(dir)} has a folder ${entry.name}; did you mean ${guess}?`,
        `A pack has ${PACK_FOLDERS.join(', ')}; rename the folder.`,
        { where: join(dir, entry.name) },
      );
  }
  return { name: basename(dir), dir, folders };
}

function partOf(dir: string, part: PackFolder): Pack {
  assertFolder(dir, `Check \`${part === 'signals' ? 'rules' : 'models'}\` in plumbline.yaml.`);
  const none = { signals: null, models: null, overlays: null, benchmarks: null };
  return { name: basename(dir), dir, folders: { ...none, [part]: dir } };
}

/** Packs of the configuration and of --pack, and the single folders that `rules` and `models` name. Errors: BAD_CONFIG. */
export function findPacks(config: Pick<Config, 'packs' | 'rules' | 'models'>, cwd: string): readonly Pack[] {
  const whole = [...new Set(config.packs.map((dir) => resolve(cwd, dir)))];
  return [
    ...whole.map(readPack),
    ...config.rules.map((dir) => partOf(resolve(cwd, dir), 'signals')),
    ...config.models.map((dir) => partOf(resolve(cwd, dir), 'models')),
  ];
}

/** Signals of a pack. Errors: BAD_RULES with every problem, each with file and line as seen from `cwd`. */
async function signalsOf({ name, folders: { signals } }: Pack, cwd: string): Promise<NamedPack[]> {
  if (signals === null) return [];
  const { loadSignals } = await import('../signals/load/pack.ts');
  const dir = shownPath(signals, cwd);
  try {
    return [{ name, dir, pack: loadSignals(signals) }];
  } catch (error) {
    if (!(error instanceof PlumblineError) || error.code !== 'BAD_RULES') throw error;
    const problems = error.problems.map((problem) => join(dir, problem));
    throw new PlumblineError('BAD_RULES', `A signal of ${name} is not valid: ${problems[0]}`, error.remedy, {
      where: dir,
      problems,
    });
  }
}

/** Signals of all packs that can be read, with the errors of the others, so that all faults are told at once. */
export async function readSignals(packs: readonly Pack[], cwd: string): Promise<ReadPacks> {
  const own: NamedPack[] = [];
  const errors: PlumblineError[] = [];
  for (const pack of packs) {
    const error = await faultOf(async () => own.push(...(await signalsOf(pack, cwd))), 'BAD_RULES');
    if (error !== null) errors.push(error);
  }
  return { own, errors };
}

/** YAML files of a part of a pack, not below it, in the order of their names. */
export function filesOf({ name, folders }: Pack, part: PackFolder, cwd: string): ModelFile[] {
  const dir = folders[part];
  return dir === null ? [] : filesIn(dir, name, cwd);
}

/** YAML files of a folder, not below it, in the order of their names. */
export function filesIn(dir: string, pack: string, cwd: string): ModelFile[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith('.yaml') || file.endsWith('.yml'))
    .sort()
    .map((file) => ({
      pack,
      path: shownPath(join(dir, file), cwd),
      text: readFileSync(join(dir, file), 'utf8'),
    }));
}
