import { z } from 'zod';
import { wordsOf } from './words-of.ts';

interface Ends {
  readonly worst: number;
  readonly best: number;
}

/** 0 = the worst end, 1 = the best one. */
function placeOn({ worst, best }: Ends, value: number): number {
  return (value - worst) / (best - worst);
}

/** A scale of numbers that tell how a customer fares; `worst` may be the greater end. */
export const HealthScale = z
  .strictObject({
    worst: z.number(),
    best: z.number(),
    /** Where the band of those who may leave ends, and where the band of those who fare well begins; left out = thirds of the scale. */
    risk: z.number().optional(),
    well: z.number().optional(),
  })
  .refine(({ worst, best }) => worst !== best, 'worst and best are the same')
  .refine(
    (scale) => placeOn(scale, scale.risk ?? scale.worst) <= placeOn(scale, scale.well ?? scale.best),
    'the band of those who may leave reaches into that of those who fare well',
  );
export type HealthScale = z.infer<typeof HealthScale>;

/** 1 = may leave, 2 = to be watched, 3 = well; null off the scale: the value is of another one. */
export function rankOnScale(value: number, scale: HealthScale): number | null {
  const place = placeOn(scale, value);
  if (!(place >= 0 && place <= 1)) return null;
  if (place < (scale.risk === undefined ? 1 / 3 : placeOn(scale, scale.risk))) return 1;
  return place < (scale.well === undefined ? 2 / 3 : placeOn(scale, scale.well)) ? 2 : 3;
}

/** Whether a field tells a risk, so that much of it is bad, by the words of its title. */
export function isOfRisk(title: string | null): boolean {
  return /\b(?:risk|churn|abwanderung)/.test(wordsOf(title).join(' '));
}

/** Two whole numbers as the ends of something: `0-100`, `1 to 5`, `von 0 bis 10`. */
const ENDS = /(?<![\d.,-])(\d{1,4})\s*(?:-|–|—|\.\.\.?|…|to|through|bis|a|à|hasta|até)\s*(\d{1,4})(?![\d.,]*\d)/gi;
const OF_TIME =
  /^\s*(?:business |working )?(?:minute|hour|day|week|month|quarter|year|minute|stunde|tag|woche|monat|jahr)/i;
const GOOD = '(?:best|good|healthy|healthiest|well|great|excellent|strong|gut|beste|bon|bueno)';
const BAD = '(?:worst|bad|poor|unhealthy|risk|at risk|critical|churn\\w*|schlecht\\w*|mauvais|malo)';

/**
 * The scale that people state in the title of a field of health or in its description; null where they state none, or several pairs of numbers, which may be
 * bands, steps or anything. The texts are looked at and dropped. Never throws.
 */
export function statedScale(title: string | null, description: string | null): HealthScale | null {
  const text = `${title ?? ''}\n${description ?? ''}`;
  const found = [...text.matchAll(ENDS)].filter((one) => !OF_TIME.test(text.slice(one.index + one[0].length)));
  const [first] = found;
  if (first === undefined || found.length > 1) return null;
  const [low, high] = [Number(first[1]), Number(first[2])];
  if (low > 1 || high - low < 2) return null;
  const says = (end: number, words: string) =>
    new RegExp(`(?<!\\d)${end}\\s*(?:=|:|is|means|ist|bedeutet)?\\s*(?:the )?${words}\\b`, 'i').test(text);
  const isReversed = isOfRisk(title) || says(low, GOOD) || says(high, BAD);
  return isReversed ? { worst: high, best: low } : { worst: low, best: high };
}

/** How the values of a field of health are read: what the field is called, and the scale of its numbers. */
export interface HealthReading {
  readonly title: string | null;
  readonly scale: HealthScale | null;
}

/** Null where the field holds numbers whose scale nobody states; `scale` is what people or the type of the field state. */
export function healthReading(field: {
  readonly title: string | null;
  readonly description: string | null;
  readonly isNumber: boolean;
  readonly scale: HealthScale | null;
}): HealthReading | null {
  const { title, description, isNumber } = field;
  const scale = field.scale ?? statedScale(title, description);
  return isNumber && scale === null ? null : { title, scale };
}

/** For those who look at what is shown. */
export const NO_SCALE =
  'Health is kept as a number whose scale nobody states, so that its presence and last change count alone. State the scale in the settings (healthScale).';
