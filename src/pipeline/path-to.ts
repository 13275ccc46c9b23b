import type { Path } from '../domain/assessment.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { findPath } from '../scoring/staged/path/index.ts';

/** Path from a kept snapshot to another stage than the next one; null when nothing is placed. Errors: BAD_USAGE for an unknown stage. */
export function pathTo(snapshot: StagedReading, model: StagedModel, target: number): Path | null {
  return snapshot.placement.stage === null
    ? null
    : findPath({ model, scored: snapshot, target, findings: snapshot.findings });
}
