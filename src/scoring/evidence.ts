import type { LedgerLine, Points } from '../domain/placement.ts';
import { addPoints, NO_POINTS } from './levels.ts';
import type { MissingSignal } from './signal-points.ts';

/** What kind of voice a family is; names the sides of a conflict. */
export type Voice = 'configured' | 'practised' | 'recorded' | 'claimed' | 'proved';

export interface FamilyEvidence {
  readonly name: string;
  readonly voice: Voice;
  readonly points: Points;
}

/** Everything that speaks for one criterion (or cell). */
export interface CriterionEvidence {
  readonly telemetry: Points;
  /** Sum of |points| over the telemetry lines, each gate for itself, decibans. Zero = nothing was seen. */
  readonly gateMass: Points;
  readonly answers: Points;
  /** At least one person gave a level. */
  readonly answered: boolean;
  readonly families: readonly FamilyEvidence[];
  readonly missing: readonly MissingSignal[];
}

/** Evidence by criterion id (or cell key); absent = nothing known. */
export type Evidence = ReadonlyMap<string, CriterionEvidence>;

export const UNSEEN: CriterionEvidence = {
  telemetry: NO_POINTS,
  gateMass: NO_POINTS,
  answers: NO_POINTS,
  answered: false,
  families: [],
  missing: [],
};

function voiceOf(line: LedgerLine): Voice {
  if (line.source === 'answer') return 'claimed';
  if (line.source === 'artefact' || line.source === 'override') return 'proved';
  if (line.class === null) return 'recorded';
  return line.class === 'D' ? 'configured' : 'practised';
}

function addLine(evidence: CriterionEvidence, line: LedgerLine): CriterionEvidence {
  const known = evidence.families.find((family) => family.name === line.family);
  const families =
    known === undefined
      ? [...evidence.families, { name: line.family, voice: voiceOf(line), points: line.points }]
      : evidence.families.map((family) =>
          family === known ? { ...family, points: addPoints(family.points, line.points) } : family,
        );
  if (line.source !== 'signal')
    return {
      ...evidence,
      families,
      answers: addPoints(evidence.answers, line.points),
      answered: evidence.answered || line.source === 'answer',
    };
  const gateMass = addPoints(evidence.gateMass, [Math.abs(line.points[0]), Math.abs(line.points[1])]);
  return {
    ...evidence,
    families,
    telemetry: addPoints(evidence.telemetry, line.points),
    gateMass,
  };
}

/** Folds ledger lines into evidence. The verdict reads nothing but this, so it can be recomputed from the ledger. */
export function evidenceOf(lines: Iterable<LedgerLine>, missing: Iterable<MissingSignal> = []): Evidence {
  const evidence = new Map<string, CriterionEvidence>();
  for (const line of lines) evidence.set(line.criterion, addLine(evidence.get(line.criterion) ?? UNSEEN, line));
  for (const gap of missing) {
    const known = evidence.get(gap.target) ?? UNSEEN;
    evidence.set(gap.target, { ...known, missing: [...known.missing, gap] });
  }
  return evidence;
}

export function totalPoints(evidence: CriterionEvidence): Points {
  return addPoints(evidence.telemetry, evidence.answers);
}

/** How much was looked at, decibans: the larger gate, since a signal that speaks to both is looked at once, not twice. */
export function massOf({ gateMass }: Pick<CriterionEvidence, 'gateMass'>): number {
  return Math.max(...gateMass);
}

/** Something speaks, with any weight at all. */
export function speaks(evidence: CriterionEvidence): boolean {
  return massOf(evidence) > 0 || evidence.answered || evidence.answers[0] !== 0 || evidence.answers[1] !== 0;
}

/** The same evidence seen by one side only. Missing signals belong to telemetry. */
export function onlySide(evidence: Evidence, side: 'telemetry' | 'answers'): Evidence {
  const kept = new Map<string, CriterionEvidence>();
  for (const [id, item] of evidence) {
    const families = item.families.filter(
      (family) => (family.voice === 'claimed' || family.voice === 'proved') === (side === 'answers'),
    );
    kept.set(
      id,
      side === 'telemetry'
        ? { ...item, families, answers: NO_POINTS, answered: false }
        : { ...item, families, telemetry: NO_POINTS, gateMass: NO_POINTS, missing: [] },
    );
  }
  return kept;
}
