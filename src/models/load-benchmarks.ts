import { z } from 'zod';
import type { ActivityModel } from '../domain/activity-model.ts';
import type { Benchmark } from '../domain/benchmark.ts';
import type { ModelHead } from '../domain/model.ts';
import { unknownName } from '../domain/model-problem.ts';
import { PlumblineError, readYaml } from '../errors/index.ts';
import { benchmarkScale } from './benchmark-scale.ts';
import { loadBenchmark, loadFigures } from './load-benchmark.ts';
import type { ModelFile } from './overlay/read-overlay.ts';

const REMEDY =
  'Correct the lines named above; docs/packs.md shows a benchmark file. It names model, source, edition, n and licence.';

const Head = z.looseObject({ id: z.string(), model: z.string() });

function isActivity(model: ModelHead): model is ActivityModel {
  return model.kind === 'activity';
}

function readOne({ text, path }: ModelFile, models: readonly ModelHead[]): Benchmark {
  const { data, at } = readYaml({ text, name: path, code: 'BAD_MODEL', remedy: REMEDY }, Head);
  const model = models.find(({ id }) => id === data.model);
  if (model !== undefined && isActivity(model)) return loadBenchmark(text, path, model);
  const scale = model === undefined ? null : benchmarkScale(model);
  if (scale !== null) return loadFigures(text, path, scale);
  const known = models.filter((one) => isActivity(one) || benchmarkScale(one) !== null).map(({ id }) => id);
  const why =
    model === undefined
      ? unknownName('model', data.model, known)
      : `${data.model} is of kind ${model.kind}, which has no figures; benchmarks stand beside: ${known.join(', ')}`;
  throw new PlumblineError('BAD_MODEL', why, REMEDY, { problems: [`${at(['model'])}: ${why}`] });
}

/** Benchmarks of all files. Errors: BAD_MODEL with every problem of every file, each with file and line; two files of one id among them. */
export function loadBenchmarks(files: readonly ModelFile[], models: readonly ModelHead[]): Benchmark[] {
  const problems: string[] = [];
  const read: { readonly path: string; readonly benchmark: Benchmark }[] = [];
  for (const file of files) {
    try {
      const benchmark = readOne(file, models);
      const twin = read.find((other) => other.benchmark.id === benchmark.id);
      if (twin !== undefined)
        problems.push(`${file.path}:1: ${twin.path} and ${file.path} both give benchmark "${benchmark.id}"`);
      read.push({ path: file.path, benchmark });
    } catch (error) {
      if (!(error instanceof PlumblineError) || error.code !== 'BAD_MODEL') throw error;
      problems.push(...(error.problems.length > 0 ? error.problems : [error.message]));
    }
  }
  if (problems.length > 0)
    throw new PlumblineError('BAD_MODEL', `A benchmark is not valid: ${problems[0]}`, REMEDY, { problems });
  return read.map(({ benchmark }) => benchmark);
}
