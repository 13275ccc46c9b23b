import { assuredStage } from '../../domain/placement.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { counted, lastDay, percent } from '../numbers.ts';
import { type ReportContext, stageName } from '../report-context.ts';
import { padEnd, padStart, type Style } from '../style.ts';

/** One desk on one line: what people say, what data show, both together. */
export function renderDeskLine(name: string, snapshot: StagedReading, context: ReportContext, style: Style): string {
  const { placement, comparison } = snapshot;
  const stages = comparison?.stages;
  const stage =
    placement.stage === null ? 'not placed' : `stage ${placement.stage} ${stageName(context.model, placement.stage)}`;
  const over = comparison?.over_claims;
  const notes = [
    stages === undefined ? '' : `says ${stages.said ?? '–'}, data show ${stages.seen ?? '–'}`,
    over === null || over === undefined
      ? ''
      : `about ${over.expected.toFixed(0)} of ${counted(comparison?.comparable ?? 0, 'statement')} over-rated`,
  ].filter((note) => note !== '');
  return `  ${padEnd(name, 20)} ${style.bold(padEnd(stage, 22))} ${style.dim(notes.join(', '))}`;
}

/** Snapshots over time, one a line, oldest first. */
export function renderTrend(snapshots: readonly StagedReading[], context: ReportContext, style: Style): string {
  const lines = [
    style.bold('STAGE OVER TIME'),
    style.dim(
      `  ${padEnd('as of', 12)}${padEnd('stage', 22)}${padStart('sure', 6)}${padStart('assured', 9)}${padStart('seen', 6)}${padStart('coverage', 10)}  digest`,
    ),
  ];
  for (const s of snapshots) {
    const { placement } = s;
    const sure = placement.stage === null ? '–' : percent(placement.probabilities[placement.stage - 1] ?? 0);
    const stage =
      placement.stage === null ? 'not placed' : `${placement.stage} ${stageName(context.model, placement.stage)}`;
    lines.push(
      `  ${padEnd(lastDay(s.as_of), 12)}${padEnd(stage, 22)}${padStart(sure, 6)}${padStart(String(assuredStage(placement) ?? '–'), 9)}${padStart(String(s.readings.seen.stage ?? '–'), 6)}${padStart(percent(placement.coverage), 10)}  ${style.dim(s.digest.slice(0, 12))}`,
    );
  }
  lines.push(
    '',
    style.dim(
      '  Configuration is known only from the day it was first read: before that, facts about it are not observable.',
    ),
  );
  return lines.join('\n');
}
