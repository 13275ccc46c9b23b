import { z } from 'zod';
import { ITEM_SCALES } from '../../domain/model.ts';
import { ModelName } from './named.ts';

/** What is worth asking people, the most telling first, for a model of any kind. */
export const QuestionsView = z.strictObject({
  model: ModelName,
  sentence: z.string(),
  questions: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      statement: z.string(),
      scale: z.enum(ITEM_SCALES),
      /** What may be answered, in words; "don't know" may be answered to all of them. */
      choices: z.array(z.strictObject({ value: z.union([z.int(), z.enum(['yes', 'no'])]), text: z.string() })),
      ask: z.array(z.string()),
      /** Why it comes now. */
      why: z.string(),
      /** Expected narrowing of the verdict, bits; null for items without levels. */
      value_bits: z.number().nullable(),
      /** How much of the open verdict one answer settles, in words; null as above. */
      value_words: z.string().nullable(),
      /** It may be declared not applicable. */
      may_be_declared: z.boolean(),
      proof: z.string().nullable(),
      /** Present answer of the respondent that was asked for. */
      answer: z.union([z.int(), z.enum(['yes', 'no', 'dont_know'])]).nullable(),
    }),
  ),
  respondents: z.array(
    z.strictObject({ id: z.string(), role: z.string(), answered: z.int(), dont_know: z.int(), last_day: z.iso.date() }),
  ),
});
export type QuestionsView = z.infer<typeof QuestionsView>;
