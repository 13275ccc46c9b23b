import { z } from 'zod';
import type { Move, Path } from '../../domain/assessment.ts';
import { percent } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { nameSignal, RecordLink, SignalName, StatementName } from './named.ts';
import { Step, stepName, stepOf } from './step.ts';

export const MoveView = z.strictObject({
  statement: StatementName,
  from: z.int().nullable(),
  to: z.int(),
  title: z.string(),
  how: z.string(),
  effort: z.enum(['days', 'weeks', 'quarter']),
  /** `days`, `weeks`, `a quarter`. */
  effort_words: z.string(),
  /** Rise of P(stage >= target), 0..1, made alone and made in this order. */
  gain_alone: z.number(),
  gain_in_order: z.number(),
  /** `+12 points`. */
  gain_words: z.string(),
  /** Signals that will show it: a move is done when they say so. */
  verified_by: z.array(SignalName),
  tickets: z.array(RecordLink),
});
export type MoveView = z.infer<typeof MoveView>;

/** The way to a higher step: fewest moves, and fewest weeks. No moves: `nothing_left` says why. */
export const MovesView = z.strictObject({
  target: Step,
  probability_now: z.number(),
  probability_after: z.number(),
  sentence: z.string(),
  moves: z.array(MoveView),
  /** Moves that are not among `moves`. */
  more: z.int(),
  nothing_left: z.string().nullable(),
  /** No moves are left, but people could still answer what records cannot show. */
  people_decide: z.boolean(),
});
export type MovesView = z.infer<typeof MovesView>;

/** Both paths; null where nothing is placed, with the reason. `same` = fewest moves and fewest weeks are the same moves. */
export const PathView = z.strictObject({
  smallest: MovesView.nullable(),
  cheapest: MovesView.nullable(),
  same: z.boolean(),
  none: z.string().nullable(),
});
export type PathView = z.infer<typeof PathView>;

export const EFFORT_WORDS = { days: 'days', weeks: 'weeks', quarter: 'a quarter' } as const;

type Context = Pick<ReportContext, 'model' | 'signals' | 'ticketUrl'>;

function linkOf(ticket: string, { ticketUrl }: Context): RecordLink {
  const slash = ticket.indexOf('/');
  const [connection, id] = [ticket.slice(0, slash), ticket.slice(slash + 1)];
  return { connection, table: 'ticket', id, hit: null, url: ticketUrl(connection, id) };
}

function moveView(move: Move, context: Context): MoveView {
  const { criterion, name, from, to, title, how, effort, gain_alone, gain_in_order } = move;
  return {
    statement: { id: criterion, name },
    from,
    to,
    title,
    how,
    effort,
    effort_words: EFFORT_WORDS[effort],
    gain_alone,
    gain_in_order,
    gain_words: `+${(gain_in_order * 100).toFixed(0)} points`,
    verified_by: move.verified_by.map((id) => nameSignal(id, context.signals)),
    tickets: move.tickets.map((ticket) => linkOf(ticket, context)),
  };
}

function nothingLeft(moves: readonly Move[], { model }: Context): string | null {
  if (moves.length > 0) return null;
  return model.telemetry === undefined
    ? 'Nothing is left to do: every statement up to here is in place.'
    : 'Records can carry it no further. What is left is for people to answer.';
}

function sayWay(target: string, now: number, after: number, moves: number): string {
  if (moves === 0) return `To ${target}: the chance is ${percent(now)}.`;
  const these = moves === 1 ? 'this move' : `these ${moves} moves`;
  return `To ${target}: the chance is ${percent(now)} now and ${percent(after)} after ${these}.`;
}

/** The first `most` of these moves of a path, in order; all by default. Pure. */
export function movesView(
  path: Path,
  moves: readonly Move[],
  context: Context,
  most = Number.POSITIVE_INFINITY,
): MovesView {
  const { target, probability_now } = path;
  // The path tells the chance after the fewest moves; after others it is what they add up to.
  const probability_after =
    moves === path.smallest
      ? path.probability_after
      : moves.reduce((chance, { gain_in_order }) => chance + gain_in_order, probability_now);
  return {
    target: stepOf(context.model, target) ?? { stage: target, name: '', text: stepName(context.model, target) },
    probability_now,
    probability_after,
    sentence: sayWay(stepName(context.model, target), probability_now, probability_after, moves.length),
    moves: moves.slice(0, most).map((move) => moveView(move, context)),
    more: Math.max(0, moves.length - most),
    nothing_left: nothingLeft(moves, context),
    people_decide: moves.length === 0 && context.model.telemetry !== undefined,
  };
}

/** Both ways to the target of a path; null = nothing is placed. Pure. */
export function pathView(path: Path | null, context: Context): PathView {
  if (path === null)
    return { smallest: null, cheapest: null, same: true, none: 'Nothing is placed yet, so there is no path.' };
  const key = (moves: readonly Move[]): string => moves.map(({ criterion }) => criterion).join();
  return {
    smallest: movesView(path, path.smallest, context),
    cheapest: movesView(path, path.cheapest, context),
    same: key(path.smallest) === key(path.cheapest),
    none: null,
  };
}
