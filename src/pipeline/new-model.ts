import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelHead } from '../domain/model.ts';
import { PlumblineError } from '../errors/index.ts';
import { renameModel, startModel } from '../models/index.ts';

export { diffModels } from '../models/index.ts';

interface NewModel {
  readonly id: string;
  /** Folder of the pack. */
  readonly pack: string;
  /** Folder of the rules that ship, with the starts. */
  readonly rules: string;
  /** A kind of models, or the model that an overlay extends. */
  readonly from: { readonly kind: string } | { readonly base: ModelHead };
}

/** Kinds that have a start of their own. */
const STARTS: Readonly<Record<string, string>> = { staged: 'starts/staged.yaml', activity: 'starts/activity.yaml' };
/** A kind whose parts belong together begins with the whole model that ships. */
const WHOLE: Readonly<Record<string, string>> = { value: 'models/value-exchange.yaml' };

function textOf({ id, rules, from }: NewModel): { readonly folder: string; readonly text: string } {
  const read = (file: string): string => readFileSync(join(rules, file), 'utf8');
  if ('base' in from)
    return { folder: 'overlays', text: startModel({ id, text: read('starts/overlay.yaml'), base: from.base }) };
  const [start, whole] = [STARTS[from.kind], WHOLE[from.kind]];
  if (start !== undefined) return { folder: 'models', text: startModel({ id, text: read(start) }) };
  if (whole !== undefined) return { folder: 'models', text: renameModel(id, read(whole)) };
  throw new PlumblineError(
    'BAD_USAGE',
    `There is no kind of model "${from.kind}".`,
    `Use --kind ${[...Object.keys(STARTS), ...Object.keys(WHOLE)].join(', ')}, or --extends with the id of a model.`,
  );
}

/** Writes a model or an overlay to start from into a pack; gives its path. Errors: BAD_USAGE for a bad name or kind, or a file that exists. */
export function newModel(what: NewModel): string {
  const { folder, text } = textOf(what);
  const path = join(what.pack, folder, `${what.id}.yaml`);
  if (existsSync(path)) throw new PlumblineError('BAD_USAGE', `${path} exists already.`, 'Choose another name.');
  mkdirSync(join(what.pack, folder), { recursive: true });
  writeFileSync(path, text);
  return path;
}
