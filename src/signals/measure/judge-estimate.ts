import type { Finding } from '../../domain/finding.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { Estimate, Estimator, Figures, Measured } from '../estimators/estimator.ts';
import { settle } from '../math/numbers.ts';
import { describeInsufficient, describeMeasured, describeUndecided } from './wording.ts';

export type Outcome = Pick<Finding, 'status' | 'reason' | 'detail'> & Partial<Finding>;

export function settleFigures(figures: Figures): Record<string, number | string | null> {
  return Object.fromEntries(
    Object.entries(figures)
      .filter(([, value]) => typeof value !== 'number' || Number.isFinite(value))
      .map(([key, value]) => [key, typeof value === 'number' ? settle(value) : value]),
  );
}

/** What an estimate says by the lines of its signal, its smallest sample and what could not be known. */
export function judgeEstimate(
  definition: SignalDefinition,
  estimator: Estimator,
  estimate: Estimate,
  excluded: Readonly<Record<string, number>>,
): Outcome {
  const common = { excluded: { ...excluded }, n: Math.round(estimate.n), extra: settleFigures(estimate.extra) };
  const nothingUsable = estimate.n === 0 && (excluded.not_applicable ?? 0) > 0;
  if (nothingUsable)
    return {
      ...common,
      status: 'not_applicable',
      reason: 'not_applicable',
      detail: definition.counts_out.not_applicable ?? 'This desk has no such work.',
    };
  const empty = estimate.n === 0 && !estimator.emptyIsAnswer;
  if (estimate.kind === 'insufficient' || empty || estimate.sampleSize < definition.min_sample)
    return {
      ...common,
      status: 'insufficient',
      reason: 'sample',
      detail: describeInsufficient(definition, estimate.sampleSize),
    };
  const unknown = excluded.unknown ?? 0;
  if (estimator.emptyIsAnswer && leavesOpen(definition, estimate.estimate, unknown))
    return {
      ...common,
      status: 'insufficient',
      reason: 'unknown',
      detail: describeUndecided(definition, estimate.estimate, unknown),
    };
  const outcome = measuredOutcome(definition, estimate);
  const { full } = definition.lines;
  if (!estimator.emptyIsAnswer || full === null || !mayReach(full, estimate.estimate, unknown))
    return { ...common, ...outcome };
  // What could not be known might reach the second line, so neither yes nor no is said of it.
  return { ...common, ...outcome, pass: { q2: outcome.pass?.q2 ?? null, q3: definition.existence_only ? null : 0.5 } };
}

/** A count stays below a line, and would not if all that is unknown were there. */
function mayReach(line: number, found: number, unknown: number): boolean {
  return found < line && found + unknown >= line;
}

/** Records that cannot be judged leave "is it there" open when nothing else was found, or when they could lift the count to the first line. */
function leavesOpen(definition: SignalDefinition, found: number, unknown: number): boolean {
  if (unknown === 0) return false;
  const line = definition.lines.partial;
  return found === 0 || (line !== null && mayReach(line, found, unknown));
}

function measuredOutcome(definition: SignalDefinition, estimate: Measured): Outcome {
  const value = settle(estimate.estimate);
  if (!Number.isFinite(value))
    throw new PlumblineError(
      'BUG',
      `${definition.id} gave a number that is not finite.`,
      'Report this with the signal id.',
    );
  return {
    status: 'measured',
    reason: null,
    detail: describeMeasured(definition, estimate),
    estimate: value,
    n_effective: estimate.nEffective === null ? null : settle(estimate.nEffective),
    interval: estimate.interval === null ? null : [settle(estimate.interval[0]), settle(estimate.interval[1])],
    pass: {
      q2: estimate.q2 === null ? null : settle(estimate.q2),
      q3: estimate.q3 === null || definition.existence_only ? null : settle(estimate.q3),
    },
  };
}
