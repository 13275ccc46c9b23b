import { clip, padEnd, type Style, wrap } from '../style.ts';
import { type MatrixCell, type MatrixView, sayLegend, signsOf } from '../view/matrix.ts';

/** Columns that a cell with its words needs. */
const WITH_WORDS = 9;

function cellText(cell: MatrixCell | null, inWords: boolean, style: Style): string {
  if (cell === null) return '';
  const text = inWords ? cell.text : signsOf(cell);
  if (cell.people_only || cell.face === 'open' || cell.face === 'unseen') return style.dim(text);
  return cell.face === 'in_place' ? style.good(text) : cell.face === 'partly' ? style.warn(text) : style.bad(text);
}

/** Areas by steps; signs alone where there is no room for words. A cell that only people can speak for is hatched and never coloured. Nothing for a model without cells. */
export function renderMatrix({ steps, rows, legend }: MatrixView, style: Style): string[] {
  if (rows.length === 0) return [];
  const label = Math.max(...rows.map(({ name }) => name.length)) + 2;
  const width = Math.max(4, Math.floor((style.width - label - 7) / steps.length));
  const inWords = width >= WITH_WORDS;
  const head = steps.map(({ stage, name }) => padEnd(inWords ? clip(name, width - 1) : String(stage), width)).join('');
  return [
    style.bold('AREA BY STAGE'),
    style.dim(`  ${padEnd('', label)}${head}stage`),
    ...rows.map(({ name, cells, step }) => {
      const texts = cells.map((cell) => padEnd(cellText(cell, inWords, style), width));
      return `  ${padEnd(name, label)}${texts.join('')}${step === null ? style.dim('–') : style.bold(String(step.stage))}`;
    }),
    ...wrap(sayLegend(legend), style.width - 4).map((line) => style.dim(`  ${line}`)),
    '',
  ];
}
