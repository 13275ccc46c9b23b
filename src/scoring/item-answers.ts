import type { Answer } from '../domain/assessment.ts';
import type { ItemAnswer } from '../domain/item-answer.ts';
import { meanOf } from './order-free.ts';

/** A later answer wins; of two of one instant the one that lasts longer, then the one that sorts last, so that order never decides. */
function isBefore(a: ItemAnswer, b: ItemAnswer): boolean {
  const key = (answer: ItemAnswer) =>
    [answer.answered_at.getTime(), answer.expires_at.getTime(), String(answer.value)] as const;
  const [left, right] = [key(a), key(b)];
  for (const index of [0, 1, 2] as const) {
    const [x, y] = [left[index], right[index]];
    if (x !== undefined && y !== undefined && x !== y) return x < y;
  }
  return false;
}

/** Answers to one item that speak, in the order of their respondents. */
export type ItemVoices = ReadonlyMap<string, readonly ItemAnswer[]>;

/**
 * Answers of the model that speak at `asOf`, by item: the latest of each respondent, not expired, and no "don't know".
 * No answers give an empty map.
 */
export function itemAnswersInForce(model: string, answers: Iterable<ItemAnswer>, asOf: Date): ItemVoices {
  const latest = new Map<string, ItemAnswer>();
  for (const answer of answers) {
    if (answer.model !== model || answer.answered_at > asOf) continue;
    const key = JSON.stringify([answer.item, answer.respondent]);
    const kept = latest.get(key);
    if (kept === undefined || isBefore(kept, answer)) latest.set(key, answer);
  }
  const speaking = [...latest.values()]
    .filter((answer) => answer.expires_at > asOf && answer.value !== 'dont_know')
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
