import { z } from 'zod';
import { FINDING_STATUSES } from '../../domain/finding.ts';
import { STREAMS, StreamName } from '../../domain/observability.ts';
import { SLA_METRICS, TABLE_NAMES, ticket } from '../../domain/telemetry.ts';

/** A number (matches within 0.0005, or 0.05 % for large ones) or a text: `>= 0.9`, `< 0.1`, `0.6..0.7`. */
export const Expected = z.union([
  z.number(),
  z.string().regex(/^(([<>]=?)\s*-?[\d.]+|-?[\d.]+\.\.-?[\d.]+)$/),
  z.null(),
]);
export type Expected = z.infer<typeof Expected>;

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** One cell: a value, or a list that the copies take in turn (a plain list where the column holds a list). */
const Cell = z.union([Scalar, z.array(z.unknown()), z.record(z.string(), z.unknown())]);
const Row = z.record(z.string(), Cell);
export type Row = z.infer<typeof Row>;

const Duration = z.string().regex(/^\d+(\.\d+)?[wdhms](\d+(\.\d+)?[wdhms])*$/, 'a duration such as 5m or 1d4h');
const Text = z.union([z.string(), z.array(z.string().nullable()).min(1)]);

const Said = z.union([
  Duration,
  z.strictObject({
    after: Duration,
    by: Text.optional(),
    template: z.string().optional(),
    articles: z.array(z.string()).optional(),
    channel: z.string().optional(),
  }),
]);
export type Said = z.infer<typeof Said>;

/** `[after, value]` or `[after, value, by]`. */
const Step = z.tuple([Duration, z.union([z.string(), z.number()]).nullable()]).rest(z.string());
export type Step = z.infer<typeof Step>;

const Clock = z.union([
  Duration,
  z.strictObject({
    target: Duration,
    applied: Duration.optional(),
    met: z.boolean().nullable().optional(),
    fulfilled: Duration.nullable().optional(),
    paused: Duration.optional(),
    business: z.boolean().optional(),
    voided: z.boolean().optional(),
    scope: z.enum(['ticket', 'group']).optional(),
    policy: z.string().optional(),
  }),
]);
export type Clock = z.infer<typeof Clock>;

const ownColumns = Object.fromEntries(
  Object.keys(ticket.columns)
    .filter((name) => name !== 'id' && name !== 'created_at')
    .map((name) => [name, Cell.optional()]),
) as Record<Exclude<keyof typeof ticket.columns, 'id' | 'created_at'>, z.ZodOptional<typeof Cell>>;

/** A ticket with its life: expands to rows of ticket, event, message, sla_clock, csat and link. */
export const TicketTemplate = z.strictObject({
  ...ownColumns,
  /** Copies; `{i}` in any text is the number of the copy from 0. */
  n: z.int().positive().default(1),
  id: z.string().optional(),
  connection: z.string().default('desk'),
  created: z.string().default('-60d..-10d'),
  priority: z.union([z.int(), z.array(z.int()), z.null()]).optional(),
  /** The priority comes this long after creation instead of with it. */
  priority_set: Duration.optional(),
  priority_set_by: z.string().optional(),
  /** Who replies, notes, solves; default a1. */
  agent: Text.optional(),
  /** First owner set this long after creation (default: with the first action of the agent). */
  assigned: Duration.optional(),
  assigned_by: z.string().optional(),
  group: Text.optional(),
  organisation: Text.optional(),
  /** Tier of the organisation, which is made when none is named. */
  tier: Text.optional(),
  tier_rank: z.union([z.int(), z.array(z.int())]).optional(),
  requester: Text.optional(),
  /** No opening message (phone call, machine record). */
  silent: z.boolean().default(false),
  ack: Duration.optional(),
  promise: Duration.optional(),
  promise_business_hours: z.boolean().optional(),
  first_reply: Said.optional(),
  replies: z.array(Said).optional(),
  notes: z.array(Said).optional(),
  customer_messages: z.array(Duration).optional(),
  solved: Duration.optional(),
  solved_by: z.string().optional(),
  closed: Duration.optional(),
  status_path: z.array(Step).optional(),
  owner_path: z.array(Step).optional(),
  group_path: z.array(Step).optional(),
  events: z
    .array(
      z.strictObject({
        after: Duration,
        kind: z.string(),
        field: z.string().optional(),
        from: z.union([z.string(), z.number()]).nullable().optional(),
        to: z.union([z.string(), z.number()]).nullable().optional(),
        by: z.string().optional(),
        initial: z.boolean().optional(),
        rule: z.string().optional(),
      }),
    )
    .optional(),
  sla: z.partialRecord(z.enum(SLA_METRICS), Clock).optional(),
  csat: z
    .strictObject({
      /** After creation. */
      offered: Duration.optional(),
      answered: Duration.optional(),
      score: z.number().optional(),
      scale: z.string().optional(),
      reason: z.string().optional(),
    })
    .optional(),
  links: z
    .array(
      z.strictObject({
        kind: z.string().default('issue'),
        system: z.string().nullable().optional(),
        target: z.string().optional(),
        after: Duration.optional(),
        responded: Duration.optional(),
        closed: Duration.optional(),
        closed_as: z.string().optional(),
        team: z.string().optional(),
      }),
    )
    .optional(),
});
export type TicketTemplate = z.infer<typeof TicketTemplate>;

const Given = z.strictObject({
  tickets: z.array(TicketTemplate).optional(),
  ...(Object.fromEntries(TABLE_NAMES.map((name) => [name, z.array(Row).optional()])) as Record<
    (typeof TABLE_NAMES)[number],
    z.ZodOptional<z.ZodArray<typeof Row>>
  >),
});

const Missing = z.union([
  z.array(StreamName),
  z.partialRecord(z.enum(STREAMS), z.enum(['plan', 'permission', 'retention', 'absent'])),
]);

export const SignalCase = z.strictObject({
  name: z.string().min(3),
  /** Exclusive end of the window; default Monday 2026-03-02 00:00 UTC. */
  as_of: z.string().default('2026-03-02'),
  given: Given.default({}),
  /** Streams that no connection shows (`absent`), or stream -> why. */
  missing: Missing.optional(),
  /** The same for one connection only: connection -> streams. */
  missing_at: z.record(z.string(), Missing).optional(),
  /** Stream -> first instant it covers. */
  since: z.partialRecord(z.enum(STREAMS), z.string()).optional(),
  /** Stream -> the only fields it can fill. */
  only_fields: z.partialRecord(z.enum(STREAMS), z.array(z.string())).optional(),
  /** Stream -> fields that it cannot fill. */
  without_fields: z.partialRecord(z.enum(STREAMS), z.array(z.string())).optional(),
  /** The estimate lies exactly on this line. */
  on_line: z.enum(['partial', 'full']).optional(),
  /** Text of the `fooled_by` entry that this case plays through. */
  fooled_by: z.string().optional(),
  expect: z.strictObject({
    status: z.enum(FINDING_STATUSES),
    estimate: Expected.optional(),
    n: z.int().optional(),
    n_effective: Expected.optional(),
    q2: Expected.optional(),
    q3: Expected.optional(),
    reason: z.string().nullable().optional(),
    /** Exactly these reasons and counts. */
    excluded: z.record(z.string(), z.int()).optional(),
    extra: z.record(z.string(), z.union([Expected, z.string()])).optional(),
    sample: z.strictObject({ hits: z.int().optional(), misses: z.int().optional() }).optional(),
  }),
});
export type SignalCase = z.infer<typeof SignalCase>;

export const CasesFile = z.array(SignalCase).min(1);
