import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ModelHead } from '../domain/model.ts';
import { type ModelProblem, unknownName } from '../domain/model-problem.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import { PlumblineError, readYaml } from '../errors/index.ts';
import { hashModel } from './hash-model.ts';
import { readLinted } from './read-linted.ts';

const REMEDY =
  'Correct the lines named above; `plumbline models show six-stage` prints a complete model to compare with.';

/** How files of one kind are read. */
export interface ReadsKind {
  readonly schema: z.ZodType<ModelHead>;
  lint(model: ModelHead, signals?: Iterable<SignalDefinition>): ModelProblem[];
}

/** Readers by the `kind` of the file. */
export type ModelKinds = Readonly<Record<string, ReadsKind>>;

/** A model of any of the kinds. */
type ModelOf<K extends ModelKinds> = z.output<K[keyof K]['schema']>;

export interface LoadedModel<M extends ModelHead> {
  readonly model: M;
  readonly hash: string;
  readonly path: string;
}

/** The reader of the kind that the file names. Errors: BAD_MODEL with file and line for none, and for one that is not known. */
function readerOf<K extends ModelKinds>(text: string, path: string, kinds: K): K[keyof K] {
  const known = Object.keys(kinds);
  const Kind = z.looseObject({
    kind: z
      .string({ error: `is missing; a model says of which kind it is: ${known.join(', ')}` })
      .refine((kind) => Object.hasOwn(kinds, kind), {
        error: ({ input }) => `${unknownName('kind of model', String(input), known)}; kinds: ${known.join(', ')}`,
      }),
  });
  const { data } = readYaml({ text, name: path, code: 'BAD_MODEL', remedy: REMEDY }, Kind);
  return kinds[data.kind as keyof K];
}

/**
 * Reads a model from YAML text and lints it by the rules of its kind; with `signals`, every signal id must resolve.
 * `path` is the name shown in messages. Errors: BAD_MODEL with every problem, each with file and line, unknown keys, kinds and ids with the
 * nearest known one.
 */
export function loadModel<K extends ModelKinds>(
  text: string,
  path: string,
  kinds: K,
  signals?: Iterable<SignalDefinition>,
): ModelOf<K> {
  const reader = readerOf(text, path, kinds);
  // What one of the readers gives is a model of one of the kinds; the compiler cannot follow an index by a value.
  const schema = reader.schema as z.ZodType<ModelOf<K>>;
  return readLinted({ text, path, remedy: REMEDY }, schema, (model) => reader.lint(model, signals));
}

/**
 * All models of a folder (`*.yaml`, not below it), in the order of their files.
 * Errors: BAD_MODEL for a bad file, a kind that is not known, or two files with one id.
 */
export function readModels<K extends ModelKinds>(
  dir: string,
  kinds: K,
  signals?: Iterable<SignalDefinition>,
): LoadedModel<ModelOf<K>>[] {
  const list = signals === undefined ? undefined : [...signals];
  const loaded = readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name): LoadedModel<ModelOf<K>> => {
      const path = join(dir, name);
      const model = loadModel(readFileSync(path, 'utf8'), path, kinds, list);
      return { model, hash: hashModel(model), path };
    });
  for (const [index, { model, path }] of loaded.entries()) {
    const twin = loaded.slice(0, index).find((other) => other.model.id === model.id);
    if (twin !== undefined)
      throw new PlumblineError(
        'BAD_MODEL',
        `${twin.path} and ${path} both give model "${model.id}".`,
        'Give one of them another id.',
        { where: path },
      );
  }
  return loaded;
}
