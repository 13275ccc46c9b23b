import { z } from 'zod';

const Count = z.int().nonnegative();
const Refs = z.array(z.string()).describe('Places of the first of them: row or line numbers.');

const Aside = z.strictObject({
  code: z.string(),
  place: z.string().describe('Column or canonical field that is at fault; empty for a line that is no row.'),
  n: Count,
  share: z.number().describe('Of all rows, 0..1.'),
  refs: Refs,
  detail: z.string().describe('What was expected; never content of the file.'),
  remedy: z.string().describe('What to do about it.'),
});

/** A part of the rows that is lost more often than the others: what is left would not be like the whole. */
export const UnevenLoss = z.strictObject({
  group: z
    .enum(['open', 'same_day', 'month', 'team'])
    .describe(
      'Rows of open tickets, of tickets solved on the day they were created, of one month of creation, of one team.',
    ),
  value: z.string().nullable().describe('The month, or the team where its name may be shown.'),
  lost: Count,
  of: Count,
  rest_lost: Count,
  rest_of: Count,
  risk_ratio: z.number().nullable().describe('Share lost here / share lost among the rest; null = the rest lost none.'),
  z: z.number().describe('Statistic of the test of two proportions with pooled variance.'),
});
export type UnevenLoss = z.infer<typeof UnevenLoss>;

export const FINDING_CODES = [
  'OPEN_WITH_END',
  'END_BEFORE_START',
  'REPLY_AFTER_SOLUTION',
  'FUTURE_END',
  'PLACEHOLDER_END',
  'ALL_CLOSED',
  'REPEATED_ROWS',
  'TICKETS_ON_SEVERAL_ROWS',
] as const;

const Finding = z.strictObject({ code: z.enum(FINDING_CODES), n: Count, refs: Refs });

/**
 * What an import would store, leave out and change, found by one pass over the rows through the same code as the import, before anything
 * is stored. kept + set_aside = rows, always. No personal text is in it.
 */
export const SourceCheck = z.strictObject({
  rows: Count.describe('Rows of the source, lines that are no rows included.'),
  kept: Count.describe('Rows whose content would be stored; those that repeat another to the letter included.'),
  set_aside: Count,
  superseded: Count.describe(
    'Of those set aside: older rows of a ticket that has a newer one. Nothing of the ticket is lost.',
  ),
  lost_share: z.number().describe('Rows set aside, without the superseded ones, / rows; 0 for a source without rows.'),
  tickets: Count.describe(
    'Distinct tickets that would be stored; those whose every row is set aside are not among them.',
  ),
  reasons: z.array(Aside).describe('Why rows are set aside, the commonest first.'),
  uneven: z
    .array(UnevenLoss)
    .describe('Whom the loss hits, the strongest first; empty when it is even or nothing is lost.'),
  ends_lost: z
    .array(z.strictObject({ column: z.string(), n: Count, of: Count, detail: z.string() }))
    .describe('Columns of an end of which more than half of what they state cannot be true.'),
  cells: z
    .array(z.strictObject({ code: z.string(), column: z.string(), n: Count, refs: Refs, detail: z.string() }))
    .describe('Values left out of rows that are kept, by reason and column.'),
  findings: z.array(Finding),
  words: z
    .array(z.strictObject({ target: z.string(), column: z.string(), word: z.string(), n: Count }))
    .describe('Words that the mapping does not list.'),
  hashed: z
    .array(
      z.strictObject({
        target: z.string(),
        column: z.string(),
        looks_like: z.string().nullable().describe('null = people by nature, or the mapping asks for it.'),
        values: Count.nullable().describe(
          'Tickets whose value is hashed alone while the column stays clear; null = the whole column.',
        ),
        refused: z.boolean().describe('The mapping asked for clear text and does not get it.'),
      }),
    )
    .describe('Columns stored as keyed hashes, and columns of which single values are.'),
  notes: z.array(z.string()).describe('How the file was read, in whole sentences.'),
  unmapped: z
    .array(z.strictObject({ column: z.string(), sample: z.string().nullable() }))
    .describe('Columns that the mapping does not use, with a first value where it is not personal.'),
});
export type SourceCheck = z.infer<typeof SourceCheck>;
