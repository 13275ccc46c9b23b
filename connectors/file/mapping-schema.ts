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
    z.enum(['iso', 'day_first', 'month_first', 'epoch_s', 'epoch_ms', 'excel_serial']),
    z.string().regex(/%[Yy]/, 'a strptime pattern needs %Y or %y'),
  ])

  .describe(
    'iso, day_first, month_first, epoch_s, epoch_ms, excel_serial, or a strptime pattern such as %d/%m/%Y %H:%M',
  );
export type DateFormat = z.infer<typeof DateFormat>;

const Column = z.string().min(1).describe('Name of a column of the file, as its header writes it.');
const Missing = z.array(z.string()).optional().describe('Further words that mean "unknown" in this column.');

const KeptAs = z
  .enum(['hash', 'id', 'clear'])
  .describe(
    'hash (keyed), or id / clear (kept as it is). Left out, the values decide: few and repeated labels stay clear, all else is hashed. Personal values are hashed whatever is asked.',
  );

const Word = z.union([
  Column,
  z.strictObject({
    column: Column,
    missing: Missing,
    values: z.record(z.string(), z.string().nullable()).optional(),
    as: KeptAs.optional(),
    back_filled: z.boolean().optional().describe('Written onto every row afterwards: kept on the ticket, no event.'),
  }),
  z.strictObject({ constant: z.string() }),
]);

const Identity = z.union([
  Column,
  z.strictObject({
    column: Column,
    missing: Missing,
    as: KeptAs.optional(),
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
    values: z
      .record(z.string(), z.int().min(0).nullable())
      .optional()
      .describe('Words instead of numbers: where a file tells only whether, a yes counts as 1.'),
  }),
]);

const Flag = z.union([
  z.strictObject({ column: Column, missing: Missing, values: z.record(z.string(), z.boolean().nullable()) }),
  z.strictObject({ constant: z.boolean() }),
]);

function wordsOf<T extends z.ZodType>(of: T) {
  return {
    column: Column,
    missing: Missing,
    values: z
      .record(z.string(), of.nullable())
      .describe('Word of the file -> canonical word; null = a word that says nothing.'),
    default: of
      .nullable()
      .optional()
      .describe(
        'For words that `values` does not list: null = unknown; without it such words are counted and, above a share, refused.',
      ),
  };
}

function choice<T extends z.ZodType>(of: T) {
  return z.union([z.strictObject(wordsOf(of)), z.strictObject({ constant: of })]);
}

const Status = z.union([
  z.strictObject({
    ...wordsOf(z.enum(STATUSES)),
    back_filled: z
      .boolean()
      .optional()
      .describe(
        'Event logs: what the ticket is now, on every row: its state without a course, so that an end has no time.',
      ),
  }),
  z.strictObject({ constant: z.enum(STATUSES) }),
]);

const DurationUnit = z.enum(['milliseconds', 'seconds', 'minutes', 'hours', 'days', 'clock', 'iso']);
export type DurationUnit = z.infer<typeof DurationUnit>;

const Duration = z.strictObject({
  column: Column,
  missing: Missing,
  unit: DurationUnit.describe(
    'clock = h:mm, h:mm:ss or a text with its own units such as 3h 20m; iso = ISO 8601 such as PT1H30M.',
  ),
  hours_per_day: z
    .number()
    .positive()
    .max(24)
    .optional()
    .describe('Hours that one day of `days` means; 24 when left out.'),
});

const DurationField = Duration.extend({
  measure: z
    .enum(['first_reply', 'first_resolution', 'full_resolution', 'waiting_customer', 'waiting_other'])
    .describe('What it measures; waiting_other = on hold for a third party or another team.'),
  clock: z.enum(['calendar', 'business']).describe('Wall clock or business hours.'),
});

