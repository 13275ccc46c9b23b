import { parseBoundedYaml, readYaml } from '../../errors/index.ts';
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

/** Errors: BAD_MODEL with every problem, each with file and line. */
export function readOverlay(file: ModelFile): ReadOverlay {
  const source = { text: file.text, name: file.path, code: 'BAD_MODEL' as const, remedy: PACK_REMEDY };
  const { data, at } = readYaml(source, OverlayFile);
  return { file, overlay: data, at };
}
