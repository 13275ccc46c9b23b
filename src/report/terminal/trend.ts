import type { StagedReading } from '../../domain/staged-reading.ts';
import { counted, percent } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { padEnd, padStart, type Style, wrap } from '../style.ts';
import { headlineView } from '../view/headline.ts';
import type { TrendView } from '../view/trend.ts';

/** One desk on one line: what people say, what data show, both together. */
export function renderDeskLine(name: string, reading: StagedReading, context: ReportContext, style: Style): string {
  const { title } = headlineView(reading, context);
  const { comparison } = reading;
  const over = comparison?.over_claims ?? null;
  const notes = [
    comparison === null ? '' : `says ${comparison.stages.said ?? '–'}, data show ${comparison.stages.seen ?? '–'}`,
    over === null
      ? ''
      : `about ${over.expected.toFixed(0)} of ${counted(comparison?.comparable ?? 0, 'statement')} over-rated`,
  ].filter((note) => note !== '');
  return `  ${padEnd(name, 20)} ${style.bold(padEnd(title, 22))} ${style.dim(notes.join(', '))}`;
}

function pointLine(point: TrendView['points'][number], style: Style): string {
  const sure = point.sure === null ? '–' : percent(point.sure);
  const numbers = [sure, String(point.assured ?? '–'), String(point.seen ?? '–'), percent(point.coverage)];
  const cells = numbers.map((text, at) => padStart(text, [6, 9, 6, 10][at] ?? 8)).join('');
  return `  ${padEnd(point.last_day, 12)}${padEnd(point.label, 24)}${cells}  ${style.dim(point.digest.slice(0, 12))}`;
}

/** Snapshots over time, one a line, oldest first; between two of them why, where it is not what the desk does. */
export function renderTrend({ points, steps, sentence }: TrendView, style: Style): string {
  const head = ['sure', 'assured', 'seen', 'coverage']
    .map((name, at) => padStart(name, [6, 9, 6, 10][at] ?? 8))
    .join('');
  return [
    style.bold('STAGE OVER TIME'),
    ...wrap(sentence, style.width - 2).map((line) => `  ${line}`),
    style.dim(`  ${padEnd('as of', 12)}${padEnd('stage', 24)}${head}  digest`),
    ...points.flatMap((point) => {
      const step = steps.find(({ to }) => to === point.digest);
      const marked = step === undefined || step.joined ? [] : [`↕ ${step.sentence}`];
      return [
        ...marked.flatMap((said) => wrap(said, style.width - 6, '  ').map((line) => style.dim(`    ${line}`))),
        pointLine(point, style),
      ];
    }),
    '',
    style.dim(
      '  Configuration is known only from the day it was first read: before that, facts about it are not observable.',
    ),
  ].join('\n');
}
