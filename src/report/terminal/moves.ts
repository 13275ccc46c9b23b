import type { Move, Path } from '../../domain/assessment.ts';
import { percent } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { type Style, wrap } from '../style.ts';
import { stepName } from '../view/step.ts';

const EFFORT_WORDS = { days: 'days', weeks: 'weeks', quarter: 'a quarter' } as const;

/** Tickets are `connection/id`; with one connection its name says nothing. */
function ticketList(tickets: readonly string[], most: number): string {
  const connections = new Set(tickets.map((ticket) => ticket.slice(0, ticket.indexOf('/'))));
  const names = connections.size === 1 ? tickets.map((ticket) => ticket.slice(ticket.indexOf('/') + 1)) : tickets;
  return `${names.slice(0, most).join(', ')}${names.length > most ? ', …' : ''}`;
}

function renderMove(move: Move, index: number, style: Style): string[] {
  const lines = [
    `  ${style.accent(`${index}`)} ${style.bold(move.title)} ${style.dim(`${move.criterion}, ${EFFORT_WORDS[move.effort]}, +${(move.gain_in_order * 100).toFixed(0)} points`)}`,
    ...wrap(move.how, style.width - 6).map((line) => `    ${line}`),
  ];
  if (move.verified_by.length > 0) lines.push(style.dim(`    Will show in ${move.verified_by.join(', ')}`));
  if (move.tickets.length > 0) lines.push(style.dim(`    Behind it: tickets ${ticketList(move.tickets, 6)}`));
  return lines;
}

/** The few moves that lift the stage, in order, each with its proof. */
export function renderMoves(path: Path, context: ReportContext, style: Style, most = 3): string[] {
  const moves = path.smallest;
  const head = `${style.bold(`NEXT MOVES`)}   to ${stepName(context.model, path.target)}: now ${percent(path.probability_now)}, after these ${percent(path.probability_after)}`;
  if (moves.length === 0) {
    const left =
      context.model.telemetry === undefined
        ? 'Nothing is left to do: every statement up to here is in place.'
        : 'Records can carry it no further. What is left is for people to answer: plumbline assess';
    return [head, style.dim(`  ${left}`)];
  }
  const lines = [head];
  moves.slice(0, most).forEach((move, i) => {
    lines.push(...renderMove(move, i + 1, style));
  });
  if (moves.length > most) lines.push(style.dim(`  … and ${moves.length - most} more: plumbline path`));
  return lines;
}
