import type { Answer } from './assessment.ts';

/** What tells which of several answers of one person stands. */
type DatedAnswer = Pick<Answer, 'answered_at' | 'expires_at'> & { readonly value: unknown };

/**
 * The one rule of which answer stands: a later one takes the place of an earlier one; of two of one instant (several made after the end of the
 * data) the one that lasts longer, then the one whose value sorts last, so that the order in which they are read never decides.
 */
export function isBefore(a: DatedAnswer, b: DatedAnswer): boolean {
  const given = a.answered_at.getTime() - b.answered_at.getTime();
  if (given !== 0) return given < 0;
  const lasting = a.expires_at.getTime() - b.expires_at.getTime();
  return lasting === 0 ? String(a.value) < String(b.value) : lasting < 0;
}

/**
 * The answer that stands for each key at `asOf`, expired ones among them: an expired answer is not replaced by an older one, and "don't know" is
 * an answer. Given after asOf it is unknown then and left out. `overtaken` is told of those that no longer stand. No answers give none.
 */
export function standingAnswers<A extends DatedAnswer>(
  all: Iterable<A>,
  asOf: Date,
  keyOf: (answer: A) => string,
  overtaken: (answer: A) => void = () => undefined,
): A[] {
  const standing = new Map<string, A>();
  for (const answer of all) {
    if (answer.answered_at > asOf) continue;
    const key = keyOf(answer);
    const known = standing.get(key);
    if (known !== undefined && isBefore(answer, known)) {
      overtaken(answer);
      continue;
    }
    if (known !== undefined) overtaken(known);
    standing.set(key, answer);
  }
  return [...standing.values()];
}

/** Whether an answer that stands still counts; one that expires exactly at asOf does not. */
export function isInForce({ expires_at }: Pick<Answer, 'expires_at'>, asOf: Date): boolean {
  return expires_at > asOf;
}
