import type { Observability } from '../../domain/observability.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { FROM_REPORTS } from '../../domain/stream-tables.ts';
import { count, counted, day, percent, plural } from '../numbers.ts';
import { clip, padEnd, padStart, type Style, wrap } from '../style.ts';

interface HiddenView {
  readonly signals: readonly { readonly signal: string; readonly title: string; readonly lacking: readonly string[] }[];
  readonly criteria: readonly {
    readonly criterion: string;
    readonly name: string;
    readonly hidden: number;
    readonly expected: number;
  }[];
}

/** Stored streams with rows, set-aside and reconciliation, and what stays out of sight inside them. */
export function renderStreams(observability: readonly Observability[], style: Style): string {
  const lines = [style.bold('WHAT WAS READ')];
  for (const o of observability.filter((one) => one.status === 'available')) {
    const notes = [
      o.rejected > 0 ? `${count(o.rejected)} set aside` : '',
      o.reconciled_share === null ? '' : `${percent(o.reconciled_share)} of what the source counts`,
      o.since === null ? '' : `from ${day(o.since)}`,
      o.until === null ? '' : `up to ${day(o.until)}`,
    ].filter((note) => note !== '');
    lines.push(
      `  ${padEnd(clip(o.connection, 18), 19)}${padEnd(o.stream, 15)}${padStart(count(o.rows), 11)} ${plural(o.rows, 'row')}  ${style.dim(notes.join(', '))}`.trimEnd(),
    );
    if (o.detail !== null)
      lines.push(...wrap(`available, but: ${o.detail}`, style.width - 6).map((line) => `      ${style.dim(line)}`));
  }
  return lines.join('\n');
}

/** Statements that lose evidence, and what would bring it back. */
export function renderHidden(hidden: HiddenView, model: StagedModel, style: Style): string {
  if (hidden.signals.length === 0) return `${style.good('✓')} Every signal has the streams it needs.`;
  const total = model.criteria.length;
  const lines = [
    style.bold('WHAT STAYS DARK') +
      `   ${counted(hidden.signals.length, 'signal')}, touching ${hidden.criteria.length} of ${counted(total, 'statement')}`,
  ];
  for (const c of hidden.criteria)
    lines.push(
      `  ${padEnd(c.criterion, 6)}${padEnd(clip(c.name, 50), 51)} ${c.hidden === c.expected ? style.bad('wholly') : `${c.hidden} of ${counted(c.expected, 'signal')}`}`,
    );
  const lacking = new Map<string, number>();
  for (const signal of hidden.signals)
    for (const need of signal.lacking) lacking.set(need, (lacking.get(need) ?? 0) + 1);
  const ranked = [...lacking].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  lines.push(
    ...wrap(`  Lacking: ${ranked.map(([need, n]) => `${need} (${n})`).join(', ')}`, style.width, '    ').map(style.dim),
  );
  if (ranked.some(([need]) => FROM_REPORTS.has(need)))
    lines.push(
      ...wrap(
        '  Searches, visitors and bots stand in reports of the vendor; by week in a file they are read: plumbline import --as deflection FILE',
        style.width,
        '    ',
      ).map(style.dim),
    );
  return lines.join('\n');
}
