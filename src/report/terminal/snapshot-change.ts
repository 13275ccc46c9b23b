import type { SnapshotChange } from '../../domain/snapshot-change.ts';
import { lastDay, signed } from '../numbers.ts';
import { type ReportContext, stageName } from '../report-context.ts';
import { clip, padEnd, padStart, type Style } from '../style.ts';

/** Two snapshots beside each other, each change with its cause. */
export function renderSnapshotChange(change: SnapshotChange, context: ReportContext, style: Style): string {
  const side = (s: SnapshotChange['before']): string =>
    `${lastDay(s.as_of)}: ${s.stage === null ? 'not placed' : `stage ${s.stage} ${stageName(context.model, s.stage)}${s.assured === null ? '' : `, assured ${s.assured}`}`}`;
  const lines = [style.bold('WHAT CHANGED'), `  ${side(change.before)}`, `  ${side(change.after)}`, ''];
  const causes = Object.entries(change.by_cause).filter(([, v]) => Math.abs(v) >= 0.05);
  lines.push(
    `  By cause, decibans: ${causes.length === 0 ? 'nothing' : causes.map(([cause, v]) => `${cause} ${signed(v)}`).join(', ')}`,
    '',
  );
  for (const c of change.criteria) {
    lines.push(
      `  ${padEnd(c.criterion, 6)}${padEnd(clip(c.name, 40), 41)} level ${c.level_before ?? '–'} -> ${c.level_after ?? '–'}  ${padStart(signed(c.change), 6)}`,
    );
    for (const l of c.lines.slice(0, 4))
      lines.push(
        style.dim(`        ${padEnd(l.ref, 36)} ${padEnd(l.cause, 14)} ${padStart(signed(l.change), 6)}  ${l.text}`),
      );
  }
  if (change.criteria.length === 0) lines.push(style.dim('  No evidence changed by a tenth of a deciban or more.'));
  return lines.join('\n');
}
