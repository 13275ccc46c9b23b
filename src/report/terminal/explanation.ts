import type { Explanation, SignalExplanation } from '../../domain/explanation.ts';
import type { LedgerLine } from '../../domain/placement.ts';
import { count, lastDay, percent, short, signed } from '../numbers.ts';
import { clip, padEnd, padStart, type Style, wrap } from '../style.ts';

const FOLLOWS = {
  measured: 'measured',
  insufficient: 'too few cases',
  not_observable: 'cannot be seen',
  not_applicable: 'does not apply',
  failed: 'failed',
} as const;

function indent(lines: readonly string[], by = '  '): string[] {
  return lines.map((line) => by + line);
}

function ledgerTable(lines: readonly LedgerLine[], style: Style): string[] {
  if (lines.length === 0) return [style.dim('  No evidence line: nothing measured and nobody answered.')];
  const head = style.dim(
    `  ${padEnd('evidence', 38)}${padStart('class', 6)}${padStart('share', 7)}${padStart('age d', 7)}${padStart('q2', 7)}${padStart('q3', 7)}${padStart('exists', 9)}${padStart('full', 8)}`,
  );
  const rows = lines.map((line) => {
    const q = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
    return `  ${padEnd(clip(line.source === 'answer' ? `answer of ${line.ref}` : line.ref, 37), 38)}${padStart(line.class ?? '–', 6)}${padStart(short(line.alpha), 7)}${padStart(short(line.age_days, 0), 7)}${padStart(q(line.q2), 7)}${padStart(q(line.q3), 7)}${padStart(signed(line.points[0]), 9)}${padStart(signed(line.points[1]), 8)}`;
  });
  const total = lines.reduce((sum, line) => [sum[0] + line.points[0], sum[1] + line.points[1]] as [number, number], [
    0, 0,
  ] as [number, number]);
  return [
    head,
    ...rows,
    style.bold(
      `  ${padEnd('sum, decibans (10 = odds of ten to one)', 72)}${padStart(signed(total[0]), 9)}${padStart(signed(total[1]), 8)}`,
    ),
  ];
}

function renderSignal(e: SignalExplanation, style: Style): string[] {
  const { finding } = e;
  const lines = [style.bold(`${e.id}`), `  ${e.title}`, ...indent(wrap(e.description, style.width - 4)), ''];
  if (finding.status === 'measured' && finding.estimate !== null) {
    const value =
      finding.unit === 'share' ? percent(finding.estimate) : `${short(finding.estimate, 3)} ${finding.unit}`;
    const interval =
      finding.interval === null
        ? ''
        : `  95 % ${finding.interval.map((v) => (finding.unit === 'share' ? percent(v) : short(v, 3))).join(' to ')}`;
    lines.push(
      `  ${style.bold(value)}${interval}  n ${count(finding.n)}${finding.n_effective === null ? '' : `, effective ${count(finding.n_effective)}`}`,
    );
  } else lines.push(`  ${style.warn(FOLLOWS[finding.status])}${finding.reason === null ? '' : ` (${finding.reason})`}`);
  if (finding.detail !== null) lines.push(...indent(wrap(finding.detail, style.width - 4)));
  lines.push(
    `  Window ${finding.window.from.slice(0, 10)} to ${lastDay(finding.window.to)}${finding.carried_from === null ? '' : ` · kept from the snapshot of ${finding.carried_from.as_of.slice(0, 10)}, its source is disconnected`}`,
  );
  const excluded = Object.entries(finding.excluded);
  if (excluded.length > 0) lines.push(`  Left out  ${excluded.map(([why, n]) => `${count(n)} ${why}`).join(', ')}`);
  const extra = Object.entries(finding.extra);
  if (extra.length > 0)
    lines.push(style.dim(`  ${extra.map(([k, v]) => `${k} ${typeof v === 'number' ? short(v, 3) : v}`).join(' · ')}`));
  lines.push(
    '',
    `  Lines     partly ${e.lines.partial ?? '–'}, fully ${e.lines.full ?? '–'} (${e.lines.origin}: ${e.lines.source})`,
  );
  lines.push(...wrap(`Fooled by ${e.fooled_by.join('; ')}`, style.width - 4, '          ').map((l) => `  ${l}`));
  lines.push('', style.bold('POINTS'), ...ledgerTable(e.ledger, style).map((line) => line), '');
  lines.push(
    style.bold(`SQL`) + style.dim(`   estimator ${e.estimator}, reads ${e.needs.join(', ')}`),
    ...indent(e.sql.trimEnd().split('\n'), '    '),
    '',
  );
  if (e.tickets.length > 0) {
    lines.push(style.bold('SAMPLE'));
    for (const t of e.tickets.slice(0, 20))
      lines.push(
        `  ${t.hit === null ? ' ' : t.hit ? style.good('✓') : style.bad('✗')} ${padEnd(`${t.table} ${t.id}`, 24)} ${style.dim(t.url ?? '')}`.trimEnd(),
      );
    if (e.tickets.length > 20) lines.push(style.dim(`  … ${e.tickets.length - 20} more with --json`));
  }
  lines.push('', `  To improve: ${e.remedy}`);
  return lines;
}

