import { isInForce, standingAnswers } from '../domain/answers-in-force.ts';
import type { Answer } from '../domain/assessment.ts';
import type { ItemAnswer } from '../domain/item-answer.ts';
import { meanOf } from './order-free.ts';

/** Answers to one item that speak, in the order of their respondents. */
export type ItemVoices = ReadonlyMap<string, readonly ItemAnswer[]>;

/**
 * Answers of the model that speak at `asOf`, by item: the latest of each respondent, not expired, and no "don't know".
 * No answers give an empty map.
 */
export function itemAnswersInForce(model: string, answers: Iterable<ItemAnswer>, asOf: Date): ItemVoices {
  const asked = [...answers].filter((answer) => answer.model === model);
  const keyOf = ({ item, respondent }: ItemAnswer) => JSON.stringify([item, respondent]);
  const speaking = standingAnswers(asked, asOf, keyOf)
    .filter((answer) => isInForce(answer, asOf) && answer.value !== 'dont_know')
    .sort((a, b) => (a.respondent < b.respondent ? -1 : 1));
  const items = new Map<string, ItemAnswer[]>();
  for (const answer of speaking) items.set(answer.item, [...(items.get(answer.item) ?? []), answer]);
  return items;
}

/** Share of respondents who say yes; null when nobody says yes or no. */
export function shareOfYes(voices: readonly ItemAnswer[]): number | null {
  const said = voices.filter((voice) => voice.value === 'yes' || voice.value === 'no');
  return said.length === 0 ? null : said.filter((voice) => voice.value === 'yes').length / said.length;
}

/** Mean of the numbers that people gave, with how many gave one; null when nobody did. */
export function meanOfNumbers(voices: readonly ItemAnswer[]): { mean: number; n: number } | null {
  const given = voices.flatMap((voice) => (typeof voice.value === 'number' ? [voice.value] : []));
  const mean = meanOf(given);
  return mean === null ? null : { mean, n: given.length };
}

/** A kept answer as the word on an item. */
export function toItemAnswer({
  model,
  criterion: item,
  respondent,
  role,
  value,
  answered_at,
  expires_at,
}: Answer): ItemAnswer {
  return { model, item, respondent, role, value, answered_at, expires_at };
}
