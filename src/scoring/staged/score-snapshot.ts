import type { NotApplicableReasons } from '../../domain/not-applicable.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { evidenceOf, onlySide } from '../evidence.ts';
import { buildLedger, type LedgerInput } from '../ledger.ts';
import { judgeAreas, judgeCells } from './areas.ts';
import { checkNotApplicable } from './not-applicable.ts';
import { place } from './place.ts';
import { readSeen } from './seen-reading.ts';
import type { Staging } from './staging.ts';

export interface ScoreInput extends LedgerInput {
  readonly notApplicable?: NotApplicableReasons;
}

/** The scored part of a snapshot, and the opened gate for what-ifs on the same evidence. */
export interface Scored
  extends Pick<StagedReading, 'placement' | 'readings' | 'criteria' | 'areas' | 'area_stages' | 'ledger'> {
  readonly staging: Staging;
}

/**
 * Findings, answers and a model in; everything a snapshot says about maturity out.
 * `placement` merges telemetry and answers by the published rules. `readings.seen` is telemetry alone under the rule that what is not seen
 * never lifts; `readings.said` is answers alone, null when nobody answered. Times are UTC instants, ages are days before `asOf`.
 * Pure: no clock, no I/O, no randomness. Errors: BAD_ANSWERS for not-applicable marks that may not be;
 * BUG when an expected signal did not report.
 */
export function scoreSnapshot(input: ScoreInput): Scored {
  const { model, asOf } = input;
  const notApplicable = checkNotApplicable(model, input.notApplicable ?? {});
  const { lines, missing, uses } = buildLedger(input);
  const evidence = evidenceOf(lines, missing);
  const { placement, criteria, staging } = place({ model, evidence, notApplicable });
  const answered = lines.some((line) => line.source === 'answer' && !notApplicable.has(line.criterion));
  const said = answered ? place({ model, evidence: onlySide(evidence, 'answers'), notApplicable }).placement : null;
  return {
    placement,
    readings: { seen: readSeen({ model, evidence, uses, asOf, notApplicable }), said },
    criteria: [...criteria],
    areas: judgeCells({ model, evidence, notApplicable }),
    area_stages: judgeAreas({ model, evidence, notApplicable }),
    ledger: [...lines],
    staging,
  };
}
