import type { Snapshot } from '../../domain/snapshot.ts';
import type { ReportContext } from '../report-context.ts';
import { clip, padEnd, type Style } from '../style.ts';

const SIGNS = { 3: '■', 2: '◧', 1: '□' } as const;

/** Areas by stages. A cell that only people can speak for is hatched and never coloured; a cell nobody spoke for is a dot. */
export function renderMatrix(snapshot: Snapshot, context: ReportContext, style: Style): string[] {
  const { model } = context;
  const label = Math.max(...model.areas.map((a) => a.name.length)) + 2;
  const cell = Math.max(9, Math.floor((style.width - label - 8) / model.stages.length));
  const lines = [style.bold('AREA BY STAGE')];
  lines.push(
    style.dim(`  ${padEnd('', label)}${model.stages.map((s) => padEnd(clip(s.name, cell - 1), cell)).join('')}stage`),
  );
  for (const area of model.areas) {
    const cells = model.stages.map(({ stage }) => {
      const found = snapshot.areas.find((c) => c.area === area.id && c.stage === stage);
      if (found === undefined) return padEnd('', cell);
      if (found.self_report_only)
        return padEnd(style.dim(found.level === null ? '░ ask' : `░ said ${SIGNS[found.level]}`), cell);
      if (found.level === null) return padEnd(style.dim('· unseen'), cell);
      const text = `${SIGNS[found.level]} ${found.level === 3 ? 'yes' : found.level === 2 ? 'partly' : 'no'}`;
      return padEnd(
        found.level === 3 ? style.good(text) : found.level === 2 ? style.warn(text) : style.bad(text),
        cell,
      );
    });
    const own = snapshot.area_stages.find((a) => a.area === area.id)?.stage;
    lines.push(
      `  ${padEnd(area.name, label)}${cells.join('')}${own === null || own === undefined ? style.dim('–') : style.bold(String(own))}`,
    );
  }
  lines.push(style.dim('  ■ in place  ◧ partly  □ not there  ░ only people can tell  · nothing seen or said'));
  return lines;
}
