import type { StageExplanation } from '../../../domain/explanation.ts';
import { counted, percent, signed } from '../../numbers.ts';
import { clip, padEnd, padStart, type Style } from '../../style.ts';
import { sayLevel } from '../../view/level.ts';

/** A share in place is said of a set of which something is known; of how many statements stands beside it. */
function degreeText({ criteria, degree }: StageExplanation['sets'][number]): string {
  const known = criteria.filter((criterion) => criterion.decided_by !== 'none').length;
  if (known === 0) return 'nothing seen or said';
  const place = `${percent(degree)} in place`;
  return known === criteria.length
    ? place
    : `${place}, as far as known: ${known} of ${counted(criteria.length, 'statement')}`;
}

/** The stage, set by set: how much is in place and which statements hold it back. */
export function renderStage(e: StageExplanation, style: Style): string[] {
  const lines = [
    style.bold(e.stage === null ? 'NOT PLACED' : `STAGE ${e.stage}`) +
      style.dim(
        '   a stage counts when its own set is largely in place (above 50 %) and every lower set fully (above 85 %)',
      ),
  ];
  for (const set of e.sets) {
    lines.push('', `  ${style.bold(`Set ${set.set} ${set.name}`)}  ${degreeText(set)}`);
    for (const c of set.criteria)
      lines.push(
        `    ${padEnd(c.id, 6)}${padEnd(clip(c.name, 40), 41)} level ${padEnd(sayLevel(c), 6)}  ${padStart(signed(c.total[0]), 6)} ${padStart(signed(c.total[1]), 6)}  ${style.dim(c.decided_by)}`,
      );
  }
  lines.push(
    '',
    style.dim(
      `  Points (exists, full) in decibans. Follow a statement: plumbline explain ${e.sets[0]?.criteria[0]?.id ?? 'stage'}`,
    ),
  );
  return lines;
}
