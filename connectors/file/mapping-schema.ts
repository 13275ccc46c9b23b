import { z } from 'zod';
import {
  ACTORS,
  AUTHORS,
  CHANNELS,
  link as linkTable,
  SLA_METRICS,
  STATUSES,
  TICKET_TYPES,
} from '../../src/domain/telemetry.ts';

/** How a column writes its times. Words settle the order of day and month; text with `%` is a strptime pattern. */
export const DateFormat = z
  .union([
    z.enum(['iso', 'day_first', 'month_first', 'epoch_s', 'epoch_ms']),
    z.string().regex(/%[Yy]/, 'a strptime pattern needs %Y or %y'),
  ])
  .describe('iso, day_first, month_first, epoch_s, epoch_ms, or a strptime pattern such as %d/%m/%Y %H:%M');
export type DateFormat = z.infer<typeof DateFormat>;

const Column = z.string().min(1).describe('Name of a column of the file, as its header writes it.');
const Missing = z.array(z.string()).optional().describe('Further words that mean "unknown" in this column.');

const Word = z.union([
  Column,
  z.strictObject({
    column: Column,
    missing: Missing,
    values: z.record(z.string(), z.string().nullable()).optional(),
    back_filled: z.boolean().optional().describe('Written onto every row afterwards: kept on the ticket, no event.'),
  }),
  z.strictObject({ constant: z.string() }),
]);

const Identity = z.union([
  Column,
  z.strictObject({
    column: Column,
    missing: Missing,
    as: z.enum(['hash', 'id']).optional().describe('hash (keyed, default for people) or id (kept as it is).'),
  }),
]);

const Time = z.union([
  Column,
  z.strictObject({
    column: Column,
    missing: Missing,
    date_format: DateFormat.optional(),
    back_filled: z
      .boolean()
      .optional()
      .describe('Final value written onto every row: a milestone that replaces what row states would tell.'),
  }),
]);

const Count = z.union([
  Column,
  z.strictObject({
    column: Column,
    missing: Missing,
    running_total: z.boolean().optional().describe('Rises within a ticket; the greatest value counts.'),
  }),
]);

const Flag = z.union([
  z.strictObject({ column: Column, missing: Missing, values: z.record(z.string(), z.boolean().nullable()) }),
  z.strictObject({ constant: z.boolean() }),
]);

function choice<T extends z.ZodType>(of: T) {
  return z.union([
    z.strictObject({
      column: Column,
      missing: Missing,
      values: z
        .record(z.string(), of.nullable())
        .describe('Word of the file -> canonical word; null = a word that says nothing.'),
      default: of.optional().describe('For words that `values` does not list; without it such rows are set aside.'),
    }),
    z.strictObject({ constant: of }),
  ]);
}

const TicketFields = z.strictObject({
  id: Column,
  created_at: Time,
  updated_at: Time.optional(),
  solved_at: Time.optional(),
  closed_at: Time.optional(),
  first_reply_at: Time.optional(),
  status: choice(z.enum(STATUSES)).optional(),
  priority: choice(z.int().min(1).max(4)).optional(),
  type: choice(z.enum(TICKET_TYPES)).optional(),
  channel: choice(z.enum(CHANNELS)).optional(),
  created_by: choice(z.enum(AUTHORS)).optional(),
  created_on_behalf: Flag.optional(),
  form: Word.optional(),
  group: Identity.optional(),
  assignee: Identity.optional(),
  requester: Column.optional(),
  requester_is_agent: Flag.optional(),
  organisation: Identity.optional(),
  brand: Word.optional(),
  product: Word.optional(),
  category: Word.optional(),
  severity: Word.optional(),
  cause_code: Word.optional(),
  problem: Identity.optional(),
  follow_up_of: Word.optional(),
  merged_into: Word.optional(),
  deleted: Flag.optional(),
  spam: Flag.optional(),
  test: Flag.optional(),
  reopens: Count.optional(),
  reassignments: Count.optional(),
  replies: Count.optional(),
  filled: z.array(Column).optional().describe('Columns whose being filled is worth counting (required fields).'),
});

const EventFields = z.strictObject({
  at: Time,
  order: Column.optional().describe('Number that orders rows of one instant.'),
  actor: choice(z.enum(ACTORS)).optional(),
  actor_id: Identity.optional(),
  track: z.array(Column).optional().describe('Further columns whose changes become `field` events.'),
});

const SlaField = z.strictObject({
  metric: z.enum(SLA_METRICS),
  met: z.strictObject({ column: Column, missing: Missing, values: z.record(z.string(), z.boolean().nullable()) }),
  last_row_only: z.boolean().optional().describe('Only the last row of a finished ticket tells the outcome.'),
});

const LinkField = z.strictObject({
  column: Column,
  missing: Missing,
  kind: linkTable.columns.kind.schema,
  system: z.string().optional(),
});

/** Mapping file of `plumbline import`: which column of a file is which canonical field. Strict: an unknown key is an error. */
export const Mapping = z.strictObject({
  version: z.literal(1),
  mode: z.enum(['tickets', 'events']).describe('One row a ticket, or one row a change of a ticket (event log).'),
  format: z.enum(['csv', 'jsonl', 'parquet']).optional().describe('Told from the file when left out.'),
  delimiter: z.string().min(1).max(2).optional().describe('CSV only; told from the header when left out.'),
  encoding: z.enum(['utf-8', 'latin-1', 'utf-16']).optional().describe('CSV only; utf-8 when left out.'),
  time_zone: z.string().optional().describe('IANA zone of times that carry no offset.'),
  date_format: DateFormat.optional().describe('For every time column without its own.'),
  missing: z.array(z.string()).optional().describe('Words that mean "unknown" in every column, e.g. ?, NULL.'),
  ticket: TicketFields,
  events: EventFields.optional(),
  sla: z.array(SlaField).optional(),
  links: z.array(LinkField).optional(),
  unused: z.array(Column).optional().describe('Columns left out on purpose; others are listed by the import.'),
});
export type Mapping = z.infer<typeof Mapping>;

/** JSON Schema of the mapping file, for editors. */
export function mappingJsonSchema(): unknown {
  return z.toJSONSchema(Mapping, { target: 'draft-2020-12' });
}
