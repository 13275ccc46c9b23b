import type { Answer } from '../domain/assessment.ts';

export interface Respondent {
  readonly id: string;
  /** Role given with the latest answer. */
  readonly role: string;
  /** Other roles this respondent answered in before. */
  readonly former_roles: readonly string[];
  /** Statements answered 1 to 3, and those answered "don't know". */
  readonly answered: number;
  readonly dont_know: number;
  readonly last_answered_at: Date;
}

/**
 * People behind a list of answers (usually the current ones), by id.
 * A person who answered in several roles counts once, with the latest role. Empty input gives an empty list.
 */
export function listRespondents(answers: readonly Answer[]): Respondent[] {
  const byPerson = new Map<string, Answer[]>();
  for (const answer of answers) byPerson.set(answer.respondent, [...(byPerson.get(answer.respondent) ?? []), answer]);
  const people: Respondent[] = [];
  for (const [id, own] of byPerson) {
    const ordered = own.toSorted((a, b) => a.answered_at.getTime() - b.answered_at.getTime());
    const last = ordered.at(-1);
    if (last === undefined) continue;
    people.push({
      id,
      role: last.role,
      former_roles: [...new Set(ordered.map((answer) => answer.role))].filter((role) => role !== last.role),
      answered: own.filter((answer) => answer.value !== 'dont_know').length,
      dont_know: own.filter((answer) => answer.value === 'dont_know').length,
      last_answered_at: last.answered_at,
    });
  }
  return people.sort((a, b) => (a.id < b.id ? -1 : 1));
}
