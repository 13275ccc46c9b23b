import type { Comparison, StatementGap } from '../../domain/assessment.ts';
import { counted, percent, short, signed } from '../numbers.ts';
import { type ReportContext, stageName } from '../report-context.ts';
import { clip, padEnd, padStart, type Style, wrap } from '../style.ts';
import { sayPulledDown } from '../view/said.ts';

const FLAG_WORDS = {
  none: '',
  over: 'over-rated',
  strong_over: 'clearly over-rated',
  under: 'under-rated',
  strong_under: 'clearly under-rated',
} as const;

function kappaText({ kappa, interval }: NonNullable<Comparison['agreement']>): string {
  if (kappa === null) return 'not defined (one level throughout)';
  return `${short(kappa)}${interval === null ? '' : ` (95 % ${short(interval[0])} to ${short(interval[1])})`}`;
}

function isDiscounted({ said, counted }: StatementGap): boolean {
  return counted !== undefined && Math.abs(counted - said) >= 0.05;
}

function countedText(gap: StatementGap): string {
  return isDiscounted(gap) && gap.counted !== undefined ? ` (${gap.counted.toFixed(1)})` : '';
}

/** Said versus seen on one screen: three stages, the widest gaps, how well both agree. */
export function renderDisagreements(comparison: Comparison, context: ReportContext, style: Style, most = 6): string[] {
  const { said, seen, merged } = comparison.stages;
  const stage = (s: number | null): string => (s === null ? '–' : `${s} ${stageName(context.model, s)}`);
  const lines = [
    style.bold('SAID AND SEEN') +
      `   people say ${style.bold(stage(said))} · data show ${style.bold(stage(seen))} · together ${style.bold(stage(merged))}`,
  ];
  const flagged = comparison.gaps
    .filter((g) => g.flag !== 'none')
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap) || a.criterion.localeCompare(b.criterion));
  // What is left beside the figures, which take 64 columns at the most.
  const name = Math.max(16, Math.min(40, style.width - 64));
  for (const gap of flagged.slice(0, most)) {
    const over = gap.flag === 'over' || gap.flag === 'strong_over';
    const sure = over ? gap.over_claim : gap.under_claim;
    const text = `${padEnd(gap.criterion, 6)}${padEnd(clip(gap.name, name), name + 1)} said ${short(gap.said, 1)}${countedText(gap)}  seen ${padStart(gap.seen.toFixed(1), 3)}  ${FLAG_WORDS[gap.flag]} (${percent(sure)})`;
    lines.push(`  ${over ? style.bad('▲') : style.good('▼')} ${text}`);
  }
  if (flagged.some((gap) => isDiscounted(gap)))
    lines.push(style.dim('  (in brackets: what the answers count for; self-ratings run high)'));
  if (flagged.length === 0) lines.push(style.dim('  No statement where both sides clearly part.'));
  if (flagged.length > most) lines.push(style.dim(`  … ${flagged.length - most} more: plumbline compare`));
  if (comparison.over_claims !== null && comparison.under_claims !== null && comparison.agreement !== null)
    lines.push(
      ...wrap(
        `  Of ${counted(comparison.comparable, 'statement')} both can judge, about ${short(comparison.over_claims.expected, 1)} are over-rated and ${short(comparison.under_claims.expected, 1)} under-rated` +
          `${comparison.bias === null ? '' : `; mean gap ${signed(comparison.bias.mean, 2)} levels`}. Weighted kappa ${kappaText(comparison.agreement)}, raw agreement ${percent(comparison.agreement.raw)}.`,
        style.width,
        '  ',
      )
        .map((line) => (line.startsWith('  ') ? line : `  ${line}`))
        .map(style.dim),
    );
  const pulled = sayPulledDown(comparison, context.model);
  if (pulled !== null) lines.push(...wrap(pulled, style.width - 2).map((line) => style.dim(`  ${line}`)));
  const unverifiable = comparison.blind_spots.filter((b) => b.kind === 'unverifiable');
  if (unverifiable.length > 0)
    lines.push(
      style.dim(
        `  ${counted(unverifiable.length, 'claim')} cannot be checked by data: ${unverifiable.map((b) => b.criterion).join(' ')}`,
      ),
    );
  return lines;
}
