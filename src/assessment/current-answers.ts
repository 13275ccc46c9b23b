import { isInForce, standingAnswers } from '../domain/answers-in-force.ts';
import type { Answer } from '../domain/assessment.ts';

export interface CurrentAnswers {
  /** Latest answer per respondent and criterion that has not expired at asOf. */
  readonly current: readonly Answer[];
  /** Latest answers that have expired: to be asked again, not to be counted. */
  readonly expired: readonly Answer[];
  /** Older answers of the same respondent to the same criterion. */
  readonly superseded: readonly Answer[];
}

/**
 * Answers in force at `asOf`, the expired and the overtaken ones set apart, by the rule of src/domain/answers-in-force.ts.
 * Clock: UTC instants; an answer given after asOf is unknown then and left out altogether; one that expires exactly at asOf has expired.
 * Result in the order criterion, respondent. Empty input gives empty lists.
 */
export function currentAnswers(all: readonly Answer[], asOf: Date): CurrentAnswers {
  const superseded: Answer[] = [];
  const keyOf = ({ model, criterion, respondent }: Answer) => JSON.stringify([model, criterion, respondent]);
  const standing = standingAnswers(all, asOf, keyOf, (answer) => superseded.push(answer));
  const order = (a: Answer, b: Answer): number =>
    compare(a.model, b.model) || compare(a.criterion, b.criterion) || compare(a.respondent, b.respondent);
  const ordered = standing.sort(order);
  return {
    current: ordered.filter((answer) => isInForce(answer, asOf)),
    expired: ordered.filter((answer) => !isInForce(answer, asOf)),
    superseded: superseded.sort((a, b) => order(a, b) || a.answered_at.getTime() - b.answered_at.getTime()),
  };
}

/** Code-unit order: the same on every machine, unlike localeCompare. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
