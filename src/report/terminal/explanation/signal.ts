import { count } from '../../numbers.ts';
import { padEnd, type Style, wrap } from '../../style.ts';
import { sayFigure } from '../../view/figure-text.ts';
import type { RecordLink } from '../../view/named.ts';
import type { SignalView } from '../../view/signal.ts';
import { ledgerTable } from './ledger-table.ts';

const MOST_SAMPLES = 20;

/** A name, and what is said of it beside. */
function labelled(name: string, said: string, style: Style): string[] {
  return wrap(said, style.width - 14).map((line, index) => `  ${(index === 0 ? name : '').padEnd(10)}${line}`);
}

function numberLine({ text, interval_text, n, n_effective, sentence }: SignalView, style: Style): string {
  if (text === null) return `  ${style.warn(sentence)}`;
  const interval = interval_text === null ? '' : `  95 % ${interval_text}`;
  const effective = n_effective === null ? '' : `, effective ${count(n_effective)}`;
  return `  ${style.bold(text)}${interval}  n ${count(n)}${effective}`;
}

function factLines(view: SignalView, style: Style): string[] {
  const lines = (said: string | null, hang = '  '): string[] =>
    said === null ? [] : wrap(said, style.width - 4, hang).map((line) => `  ${line}`);
  const { left_out, extra, window } = view;
  return [
    ...lines(view.text === null ? null : view.sentence),
    ...lines(view.detail),
    ...lines(view.way_out),
    ...lines(`Window ${window.from} to ${window.last_day}${view.notes.map((note) => ` · ${note}`).join('')}`),
    ...lines(view.population === null ? null : `Population  ${view.population}`),
    ...lines(left_out.length === 0 ? null : `Left out  ${left_out.map(({ words }) => words).join('; ')}`),
    ...lines(extra.map(({ name, text }) => `${name} ${text}`).join(' · ')).map(style.dim),
    ...lines(view.imported),
  ];
}

function courseLines({ course, unit }: SignalView, style: Style): string[] {
  if (course.length < 2) return [];
  const points = course.map(({ last_day, estimate, status }) =>
    estimate === null ? `${last_day} ${status.replaceAll('_', ' ')}` : `${last_day} ${sayFigure(estimate, unit)}`,
  );
  return labelled('Course', points.join(' · '), style);
}

function sampleLines({ tickets }: SignalView, style: Style): string[] {
  if (tickets.length === 0) return [];
  const mark = ({ hit }: RecordLink): string => (hit === null ? ' ' : hit ? style.good('✓') : style.bad('✗'));
  const rows = tickets
    .slice(0, MOST_SAMPLES)
    .map((t) => `  ${mark(t)} ${padEnd(`${t.table} ${t.id}`, 24)} ${style.dim(t.url ?? '')}`.trimEnd());
  const more = tickets.length - MOST_SAMPLES;
  return ['', style.bold('SAMPLE'), ...rows, ...(more > 0 ? [style.dim(`  … ${more} more with --json`)] : [])];
}

/** A signal: its number, what it rests on, what fools it, the points it gave, its SQL and sample tickets. */
export function renderSignal(view: SignalView, style: Style): string[] {
  const { lines, signal } = view;
  return [
    style.bold(signal.id),
    `  ${signal.title}`,
    ...wrap(view.description, style.width - 4).map((line) => `  ${line}`),
    '',
    numberLine(view, style),
    ...factLines(view, style),
    ...courseLines(view, style),
    '',
    ...labelled(
      'Lines',
      `partly ${lines.partly_text ?? '–'}, fully ${lines.fully_text ?? '–'} (${lines.origin_words}: ${lines.source})`,
      style,
    ),
    ...labelled('Fooled by', view.fooled_by.join('; '), style),
    '',
    style.bold('POINTS'),
    ...ledgerTable(
      view.speaks_for.map(({ id, name, ...bar }) => ({ name: `${id} ${name}`, bar })),
      style,
    ),
    '',
    style.bold('SQL') + style.dim(`   estimator ${view.estimator}, reads ${view.needs.join(', ')}`),
    ...view.sql
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
    ...sampleLines(view, style),
    '',
    ...wrap(`To improve: ${view.remedy}`, style.width - 4, '  ').map((line) => `  ${line}`),
  ];
}
