import type { CriterionResult, Points } from '../../domain/placement.ts';
import type { Criterion, StagedModel } from '../../domain/staged-model.ts';
import { conflictOf } from '../conflict.ts';
import { type CriterionEvidence, massOf, speaks, totalPoints } from '../evidence.ts';
import { levelAt, NO_POINTS, openLevels, posteriorLaw } from '../levels.ts';
import { isCovered } from './coverage.ts';

function observabilityOf(
  criterion: Criterion,
  evidence: CriterionEvidence,
  model: StagedModel,
): CriterionResult['observability'] {
  if (isCovered(massOf(evidence), model)) return 'seen';
  if (massOf(evidence) > 0) return 'partly_seen';
  return criterion.families.length === 0 || criterion.verdict === 'N' ? 'self_report_only' : 'not_seen';
}

/** The side whose level, taken alone, is the level of both together; `both` when each or neither gives it. */
function decidedBy(evidence: CriterionEvidence, median: number): CriterionResult['decided_by'] {
  const seen = massOf(evidence) > 0;
  const said = speaks({ ...evidence, gateMass: NO_POINTS });
  if (!seen) return said ? 'answers' : 'none';
  if (!said) return 'telemetry';
  const level = (points: Points) => levelAt(posteriorLaw(points), median);
  const merged = level(totalPoints(evidence));
  const bySight = level(evidence.telemetry) === merged;
  const byWord = level(evidence.answers) === merged;
  return bySight === byWord ? 'both' : bySight ? 'telemetry' : 'answers';
}

/**
 * The criterion view: what is known of one statement by its own evidence, under a flat prior.
 * Never imputed from other criteria; `level` is null when nothing speaks, and while no level leads by the model's `decision.undecided`
 * decibans: evidence that says only that something exists does not make a statement "partly".
 */
export function judgeCriterion(
  model: StagedModel,
  criterion: Criterion,
  evidence: CriterionEvidence,
  notApplicable: boolean,
): CriterionResult {
  const total = totalPoints(evidence);
  const posterior = posteriorLaw(total);
  const open = speaks(evidence) ? openLevels(posterior, model.decision.undecided) : null;
  return {
    id: criterion.id,
    set: criterion.set,
    area: criterion.area ?? null,
    name: criterion.name,
    telemetry: evidence.telemetry,
    answers: evidence.answers,
    total,
    posterior,
    level: open !== null && open[0] === open[1] ? open[0] : null,
    between: open !== null && open[0] !== open[1] ? [...open] : null,
    telemetry_mass: massOf(evidence),
    conflict: conflictOf(evidence.families, model.conflict),
    observability: observabilityOf(criterion, evidence, model),
    decided_by: decidedBy(evidence, model.decision.median),
    missing: evidence.missing.map(({ signal, status, reason }) => ({ signal, status, reason })),
    not_applicable: notApplicable,
  };
}
