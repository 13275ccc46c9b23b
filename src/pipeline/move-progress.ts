import type { Finding } from '../domain/finding.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { MoveProgress, TrackedMove } from '../domain/tracked-move.ts';

/** More likely than not that the metric passes. */
const PASSES = 0.5;

/** Whether a signal says that the practice is fully in place: it passes its highest line. Null = it could not be read. */
function passesFully(signal: string, findings: readonly Finding[]): boolean | null {
  const finding = findings.find((one) => one.signal === signal && one.status === 'measured');
  const chance = finding?.pass?.q3 ?? finding?.pass?.q2 ?? null;
  return chance === null ? null : chance > PASSES;
}

/**
 * Tracked moves as records see them. A move is done when every signal which verifies it and could be read passes its highest line; nobody can
 * declare it done. Signals that could not be read say nothing; where none could, it is unknown. Statements that the model does not have any more
 * are left out. No snapshot = no findings: everything is unknown.
 */
export function moveProgress(
  moves: readonly TrackedMove[],
  model: StagedModel,
  findings: readonly Finding[],
): MoveProgress[] {
  return moves.flatMap(({ workspace: _, ...move }) => {
    const criterion = model.criteria.find(({ id }) => id === move.criterion);
    if (criterion === undefined) return [];
    const verified_by = criterion.action.verified_by.map((signal) => ({
      signal,
      passes: passesFully(signal, findings),
    }));
    const read = verified_by.filter(({ passes }) => passes !== null);
    const done = read.length === 0 ? 'unknown' : read.every(({ passes }) => passes === true) ? 'yes' : 'no';
    return [{ ...move, title: criterion.action.title, done, verified_by }];
  });
}
