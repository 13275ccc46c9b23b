import type { TicketExplanation } from '../../../domain/explanation.ts';
import { clip, padEnd, type Style } from '../../style.ts';

/** A ticket: derived facts, what happened when and by whom, and the signals that show it as a sample. */
export function renderTicket(e: TicketExplanation, style: Style): string[] {
  const facts = Object.entries(e.facts).filter(([, value]) => value !== null);
  const mark = (hit: boolean | null): string => (hit === null ? ' ' : hit ? style.good('✓') : style.bad('✗'));
  return [
    style.bold(`Ticket ${e.id}`) + style.dim(` of ${e.connection} ${e.url ?? ''}`),
    '',
    ...facts.map(([key, value]) => `  ${padEnd(key, 38)} ${value}`),
    '',
    style.bold('TIMELINE'),
    ...e.timeline.map((t) =>
      `  ${t.at.slice(0, 19).replace('T', ' ')}  ${padEnd(clip(t.what, 46), 46)} ${style.dim(t.by ?? '')}`.trimEnd(),
    ),
    '',
    style.bold('USED BY'),
    ...(e.used_by.length === 0
      ? [style.dim('  No signal of the snapshot shows it as a sample.')]
      : e.used_by.map((u) => `  ${mark(u.hit)} ${u.signal}`)),
  ];
}
