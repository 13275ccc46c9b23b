import {
  type CriterionResult,
  type LedgerLine,
  type Placement,
  type Points,
  PointsFile,
} from '../../domain/placement.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { ANSWERS_FAMILY } from '../answer-lines.ts';
import { answerPoints } from '../answer-table.ts';
import { evidenceOf } from '../evidence.ts';
import { place } from './place.ts';

/** Family name of points that were given rather than measured. */
const GIVEN_FAMILY = 'given points';
/** Odds of 10^100 are past any meaning; beyond it sums of points would lose their last digits. */
const MOST_POINTS = 1000;

function givenLine(criterion: string, source: LedgerLine['source'], family: string, points: Points): LedgerLine {
  return {
    criterion,
    source,
    ref: 'points',
    family,
    class: null,
    alpha: 1,
    age_days: 0,
    decay: 1,
    q2: null,
    q3: null,
    points,
    n: null,
    n_effective: null,
    interval: null,
    line: null,
  };
}

function problemsOf(model: StagedModel, file: PointsFile): string[] {
  const known = model.criteria.map((criterion) => criterion.id);
  const problems: string[] = [];
  for (const key of ['criteria', 'answers'] as const)
    for (const id of Object.keys(file[key] ?? {}))
      if (!known.includes(id)) {
        const guess = nearest(id, known);
        problems.push(
          `${key}.${id}: not a statement of ${model.id}${guess === null ? '' : `; did you mean "${guess}"?`}`,
        );
      }
  for (const [id, points] of Object.entries(file.criteria ?? {}))
    if (points.some((p) => Math.abs(p) > MOST_POINTS))
      problems.push(`criteria.${id}: points are decibans between -${MOST_POINTS} and ${MOST_POINTS}`);
  return problems;
}

/**
 * The pure core alone: evidence points (exists, full) and answers in, placement out. `criteria` counts as telemetry.
 * Answers are one respondent's, given now. Absent keys are no evidence. Errors: BAD_POINTS, with every problem.
 */
export function placePoints(
  input: unknown,
  model: StagedModel,
): { placement: Placement; criteria: readonly CriterionResult[] } {
  const parsed = PointsFile.safeParse(input);
  const problems = parsed.success
    ? problemsOf(model, parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'points'}: ${issue.message}`);
  if (!parsed.success || problems.length > 0)
    throw new PlumblineError(
      'BAD_POINTS',
      `The points cannot be placed: ${problems[0]}.`,
      'Give {"criteria": {"S1.1": [exists, full]}, "answers": {"S1.1": 3}} with statements of the model.',
      { problems },
    );
  const table = answerPoints(model.self);
  const lines = model.criteria.flatMap(({ id }) => {
    const points = parsed.data.criteria?.[id];
    const answer = parsed.data.answers?.[id];
    return [
      ...(points === undefined ? [] : [givenLine(id, 'signal', GIVEN_FAMILY, points)]),
      ...(answer === undefined || answer === 'dont_know'
        ? []
        : [givenLine(id, 'answer', ANSWERS_FAMILY, table[answer])]),
    ];
  });
  const { placement, criteria } = place({ model, evidence: evidenceOf(lines) });
  return { placement, criteria };
}