const TicketFields = z.strictObject({
  id: Column,
  created_at: z.union([
    Time,
    z.strictObject({ first_event: z.literal(true) }).describe('Event logs: the stamp of the first row of a ticket.'),
  ]),
  updated_at: Time.optional(),
  solved_at: Time.optional(),
  closed_at: Time.optional(),
  first_reply_at: Time.optional(),
  status: Status.optional(),
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
  support_line: Word.optional().describe('Line or tier of the team that holds it, e.g. L1, 2nd line.'),
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

/** What an activity of an event log does to its ticket. */
export const ACTIVITY_EFFECTS = [
  'opens',
  'takes',
  'first_reply',
  'reply',
  'waits_customer',
  'waits_other',
  'resumes',
  'resolves',
  'closes',
  'reopens',
] as const;

const EventFields = z.strictObject({
  at: Time,
  activity: z
    .strictObject({
      column: Column,
      missing: Missing,
      values: z
        .record(z.string(), z.enum(ACTIVITY_EFFECTS).nullable())
        .describe('Activity -> what it does to the ticket; null = it changes nothing that is counted.'),
    })
    .optional()
    .describe('For logs that name what was done (XES: concept:name) rather than the state afterwards.'),
  order: Column.optional().describe('Number that orders rows of one instant.'),
  actor: choice(z.enum(ACTORS)).optional(),
  actor_id: Identity.optional(),
  track: z.array(Column).optional().describe('Further columns whose changes become `field` events.'),
});

/** Exactly one of `met`, `due_at`, `target` tells the outcome; `loadPlan` says so in words. */
const SlaField = z.strictObject({
  metric: z.enum(SLA_METRICS),
  met: z
    .strictObject({ column: Column, missing: Missing, values: z.record(z.string(), z.boolean().nullable()) })
    .optional()
    .describe('Outcome as written: true = kept. A column that says "breached" lists Yes: false.'),
  due_at: Time.optional().describe('The deadline: kept when the reply or resolution of the metric came by then.'),
  target: Duration.optional().describe('The promised duration, from creation.'),
  last_row_only: z.boolean().optional().describe('Only the last row of a finished ticket tells the outcome.'),
});

const SatisfactionField = z.strictObject({
  column: Column,
  missing: Missing,
  values: z
    .record(z.string(), z.union([z.number().min(0).max(1), z.literal('offered'), z.null()]))
    .optional()
    .describe('Word -> 0 (worst) .. 1 (best); "offered" = asked but not answered; null = not asked.'),
  range: z
    .tuple([z.number(), z.number()])
    .optional()
    .describe('Worst and best number of a numeric scale, e.g. [1, 5].'),
  answered_at: Time.optional(),
  offered_at: Time.optional(),
});

const WaitingField = z.strictObject({
  column: Column,
  missing: Missing,
  values: z
    .record(z.string(), z.enum(['customer', 'vendor', 'engineering', 'internal']).nullable())
    .describe('Status or reason word -> whom the ticket waits for; null = nobody.'),
});

const LinkField = z.strictObject({
  column: Column,
  missing: Missing,
  kind: linkTable.columns.kind.schema,
  system: z.string().optional(),
});

const Joined = z.strictObject({
  name: z.string().min(1).describe('What fields call the two together; no column of the file may be called so.'),
  day: Column,
  time: Column,
});
export type Joined = z.infer<typeof Joined>;

/** Mapping file of `plumbline import`: which column of a file is which canonical field. Strict: an unknown key is an error. */
export const Mapping = z.strictObject({
  version: z.literal(1),
  mode: z.enum(['tickets', 'events']).describe('One row a ticket, or one row a change of a ticket (event log).'),
  format: z.enum(['csv', 'jsonl', 'parquet', 'xlsx']).optional().describe('Told from the file when left out.'),
  sheet: z.string().min(1).optional().describe('Workbooks only: name of the sheet; the first one when left out.'),
  delimiter: z.string().min(1).max(2).optional().describe('CSV only; told from the header when left out.'),
  encoding: z
    .enum(['utf-8', 'latin-1', 'windows-1252', 'utf-16', 'utf-16le', 'utf-16be'])
    .optional()
    .describe('CSV only; told from the bytes when left out.'),
  preset: z
    .string()
    .optional()
    .describe('Product whose export this is, when one was recognised; shown, decides nothing.'),
  time_zone: z.string().optional().describe('IANA zone of times that carry no offset.'),
  date_format: DateFormat.optional().describe('For every time column without its own.'),
  missing: z.array(z.string()).optional().describe('Words that mean "unknown" in every column, e.g. ?, NULL.'),
  joined: z.array(Joined).optional().describe('Days and times of day that stand in two columns.'),
  ticket: TicketFields,
  events: EventFields.optional(),
  durations: z.array(DurationField).optional().describe('Durations that the vendor computed itself.'),
  sla: z.array(SlaField).optional(),
  satisfaction: SatisfactionField.optional(),
  waiting: WaitingField.optional(),
  links: z.array(LinkField).optional(),
  unused: z.array(Column).optional().describe('Columns left out on purpose; others are listed by the import.'),
});
export type Mapping = z.infer<typeof Mapping>;

/** JSON Schema of the mapping file, for editors. */
export function mappingJsonSchema(): unknown {
  return z.toJSONSchema(Mapping, { target: 'draft-2020-12' });
}
