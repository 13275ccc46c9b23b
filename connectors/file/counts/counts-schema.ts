import { z } from 'zod';
import { parseYaml } from '../../../src/errors/index.ts';
import { DateFormat } from '../mapping-schema.ts';

/** What a row can count, and the column of the records that holds it. */
export const COUNTS = {
  visits: ['help_centre_count', 'visits'],
  visitors: ['help_centre_count', 'visitors'],
  searches: ['help_centre_count', 'searches'],
  searches_without_result: ['help_centre_count', 'searches_without_result'],
  articles_opened: ['help_centre_count', 'articles_opened'],
  bot_sessions: ['bot_count', 'sessions'],
  handed_over: ['bot_count', 'sessions_handed_over'],
  solved: ['bot_count', 'sessions_solved'],
} as const;
export type CountName = keyof typeof COUNTS;
export const COUNT_NAMES = Object.keys(COUNTS) as CountName[];

const Column = z.string().min(1).describe('Name of a column of the file, as its header writes it.');

/** Mapping file of counts of self-service: one row a week or a day. Strict: an unknown key is an error. */
export const CountsMapping = z.strictObject({
  version: z.literal(1),
  mode: z.literal('deflection').describe('One row a week or a day, with counts of the help centre and of bots.'),
  format: z.enum(['csv', 'jsonl', 'parquet', 'xlsx']).optional().describe('Told from the file when left out.'),
  sheet: z.string().min(1).optional().describe('Workbooks only: name of the sheet; the first one when left out.'),
  starts: z
    .strictObject({ column: Column, date_format: DateFormat.optional() })
    .describe('First day of the week, the day itself, or an ISO week such as 2026-W09.'),
  length: z.enum(['week', 'day']).describe('What one row covers.'),
  counts: z
    .strictObject({
      visits: Column.optional(),
      visitors: Column.optional().describe('Distinct people in the span; visits and views are none.'),
      searches: Column.optional(),
      searches_without_result: Column.optional(),
      articles_opened: Column.optional(),
      bot_sessions: Column.optional().describe('All conversations that a bot took part in.'),
      handed_over: Column.optional().describe('Of bot_sessions.'),
      solved: Column.optional().describe('Of bot_sessions, without a person, as the vendor counts them.'),
    })
    .refine((counts) => Object.values(counts).some((one) => one !== undefined), 'name one column at least'),
  unused: z.array(Column).optional().describe('Columns left out on purpose; others are listed by the import.'),
});
export type CountsMapping = z.infer<typeof CountsMapping>;

/** Reads a mapping file of counts. Errors: BAD_MAPPING with every problem and its line. */
export function parseCountsMapping(text: string, name: string): CountsMapping {
  return parseYaml(
    {
      text,
      name,
      code: 'BAD_MAPPING',
      remedy: 'Correct the mapping file; `plumbline import --as deflection FILE` without --map proposes one.',
    },
    CountsMapping,
  );
}
