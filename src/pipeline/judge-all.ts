import type { Measurement } from '../domain/measurement.ts';
import type { ModelHead } from '../domain/model.ts';
import type { Verdict } from '../domain/verdict.ts';
import { findInstant, givenTo } from './given-to.ts';
import { judge } from './judge.ts';
import { type MeasureDeps, measure } from './measure.ts';

export interface JudgeAllInput {
  /** Exclusive upper bound; null = the end of the data, and answers given since then count as given at it. */
  readonly asOf: Date | null;
  readonly windowDays: number;
  readonly workspace: string;
}

/**
 * Measures once and has every model judge the same measurement, each with the answers that were given to it; keeps nothing. Verdicts stand in
 * the order of the models. Errors: NO_DATA when there is neither telemetry nor an answer to any of them.
 */
export async function judgeAll(
  input: JudgeAllInput,
  deps: MeasureDeps & { readonly models: readonly { readonly model: ModelHead; readonly hash: string }[] },
): Promise<{ readonly measurement: Measurement; readonly verdicts: readonly Verdict[] }> {
  const asOf = await findInstant(
    deps.store,
    deps.models.map(({ model }) => model.id),
    input.asOf,
  );
  const { measurement, signals } = await measure({ ...input, asOf }, deps);
  const verdicts: Verdict[] = [];
  for (const { model, hash } of deps.models) {
    const given = await givenTo(deps.store.ledger, model.id, asOf, input.asOf === null);
    verdicts.push(judge({ model, hash }, measurement, { signals, ...given }));
  }
  return { measurement, verdicts };
}
