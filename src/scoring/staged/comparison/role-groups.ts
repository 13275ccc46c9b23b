import type { Answer } from '../../../domain/assessment.ts';
import type { GroupReading, RoleReading, SettlingQuestion } from '../../../domain/beside-verdict.ts';
import type { StagedModel } from '../../../domain/staged-model.ts';
import { answersInForce, scoreAnswers } from '../../answer-lines.ts';
import { evidenceOf } from '../../evidence.ts';
import { stageAt } from '../gate.ts';
import { type Placed, place } from '../place.ts';

export interface RoleInput {
  readonly model: StagedModel;
  readonly answers: readonly Answer[];
  readonly asOf: Date;
  readonly notApplicable: ReadonlySet<string>;
}

type Group = NonNullable<StagedModel['perception']>['groups'][number];

interface Voices extends GroupReading {
  readonly placed: Placed;
  /** Values 1..3 by item. */
  readonly values: ReadonlyMap<string, readonly number[]>;
}

function listen({ model, answers, asOf, notApplicable }: RoleInput, { id, name, roles }: Group): Voices {
  const own = answersInForce(
    model,
    answers.filter((answer) => roles.includes(answer.role)),
    asOf,
  ).filter((answer) => answer.value !== 'dont_know');
  const placed = place({ model, evidence: evidenceOf(scoreAnswers(model, own, asOf)), notApplicable });
  const values = new Map<string, number[]>();
  for (const { criterion, value } of own)
    if (value !== 'dont_know') values.set(criterion, [...(values.get(criterion) ?? []), value]);
  const respondents = new Set(own.map((answer) => answer.respondent)).size;
  const stage = respondents === 0 ? null : stageAt(placed.staging.law.atLeast, model.decision.median);
  return { id, name, respondents, stage, placed, values };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function questionOn(model: StagedModel, biased: Voices, others: readonly Voices[]): SettlingQuestion | null {
  const stage = biased.stage;
  if (stage === null || stage === 1) return null;
  const now = biased.placed.staging.law.atLeast[stage - 1] ?? 0;
  const candidates = model.criteria
    .filter(({ id, set }) => set <= stage && biased.values.has(id))
    .map(({ id }): SettlingQuestion & { readonly differs: boolean } => {
      const means = [biased, ...others].flatMap(({ id: group, values }) => {
        const given = values.get(id);
        return given === undefined ? [] : [{ group, mean: mean(given) }];
      });
      const own = means[0]?.mean ?? 0;
      const silent = others.filter(({ values }) => !values.has(id)).map((other) => other.id);
      return {
        criterion: id,
        weight: now - (biased.placed.staging.withLevel(id, 1).atLeast[stage - 1] ?? now),
        means,
        ask: silent.length > 0 ? silent : others.map((other) => other.id),
        differs: means.slice(1).some((other) => other.mean < own),
      };
    });
  const disputed = candidates.filter(({ differs }) => differs);
  const [first] = (disputed.length > 0 ? disputed : candidates).sort((a, b) => b.weight - a.weight);
  if (first === undefined) return null;
  const { differs: _, ...question } = first;
  return question;
}

/**
 * How groups of people place the organisation by their answers alone, for a model whose source states that one of them sees too much.
 * Nothing is corrected: the groups stand side by side. The settling question is asked among the items that the biased group answered, up to its
 * stage: first those that others answered lower, by what P(stage >= its stage) would lose if the item were not there. Null without a stated bias
 * in the model. Ages and expiry of answers as in the verdict; a role in no group is left out.
 */
export function readRoles(input: RoleInput): RoleReading | null {
  const { perception } = input.model;
  if (perception === undefined) return null;
  const voices = perception.groups.map((group) => listen(input, group));
  const biased = voices.find(({ id }) => id === perception.group);
  const others = voices.filter(({ id }) => id !== perception.group);
  return {
    groups: voices.map(({ id, name, respondents, stage }) => ({ id, name, respondents, stage })),
    apart: others.flatMap(({ id, stage }) =>
      stage === null || biased === undefined || biased.stage === null
        ? []
        : [{ group: id, stages: biased.stage - stage }],
    ),
    settle: biased === undefined ? null : questionOn(input.model, biased, others),
  };
}
