import { isInForce, standingAnswers } from '../domain/answers-in-force.ts';
import { type Answer, isLevelAnswer, type LevelAnswer } from '../domain/assessment.ts';
import type { LedgerLine, Level, Points } from '../domain/placement.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import { answerPoints } from './answer-table.ts';
import { ageInDays, decayAt } from './decay.ts';

export const ANSWERS_FAMILY = 'answers';
const ARTEFACT_FAMILY = 'artefact';

interface CountedAnswer {
  readonly answer: LevelAnswer;
  readonly value: Level;
  readonly ageDays: number;
  readonly decay: number;
}

function byRespondent(a: Answer, b: Answer): number {
  return a.respondent < b.respondent ? -1 : a.respondent > b.respondent ? 1 : 0;
}

/**
 * Answers that speak at asOf, in the order of the model's criteria, then respondents.
 * The latest per respondent and criterion counts. Left out: given after asOf, expired, for another model or an unknown criterion.
 * "Don't know" takes the place of an older answer of the same person and is itself no answer.
 */
export function answersInForce(model: StagedModel, answers: Iterable<Answer>, asOf: Date): LevelAnswer[] {
  const order = new Map(model.criteria.map((criterion, index) => [criterion.id, index]));
  const asked = [...answers].filter(
    (answer): answer is LevelAnswer =>
      isLevelAnswer(answer) && answer.model === model.id && order.has(answer.criterion),
  );
  const keyOf = ({ criterion, respondent }: LevelAnswer) => JSON.stringify([criterion, respondent]);
  return standingAnswers(asked, asOf, keyOf)
    .filter((answer) => isInForce(answer, asOf))
    .sort((a, b) => (order.get(a.criterion) ?? 0) - (order.get(b.criterion) ?? 0) || byRespondent(a, b));
}

function lineOf(counted: CountedAnswer, extra: Pick<LedgerLine, 'source' | 'family' | 'class' | 'alpha' | 'points'>) {
  return {
    criterion: counted.answer.criterion,
    ref: counted.answer.respondent,
    age_days: counted.ageDays,
    decay: counted.decay,
    q2: null,
    q3: null,
    n: null,
    n_effective: null,
    interval: null,
    line: null,
    ...extra,
  } satisfies LedgerLine;
}

/** The strongest checked artefact per gate: several proofs of one claim are one family and never exceed its class. */
function artefactLines(model: StagedModel, counted: readonly CountedAnswer[]): LedgerLine[] {
  const proved = counted.filter((c) => c.answer.proof !== null && c.answer.proof_checked_by !== null);
  const best = (level: Level) =>
    proved
      .filter((c) => c.value >= level)
      .reduce<CountedAnswer | null>((top, c) => (top === null || c.decay > top.decay ? c : top), null);
  const [exists, full] = [best(2), best(3)];
  const lines: LedgerLine[] = [];
  for (const c of proved) {
    const points: Points = [c === exists ? model.classes.B * c.decay : 0, c === full ? model.classes.B * c.decay : 0];
    if (points[0] > 0 || points[1] > 0)
      lines.push(lineOf(c, { source: 'artefact', family: ARTEFACT_FAMILY, class: 'B', alpha: 1, points }));
  }
  return lines;
}

/**
 * Ledger lines of people's answers to one criterion: the probit points of each answer, aged with the answers' half-life,
 * divided by 1 + (R - 1) r for R respondents, plus class B, one-sided, for an artefact that someone else has checked.
 * "Don't know" equals no answer and gives no line.
 */
function criterionLines(
  model: StagedModel,
  table: Readonly<Record<Level, Points>>,
  answers: readonly LevelAnswer[],
  asOf: Date,
): LedgerLine[] {
  const counted = answers.flatMap((answer): CountedAnswer[] => {
    if (answer.value === 'dont_know') return [];
    const ageDays = ageInDays(asOf, answer.answered_at, `The answer to ${answer.criterion}`);
    return [{ answer, value: answer.value, ageDays, decay: decayAt(ageDays, model.half_life_days.answers) }];
  });
  const share = 1 / (1 + Math.max(0, counted.length - 1) * model.self.r);
  const lines = counted.map((c) => {
    const [exists, full] = table[c.value];
    const points: Points = [exists * c.decay * share, full * c.decay * share];
    return lineOf(c, { source: 'answer', family: ANSWERS_FAMILY, class: null, alpha: share, points });
  });
  return [...lines, ...artefactLines(model, counted)];
}

/** Ledger lines of all answers in force at asOf. */
export function scoreAnswers(model: StagedModel, answers: Iterable<Answer>, asOf: Date): LedgerLine[] {
  const inForce = answersInForce(model, answers, asOf);
  const table = answerPoints(model.self);
  return model.criteria.flatMap((criterion) =>
    criterionLines(
      model,
      table,
      inForce.filter((answer) => answer.criterion === criterion.id),
      asOf,
    ),
  );
}
