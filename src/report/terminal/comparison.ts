import type { Comparison } from '../../domain/assessment.ts';
import { percent, short, signed } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { clip, padEnd, padStart, type Style, wrap } from '../style.ts';
import { renderDisagreements } from './disagreements.ts';

const KIND_WORDS = {
  over_claim: 'Said to be fully there, but the data disagree',
  unknown_but_weak: 'Nobody knows, and the data say it is weak',
  unverifiable: 'Claims that data cannot check',
  respondents_disagree: 'Respondents disagree by two levels',
  hidden_strength: 'Hidden strengths',
} as const;

/** Everything that said and seen have to say to each other. */
export function renderComparison(comparison: Comparison, context: ReportContext, style: Style): string {
  const lines = [...renderDisagreements(comparison, context, style, 40), ''];
  if (comparison.gaps.length > 0) {
    lines.push(style.bold('EVERY STATEMENT BOTH CAN JUDGE') + style.dim('   gap = said − seen, 80 % interval'));
    for (const gap of comparison.gaps)
      lines.push(
        `  ${padEnd(gap.criterion, 6)}${padEnd(clip(gap.name, 44), 45)} said ${padStart(short(gap.said, 1), 3)}  seen ${gap.seen.toFixed(2)}  gap ${padStart(signed(gap.gap, 2), 5)} [${signed(gap.interval[0], 2)}, ${signed(gap.interval[1], 2)}]`,
      );
    lines.push('');
  }
  for (const kind of Object.keys(KIND_WORDS) as (keyof typeof KIND_WORDS)[]) {
    const spots = comparison.blind_spots.filter((b) => b.kind === kind);
    if (spots.length === 0) continue;
    lines.push(style.bold(KIND_WORDS[kind].toUpperCase()));
    for (const spot of spots)
      lines.push(...wrap(`${spot.criterion}  ${spot.text}`, style.width - 2, '      ').map((l) => `  ${l}`));
    lines.push('');
  }
  if (comparison.roles.length > 0) {
    lines.push(style.bold('WHERE ROLES PART'));
    for (const r of comparison.roles)
      lines.push(
        `  ${padEnd(r.criterion, 6)} ${r.low.role} says ${short(r.low.value, 1)}, ${r.high.role} says ${short(r.high.value, 1)}`,
      );
    lines.push('');
  }
  if (comparison.calibration.length > 0) {
    lines.push(style.bold('HOW ANSWERS CALIBRATE'));
    for (const c of comparison.calibration)
      lines.push(
        `  answer ${c.answer}: mean level seen ${c.mean_seen.toFixed(2)}, at or above the answer ${percent(c.share_at_or_above)}, n ${c.n}`,
      );
    lines.push('');
  }
  if (comparison.drivers.length > 0) {
    lines.push(
      style.bold('WHAT THE ANSWERS MOVE') + style.dim('   change in the chance of the merged stage when left out'),
    );
    for (const d of comparison.drivers.slice(0, 8))
      lines.push(`  ${padEnd(d.criterion, 6)} ${signed(d.change * 100)} points`);
  }
  return lines.join('\n').trimEnd();
}
