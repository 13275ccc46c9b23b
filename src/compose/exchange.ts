import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoadedModel } from '../cli/app.ts';
import { unknownName } from '../domain/model-problem.ts';
import { isValueModel, type ValueModel } from '../domain/value-model.ts';
import { PlumblineError } from '../errors/index.ts';
import { hashModel, loadExchangeFile } from '../models/index.ts';

/** Files by model, as plumbline.yaml names them. */
type ExchangeFiles = Readonly<Record<string, string>>;

/** Files for models that are not there, or that look at no contacts, would be dropped without a word. */
function checkNamed(files: ExchangeFiles, known: readonly string[]): void {
  for (const id of Object.keys(files))
    if (!known.includes(id))
      throw new PlumblineError(
        'BAD_CONFIG',
        `plumbline.yaml names a file under exchange for ${id}: ${unknownName('model of kind value', id, known)}.`,
        known.length === 0
          ? 'Leave it out: no model of kind value is there.'
          : `Models of kind value: ${known.join(', ')}.`,
      );
}

function read(path: string, cwd: string, model: ValueModel): ValueModel {
  const whole = resolve(cwd, path);
  if (!existsSync(whole))
    throw new PlumblineError(
      'BAD_CONFIG',
      `The file ${path} is not there; plumbline.yaml names it under exchange for ${model.id}.`,
      'Correct the path; or take the line out and begin a file with plumbline contacts --write.',
      { where: path },
    );
  return { ...model, exchange: loadExchangeFile(readFileSync(whole, 'utf8'), path, model) };
}

/**
 * Models with what the user said of contacts and figures; the hash is that of what is judged. Errors: BAD_CONFIG for a file or a model that is not
 * there, BAD_MODEL with every problem of a file, each with file and line.
 */
export function withExchange(
  models: readonly LoadedModel[],
  files: ExchangeFiles,
  cwd: string,
): readonly LoadedModel[] {
  checkNamed(
    files,
    models
      .map(({ model }) => model)
      .filter(isValueModel)
      .map(({ id }) => id),
  );
  return models.map((loaded) => {
    const path = files[loaded.model.id];
    if (path === undefined || !isValueModel(loaded.model)) return loaded;
    const model = read(path, cwd, loaded.model);
    return { ...loaded, model, hash: hashModel(model) };
  });
}
