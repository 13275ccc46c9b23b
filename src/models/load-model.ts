import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MaturityModel } from '../domain/model.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { PlumblineError, parseBoundedYaml, readYaml } from '../errors/index.ts';
import { hashModel } from './hash-model.ts';
import { lintModel } from './lint-model.ts';

const REMEDY =
  'Correct the lines named above; `plumbline models show six-stage` prints a complete model to compare with.';

export interface LoadedModel {
  readonly model: MaturityModel;
  readonly hash: string;
  readonly path: string;
}

/**
 * Reads a staged maturity model from YAML text and lints it; with `signals`, every signal id must resolve.
 * `path` is the name shown in messages. Errors: BAD_MODEL with every problem, each with file and line,
 * unknown keys and ids with the nearest known one.
 */
export function loadModel(text: string, path: string, signals?: Iterable<SignalDefinition>): MaturityModel {
  const { data, at } = readYaml({ text, name: path, code: 'BAD_MODEL', remedy: REMEDY }, MaturityModel);
  const problems = lintModel(data, signals).map((problem) => `${at(problem.path)}: ${problem.message}`);
  if (problems.length > 0)
    throw new PlumblineError('BAD_MODEL', `${path} is not valid: ${problems[0]}`, REMEDY, { where: path, problems });
  return data;
}

/** A model of another shape says so with a `kind` of its own; it is read elsewhere. */
function isOtherKind(text: string, path: string): boolean {
  const { value } = parseBoundedYaml({ text, name: path, code: 'BAD_MODEL', remedy: REMEDY });
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/**
 * All staged models of a folder (`*.yaml`, not below it), by id. Files that name another `kind` are left to their own reader.
 * Errors: BAD_MODEL for a bad file, or for two files with one id.
 */
export function readModels(dir: string, signals?: Iterable<SignalDefinition>): LoadedModel[] {
  const list = signals === undefined ? undefined : [...signals];
  const loaded = readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name): LoadedModel[] => {
      const path = join(dir, name);
      const text = readFileSync(path, 'utf8');
      if (isOtherKind(text, path)) return [];
      const model = loadModel(text, path, list);
      return [{ model, hash: hashModel(model), path }];
    });
  for (const [index, { model, path }] of loaded.entries()) {
    const twin = loaded.slice(0, index).find((other) => other.model.id === model.id);
    if (twin !== undefined)
      throw new PlumblineError(
        'BAD_MODEL',
        `${twin.path} and ${path} both give model "${model.id}".`,
        'Give one of them another id.',
        {
          where: path,
        },
      );
  }
  return loaded;
}
