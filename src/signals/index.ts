export { loadCases, missingCases, runCase } from './cases/run.ts';
export { type LintResult, lintRules, readLock } from './load/lint.ts';
export type { RulesLock } from './load/lock.ts';
export { type MergedSignals, mergePacks, type NamedPack } from './load/merge-packs.ts';
export { type LoadedSignal, loadSignals, type SignalPack } from './load/pack.ts';
export { type Scaffold, scaffoldSignal } from './load/scaffold.ts';
export { wilson } from './math/shares.ts';
export { horizonOf, type MeasureOptions, measureAll, measureSignal, windowOf } from './measure/measure.ts';
export { guardPackSql } from './sandbox/guard.ts';
