import { clip, padEnd, type Style, wrap } from '../style.ts';
import { type MatrixCell, type MatrixView, sayLegend } from '../view/matrix.ts';

function cellText(cell: MatrixCell | null, style: Style): string {
  if (cell === null) return '';
  if (cell.people_only || cell.face === 'open' || cell.face === 'unseen') return style.dim(cell.text);
  return cell.face === 'in_place'
    ? style.good(cell.text)
    : cell.face === 'partly'
      ? style.warn(cell.text)
      : style.bad(cell.text);
}

/** Areas by steps. A cell that only people can speak for is hatched and never coloured. Nothing for a model without cells. */
export function renderMatrix({ steps, rows, legend }: MatrixView, style: Style): string[] {
  if (rows.length === 0) return [];
  const label = Math.max(...rows.map(({ name }) => name.length)) + 2;
  const width = Math.max(9, Math.floor((style.width - label - 8) / steps.length));
  const head = steps.map(({ name }) => padEnd(clip(name, width - 1), width)).join('');
  return [
    style.bold('AREA BY STAGE'),
    style.dim(`  ${padEnd('', label)}${head}stage`),
    ...rows.map(({ name, cells, step }) => {
      const texts = cells.map((cell) => padEnd(cellText(cell, style), width));
      return `  ${padEnd(name, label)}${texts.join('')}${step === null ? style.dim('–') : style.bold(String(step.stage))}`;
    }),
    ...wrap(sayLegend(legend), style.width - 4).map((line) => style.dim(`  ${line}`)),
    '',
  ];
}
