import type { Answer } from '../domain/assessment.ts';
import type { Level, Points } from '../domain/placement.ts';
import type { Resolution } from '../domain/resolution.ts';

/** Decibans by which points speak against a level: the best level's lead over it. 0 = none suits them better. */
export function decibansAgainst(points: Points, level: Level): number {
  const scores = { 1: 0, 2: points[0], 3: points[0] + points[1] } as const;
  return Math.max(...Object.values(scores)) - scores[level];
}

/** Level that points speak for most; the lowest of several. */
export function favouredLevel(points: Points): Level {
  return ([1, 2, 3] as const).find((level) => decibansAgainst(points, level) === 0) ?? 1;
}

/**
 * Whether records have turned against a resolution: they speak against its level by at least `line` decibans more than when it was made.
 * Evidence that was known then never ends it. `line` = the model's line for a substantial conflict.
 */
export function isContradicted(
  resolution: Pick<Resolution, 'level' | 'basis'>,
  telemetry: Points,
  line: number,
): boolean {
  const { level, basis } = resolution;
  return decibansAgainst(telemetry, level) - decibansAgainst(basis, level) >= line;
}

/** Resolutions of those that stand which what records say by statement has turned against. */
export function contradictedBy(
  standing: readonly Resolution[],
  criteria: readonly { readonly id: string; readonly telemetry: Points }[],
  { conflict }: { readonly conflict: { readonly substantial: number } },
): Resolution[] {
  const said = new Map(criteria.map(({ id, telemetry }) => [id, telemetry]));
  return standing.filter((one) => {
    const telemetry = said.get(one.criterion);
    return telemetry !== undefined && isContradicted(one, telemetry, conflict.substantial);
  });
}

/**
 * Resolutions in force at an instant, the latest of each statement. `open` = the instant is the end of the data, so that what was settled since
 * then counts as well, and what has ended since does not.
 */
export function standingAt(all: readonly Resolution[], asOf: Date, open: boolean): Resolution[] {
  const latest = new Map<string, Resolution>();
  for (const one of all.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const begun = open || one.at <= asOf;
    const ended = one.ended_at !== null && (open || one.ended_at <= asOf);
    const expired = one.expires_at !== null && one.expires_at <= asOf;
    if (begun && !ended && !expired) latest.set(one.criterion, one);
  }
  return [...latest.values()];
}

function throughOne(answer: Answer, resolution: Resolution | undefined): Answer {
  if (resolution === undefined) return answer;
  const { kind, proof, by, level, at } = resolution;
  if (kind === 'keep_claim' && answer.value === level && answer.respondent !== by)
    return { ...answer, proof, proof_checked_by: by };
  if (kind === 'accept_data' && answer.answered_at <= at) return { ...answer, value: 'dont_know' };
  return answer;
}

/**
 * Answers as they count while resolutions stand; what was said stays as it is in the ledger and counts again when they end. A claim that is kept
 * carries the proof that somebody else looked at; where the data were accepted, what was said before is no answer.
 */
export function throughResolutions(answers: readonly Answer[], standing: readonly Resolution[]): Answer[] {
  const by = new Map(standing.map((one) => [one.criterion, one]));
  return answers.map((answer) => throughOne(answer, by.get(answer.criterion)));
}
