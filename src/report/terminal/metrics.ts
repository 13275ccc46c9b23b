import type { Metric, MetricsReport } from '../../domain/snapshot.ts';
import { count, short } from '../numbers.ts';
import { padEnd, padStart, type Style, wrap } from '../style.ts';

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

function sourceWord(metric: Metric): string {
  if (metric.source === 'vendor') return "the vendor's own durations";
  return metric.source === 'mixed' ? "in part the vendor's own durations" : '';
}

/** Date of an instant in a zone; `shiftMs` before it for an exclusive end. */
function localDay(iso: string, zone: string, shiftMs = 0): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(new Date(iso).getTime() + shiftMs),
  );
}

/** Plain service figures, one a line, with n and what was left out. A dash is "cannot be known", never zero. */
export function renderMetrics(report: MetricsReport, style: Style): string {
  const { zone } = report;
  const lines = [
    `${style.bold('FIGURES')}   ${localDay(report.window.from, zone.id)} to ${localDay(report.window.to, zone.id, -1)}`,
    ...wrap(`  Days, weeks and months of ${zone.id}, ${zone.note}.`, style.width, '  ').map((line) => style.dim(line)),
  ];
  for (const metric of report.metrics)
    lines.push(
      `  ${padEnd(metric.id, 42)} ${padStart(show(metric), 12)}  ${padStart(metric.value === null ? '' : `n ${count(metric.n)}`, 12)}  ${style.dim([sourceWord(metric), why(metric)].filter((part) => part !== '').join('; '))}`.trimEnd(),
    );
  const single = report.breakdowns.filter((part) => part.metrics.length === 1);
  for (const by of new Set(single.map((part) => part.by))) {
    const parts = single.filter((part) => part.by === by);
    const shown = parts.flatMap((part) => part.metrics.map((metric) => `${part.value}: ${show(metric)}`));
    lines.push('', ...wrap(`  ${parts[0]?.metrics[0]?.id} by ${by}   ${shown.join(' · ')}`, style.width, '    '));
  }
  for (const part of report.breakdowns.filter((one) => one.metrics.length !== 1)) {
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
