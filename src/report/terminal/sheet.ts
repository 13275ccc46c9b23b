import { padEnd, type Style, wrap } from '../style.ts';
import { widthOf } from '../text-width.ts';
import { type Cell, drawBar, type Part, type Sheet } from '../view/sheet.ts';

const BAR_WIDTH = 12;
const GAP = 2;

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : `${drawBar(cell.share, BAR_WIDTH)} ${cell.text}`;
}

/** Columns where the screen is wide enough; else each row as its first cell with the others under it, named. */
function renderTable({ head, rows }: NonNullable<Part['table']>, style: Style): string[] {
  const texts = rows.map((row) => row.map(textOf));
  const widths = head.map((name, index) => Math.max(widthOf(name), ...texts.map((row) => widthOf(row[index] ?? ''))));
  const total = widths.reduce((sum, width) => sum + width + GAP, 2);
  if (total > style.width) {
    const label = Math.max(...head.slice(1).map(widthOf), 0) + GAP;
    return texts.flatMap(([first = '', ...rest]) => [
      `  ${style.bold(first)}`,
      ...rest.map((text, index) => `    ${style.dim(padEnd(head[index + 1] ?? '', label))}${text}`),
    ]);
  }
  const line = (cells: readonly string[]) =>
    `  ${cells.map((text, index) => padEnd(text, (widths[index] ?? 0) + GAP)).join('')}`.trimEnd();
  return [style.dim(line(head)), ...texts.map(line)];
}

/** A sheet for the screen. */
export function renderSheet(sheet: Sheet, style: Style): string[] {
  const lines = [style.bold(sheet.title.toUpperCase())];
  for (const said of sheet.lead) lines.push(...wrap(said, style.width - 2).map((text) => `  ${text}`));
  for (const part of sheet.parts) {
    lines.push('', style.bold(part.title.toUpperCase()));
    for (const said of part.lines) lines.push(...wrap(said, style.width - 2).map((text) => style.dim(`  ${text}`)));
    if (part.table !== null) lines.push(...renderTable(part.table, style));
    for (const item of part.list)
      lines.push(...wrap(item, style.width - 4).map((text, index) => (index === 0 ? `  - ${text}` : `    ${text}`)));
  }
  return lines;
}
