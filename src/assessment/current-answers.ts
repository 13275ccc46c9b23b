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
 * Answers in force at `asOf`, the expired and the overtaken ones set apart.
 * Clock: UTC instants; an answer given after asOf is unknown then and left out altogether; one that expires exactly at asOf has
 * expired. An expired answer is not replaced by an older one. Of two answers with the same instant the later in `all` wins.
 * "Don't know" is an answer and withdraws the one before it. Result in the order criterion, respondent. Empty input gives empty lists.
 */
export function currentAnswers(all: readonly Answer[], asOf: Date): CurrentAnswers {
  const latest = new Map<string, Answer>();
  const superseded: Answer[] = [];
  for (const answer of all) {
    if (answer.answered_at.getTime() > asOf.getTime()) continue;
    const key = JSON.stringify([answer.model, answer.criterion, answer.respondent]);
    const known = latest.get(key);
    if (known !== undefined && known.answered_at.getTime() > answer.answered_at.getTime()) {
      superseded.push(answer);
      continue;
    }
    if (known !== undefined) superseded.push(known);
    latest.set(key, answer);
  }
  const order = (a: Answer, b: Answer): number =>
    compare(a.model, b.model) || compare(a.criterion, b.criterion) || compare(a.respondent, b.respondent);
  const ordered = [...latest.values()].sort(order);
  return {
    current: ordered.filter((answer) => answer.expires_at.getTime() > asOf.getTime()),
    expired: ordered.filter((answer) => answer.expires_at.getTime() <= asOf.getTime()),
    superseded: superseded.sort((a, b) => order(a, b) || a.answered_at.getTime() - b.answered_at.getTime()),
  };
}

/** Code-unit order: the same on every machine, unlike localeCompare. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
