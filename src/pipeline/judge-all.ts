import { contradictedBy } from '../assessment/index.ts';
import type { Measurement } from '../domain/measurement.ts';
import type { ModelHead } from '../domain/model.ts';
import type { KeptVerdict } from '../domain/snapshot.ts';
import { isStaged } from '../domain/staged-model.ts';
import { isStagedBody } from '../domain/staged-verdict.ts';
import { isValueModel } from '../domain/value-model.ts';
import type { Verdict } from '../domain/verdict.ts';
import { answersUsed } from '../scoring/index.ts';
import { voicesOf } from './answers-to.ts';
import { findInstant, type GivenTo, givenTo } from './given-to.ts';
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

/** Contacts of a tag from which on a model proposes something for it; null for models that do not look at contacts. */
export function leastOfTagOf(model: ModelHead): number | null {
  return isValueModel(model) ? model.proposal.contacts : null;
}

/** Ids of resolutions that what records say, which no answer moves, has turned against. */
function turnedAgainst(model: ModelHead, verdict: Verdict, { standing }: GivenTo): Set<string> {
  if (standing.length === 0 || !isStaged(model) || !isStagedBody(verdict.body)) return new Set();
  return new Set(contradictedBy(standing, verdict.body.criteria, model).map(({ id }) => id));
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
  const leastOfTags = deps.models.map(({ model }) => leastOfTagOf(model)).filter((least) => least !== null);
  const { measurement, signals, contacts } = await measure({ ...input, asOf }, { ...deps, leastOfTags });
  const verdicts: KeptVerdict[] = [];
  for (const { model, hash } of deps.models) {
    const judged = (given: GivenTo): Verdict =>
      judge({ model, hash }, measurement, {
        signals,
        contacts: contacts.get(leastOfTagOf(model) ?? Number.NaN) ?? null,
        answers: given.answers,
        notApplicable: given.notApplicable,
      });
    const ask = (ended?: ReadonlySet<string>): Promise<GivenTo> =>
      givenTo(deps.store.ledger, model, asOf, input.asOf === null, ended);
    let given = await ask();
    let verdict = judged(given);
    const ended = turnedAgainst(model, verdict, given);
    if (ended.size > 0) {
      given = await ask(ended);
      verdict = judged(given);
    }
    const used = answersUsed(model, given.answers, asOf);
    verdicts.push({
      ...verdict,
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
