export { loadCases, missingCases, runCase } from './cases/run.ts';
export { lockProblems, RulesLock, updateLock } from './load/lock.ts';
export { type LoadedSignal, loadSignals, type SignalPack } from './load/pack.ts';
export { horizonOf, type MeasureOptions, measureAll, measureSignal, windowOf } from './measure/measure.ts';
export { guardPackSql } from './sandbox/guard.ts';
