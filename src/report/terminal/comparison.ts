import { short, signed } from '../numbers.ts';
import { clip, padEnd, padStart, type Style, wrap } from '../style.ts';
import { GAP_NOTE, gapText } from '../view/disagreements.ts';
import type { SaidSeenView } from '../view/said-and-seen.ts';
import { renderDisagreements } from './disagreements.ts';

/** Flagged gaps at the head of the screen; all of them stand in the list below it. */
const MOST_FLAGGED = 40;
const MOST_DRIVERS = 8;

function gapLines({ rows }: SaidSeenView, style: Style): string[] {
  if (rows.length === 0) return [];
  return [
    style.bold('EVERY STATEMENT BOTH CAN JUDGE') + style.dim('   gap = said − seen: mean, median [80 %]'),
    ...wrap(GAP_NOTE, style.width - 2).map((line) => style.dim(`  ${line}`)),
    ...rows.map(
      (gap) =>
        `  ${padEnd(gap.id, 6)}${padEnd(clip(gap.name, 30), 31)} said ${padStart(short(gap.said, 1), 3)}  seen ${gap.seen.toFixed(2)}  gap ${gapText(gap)}`,
    ),
    '',
  ];
}

function blindSpotLines({ blind_spots }: SaidSeenView, style: Style): string[] {
  return blind_spots.flatMap(({ title, rows }) => [
    style.bold(title.toUpperCase()),
    ...rows.flatMap(({ id, text }) => wrap(`${id}  ${text}`, style.width - 2, '      ').map((line) => `  ${line}`)),
    '',
  ]);
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
}

/** Everything that said and seen have to say to each other. */
export function renderComparison(view: SaidSeenView, style: Style): string {
  const flagged = view.rows.filter(({ flag }) => flag !== 'none');
  const head = { ...view, rows: flagged.slice(0, MOST_FLAGGED), more: Math.max(0, flagged.length - MOST_FLAGGED) };
  return [
    ...renderDisagreements(head, style),
    '',
    ...gapLines(view, style),
    ...blindSpotLines(view, style),
    ...titled(
      style.bold('WHERE ROLES PART'),
      view.roles.map(({ id, sentence }) => `${padEnd(id, 6)} ${sentence}`),
    ),
    ...titled(
      style.bold('HOW ANSWERS CALIBRATE'),
      view.calibration.map(({ sentence }) => sentence),
    ),
    ...titled(
      style.bold('WHAT THE ANSWERS MOVE') + style.dim('   change in the chance of the merged stage when left out'),
      view.drivers.slice(0, MOST_DRIVERS).map(({ id, change }) => `${padEnd(id, 6)} ${signed(change * 100)} points`),
    ),
  ]
    .join('\n')
    .trimEnd();
}
