import { assuredStage } from '../../domain/placement.ts';
import { StagedModel } from '../../domain/staged-model.ts';
import { itemVerdict, StagedBody } from '../../domain/staged-verdict.ts';
import type { Headline, Judged } from '../../domain/verdict.ts';
import { answersInForce } from '../answer-lines.ts';
import type { JudgeInput, Method } from '../method.ts';
import { compareSaidSeen } from './comparison/index.ts';
import { itemsOfStaged } from './items.ts';
import { lintModel } from './lint/lint-model.ts';
import { findPath } from './path/index.ts';
import { scoreSnapshot } from './score-snapshot.ts';

function headlineOf(model: StagedModel, placement: StagedBody['placement']): Headline {
  return {
    value: placement.stage,
    label: model.stages.find(({ stage }) => stage === placement.stage)?.name ?? 'not placed',
    of: model.stages.length,
    assured: assuredStage(placement),
    status: placement.status,
    coverage: placement.coverage,
  };
}

/** Places, compares and plans by the published rules; see `scoreSnapshot`, `compareSaidSeen` and `findPath` for what each part means. */
function judgeStaged(input: JudgeInput<StagedModel>): Judged<StagedBody> {
  const { model, findings, asOf } = input;
  const { staging, ledger, ...result } = scoreSnapshot(input);
  const answers = answersInForce(model, input.answers, asOf);
  const scored = { ...result, staging };
  return {
    headline: headlineOf(model, result.placement),
    items: result.criteria.map(itemVerdict),
    ledger,
    body: {
      ...result,
      comparison: answers.length === 0 ? null : compareSaidSeen({ model, scored, answers }),
      path: result.placement.stage === null ? null : findPath({ model, scored, findings }),
    },
  };
}

/** Models whose sets of statements stand one upon another: six stages, four tiers, five levels. */
export const stagedMethod: Method<StagedModel, StagedBody> = {
  schema: StagedModel,
  body: StagedBody,
  lint: lintModel,
  items: itemsOfStaged,
  judge: judgeStaged,
};
