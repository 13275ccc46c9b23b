import { type Cell, drawBar, type Sheet } from '../view/sheet.ts';
import { cell, table } from './markup.ts';

const BAR_WIDTH = 10;

function textOf(one: Cell): string {
  return typeof one === 'string' ? cell(one) : `${drawBar(one.share, BAR_WIDTH)} ${cell(one.text)}`;
}

/** A sheet as Markdown, its title as a heading of the second level. */
export function renderSheetMarkdown(sheet: Sheet): string[] {
  const lines = [`## ${cell(sheet.title)}`, '', ...sheet.lead.flatMap((line) => [cell(line), ''])];
  for (const { title, lines: said, table: grid, list } of sheet.parts) {
    lines.push(`### ${cell(title)}`, '', ...said.flatMap((line) => [cell(line), '']));
    if (grid !== null)
      lines.push(
        ...table(
          grid.head.map(cell),
          grid.rows.map((row) => row.map(textOf)),
        ),
        '',
      );
    if (list.length > 0) lines.push(...list.map((item) => `- ${cell(item)}`), '');
  }
  return lines;
}
