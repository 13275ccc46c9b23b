import { checkYaml, parseBoundedYaml } from '../../errors/index.ts';
import { isRecord } from './name-entries.ts';
import { OverlayFile } from './overlay-file.ts';

/** A model file of a pack. */
export interface ModelFile {
  /** Name of the pack, as screens say it. */
  readonly pack: string;
  /** Name of the file, as messages show it. */
  readonly path: string;
  readonly text: string;
}

export const PACK_REMEDY =
  'Correct the lines named above; docs/packs.md shows a model and an overlay that work, `plumbline models show six-stage` prints a complete model.';

export interface ReadOverlay {
  readonly file: ModelFile;
  readonly overlay: OverlayFile;
  at(path: readonly PropertyKey[]): string;
}

/** Whether a file tells a model as its difference from another one. Errors: BAD_MODEL for what is no YAML. */
export function isOverlay({ text, path: name }: ModelFile): boolean {
  const { value } = parseBoundedYaml({ text, name, code: 'BAD_MODEL', remedy: PACK_REMEDY });
  return isRecord(value) && 'extends' in value;
}

/** Problems of the file go into `problems`, each with file and line; what is given back then serves for further checks only. */
export function readOverlay(file: ModelFile, problems: string[]): ReadOverlay | null {
  const source = { text: file.text, name: file.path, code: 'BAD_MODEL' as const, remedy: PACK_REMEDY };
  const { reading, fault } = checkYaml(source, OverlayFile);
  problems.push(...(fault?.problems ?? []));
  return reading === null ? null : { file, overlay: reading.data, at: reading.at };
}
