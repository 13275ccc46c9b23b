import type { SignalDefinition } from '../../src/domain/signal.ts';
import { StagedModel } from '../../src/domain/staged-model.ts';

const SETS = [5, 5, 5, 5, 6, 4];
const AREAS = ['technology', 'insights', 'expectations', 'focus', 'staffing'];

type Model = StagedModel;
type Kind = 'config' | 'behaviour';

/** Ids S1.1 .. S6.4 in the sets of the six-stage model. */
export const CRITERION_IDS = SETS.flatMap((size, set) =>
  Array.from({ length: size }, (_, index) => `S${set + 1}.${index + 1}`),
);

/** Signals of one skeleton criterion: one configuration fact, two halves of one behaviour, one weak and one-sided hint. */
function familiesOf(n: number): Model['criteria'][number]['families'] {
  return [
    { name: 'setup', class: 'D', signals: [{ id: `C${n}-set-up`, alpha: 1, existence_only: true }] },
    {
      name: 'habit',
      class: 'B',
      signals: [
        { id: `H${n}-habit-kept`, alpha: 0.5 },
        { id: `J${n}-habit-spread`, alpha: 0.5 },
      ],
    },
    { name: 'hint', class: 'W', signals: [{ id: `W${n}-hint-found`, alpha: 1, one_sided: true }] },
  ];
}

export interface SkeletonOptions {
  readonly reading?: 'attain' | 'exit';
  readonly sets?: readonly number[];
  readonly withSignals?: boolean;
  readonly withCells?: boolean;
}

function cellsOf(criteria: Model['criteria'], stages: number): Model['cells'] {
  return AREAS.flatMap((area) =>
    Array.from({ length: stages }, (_, index) => ({
      area,
      stage: index + 1,
      gist: `${area} at ${index + 1}`,
      criteria: criteria.filter((c) => c.area === area && c.set === index + 1).map((c) => c.id),
      families: [],
    })),
  );
}

/** A valid model with the shape and the published constants of the six-stage model, and no real content. */
export function skeletonModel(options: SkeletonOptions = {}): Model {
  const sizes = options.sets ?? SETS;
  let n = 0;
  const criteria = sizes.flatMap((size, set) =>
    Array.from({ length: size }, (_, index) => {
      n += 1;
      const families = options.withSignals === true ? familiesOf(n) : [];
      return {
        id: `S${set + 1}.${index + 1}`,
        set: set + 1,
        area: AREAS[index % AREAS.length] as string,
        name: `Statement ${set + 1}.${index + 1}`,
        statement: `We do ${set + 1}.${index + 1}.`,
        levels: { 1: 'not there', 2: 'partly', 3: 'fully' },
        verdict: families.length > 0 ? ('D' as const) : ('N' as const),
        families,
        together: [] as string[],
        action: {
          title: `Do ${set + 1}.${index + 1}`,
          how: 'Do it.',
          effort: 'weeks' as const,
          verified_by: families.flatMap((f) => f.signals.map((s) => s.id)),
        },
        proof: 'A page that shows it.',
        ask: ['support_lead'],
      };
    }),
  );
  return StagedModel.parse({
    kind: 'staged',
    id: sizes === SETS ? 'six-stage' : 'small',
    ...(sizes === SETS ? { set_sizes: SETS } : {}),
    version: 1,
    title: 'Skeleton',
    source: 'none: test fixture',
    interpretation: 'none',
    stages: sizes.map((_, index) => ({ stage: index + 1, name: `Stage ${index + 1}`, summary: 'None.' })),
    areas: AREAS.map((id) => ({ id, name: id })),
    gate: { largely: 0.5, fully: 0.85, reading: options.reading ?? 'attain' },
    classes: { D: 15, B: 7.5, W: 2.5 },
    half_life_days: { config: 365, behaviour: 180, answers: 365 },
    self: { rho: 0.34, d: 0.32, r: 0.5 },
    prior: { slope: 1.2, grid_from: 0, grid_to: 7, grid_step: 0.1 },
    decision: { median: 0.5, assured: 0.9 },
    coverage: { mass: 5, partly: 1 / 3, measured: 2 / 3 },
    conflict: { substantial: 5, strong: 10 },
    claim: { substantial: 0.76, strong: 0.91 },
    criteria,
    cells: options.withCells === false ? [] : cellsOf(criteria, sizes.length),
  });
}

/** Definition of a skeleton signal, as a rule pack would give it. */
export function skeletonSignal(id: string, kind: Kind, over: Partial<SignalDefinition> = {}): SignalDefinition {
  const existenceOnly = over.existence_only ?? false;
  return {
    id,
    version: 1,
    title: `${id} is as it should be`,
    description: 'A signal of the test skeleton.',
    group: 'skeleton',
    needs: ['tickets'],
    estimator: 'share',
    params: {},
    unit: 'share',
    window: '90d',
    min_sample: 30,
    sample_unit: 'tickets',
    lines: { partial: 0.15, full: existenceOnly ? null : 0.85, origin: 'ISO', source: 'ISO/IEC 33020 bands' },
    existence_only: existenceOnly,
    one_sided: false,
    diagnostic: false,
    kind,
    fooled_by: ['nothing'],
    counts_out: {},
    remedy: 'Do it more often.',
    sql: 'select 1 as one',
    aliases: [],
    ...over,
  };
}

/** Definitions of all signals that `skeletonModel({ withSignals: true })` names. */
export function skeletonSignals(model: Model): SignalDefinition[] {
  const ids = [...new Set(model.criteria.flatMap((c) => c.families.flatMap((f) => f.signals.map((s) => s.id))))];
  return ids.map((id) =>
    id.startsWith('C') ? skeletonSignal(id, 'config', { existence_only: true }) : skeletonSignal(id, 'behaviour'),
  );
}
