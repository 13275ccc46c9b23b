import type { SignalExplanation } from '../../../domain/explanation.ts';
import type { Finding } from '../../../domain/finding.ts';
import { count, lastDay, percent, short } from '../../numbers.ts';
import { padEnd, type Style, wrap } from '../../style.ts';
import { sayImported, sayPopulation } from '../../view/left-out.ts';
import { ledgerTable } from './ledger-table.ts';

const STATUS_WORDS = {
  measured: 'measured',
  insufficient: 'too few cases',
  not_observable: 'cannot be seen',
  not_applicable: 'does not apply',
  failed: 'failed',
} as const;
const MOST_SAMPLES = 20;

function numberLine(finding: Finding, style: Style): string {
  if (finding.status !== 'measured' || finding.estimate === null)
    return `  ${style.warn(STATUS_WORDS[finding.status])}${finding.reason === null ? '' : ` (${finding.reason})`}`;
  const show = (value: number): string => (finding.unit === 'share' ? percent(value) : short(value, 3));
  const value = finding.unit === 'share' ? show(finding.estimate) : `${show(finding.estimate)} ${finding.unit}`;
  const interval = finding.interval === null ? '' : `  95 % ${finding.interval.map(show).join(' to ')}`;
  const effective = finding.n_effective === null ? '' : `, effective ${count(finding.n_effective)}`;
  return `  ${style.bold(value)}${interval}  n ${count(finding.n)}${effective}`;
}

function factLines(finding: Finding, style: Style): string[] {
  const lines: string[] = [];
  if (finding.detail !== null) lines.push(...wrap(finding.detail, style.width - 4).map((line) => `  ${line}`));
  const kept =
    finding.carried_from === null
      ? ''
      : ` · kept from ${finding.carried_from.as_of.slice(0, 10)}, its source is disconnected`;
  const settled = finding.as_last_changed === true ? ' · read later, and not changed since' : '';
  lines.push(`  Window ${finding.window.from.slice(0, 10)} to ${lastDay(finding.window.to)}${kept}${settled}`);
  const population = sayPopulation(finding);
  if (population !== null)
    lines.push(...wrap(`Population  ${population}`, style.width - 4, '  ').map((line) => `  ${line}`));
  const excluded = Object.entries(finding.excluded);
  if (excluded.length > 0) lines.push(`  Left out  ${excluded.map(([why, n]) => `${count(n)} ${why}`).join(', ')}`);
  const extra = Object.entries(finding.extra).map(
    ([key, value]) => `${key} ${typeof value === 'number' ? short(value, 3) : value}`,
  );
  if (extra.length > 0) lines.push(...wrap(extra.join(' · '), style.width - 4).map((line) => style.dim(`  ${line}`)));
  return lines;
}

function importedLines(e: SignalExplanation, style: Style): string[] {
  const said = sayImported(e.imported);
  return said === null ? [] : wrap(said, style.width - 4, '  ').map((line) => `  ${line}`);
}

function sampleLines(e: SignalExplanation, style: Style): string[] {
  if (e.tickets.length === 0) return [];
  const mark = (hit: boolean | null): string => (hit === null ? ' ' : hit ? style.good('✓') : style.bad('✗'));
  const rows = e.tickets
    .slice(0, MOST_SAMPLES)
    .map((t) => `  ${mark(t.hit)} ${padEnd(`${t.table} ${t.id}`, 24)} ${style.dim(t.url ?? '')}`.trimEnd());
  const more = e.tickets.length - MOST_SAMPLES;
  return ['', style.bold('SAMPLE'), ...rows, ...(more > 0 ? [style.dim(`  … ${more} more with --json`)] : [])];
}

/** A signal: its number, what it rests on, what fools it, the points it gave, its SQL and sample tickets. */
export function renderSignal(e: SignalExplanation, style: Style): string[] {
  const fooled = wrap(`Fooled by ${e.fooled_by.join('; ')}`, style.width - 4, '          ');
  return [
    style.bold(e.id),
    `  ${e.title}`,
    ...wrap(e.description, style.width - 4).map((line) => `  ${line}`),
    '',
    numberLine(e.finding, style),
    ...factLines(e.finding, style),
    ...importedLines(e, style),
    '',
    ...wrap(
      `Lines     partly ${e.lines.partial ?? '–'}, fully ${e.lines.full ?? '–'} (${e.lines.origin}: ${e.lines.source})`,
      style.width - 4,
      '          ',
    ).map((line) => `  ${line}`),
    ...fooled.map((line) => `  ${line}`),
    '',
    style.bold('POINTS'),
    ...ledgerTable(e.ledger, style),
    '',
    style.bold('SQL') + style.dim(`   estimator ${e.estimator}, reads ${e.needs.join(', ')}`),
    ...e.sql
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
    ...sampleLines(e, style),
    '',
    ...wrap(`To improve: ${e.remedy}`, style.width - 4, '  ').map((line) => `  ${line}`),
  ];
}
