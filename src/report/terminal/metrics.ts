import { count } from '../numbers.ts';
import { padEnd, padStart, type Style, wrap } from '../style.ts';
import type { FigureCell, FigureRow, FiguresView } from '../view/figures.ts';

function figureLine({ id, text, value, n }: FigureCell): string {
  return `  ${padEnd(id, 42)} ${padStart(text, 12)}  ${padStart(value === null ? '' : `n ${count(n)}`, 12)}`;
}

function noteOf({ source_words, left_out }: FigureRow): string {
  const why = left_out.map(({ words }) => words).join(', ');
  return [source_words ?? '', why].filter((part) => part !== '').join('; ');
}

/** A week or month that the span does not hold whole says so beside its name. */
function nameOf({ value, part }: { readonly value: string; readonly part: string | null }): string {
  return part === null ? value : `${value} (${part})`;
}

/** Breakdowns of one figure stand on one line, those of many under a heading for each value. */
function breakdownLines({ by, values }: FiguresView['breakdowns'][number], style: Style): string[] {
  const single = values.filter(({ rows }) => rows.length === 1);
  const shown = single.flatMap(({ value, part, rows }) =>
    rows.map(({ text }) => `${nameOf({ value, part })}: ${text}`),
  );
  const title = single[0]?.rows[0]?.id;
  return [
    ...(title === undefined
      ? []
      : ['', ...wrap(`${title} by ${by}   ${shown.join(' · ')}`, style.width - 2, '  ').map((line) => `  ${line}`)]),
    ...values
      .filter(({ rows }) => rows.length !== 1)
      .flatMap(({ value, part, rows }) => [
        '',
        style.bold(`${by} ${nameOf({ value, part })}`),
        ...rows.filter((row) => row.value !== null).map(figureLine),
      ]),
  ];
}

/** Plain service figures, one a line, with n and what was left out. A dash is "cannot be known", never zero. */
export function renderMetrics(view: FiguresView, style: Style): string {
  return [
    `${style.bold('FIGURES')}   ${view.window.first_day} to ${view.window.last_day}`,
    ...wrap(view.zone.sentence, style.width - 2).map((line) => style.dim(`  ${line}`)),
    ...view.groups.flatMap(({ rows }) => rows.map((row) => `${figureLine(row)}  ${style.dim(noteOf(row))}`.trimEnd())),
    ...view.breakdowns.flatMap((breakdown) => breakdownLines(breakdown, style)),
    '',
    style.dim(
      '  – = cannot be known from this source, with the reason beside it. Definitions: plumbline metrics --json',
    ),
  ].join('\n');
}
