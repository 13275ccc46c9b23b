import type { Placement } from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { type Evidence, massOf, onlySide, UNSEEN } from '../evidence.ts';
import type { SignalUse } from '../evidence-source.ts';
import { coverageUpTo, isCovered, ROUNDING, statusOf } from './coverage.ts';
import { stageAt } from './gate.ts';
import { blockersOf, entriesOf, lawIfUnseenAre, place } from './place.ts';
import { proveCriteria } from './proven.ts';
import { openStaging } from './staging.ts';
import { highestToName } from './telemetry-cap.ts';

interface SeenInput {
  readonly model: StagedModel;
  readonly evidence: Evidence;
  readonly uses: readonly SignalUse[];
  readonly asOf: Date;
  readonly notApplicable: ReadonlySet<string>;
}

/** Highest stage up to `most` that passes the line and of whose sets (1..stage + 1) enough was looked at; null when not even stage 1. */
function highestSeen(
  atLeast: readonly number[],
  line: number,
  coverageAt: (stage: number) => number,
  partly: number,
  most: number,
): number | null {
  const passing = atLeast
    .slice(0, most)
    .flatMap((p, index) => (p >= line && coverageAt(index + 1) >= partly - ROUNDING ? [index + 1] : []));
  return passing.at(-1) ?? null;
}

/**
 * Telemetry-only reading: what the records alone support.
 * `atLeast`, `probabilities` and `ceiling` are the plain telemetry-only law (a missing signal has no term). `stage`, `assured`, `floor`,
 * `frontier` and `blockers` are read from the worst completion (see `proveCriteria`), and a stage is named only when the
 * signals of at least the model's `coverage.partly` share of its sets reported. Hence taking a stream away, or letting it age, never raises the
 * stage, and no stage comes from nothing (null, `not_placed`). Decision: docs/decisions/2026-11-21-unseen-never-lifts.md.
 */
export function readSeen(input: SeenInput): Placement {
  const { model, notApplicable } = input;
  const { coverage, decision } = model;
  const telemetry = { model, evidence: onlySide(input.evidence, 'telemetry'), notApplicable };
  const plain = place(telemetry).placement;
  const entries = entriesOf(telemetry);
  const proofs = proveCriteria(model, input.uses, input.asOf);
  const proven = openStaging(model, new Map([...proofs].map(([id, proof]) => [id, proof.points])), notApplicable);
  const coverageAt = (stage: number) =>
    coverageUpTo(entries, (entry) => isCovered(massOf(proofs.get(entry.id) ?? UNSEEN), model), stage);
  const most = highestToName(model, notApplicable);
  const highest = (line: number) => highestSeen(proven.law.atLeast, line, coverageAt, coverage.partly, most);
  const stage = highest(decision.median);
  if (stage === null)
    return {
      ...plain,
      stage,
      assured: 1,
      floor: 1,
      coverage: coverageAt(1),
      status: 'not_placed',
      frontier: null,
      blockers: [],
    };
  return {
    ...plain,
    stage,
    assured: highest(decision.assured) ?? 1,
    floor: Math.min(stage, stageAt(lawIfUnseenAre(1, entries, proven).atLeast, decision.median)),
    coverage: coverageAt(stage),
    status: statusOf(coverageAt(stage), false, model),
    frontier: Math.min(most, stageAt(proven.law.reached, decision.median)),
    blockers: blockersOf(entries, proven, stage),
  };
}
