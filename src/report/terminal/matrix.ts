import type { AreaCell } from '../../domain/placement.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import type { ReportContext } from '../report-context.ts';
import { clip, padEnd, type Style, wrap } from '../style.ts';
import { CELL_LEGEND, CELL_SIGNS, CELL_WORDS, faceOf } from '../view/level.ts';

function cellText(cell: AreaCell | undefined, style: Style): string {
  if (cell === undefined) return '';
  const face = faceOf(cell);
  if (cell.self_report_only) return style.dim(face === 'unseen' ? '░ ask' : `░ said ${CELL_SIGNS[face]}`);
  const text = CELL_WORDS[face];
  if (cell.level === null) return style.dim(text);
  return cell.level === 3 ? style.good(text) : cell.level === 2 ? style.warn(text) : style.bad(text);
}

/** Areas by stages. A cell that only people can speak for is hatched and never coloured; a cell nobody spoke for is a dot. Nothing for a model without cells. */
export function renderMatrix(snapshot: StagedReading, { model }: ReportContext, style: Style): string[] {
  if (snapshot.areas.length === 0) return [];
  const label = Math.max(...model.areas.map((a) => a.name.length)) + 2;
  const width = Math.max(9, Math.floor((style.width - label - 8) / model.stages.length));
  const head = model.stages.map((s) => padEnd(clip(s.name, width - 1), width)).join('');
  const rows = model.areas.map((area) => {
    const cells = model.stages.map(({ stage }) =>
      padEnd(
        cellText(
          snapshot.areas.find((c) => c.area === area.id && c.stage === stage),
          style,
        ),
        width,
      ),
    );
    const own = snapshot.area_stages.find((a) => a.area === area.id)?.stage ?? null;
    return `  ${padEnd(area.name, label)}${cells.join('')}${own === null ? style.dim('–') : style.bold(String(own))}`;
  });
  return [
    style.bold('AREA BY STAGE'),
    style.dim(`  ${padEnd('', label)}${head}stage`),
    ...rows,
    ...wrap(CELL_LEGEND, style.width - 4).map((line) => style.dim(`  ${line}`)),
    '',
  ];
}
