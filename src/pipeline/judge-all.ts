import type { Measurement } from '../domain/measurement.ts';
import type { ModelHead } from '../domain/model.ts';
import type { KeptVerdict } from '../domain/snapshot.ts';
import { answersUsed } from '../scoring/index.ts';
import { voicesOf } from './answers-to.ts';
import { findInstant, givenTo } from './given-to.ts';
import { judge } from './judge.ts';
import { type MeasureDeps, measure } from './measure.ts';

export interface JudgeAllInput {
  /** Exclusive upper bound; null = the end of the data, and answers given since then count as given at it. */
  readonly asOf: Date | null;
  readonly windowDays: number;
  readonly workspace: string;
}

/** A model with the hash of its content. */
export interface JudgingModel {
  readonly model: ModelHead;
  readonly hash: string;
}

/**
 * Measures once and has every model judge the same measurement, each with the answers that were given to it; keeps nothing. Verdicts stand in
 * the order of the models. Errors: NO_DATA when there is neither telemetry nor an answer to any of them.
 */
export async function judgeAll(
  input: JudgeAllInput,
  deps: MeasureDeps & { readonly models: readonly JudgingModel[] },
): Promise<{ readonly measurement: Measurement; readonly verdicts: readonly KeptVerdict[] }> {
  const asOf = await findInstant(
    deps.store,
    deps.models.flatMap(({ model }) => voicesOf(model)),
    input.asOf,
  );
  const { measurement, signals } = await measure({ ...input, asOf }, deps);
  const verdicts: KeptVerdict[] = [];
  for (const { model, hash } of deps.models) {
    const given = await givenTo(deps.store.ledger, model, asOf, input.asOf === null);
    const used = answersUsed(model, given.answers, asOf);
    verdicts.push({
      ...judge({ model, hash }, measurement, { signals, ...given }),
      answers_used: used.map(({ criterion, respondent, role, value, answered_at }) => ({
        criterion,
        respondent,
        role,
        value,
        answered_at: answered_at.toISOString(),
      })),
    });
  }
  return { measurement, verdicts };
}
