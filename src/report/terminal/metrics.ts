import type { Metric, MetricsReport } from '../../domain/snapshot.ts';
import { count, day, lastDay, short } from '../numbers.ts';
import { padEnd, padStart, type Style } from '../style.ts';

function show(metric: Metric): string {
  if (metric.value === null) return '–';
  if (metric.unit === 'share') return `${short(metric.value * 100, 2)} %`;
  if (metric.unit === 'h') return `${short(metric.value, 2)} h`;
  return Number.isInteger(metric.value) ? count(metric.value) : short(metric.value, 2);
}

function why(metric: Metric): string {
  const reasons = Object.entries(metric.excluded);
  if (reasons.length === 0) return '';
  return reasons.map(([reason, n]) => (n === 0 ? reason : `${count(n)} ${reason}`)).join(', ');
}

/** Plain service figures, one a line, with n and what was left out. A dash is "cannot be known", never zero. */
export function renderMetrics(report: MetricsReport, style: Style): string {
  const lines = [`${style.bold('FIGURES')}   ${day(report.window.from)} to ${lastDay(report.window.to)}`];
  for (const metric of report.metrics)
    lines.push(
      `  ${padEnd(metric.id, 42)} ${padStart(show(metric), 12)}  ${padStart(metric.value === null ? '' : `n ${count(metric.n)}`, 12)}  ${style.dim(why(metric))}`.trimEnd(),
    );
  for (const part of report.breakdowns) {
    lines.push('', style.bold(`${part.by} ${part.value}`));
    for (const metric of part.metrics)
      if (metric.value !== null)
        lines.push(`  ${padEnd(metric.id, 42)} ${padStart(show(metric), 12)}  ${padStart(`n ${count(metric.n)}`, 12)}`);
  }
  lines.push(
    '',
    style.dim(
      '  – = cannot be known from this source, with the reason beside it. Definitions: plumbline metrics --json',
    ),
  );
  return lines.join('\n');
}
