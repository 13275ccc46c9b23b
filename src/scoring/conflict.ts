import type { CriterionResult, Points } from '../domain/placement.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { FamilyEvidence, Voice } from './evidence.ts';
import { addPoints, NO_POINTS } from './levels.ts';

type Conflict = CriterionResult['conflict'];
type Scores = readonly [number, number, number];

/** Likelihood of levels 1-3 in decibans. */
function scoresOf(points: Points): Scores {
  return [0, points[0], points[0] + points[1]];
}

/** Lowest and highest level that these points support best. */
function favoured(points: Points): { low: number; high: number } {
  const scores = scoresOf(points);
  const best = Math.max(...scores);
  return { low: scores.indexOf(best) + 1, high: scores.lastIndexOf(best) + 1 };
}

/**
 * Conflict of families in decibans: 10 log10(prod_f max_l Lik_f(l) / max_l prod_f Lik_f(l)).
 * 0 = some level suits every family best; 10 = taking each family at its word is ten times likelier than any common level.
 * No family or one family gives 0.
 */
export function conflictDecibans(families: readonly Points[]): number {
  const apart = families.reduce((sum, points) => sum + Math.max(...scoresOf(points)), 0);
  const together = Math.max(...scoresOf(families.reduce(addPoints, NO_POINTS)));
  return Math.max(0, apart - together);
}

function headline(up: Voice, down: Voice): string {
  const records = (voice: Voice) => voice !== 'claimed' && voice !== 'proved';
  if (up === 'configured' && down === 'practised') return 'Configured, not practised';
  if (up === 'practised' && down === 'configured') return 'Practised, not configured';
  if (up === 'claimed' && records(down)) return 'Claimed, not seen';
  if (records(up) && down === 'claimed') return 'Seen, not claimed';
  if (up === 'proved') return 'Proved by an artefact, not seen elsewhere';
  if (up === 'configured' && down === 'configured') return 'Configured in one place, not in another';
  return 'Records disagree';
}

function describeSide(family: FamilyEvidence): string {
  const { low, high } = favoured(family.points);
  const levels = low === high ? `level ${low}` : high === 3 ? `at least level ${low}` : `at most level ${high}`;
  const signed = family.points.map((p) => `${p < 0 ? '-' : '+'}${Math.abs(p).toFixed(1)}`).join(', ');
  return `${family.name} ${family.name === 'answers' ? 'speak' : 'speaks'} for ${levels} (${signed})`;
}

function nameSides(families: readonly FamilyEvidence[]): string {
  const strength = (f: FamilyEvidence) => Math.abs(f.points[0]) + Math.abs(f.points[1]);
  const ordered = [...families].sort(
    (a, b) => favoured(b.points).low - favoured(a.points).low || strength(b) - strength(a),
  );
  const up = ordered[0];
  const down = ordered
    .slice(1)
    .sort((a, b) => favoured(a.points).high - favoured(b.points).high || strength(b) - strength(a))[0];
  if (up === undefined || down === undefined) return '';
  return `${headline(up.voice, down.voice)}: ${describeSide(up)}, ${describeSide(down)}.`;
}

/** Conflict with its grade by the model's lines and, when graded, a sentence that names both sides. */
export function conflictOf(families: readonly FamilyEvidence[], lines: StagedModel['conflict']): Conflict {
  const decibans = conflictDecibans(families.map((family) => family.points));
  const grade = decibans >= lines.strong ? 'strong' : decibans >= lines.substantial ? 'substantial' : 'none';
  return { decibans, grade, text: grade === 'none' ? null : nameSides(families) };
}
