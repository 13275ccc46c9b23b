import { Level } from '../domain/placement.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { expectedLevel, posteriorLaw } from '../scoring/index.ts';

/**
 * What people said of one statement and what it counts for: the levels given, and the expected level (1..3) under a flat prior when nothing
 * but these answers is known. Population: answers that the snapshot used; "don't know" is none. Null when nobody gave a level.
 */
export function weighAnswers(
  snapshot: Pick<StagedReading, 'answers_used' | 'criteria'>,
  criterion: string,
): { values: Level[]; counted: number } | null {
  const values = snapshot.answers_used
    .filter((answer) => answer.criterion === criterion && answer.value !== 'dont_know')
    .map((answer) => Level.parse(answer.value));
  const points = snapshot.criteria.find(({ id }) => id === criterion)?.answers;
  if (values.length === 0 || points === undefined) return null;
  return { values, counted: expectedLevel(posteriorLaw(points)) };
}
