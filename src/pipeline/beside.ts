import { AnswerValue } from '../domain/assessment.ts';
import type { RoleReading, TelemetryReach } from '../domain/beside-verdict.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { reachOfTelemetry, readRoles } from '../scoring/index.ts';

/** What stands beside a kept verdict and is no part of it. */
interface Beside {
  readonly reach: TelemetryReach;
  /** Null for a model without a stated bias. */
  readonly roles: RoleReading | null;
}

/** Answers that a verdict counted were in force at its instant; when they end after it does not matter to it. */
const NO_END = new Date(8.64e15);

/** Worked out from what the snapshot keeps: the same snapshot and model give the same. No I/O, no clock. */
export function besideVerdict(
  model: StagedModel,
  snapshot: Pick<StagedReading, 'answers_used' | 'as_of' | 'criteria'>,
): Beside {
  const answers = snapshot.answers_used.map(({ criterion, respondent, role, value, answered_at }) => ({
    model: model.id,
    criterion,
    respondent,
    role,
    value: AnswerValue.parse(value),
    comment: null,
    proof: null,
    proof_checked_by: null,
    answered_at: new Date(answered_at),
    expires_at: NO_END,
  }));
  const notApplicable = new Set(snapshot.criteria.filter((c) => c.not_applicable).map((c) => c.id));
  return {
    reach: reachOfTelemetry(model),
    roles: readRoles({ model, answers, asOf: new Date(snapshot.as_of), notApplicable }),
  };
}
