import type { Contrast } from '../domain/beside-verdict.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { contrastVerdicts } from '../scoring/index.ts';

/** What one model says of a measurement. */
export interface ModelVerdict extends Pick<StagedReading, 'placement' | 'ledger'> {
  readonly model: StagedModel;
}

interface ModelPair {
  readonly models: readonly [string, string];
  /** Models of the pair whose verdict is withheld. */
  readonly withheld: readonly string[];
  /** Null when they stand about as high, or when one is withheld. */
  readonly contrast: Contrast | null;
}

/** Every pair of verdicts on one measurement, in the order given; fewer than two give none. Pure. */
export function contrastModels(verdicts: readonly ModelVerdict[]): ModelPair[] {
  return verdicts.flatMap((a, index) =>
    verdicts.slice(index + 1).map(
      (b): ModelPair => ({
        models: [a.model.id, b.model.id],
        withheld: [a, b].filter(({ placement }) => placement.stage === null).map(({ model }) => model.id),
        contrast: contrastVerdicts(a, b),
      }),
    ),
  );
}
