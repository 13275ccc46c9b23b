import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import type { CriterionResult, Placement } from '../../src/domain/placement.ts';
import { Snapshot } from '../../src/domain/snapshot.ts';

export interface PlacedParts {
  readonly stage: number | null;
  readonly assured?: number | null;
  /** Day of January 2026 that it ends on; part of the digest like everything else. */
  readonly day: number;
  readonly windowDays?: number;
  readonly model?: string;
  readonly rulesHash?: string;
  /** Grade of conflict by criterion. */
  readonly conflicts?: Readonly<Record<string, CriterionResult['conflict']['grade']>>;
}

const DECIBANS = { none: 0, substantial: 7, strong: 12 } as const;
const DAY_MS = 86_400_000;

function criterionOf(id: string, grade: CriterionResult['conflict']['grade']): CriterionResult {
  const text =
    grade === 'none' ? null : 'Claimed, not seen: answers speak for level 3 (+1.0, +2.0), replies speaks for level 1.';
  return {
    id,
    set: 1,
    area: 'A',
    name: `Statement ${id}`,
    telemetry: [0, 0],
    answers: [0, 0],
    total: [0, 0],
    posterior: [0.2, 0.3, 0.5],
    level: null,
    between: null,
    telemetry_mass: 0,
    conflict: { decibans: DECIBANS[grade], grade, text },
    observability: 'seen',
    decided_by: 'none',
    missing: [],
    not_applicable: false,
  };
}

/** A snapshot that says nothing but its stage and its conflicts; its digest is that of its content. */
export function placedSnapshot(parts: PlacedParts): Snapshot {
  const to = new Date(Date.UTC(2026, 0, parts.day));
  const placement: Placement = {
    model: parts.model ?? 'six-stage',
    model_version: 1,
    stage: parts.stage,
    assured: parts.assured ?? parts.stage ?? 1,
    atLeast: [1, 1, 1, 1, 1, 1],
    probabilities: [0, 0, 0, 0, 0, 1],
    floor: 1,
    ceiling: 6,
    coverage: 1,
    status: parts.stage === null ? 'not_placed' : 'measured',
    frontier: null,
    blockers: [],
  };
  const rest: Omit<Snapshot, 'digest'> = {
    schema: 'plumbline.snapshot/1',
    workspace: 'default',
    as_of: to.toISOString(),
    window: {
      from: new Date(to.getTime() - (parts.windowDays ?? 90) * DAY_MS).toISOString(),
      to: to.toISOString(),
    },
    model: { id: parts.model ?? 'six-stage', version: 1, title: 'Six stages', source: 'test' },
    placement,
    readings: { seen: placement, said: null },
    criteria: Object.entries(parts.conflicts ?? {}).map(([id, grade]) => criterionOf(id, grade)),
    areas: [],
    area_stages: [],
    findings: [],
    ledger: [],
    answers_used: [],
    comparison: null,
    path: null,
    provenance: { plumbline: '0', model_hash: 'm', rules_hash: parts.rulesHash ?? 'r', telemetry: [] },
  };
  return Snapshot.parse({ ...rest, digest: createHash('sha256').update(canonicalJson(rest)).digest('hex') });
}
