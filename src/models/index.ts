export { hashModel } from './hash-model.ts';
export { lintModel } from './lint-model.ts';
export { loadActivityModel } from './load-activity-model.ts';
export { loadBenchmark } from './load-benchmark.ts';
export { type LoadedModel, loadModel, readModels } from './load-model.ts';
export { loadContactMapping, loadValueModel } from './load-value-model.ts';
export type { ModelProblem } from './problem.ts';
