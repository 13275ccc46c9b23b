import type { AreaCell } from '../../domain/placement.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { ReportContext } from '../report-context.ts';
import { clip, padEnd, type Style } from '../style.ts';

const SIGNS = { 3: '■', 2: '◧', 1: '□' } as const;
const WORDS = { 3: 'yes', 2: 'partly', 1: 'no' } as const;

function cellText(cell: AreaCell | undefined, style: Style): string {
  if (cell === undefined) return '';
  if (cell.self_report_only) return style.dim(cell.level === null ? '░ ask' : `░ said ${SIGNS[cell.level]}`);
  if (cell.level === null) return style.dim('· unseen');
  const text = `${SIGNS[cell.level]} ${WORDS[cell.level]}`;
  return cell.level === 3 ? style.good(text) : cell.level === 2 ? style.warn(text) : style.bad(text);
}

/** Areas by stages. A cell that only people can speak for is hatched and never coloured; a cell nobody spoke for is a dot. */
export function renderMatrix(snapshot: Snapshot, { model }: ReportContext, style: Style): string[] {
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
    style.dim('  ■ in place  ◧ partly  □ not there  ░ only people can tell  · nothing seen or said'),
  ];
}
