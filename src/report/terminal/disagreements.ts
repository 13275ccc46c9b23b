import { percent, short, counted as withWord } from '../numbers.ts';
import { clip, padEnd, padStart, type Style, wrap } from '../style.ts';
import { type DisagreementsView, type GapRow, isDiscounted } from '../view/disagreements.ts';
import type { Step } from '../view/step.ts';

function gapLine(gap: GapRow, name: number, style: Style): string {
  const counts = isDiscounted(gap) && gap.counted !== null ? ` (${gap.counted.toFixed(1)})` : '';
  const text = `${padEnd(gap.id, 6)}${padEnd(clip(gap.name, name), name + 1)} said ${short(gap.said, 1)}${counts}  seen ${padStart(gap.seen.toFixed(1), 3)}  ${gap.flag_words} (${percent(gap.probability)})`;
  return `  ${gap.direction === 'over' ? style.bad('▲') : style.good('▼')} ${text}`;
}

/** Said versus seen on one screen: three verdicts, the widest gaps, how well both agree. */
export function renderDisagreements(view: DisagreementsView, style: Style): string[] {
  const step = (one: Step | null): string => style.bold(one === null ? '–' : `${one.stage} ${one.name}`);
  const { said, seen, together } = view.stages;
  // What is left beside the figures, which take 64 columns at the most.
  const name = Math.max(16, Math.min(40, style.width - 64));
  const dim = (text: string): string[] => wrap(text, style.width - 2).map((line) => style.dim(`  ${line}`));
  return [
    `${style.bold('SAID AND SEEN')}   people say ${step(said)} · data show ${step(seen)} · together ${step(together)}`,
    ...view.rows.map((gap) => gapLine(gap, name, style)),
    ...(view.rows.some(isDiscounted) ? dim('(in brackets: what the answers count for; self-ratings run high)') : []),
    ...(view.more > 0 ? dim(`… ${view.more} more: plumbline compare`) : []),
    ...(view.summary === null ? [] : dim(view.summary)),
    ...view.notes.flatMap(dim),
    ...(view.unverifiable.length === 0
      ? []
      : dim(
          `${withWord(view.unverifiable.length, 'claim')} cannot be checked by data: ${view.unverifiable.map(({ id }) => id).join(' ')}`,
        )),
  ];
}
