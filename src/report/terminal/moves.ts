import { percent } from '../numbers.ts';
import { type Style, wrap } from '../style.ts';
import type { MovesView, MoveView } from '../view/moves.ts';

const MOST_TICKETS = 6;

/** With one connection its name says nothing. */
function ticketList(tickets: MoveView['tickets']): string {
  const one = new Set(tickets.map(({ connection }) => connection)).size === 1;
  const names = tickets.map(({ connection, id }) => (one ? id : `${connection}/${id}`));
  return `${names.slice(0, MOST_TICKETS).join(', ')}${names.length > MOST_TICKETS ? ', …' : ''}`;
}

function renderMove(move: MoveView, index: number, style: Style): string[] {
  const { statement, title, effort_words, gain_words, how, verified_by, tickets } = move;
  return [
    `  ${style.accent(`${index}`)} ${style.bold(title)} ${style.dim(`${statement.id}, ${effort_words}, ${gain_words}`)}`,
    ...wrap(how, style.width - 6).map((line) => `    ${line}`),
    ...(verified_by.length === 0 ? [] : [style.dim(`    Will show in ${verified_by.map(({ id }) => id).join(', ')}`)]),
    ...(tickets.length === 0 ? [] : [style.dim(`    Behind it: tickets ${ticketList(tickets)}`)]),
  ];
}

/** The few moves that lift the verdict, in order, each with its proof. */
export function renderMoves(view: MovesView, style: Style, title = 'NEXT MOVES'): string[] {
  const { target, probability_now, probability_after, moves, more, nothing_left, people_decide } = view;
  const head = `${style.bold(title)}   to ${target.text}: now ${percent(probability_now)}, after these ${percent(probability_after)}`;
  if (nothing_left !== null)
    return [head, style.dim(`  ${nothing_left}${people_decide ? ' Ask them: plumbline assess' : ''}`)];
  return [
    head,
    ...moves.flatMap((move, index) => renderMove(move, index + 1, style)),
    ...(more > 0 ? [style.dim(`  … and ${more} more: plumbline path`)] : []),
  ];
}
