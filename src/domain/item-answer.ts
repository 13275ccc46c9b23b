import { z } from 'zod';
import { PersonId, RoleName } from './free-text.ts';

/** Lowest and highest importance that a person can give. */
export const IMPORTANCE = { lowest: 1, highest: 5 } as const;

/** What a person can say of an item: yes or no of a marker, 1 (least) to 5 (most) of an importance, or that they do not know. */
export const ItemAnswerValue = z.union([
  z.enum(['yes', 'no', 'dont_know']),
  z.number().min(IMPORTANCE.lowest).max(IMPORTANCE.highest),
]);
export type ItemAnswerValue = z.infer<typeof ItemAnswerValue>;

/**
 * One person's word on one item of a model whose items are not levels: a yes/no marker, or an importance.
 * The latest of a respondent counts; "don't know" takes an older one back.
 */
export const ItemAnswer = z.strictObject({
  model: z.string(),
  /** Id of the marker, or of the activity whose importance is meant. */
  item: z.string(),
  respondent: PersonId,
  role: RoleName,
  value: ItemAnswerValue,
  answered_at: z.date(),
  expires_at: z.date(),
});
export type ItemAnswer = z.infer<typeof ItemAnswer>;
