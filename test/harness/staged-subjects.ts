import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { SignalDefinition } from '../../src/domain/signal.ts';
import { StagedModel } from '../../src/domain/staged-model.ts';
import { loadSignals } from '../../src/signals/index.ts';
import { skeletonModel, skeletonSignals } from './six-stage-skeleton.ts';

const RULES = join(import.meta.dirname, '../../rules');
const DEFINITIONS = loadSignals(join(RULES, 'signals')).signals.map((signal) => signal.definition);

/** A staged model to hold the invariants of docs/method.md against, with the signals that it names. */
export interface StagedSubject {
  readonly name: string;
  readonly model: StagedModel;
  readonly signals: readonly SignalDefinition[];
  /** Part of the usual number of runs: the skeleton has every kind of family, so the shipped models need fewer. */
  readonly share: number;
}

export function signalsOf(model: StagedModel): Set<string> {
  const families = [...model.criteria, ...model.cells].flatMap((holder) => holder.families);
  return new Set(families.flatMap((family) => family.signals.map((signal) => signal.id)));
}

/** Every staged model that ships, read from its file. */
export const SHIPPED_STAGED: readonly StagedModel[] = readdirSync(join(RULES, 'models'))
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file): unknown => parse(readFileSync(join(RULES, 'models', file), 'utf8')))
  .filter((data) => typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'staged')
  .map((data) => StagedModel.parse(data));

export function shippedStaged(id: string): StagedModel {
  const found = SHIPPED_STAGED.find((model) => model.id === id);
  if (found === undefined) throw new Error(`no shipped staged model ${id}`);
  return found;
}

const SKELETON = skeletonModel({ withSignals: true });

export const STAGED_SUBJECTS: readonly StagedSubject[] = [
  { name: 'skeleton', model: SKELETON, signals: skeletonSignals(SKELETON), share: 1 },
  ...SHIPPED_STAGED.map((model) => {
    const used = signalsOf(model);
    return { name: model.id, model, signals: DEFINITIONS.filter(({ id }) => used.has(id)), share: 1 / 3 };
  }),
];

export { DEFINITIONS as SHIPPED_SIGNALS };
