import type { CriterionResult, Level, Placement, Points } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { type CriterionEvidence, type Evidence, massOf, totalPoints, UNSEEN } from '../evidence.ts';
import { coverageUpTo, isCovered, ROUNDING, statusOf } from './coverage.ts';
import { judgeCriterion } from './criterion-result.ts';
import { type StageLaw, stageAt } from './gate.ts';
import { openStaging, type Staging } from './staging.ts';
import { highestToName } from './telemetry-cap.ts';

export interface PlaceInput {
  readonly model: StagedModel;
  readonly evidence: Evidence;
  /** Criteria that people declared not applicable; checked by `checkNotApplicable`. */
  readonly notApplicable?: ReadonlySet<string>;
}

export interface Placed {
  readonly placement: Placement;
  readonly criteria: readonly CriterionResult[];
  /** Opened gate for further what-ifs on the same evidence. */
  readonly staging: Staging;
}

interface Entry {
  readonly id: string;
  readonly set: number;
  readonly evidence: CriterionEvidence;
}

/** Applicable criteria with their evidence, in the order of the model. */
export function entriesOf(input: PlaceInput): Entry[] {
  return input.model.criteria
    .filter((criterion) => input.notApplicable?.has(criterion.id) !== true)
    .map(({ id, set }) => ({ id, set, evidence: input.evidence.get(id) ?? UNSEEN }));
}

/** Law when every criterion without telemetry were at this level: what is not known, kept apart from chance. */
export function lawIfUnseenAre(level: Level, entries: readonly Entry[], staging: Staging): StageLaw {
  const unseen = entries.filter((entry) => !(massOf(entry.evidence) > 0));
  return staging.withLevels(new Map(unseen.map((entry) => [entry.id, level])));
}

/** Criteria in sets 1..stage+1 whose lift to level 3 raises P(stage >= stage + 1), greatest gain first; none at the last stage. */
export function blockersOf(entries: readonly Entry[], staging: Staging, stage: number): Placement['blockers'] {
  const now = staging.law.atLeast[stage];
  if (now === undefined) return [];
  return entries
    .filter((entry) => entry.set <= stage + 1)
    .map((entry) => ({ criterion: entry.id, gain: (staging.withLevel(entry.id, 3).atLeast[stage] ?? now) - now }))
    .filter((blocker) => blocker.gain > 0)
    .sort((a, b) => b.gain - a.gain);
}

/** Criteria that somebody answered or took out: of these people have spoken. */
function spokenFor({ evidence, notApplicable }: PlaceInput): Set<string> {
  const answered = [...evidence].flatMap(([id, own]) => (own.answered ? [id] : []));
  return new Set([...answered, ...(notApplicable ?? [])]);
}

/** P(stage = s) from P(stage >= s). */
export function exactly(atLeast: readonly number[]): number[] {
  return atLeast.map((p, index) => p - (atLeast[index + 1] ?? 0));
}

/** Coverage of the sets that a stage rests on (1..s+1), and of its own set. */
interface Ground {
  under(stage: number): number;
  own(stage: number): number;
}

/**
 * Without answers a stage is named only where enough was seen. The median stands when the share `coverage.partly` of the statements in sets
 * 1..s+1 was seen; otherwise it is held at the highest lower stage of which that holds and whose own set was seen to the same share, so that
 * no stage is claimed of whose practices nothing was looked at. When there is none the median comes back and the status withholds it.
 */
function heldStage(median: number, ground: Ground, model: StagedModel): number {
  const line = model.coverage.partly - ROUNDING;
  if (ground.under(median) >= line) return median;
  for (let stage = median - 1; stage >= 1; stage--)
    if (ground.under(stage) >= line && ground.own(stage) >= line) return stage;
  return median;
}

/**
 * Places an organisation by the published rules from evidence alone.
 * Stage: highest s with P(stage >= s) at the median line; assured: at the assured line. Floor and ceiling: the median when every
 * criterion without telemetry is forced to level 1, to level 3. Coverage: share of criteria in sets 1..stage+1 with enough telemetry.
 * Frontier: highest set in place regardless of lower ones. Blockers: criteria up to stage + 1 whose lift to level 3 raises
 * P(stage >= stage + 1), gains in probability (0..1), greatest first; none at the last stage.
 * A model that caps telemetry (`highestToName`) names no stage above the cap before people have spoken.
 * Without answers the stage is held at the last one with enough seen under it; where there is none the status is `not_placed`: stage and
 * frontier are withheld, and nothing is assured beyond stage 1, which everybody has. Pure: same input, same bytes. Source: docs/method.md.
 */
export function place(input: PlaceInput): Placed {
  const { model } = input;
  const entries = entriesOf(input);
  const points = new Map<string, Points>(entries.map((entry) => [entry.id, totalPoints(entry.evidence)]));
  const staging = openStaging(model, points, input.notApplicable);
  const { atLeast, reached } = staging.law;
  const { median, assured } = model.decision;
  const answered = entries.some((entry) => entry.evidence.answered);
  const covered = (entry: Entry): boolean => isCovered(massOf(entry.evidence), model);
  const coverageAt = (at: number): number => coverageUpTo(entries, covered, at);
  const ground: Ground = {
    under: coverageAt,
    own: (at) =>
      coverageUpTo(
        entries.filter((entry) => entry.set === at),
        covered,
        at,
      ),
  };
  const most = highestToName(model, spokenFor(input));
  const law = Math.min(most, stageAt(atLeast, median));
  const stage = answered ? law : heldStage(law, ground, model);
  const coverage = coverageAt(stage);
  const status = statusOf(coverage, answered, model);
  const withheld = status === 'not_placed';
  const placement: Placement = {
    model: model.id,
    model_version: model.version,
    stage: withheld ? null : stage,
    assured: withheld ? 1 : Math.min(stage, stageAt(atLeast, assured)),
    atLeast: [...atLeast],
    probabilities: exactly(atLeast),
    floor: Math.min(stage, stageAt(lawIfUnseenAre(1, entries, staging).atLeast, median)),
    ceiling: stageAt(lawIfUnseenAre(3, entries, staging).atLeast, median),
    coverage,
    status,
    frontier: withheld ? null : Math.min(most, stageAt(reached, median)),
    blockers: withheld ? [] : blockersOf(entries, staging, stage),
  };
  const criteria = model.criteria.map((criterion) =>
    judgeCriterion(
      model,
      criterion,
      input.evidence.get(criterion.id) ?? UNSEEN,
      input.notApplicable?.has(criterion.id) === true,
    ),
  );
  return { placement, criteria, staging };
}
