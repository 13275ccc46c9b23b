import { z } from 'zod';
import { Finding } from './finding.ts';
import { CriterionResult, LedgerLine, Level } from './placement.ts';

const TicketRef = z.strictObject({
  connection: z.string(),
  id: z.string(),
  table: z.string(),
  hit: z.boolean().nullable(),
  url: z.string().nullable(),
});

/** Tickets of one day that look like an import and are left out of signals. */
export const ImportedDay = z.strictObject({ connection: z.string(), day: z.iso.date(), tickets: z.int() });
export type ImportedDay = z.infer<typeof ImportedDay>;

export const SignalExplanation = z.strictObject({
  kind: z.literal('signal'),
  id: z.string(),
  title: z.string(),
  description: z.string(),
  finding: Finding,
  lines: z.strictObject({
    partial: z.number().nullable(),
    full: z.number().nullable(),
    origin: z.string(),
    source: z.string(),
  }),
  estimator: z.string(),
  needs: z.array(z.string()),
  fooled_by: z.array(z.string()),
  sql: z.string(),
  /** Ledger lines that this signal gave, one for each criterion. */
  ledger: z.array(LedgerLine),
  tickets: z.array(TicketRef),
  /** Days of the imports among what the signal leaves out. */
  imported: z.array(ImportedDay),
  remedy: z.string(),
});
export type SignalExplanation = z.infer<typeof SignalExplanation>;

export const CriterionExplanation = z.strictObject({
  kind: z.literal('criterion'),
  result: CriterionResult,
  statement: z.string(),
  levels: z.strictObject({ 1: z.string(), 2: z.string(), 3: z.string() }),
  ledger: z.array(LedgerLine),
  /** Signals of the statement with cases that could not be read: neither a yes nor a no. */
  unread: z.array(z.strictObject({ signal: z.string(), unknown: z.int(), read: z.int() })),
  /** Change of P(stage >= next stage) when this statement were fully in place; null when it is not a blocker. */
  gain: z.number().nullable(),
  /** Levels that people gave, and the expected level (1..3) that their answers alone amount to; null when nobody gave one. */
  answers: z.strictObject({ values: z.array(Level), counted: z.number() }).nullable(),
  proof: z.string(),
  action: z.strictObject({ title: z.string(), how: z.string(), verified_by: z.array(z.string()) }),
});
export type CriterionExplanation = z.infer<typeof CriterionExplanation>;

export const TicketExplanation = z.strictObject({
  kind: z.literal('ticket'),
  connection: z.string(),
  id: z.string(),
  url: z.string().nullable(),
  /** Derived facts of the ticket: clocks, counts, population. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  timeline: z.array(z.strictObject({ at: z.iso.datetime(), what: z.string(), by: z.string().nullable() })),
  /** Signals that used this ticket as a sample, and which way it counted. */
  used_by: z.array(z.strictObject({ signal: z.string(), hit: z.boolean().nullable() })),
});
export type TicketExplanation = z.infer<typeof TicketExplanation>;

export const StageExplanation = z.strictObject({
  kind: z.literal('stage'),
  stage: z.int().nullable(),
  /** Sets with the expected implementation degree and P(largely), P(fully) of each. */
  sets: z.array(
    z.strictObject({ set: z.int(), name: z.string(), degree: z.number(), criteria: z.array(CriterionResult) }),
  ),
});
export type StageExplanation = z.infer<typeof StageExplanation>;

export const Explanation = z.discriminatedUnion('kind', [
  SignalExplanation,
  CriterionExplanation,
  TicketExplanation,
  StageExplanation,
]);
export type Explanation = z.infer<typeof Explanation>;
