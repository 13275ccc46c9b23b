import type { Move, Path } from '../../../domain/assessment.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { Criterion, StagedModel } from '../../../domain/staged-model.ts';
import { PlumblineError } from '../../../errors/index.ts';
import type { Scored } from '../score-snapshot.ts';
import { type Chance, chanceOfTarget } from './lifts.ts';
import { type Candidate, cheapestSet, orderMoves, smallestSet } from './search.ts';

export interface PathInput {
  readonly model: StagedModel;
  readonly scored: Pick<Scored, 'placement' | 'criteria'>;
  /** The next stage when absent. */
  readonly target?: number;
  /** Where tickets that miss a practice are taken from. */
  readonly findings: readonly Finding[];
}

/** What an effort word counts for when moves are compared, in weeks. Our convention: it orders plans, it does not estimate them. */
export const EFFORT_WEEKS = { days: 1, weeks: 4, quarter: 13 } as const;
/** Tickets shown with a move. */
const MOST_TICKETS = 5;
/** Gains below it, as a factor of the chance, are rounding. */
const NO_GAIN = 1e-9;

/** Tickets behind the verifying signals that do not follow the practice, `connection/id`: the place to start. */
function ticketsBehind(signals: readonly string[], findings: readonly Finding[]): string[] {
  const missed = signals.flatMap((signal) =>
    findings
      .filter((finding) => finding.signal === signal && finding.status === 'measured')
      .flatMap((finding) => finding.sample.filter((ref) => ref.table === 'ticket' && ref.hit === false)),
  );
  return [...new Set(missed.map((ref) => `${ref.connection}/${ref.id}`))].slice(0, MOST_TICKETS);
}

/** The connected sources cannot show it, whatever is done: naming it as proof of a move would promise what never comes. */
function isHidden(signal: string, findings: readonly Finding[]): boolean {
  return findings.some(
    (finding) =>
      finding.signal === signal &&
      finding.status === 'not_observable' &&
      (finding.reason === 'stream' || finding.reason === 'plan' || finding.reason === 'permission'),
  );
}

function describeMoves(chosen: readonly Candidate[], chance: Chance, now: number, input: PathInput): Move[] {
  const moves: Move[] = [];
  let before = now;
  const done: string[] = [];
  for (const { id } of chosen) {
    const criterion = input.model.criteria.find((c) => c.id === id);
    if (criterion === undefined) continue;
    done.push(id);
    const after = chance(done);
    const result = input.scored.criteria.find((c) => c.id === id);
    const level = result?.level ?? result?.between?.[0] ?? null;
    const { title, how, effort } = criterion.action;
    const verified_by = criterion.action.verified_by.filter((signal) => !isHidden(signal, input.findings));
    moves.push({
      criterion: id,
      name: criterion.name,
      from: level,
      to: 3,
      title,
      how,
      effort,
      gain_alone: chance([id]) - now,
      gain_in_order: after - before,
      verified_by,
      tickets: ticketsBehind(verified_by, input.findings),
    });
    before = after;
  }
  return moves;
}

/**
 * What to do to reach a stage: the smallest and the cheapest set of criteria to bring fully into place.
 * Reached = P(stage >= target) at the model's median line, evidence of all other criteria unchanged. Gains are points of probability,
 * alone and in the order shown (each next move brings the most). `from` is null where nothing is known yet: there a look may do.
 * Population: applicable criteria of sets 1..target. Effort: days 1, weeks 4, quarter 13 weeks. Up to three moves every combination is
 * tried; beyond that a greedy walk whose every leaving-out and swap was checked. Pure, no randomness.
 * A target already reached gives empty lists; so does the last stage without a target. Errors: BAD_USAGE for a target that the model lacks.
 */
export function findPath(input: PathInput): Path {
  const { model, scored } = input;
  const from = scored.placement.stage ?? 1;
  const last = model.stages.length;
  const target = input.target ?? Math.min(from + 1, last);
  if (!Number.isInteger(target) || target < 1 || target > last)
    throw new PlumblineError(
      'BAD_USAGE',
      `Stage ${target} does not exist in ${model.id}.`,
      `Choose a target from 2 to ${last}.`,
    );
  const notApplicable = new Set(scored.criteria.filter((c) => c.not_applicable).map((c) => c.id));
  const points = new Map(scored.criteria.map((c) => [c.id, c.total]));
  const chance = chanceOfTarget(model, points, notApplicable, target);
  const now = chance([]);
  const helps = (criterion: Criterion): boolean => chance([criterion.id]) > now * (1 + NO_GAIN);
  const candidates = model.criteria
    .filter((criterion) => criterion.set <= target && !notApplicable.has(criterion.id) && helps(criterion))
    .map((criterion): Candidate => ({ id: criterion.id, weeks: EFFORT_WEEKS[criterion.action.effort] }));
  const goal = { chance, line: model.decision.median };
  const smallest = orderMoves(goal, smallestSet(goal, candidates));
  const cheapest = orderMoves(goal, cheapestSet(goal, candidates));
  return {
    target,
    from,
    probability_now: now,
    probability_after: chance(smallest.map((move) => move.id)),
    smallest: describeMoves(smallest, chance, now, input),
    cheapest: describeMoves(cheapest, chance, now, input),
  };
}
