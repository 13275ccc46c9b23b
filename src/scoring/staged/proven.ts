import type { Points } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { SignalUse } from '../evidence-source.ts';
import { holdAtWeakest, keyOf } from '../hold-together.ts';
import { addPoints, NO_POINTS } from '../levels.ts';
import { ageOf, weightOf } from '../signal-points.ts';

/** What the records prove of one criterion, taking everything that could not be seen at its worst. */
interface Proof {
  /** Decibans; never above the criterion's telemetry points. */
  readonly points: Points;
  /** Points that the signals which reported could carry at each gate, whatever they said, decibans. */
  readonly gateMass: Points;
}

const NOTHING_LOOKED_AT: Proof = { points: NO_POINTS, gateMass: NO_POINTS };

function proofOfGate(
  weight: number,
  decay: number,
  q: number | null,
  oneSided: boolean,
): [points: number, mass: number] {
  if (oneSided) {
    const points = weight * decay * Math.max(0, 2 * (q ?? 0) - 1);
    return [points, points];
  }
  return [weight * (2 * decay * (q ?? 0) - 1), weight * decay];
}

function proofOf(model: StagedModel, use: SignalUse, asOf: Date): Proof {
  const { finding, speaks, oneSided } = use;
  if (finding.status === 'not_applicable') return NOTHING_LOOKED_AT;
  const weight = weightOf(model, use);
  const decay = finding.status === 'measured' ? ageOf(model, use, asOf).decay : 0;
  const gate = (index: 0 | 1, q: number | null | undefined): [number, number] =>
    speaks[index] ? proofOfGate(weight, decay, q ?? null, oneSided[index]) : [0, 0];
  // A count reaches a line or it does not: half says that it could not be known, and what is not known was not found.
  const counted = use.definition.estimator === 'count' || use.definition.estimator === 'presence';
  const q3 = finding.pass?.q3;
  const [exists, existsMass] = gate(0, finding.pass?.q2);
  const [full, fullMass] = gate(1, counted && q3 === 0.5 ? 0 : q3);
  return { points: [exists, full], gateMass: [existsMass, fullMass] };
}

/**
 * Evidence in its worst completion: every signal that did not report counts as if it had found nothing (q = 0), and evidence
 * that has lost a share 1 - f of its weight by age counts that share the same way: D = P_class * alpha * (2 f q - 1).
 * One-sided signals still never count against; not-applicable ones have no term.
 * So a result can only gain when a stream is added or refreshed, and can never gain when one goes dark or ages.
 * Used for the `seen` reading alone, never for a probability that is reported.
 */
export function proveCriteria(model: StagedModel, uses: readonly SignalUse[], asOf: Date): ReadonlyMap<string, Proof> {
  const found = uses.map((use) => ({ use, key: keyOf(use.target, use.family.name), more: proofOf(model, use, asOf) }));
  const sums = new Map<string, number>();
  for (const { key, more } of found) sums.set(key, (sums.get(key) ?? 0) + more.points[1]);
  const held = holdAtWeakest(model, sums, uses);
  const proofs = new Map<string, Proof>();
  for (const { use, key, more } of found) {
    const known = proofs.get(use.target) ?? NOTHING_LOOKED_AT;
    proofs.set(use.target, {
      points: addPoints(known.points, [more.points[0], more.points[1] * (held.get(key) ?? 1)]),
      gateMass: addPoints(known.gateMass, more.gateMass),
    });
  }
  return proofs;
}
