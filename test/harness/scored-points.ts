import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Answer } from '../../src/domain/assessment.ts';
import type { LedgerLine, Points } from '../../src/domain/placement.ts';
import { StagedModel } from '../../src/domain/staged-model.ts';
import { scoreAnswers } from '../../src/scoring/answer-lines.ts';
import { evidenceOf, onlySide } from '../../src/scoring/evidence.ts';
import { place } from '../../src/scoring/staged/place.ts';
import type { Scored } from '../../src/scoring/staged/score-snapshot.ts';
import { AS_OF } from './finding-builder.ts';

/** The model that ships. */
export const SIX_STAGE = StagedModel.parse(
  parse(readFileSync(join(import.meta.dirname, '../../rules/models/six-stage.yaml'), 'utf8')),
);

/** Organisation X of the golden vectors: telemetry points by criterion. */
export const ORG_X: ReadonlyMap<string, Points> = new Map([
  ...SIX_STAGE.criteria.flatMap(({ id, set }): [string, Points][] => {
    const bySet: Record<number, Points> = { 1: [15, 7.5], 2: [15, 7.5], 3: [7.5, 7.5], 5: [-7.5, -7.5] };
    const points = bySet[set];
    return points === undefined || id === 'S3.5' ? [] : [[id, points]];
  }),
  ['S2.3', [15, -7.5]],
  ['S3.2', [-7.5, -7.5]],
  ['S4.4', [2.5, -2.5]],
  ['S4.5', [15, 0]],
  ['S5.2', [7.5, -2.5]],
]);

function telemetryLine(criterion: string, points: Points): LedgerLine {
  const rest = { age_days: 0, decay: 1, q2: null, q3: null, n: null, n_effective: null, interval: null, line: null };
  return { criterion, source: 'signal', ref: 'given', family: 'given', class: null, alpha: 1, points, ...rest };
}

/** What `scoreSnapshot` would say for these telemetry points and answers, without signals to measure. */
export function scorePoints(
  points: ReadonlyMap<string, Points>,
  answers: readonly Answer[] = [],
  notApplicable: ReadonlySet<string> = new Set(),
): Pick<Scored, 'placement' | 'readings' | 'criteria' | 'staging'> {
  const lines = [...[...points].map(([id, p]) => telemetryLine(id, p)), ...scoreAnswers(SIX_STAGE, answers, AS_OF)];
  const evidence = evidenceOf(lines);
  const { placement, criteria, staging } = place({ model: SIX_STAGE, evidence, notApplicable });
  const seen = place({ model: SIX_STAGE, evidence: onlySide(evidence, 'telemetry'), notApplicable }).placement;
  return { placement, criteria: [...criteria], staging, readings: { seen, said: null } };
}
