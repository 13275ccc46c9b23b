import type { ActivityModel } from '../domain/activity-model.ts';
import { Benchmark } from '../domain/benchmark.ts';
import { IMPORTANCE } from '../domain/item-answer.ts';
import { type ModelProblem, unknownName } from '../domain/model-problem.ts';
import { type BenchmarkScale, OVERALL } from './benchmark-scale.ts';
import { readLinted } from './read-linted.ts';

const REMEDY =
  'Correct the lines named above. A benchmark names its source, edition, n and licence, and gives values from 1 to 5.';

const FIGURES_REMEDY =
  'Correct the lines named above. Under values stand `overall`, on the scale of the verdict, and items, as shares in place from 0 to 1: { value: 0.4 }.';

function lintActivities(benchmark: Benchmark, model: ActivityModel): ModelProblem[] {
  const ids = model.activities.map(({ id }) => id);
  const problems: ModelProblem[] =
    benchmark.model === model.id
      ? []
      : [{ path: ['model'], message: unknownName('model', benchmark.model, [model.id]) }];
  for (const [id, value] of Object.entries(benchmark.values)) {
    if (!ids.includes(id)) problems.push({ path: ['values', id], message: unknownName('activity', id, ids) });
    if (value.value !== undefined)
      problems.push({
        path: ['values', id, 'value'],
        message: `${id}: an activity has maturity and importance, no value`,
      });
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

/** Figures of models of other kinds: the whole verdict on its own scale, items as shares in place. */
function lintFigures({ values }: Benchmark, { overall, items }: BenchmarkScale): ModelProblem[] {
  return Object.entries(values).flatMap(([id, { value, ...others }]): ModelProblem[] => {
    const [lowest, highest] = id === OVERALL ? overall : [0, 1];
    const path = ['values', id];
    if (id !== OVERALL && !items.includes(id)) return [{ path, message: unknownName('item', id, [OVERALL, ...items]) }];
    if (value === undefined || Object.keys(others).length > 0)
      return [{ path, message: `${id}: write { value: … }; maturity and importance are of activity scores` }];
    if (value >= lowest && value <= highest) return [];
    return [{ path: [...path, 'value'], message: `${id}: value ${value} is outside ${lowest} to ${highest}` }];
  });
}

/** Published reference values for an activity score (rules/benchmarks/*.yaml). Errors: BAD_MODEL with every problem, each with file and line. */
export function loadBenchmark(text: string, path: string, model: ActivityModel): Benchmark {
  return readLinted({ text, path, remedy: REMEDY }, Benchmark, (benchmark) => lintActivities(benchmark, model));
}

/** The same for a model of another kind that has figures. */
export function loadFigures(text: string, path: string, scale: BenchmarkScale): Benchmark {
  return readLinted({ text, path, remedy: FIGURES_REMEDY }, Benchmark, (benchmark) => lintFigures(benchmark, scale));
}
