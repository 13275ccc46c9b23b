import type { LedgerLine, Points } from '../domain/placement.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { PlumblineError } from '../errors/index.ts';
import { ageInDays, decayAt } from './decay.ts';
import type { SignalUse } from './evidence-source.ts';

/** A signal that should speak for a target but did not, with the reason. */
export interface MissingSignal {
  readonly target: string;
  readonly signal: string;
  readonly status: string;
  readonly reason: string | null;
}

type UseOutcome = { readonly line: LedgerLine } | { readonly missing: MissingSignal };

function passOf(use: SignalUse, gate: 0 | 1): number | null {
  if (!use.speaks[gate]) return null;
  const q = gate === 0 ? use.finding.pass?.q2 : use.finding.pass?.q3;
  if (q === null || q === undefined || !(q >= 0 && q <= 1))
    throw new PlumblineError(
      'BUG',
      `Signal ${use.definition.id} is measured but gives no pass probability for level ${gate + 2}.`,
      'Report this with the command you ran; no placement is published.',
    );
  return q;
}

/** Weight of a use before age: points of its class times its share of the family, decibans. */
export function weightOf(model: StagedModel, use: SignalUse): number {
  return model.classes[use.family.class] * use.share.alpha;
}

/** Age in days and decay of a use; a finding carried over from an earlier snapshot ages by its own window. */
export function ageOf(model: StagedModel, use: SignalUse, asOf: Date): { ageDays: number; decay: number } {
  const ageDays = ageInDays(asOf, new Date(use.finding.window.to), `The window of ${use.definition.id}`);
  return { ageDays, decay: decayAt(ageDays, model.half_life_days[use.definition.kind]) };
}

function pointsFor(weight: number, q: number | null, oneSided: boolean): number {
  if (q === null) return 0;
  const points = weight * (2 * q - 1);
  return (oneSided ? Math.max(0, points) : points) + 0;
}

function describeLines(definition: SignalDefinition): string {
  const { partial, full, origin, source } = definition.lines;
  const parts = [partial === null ? null : `partly ${partial}`, full === null ? null : `fully ${full}`];
  return `${parts.filter((part) => part !== null).join(', ')} (${origin}: ${source})`;
}

function measuredLine(model: StagedModel, use: SignalUse, asOf: Date): LedgerLine {
  const { finding } = use;
  const { ageDays, decay } = ageOf(model, use, asOf);
  const [q2, q3] = [passOf(use, 0), passOf(use, 1)];
  const weight = weightOf(model, use) * decay;
  const points: Points = [pointsFor(weight, q2, use.oneSided[0]), pointsFor(weight, q3, use.oneSided[1])];
  return {
    criterion: use.target,
    source: 'signal',
    ref: use.definition.id,
    family: use.family.name,
    class: use.family.class,
    alpha: use.share.alpha,
    age_days: ageDays,
    decay,
    q2,
    q3,
    points,
    n: finding.n,
    n_effective: finding.n_effective,
    interval: finding.interval,
    line: describeLines(use.definition),
  };
}

/**
 * One signal's evidence for one target: D_g = P_class * alpha * 2^(-age/h) * (2 q_g - 1) decibans for g = exists, full.
 * Existence-only signals give 0 to `full`; one-sided signals never count against, and one that is one-sided in `exists` counts against `full` alone. Age: asOf minus window end, days;
 * half-life by the signal's kind (config, behaviour). A finding that is not measured gives no term at all, and is named.
 * Errors: BUG for a measured finding without a pass probability, or with a window that ends after asOf.
 */
export function scoreUse(model: StagedModel, use: SignalUse, asOf: Date): UseOutcome {
  const { status, reason } = use.finding;
  switch (status) {
    case 'measured':
      return { line: measuredLine(model, use, asOf) };
    case 'insufficient':
    case 'not_observable':
    case 'not_applicable':
    case 'failed':
      return { missing: { target: use.target, signal: use.definition.id, status, reason } };
    default:
      status satisfies never;
      throw new PlumblineError(
        'BUG',
        `Signal ${use.definition.id} has the unknown status ${String(status)}.`,
        'Report this with the command you ran; no placement is published.',
      );
  }
}
