import type { ReconciledFigure, Reconciliation } from '../../domain/reconciliation.ts';
import { count, percent, short } from '../numbers.ts';
import { padEnd, padStart, type Style, wrap } from '../style.ts';

const WORDS: Readonly<Record<string, string>> = {
  deleted: 'deleted tickets',
  merged: 'merged tickets',
  no_history: 'no log of the ticket',
  former_agent: 'answered by a former agent',
  opened_by_agent: 'opened by an agent',
  automatic_reply: 'the vendor counts an automatic reply',
  reply_not_seen: 'the vendor counts a reply that is not seen here',
  vendor_counts_none: 'the vendor counts none',
  other_calendar: 'equal by the wall clock: other business hours',
  reopened: 'reopened tickets',
  unknown: 'no reason found',
};

function amount(figure: ReconciledFigure, value: number): string {
  return figure.unit === 'count' ? short(value, 1) : `${short(value / 60, 1)} min`;
}

function shareOf(figure: ReconciledFigure): string {
  if (figure.missing !== null) return `not compared (${figure.missing})`;
  return figure.compared === 0 ? 'nothing to compare' : percent(figure.agree / figure.compared);
}

/** Agreement of our figures with the vendor's own counters: one line a figure, then what differs, by how much, why, and which tickets. */
export function renderReconciliation(report: Reconciliation, style: Style): string {
  if (report.figures.length === 0)
    return `${style.bold('AGREEMENT')}   No connection carries counters of the vendor, so there is nothing to compare with.`;
  const lines: string[] = [];
  for (const connection of new Set(report.figures.map((figure) => figure.connection))) {
    if (lines.length > 0) lines.push('');
    lines.push(`${style.bold('AGREEMENT WITH THE HELPDESK')}   ${connection}`);
    for (const figure of report.figures.filter((one) => one.connection === connection)) {
      const of = figure.compared === 0 ? '' : `${count(figure.agree)} of ${count(figure.compared)} tickets`;
      lines.push(`  ${padEnd(figure.id, 28)}${padStart(shareOf(figure), 10)}  ${of}`.trimEnd());
      if (figure.differ === 0) continue;
      const middle = figure.median_difference;
      const most = figure.max_difference;
      if (middle !== null && most !== null)
        lines.push(style.dim(`      apart: median ${amount(figure, middle)}, at most ${amount(figure, most)}`));
      for (const { reason, tickets, sample } of figure.reasons) {
        const text = `${count(tickets)} ${WORDS[reason] ?? reason}, e.g. ${sample.join(', ')}`;
        lines.push(...wrap(text, style.width - 6).map((line) => style.dim(`      ${line}`)));
      }
    }
  }
  return lines.join('\n');
}

/** The same in one line, for the end of a sync; an empty text without anything to compare. */
export function agreementLine(report: Reconciliation): string {
  const compared = report.figures.filter((figure) => figure.missing === null && figure.compared > 0);
  if (compared.length === 0) return '';
  return `Agrees with the helpdesk's own counters: ${compared.map((figure) => `${figure.id} ${shareOf(figure)}`).join(', ')}`;
}
