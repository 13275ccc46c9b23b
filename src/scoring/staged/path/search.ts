import type { Chance } from './lifts.ts';

export interface Candidate {
  readonly id: string;
  readonly weeks: number;
}

interface Goal {
  readonly chance: Chance;
  /** P(stage >= target) to reach. */
  readonly line: number;
}

interface Choice {
  readonly moves: readonly Candidate[];
  readonly chance: number;
}

/** Up to this many moves the search tries every combination. */
const EXHAUSTIVE_MOVES = 3;

type Better = (a: Choice, b: Choice) => boolean;

function weeksOf(moves: readonly Candidate[]): number {
  return moves.reduce((sum, move) => sum + move.weeks, 0);
}

/** Compares by each key in turn; smaller is better. */
function betterBy(...keys: readonly ((choice: Choice) => number)[]): Better {
  return (a, b) => {
    for (const key of keys) {
      const difference = key(a) - key(b);
      if (Math.abs(difference) > 1e-12) return difference < 0;
    }
    return false;
  };
}

const size = (choice: Choice): number => choice.moves.length;
const weeks = (choice: Choice): number => weeksOf(choice.moves);
const doubt = (choice: Choice): number => -choice.chance;

function evaluate(goal: Goal, moves: readonly Candidate[]): Choice {
  return { moves, chance: goal.chance(moves.map((move) => move.id)) };
}

function* combinations(items: readonly Candidate[], count: number, from = 0): Generator<Candidate[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= items.length - count; i++) {
    const item = items[i];
    if (item !== undefined) for (const rest of combinations(items, count - 1, i + 1)) yield [item, ...rest];
  }
}

function bestOfSize(
  goal: Goal,
  candidates: readonly Candidate[],
  count: number,
  better: Better,
  mostWeeks = Number.POSITIVE_INFINITY,
): Choice | null {
  let best: Choice | null = null;
  for (const moves of combinations(candidates, count)) {
    if (weeksOf(moves) > mostWeeks) continue;
    const choice = evaluate(goal, moves);
    if (choice.chance >= goal.line && (best === null || better(choice, best))) best = choice;
  }
  return best;
}

/**
 * Adds the move with the greatest gain per price until the line is reached. Gains are compared as logarithms: with several gaps the
 * chance is a product, and one closed gap shows as a factor even while the chance itself is still near zero.
 */
function greedily(goal: Goal, candidates: readonly Candidate[], price: (c: Candidate) => number): Choice {
  let choice = evaluate(goal, []);
  const log = (p: number): number => Math.log(Math.max(p, Number.MIN_VALUE));
  while (choice.chance < goal.line) {
    const left = candidates.filter((c) => !choice.moves.includes(c));
    let next: { choice: Choice; worth: number } | null = null;
    for (const candidate of left) {
      const tried = evaluate(goal, [...choice.moves, candidate]);
      const worth = (log(tried.chance) - log(choice.chance)) / price(candidate);
      if (next === null || worth > next.worth) next = { choice: tried, worth };
    }
    if (next === null) return choice;
    choice = next.choice;
  }
  return choice;
}

function* neighbours(choice: Choice, candidates: readonly Candidate[]): Generator<Candidate[]> {
  const outside = candidates.filter((c) => !choice.moves.includes(c));
  for (const out of choice.moves) {
    const rest = choice.moves.filter((m) => m !== out);
    yield rest;
    for (const one of outside) yield [...rest, one];
    for (const pair of combinations(outside, 2)) if (weeksOf(pair) < out.weeks) yield [...rest, ...pair];
  }
  for (const [a, b] of combinations(choice.moves, 2)) {
    const rest = choice.moves.filter((m) => m !== a && m !== b);
    for (const one of outside) yield [...rest, one];
  }
}

/** Exact check after the greedy walk: leaves out, swaps one for one, one for two cheaper, two for one, while that is better. */
function improve(
  goal: Goal,
  start: Choice,
  candidates: readonly Candidate[],
  better: Better,
  cannotWin: (moves: readonly Candidate[], best: Choice) => boolean,
): Choice {
  let choice = start;
  for (;;) {
    let best = choice;
    for (const moves of neighbours(choice, candidates)) {
      if (cannotWin(moves, best)) continue;
      const tried = evaluate(goal, moves);
      if (tried.chance >= goal.line && better(tried, best)) best = tried;
    }
    if (best === choice) return choice;
    choice = best;
  }
}

/**
 * Fewest moves that bring the chance to the line; among equally many the surest, then the cheapest.
 * Every combination up to three moves, so that such an answer is the smallest there is; beyond that greedy with exact check.
 */
export function smallestSet(goal: Goal, candidates: readonly Candidate[]): readonly Candidate[] {
  const better = betterBy(size, doubt, weeks);
  for (let count = 0; count <= EXHAUSTIVE_MOVES; count++) {
    const found = bestOfSize(goal, candidates, count, better);
    if (found !== null) return found.moves;
  }
  const walked = greedily(goal, candidates, () => 1);
  return walked.chance < goal.line
    ? walked.moves
    : improve(goal, walked, candidates, better, (moves, best) => moves.length > size(best)).moves;
}

/** Least effort that brings the chance to the line; among equally cheap the fewest moves, then the surest. */
export function cheapestSet(goal: Goal, candidates: readonly Candidate[]): readonly Candidate[] {
  const better = betterBy(weeks, size, doubt);
  const smallest = evaluate(goal, smallestSet(goal, candidates));
  if (smallest.chance < goal.line) return smallest.moves;
  const starts = [smallest, greedily(goal, candidates, (c) => c.weeks)].map((start) =>
    improve(goal, start, candidates, better, (moves, best) => weeksOf(moves) > weeks(best)),
  );
  let best = starts.reduce((a, b) => (better(b, a) ? b : a));
  for (let count = 1; count <= EXHAUSTIVE_MOVES; count++) {
    const found = bestOfSize(goal, candidates, count, better, weeks(best));
    if (found !== null && better(found, best)) best = found;
  }
  return best.moves;
}

/** The order in which each next move brings the most. */
export function orderMoves(goal: Goal, moves: readonly Candidate[]): Candidate[] {
  const ordered: Candidate[] = [];
  while (ordered.length < moves.length) {
    let best: { move: Candidate; chance: number } | null = null;
    for (const move of moves) {
      if (ordered.includes(move)) continue;
      const { chance } = evaluate(goal, [...ordered, move]);
      if (best === null || chance > best.chance) best = { move, chance };
    }
    if (best === null) break;
    ordered.push(best.move);
  }
  return ordered;
}
