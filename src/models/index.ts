export { type AddedModels, addModels, type Override } from './add-models.ts';
export { diffModels } from './diff-models.ts';
export { hashModel } from './hash-model.ts';
export { loadBenchmark } from './load-benchmark.ts';
export { loadBenchmarks } from './load-benchmarks.ts';
export { loadExchangeFile } from './load-exchange-file.ts';
export { type LoadedModel, loadModel, type ModelKinds, readModels } from './load-model.ts';
export {
  changedUnraised,
  MODELS_LOCK,
  modelLockProblems,
  raiseVersion,
  readModelsLock,
  updateModelsLock,
} from './model-lock.ts';
export { type NamedAreas, nameAreas } from './name-areas.ts';
export { onlyStaged } from './only-staged.ts';
export { type ModelFile, PACK_REMEDY } from './overlay/read-overlay.ts';
export { renameModel, startModel } from './start-model.ts';
export { addToExchangeFile, startExchangeFile } from './write-exchange-file.ts';