/** The way from a number back to what it rests on. */
export function renderExplanation(e: Explanation, style: Style): string {
  switch (e.kind) {
    case 'signal':
      return renderSignal(e, style).join('\n');
    case 'criterion': {
      const [p1, p2, p3] = e.result.posterior;
      const lines = [style.bold(`${e.result.id}  ${e.result.name}`), ...indent(wrap(e.statement, style.width - 4)), ''];
      lines.push(
        `  Level ${e.result.level ?? '–'}: not there ${percent(p1)}, partly ${percent(p2)}, fully ${percent(p3)} · decided by ${e.result.decided_by}`,
      );
      for (const level of [1, 2, 3] as const)
        lines.push(
          ...wrap(`${level === e.result.level ? '▶' : ' '} ${level} ${e.levels[level]}`, style.width - 4, '    ').map(
            (l) => `  ${level === e.result.level ? l : style.dim(l)}`,
          ),
        );
      if (e.result.conflict.text !== null)
        lines.push(
          '',
          `  ${style.warn('Conflict')} ${e.result.conflict.text} (${short(e.result.conflict.decibans, 1)} decibans)`,
        );
      lines.push('', style.bold('LEDGER'), ...ledgerTable(e.ledger, style));
      if (e.result.missing.length > 0) {
        lines.push('', style.bold('SILENT'));
        for (const m of e.result.missing)
          lines.push(style.dim(`  ${padEnd(m.signal, 38)} ${m.status}${m.reason === null ? '' : ` (${m.reason})`}`));
      }
      if (e.gain !== null)
        lines.push(
          '',
          `  Fully in place it would add ${(e.gain * 100).toFixed(0)} points to the chance of the next stage.`,
        );
      lines.push(
        '',
        ...wrap(`Next: ${e.action.title}. ${e.action.how}`, style.width - 4, '      ').map((l) => `  ${l}`),
      );
      lines.push(style.dim(`  Proof of a claim: ${e.proof}`));
      lines.push(
        style.dim(
          `  Follow a signal: plumbline explain ${e.ledger.find((l) => l.source === 'signal')?.ref ?? e.result.missing[0]?.signal ?? 'D3'}`,
        ),
      );
      return lines.join('\n');
    }
    case 'stage': {
      const lines = [style.bold(e.stage === null ? 'NOT PLACED' : `STAGE ${e.stage}`)];
      for (const set of e.sets) {
        lines.push(
          '',
          `  ${style.bold(`Set ${set.set} ${set.name}`)}  ${percent(set.degree)} in place (largely above 50 %, fully above 85 %)`,
        );
        for (const c of set.criteria)
          lines.push(
            `    ${padEnd(c.id, 6)}${padEnd(clip(c.name, 46), 47)} level ${c.level ?? '–'}  ${padStart(signed(c.total[0]), 6)} ${padStart(signed(c.total[1]), 6)}  ${style.dim(c.decided_by)}`,
          );
      }
      lines.push('', style.dim('  Follow a statement: plumbline explain S1.4'));
      return lines.join('\n');
    }
    case 'ticket': {
      const lines = [style.bold(`Ticket ${e.id}`) + style.dim(` of ${e.connection} ${e.url ?? ''}`), ''];
      for (const [key, value] of Object.entries(e.facts))
        if (value !== null) lines.push(`  ${padEnd(key, 34)} ${value}`);
      lines.push('', style.bold('TIMELINE'));
      for (const t of e.timeline)
        lines.push(
          `  ${t.at.slice(0, 19).replace('T', ' ')}  ${padEnd(t.what, 44)} ${style.dim(t.by ?? '')}`.trimEnd(),
        );
      lines.push('', style.bold('USED BY'));
      if (e.used_by.length === 0) lines.push(style.dim('  No signal of the last snapshot shows it as a sample.'));
      for (const u of e.used_by)
        lines.push(`  ${u.hit === null ? ' ' : u.hit ? style.good('✓') : style.bad('✗')} ${u.signal}`);
      return lines.join('\n');
    }
  }
}
