import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import { assuredStage, type CriterionResult, type Placement } from '../../src/domain/placement.ts';
import { type KeptVerdict, Snapshot } from '../../src/domain/snapshot.ts';
import { readStaged, type StagedReading } from '../../src/domain/staged-reading.ts';
import type { StagedBody } from '../../src/domain/staged-verdict.ts';

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
  /** Verdicts of other models on the same measurement. */
  readonly beside?: readonly KeptVerdict[];
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
  const id = parts.model ?? 'six-stage';
  const placement: Placement = {
    model: id,
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
  const criteria = Object.entries(parts.conflicts ?? {}).map(([criterion, grade]) => criterionOf(criterion, grade));
  const body: StagedBody = {
    placement,
    readings: { seen: placement, said: null },
    criteria,
    areas: [],
    area_stages: [],
    comparison: null,
    path: null,
  };
  const rest: Omit<Snapshot, 'digest'> = {
    schema: 'plumbline.snapshot/2',
    workspace: 'default',
    as_of: to.toISOString(),
    window: {
      from: new Date(to.getTime() - (parts.windowDays ?? 90) * DAY_MS).toISOString(),
      to: to.toISOString(),
    },
    findings: [],
    provenance: { plumbline: '0', rules_hash: parts.rulesHash ?? 'r', telemetry: [] },
    measurement: 'm',
    verdicts: [
      {
        model: { id, version: 1, hash: 'm', kind: 'staged', title: 'Six stages', source: 'test' },
        headline: {
          value: parts.stage,
          label: parts.stage === null ? 'not placed' : `Step ${parts.stage}`,
          of: 6,
          assured: assuredStage(placement),
          status: placement.status,
          coverage: 1,
        },
        items: [],
        ledger: [],
        body,
        answers_used: [],
      },
      ...(parts.beside ?? []),
    ],
  };
  return Snapshot.parse({ ...rest, digest: createHash('sha256').update(canonicalJson(rest)).digest('hex') });
}

/** What a model of another kind says beside it. */
export function aVerdict(model: string, headline: Partial<KeptVerdict['headline']>): KeptVerdict {
  return {
    model: { id: model, version: 1, hash: 'other', kind: 'value', title: model, source: 'test' },
    headline: { value: null, label: 'none', of: 6, assured: null, status: 'measured', coverage: 1, ...headline },
    items: [],
    ledger: [],
    body: { of: 'another kind' },
    answers_used: [],
  };
}

/** The same, as its staged model reads it. */
export function placedReading(parts: PlacedParts): StagedReading {
  const reading = readStaged(placedSnapshot(parts), parts.model ?? 'six-stage');
  if (reading === null) throw new Error('a placed snapshot has a staged verdict');
  return reading;
}
