import type { ActivityModel } from '../domain/activity-model.ts';
import { Benchmark } from '../domain/benchmark.ts';
import { IMPORTANCE } from '../domain/item-answer.ts';
import { type ModelProblem, unknownName } from '../domain/model-problem.ts';
import { readLinted } from './read-linted.ts';

const REMEDY =
  'Correct the lines named above. A benchmark names its source, edition, n and licence, and gives values from 1 to 5.';

function lintBenchmark(benchmark: Benchmark, model: ActivityModel): ModelProblem[] {
  const ids = model.activities.map(({ id }) => id);
  const problems: ModelProblem[] =
    benchmark.model === model.id
      ? []
      : [{ path: ['model'], message: unknownName('model', benchmark.model, [model.id]) }];
  for (const [id, value] of Object.entries(benchmark.values)) {
    if (!ids.includes(id)) problems.push({ path: ['values', id], message: unknownName('activity', id, ids) });
    for (const key of ['maturity', 'importance'] as const) {
      const figure = value[key];
      if (figure !== undefined && !(figure >= IMPORTANCE.lowest && figure <= IMPORTANCE.highest))
        problems.push({
          path: ['values', id, key],
          message: `${id}: ${key} ${figure} is outside ${IMPORTANCE.lowest} to ${IMPORTANCE.highest}`,
        });
    }
  }
  return problems;
}

/** Published reference values for a model (rules/benchmarks/*.yaml). Errors: BAD_MODEL with every problem, each with file and line. */
export function loadBenchmark(text: string, path: string, model: ActivityModel): Benchmark {
  return readLinted({ text, path, remedy: REMEDY }, Benchmark, (benchmark) => lintBenchmark(benchmark, model));
}
