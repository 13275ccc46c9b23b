import { z } from 'zod';
import { LevelLaw, Observable, Points } from '../../domain/placement.ts';
import { SignalName, StatementName } from './named.ts';

/** One bar of the ledger: a signal, an answer or a checked proof, with the points that it gave. */
export const EvidenceBar = z.strictObject({
  source: z.enum(['signal', 'answer', 'artefact', 'override']),
  /** Null for what is no signal. */
  signal: SignalName.nullable(),
  /** Signal or respondent. */
  ref: z.string(),
  title: z.string(),
  /** In words first: `speaks clearly for it being there and says little of it being in place fully`. */
  sentence: z.string(),
  /** (exists, full), decibans. */
  points: Points,
  /** Sum of both before this bar and after it, so that bars stand on each other. */
  from: z.number(),
  to: z.number(),
  direction: z.enum(['for', 'against', 'neither']),
  class: z.enum(['D', 'B', 'W']).nullable(),
  class_words: z.string().nullable(),
  share: z.number(),
  age_days: z.number(),
  /** P(passes the line of level 2, of level 3). */
  passes: z.tuple([z.number().nullable(), z.number().nullable()]),
});
export type EvidenceBar = z.infer<typeof EvidenceBar>;

/** One statement of a staged model: what is known of it and from where, what is missing, what people say, and the move that lifts it. */
export const StatementView = z.strictObject({
  id: z.string(),
  name: z.string(),
  set: z.int(),
  area: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  statement: z.string(),
  /** `3`, `2 or 3`, `open`, `–`. */
  level: z.string(),
  sentence: z.string(),
  levels: z.array(
    z.strictObject({ level: z.int(), text: z.string(), probability: z.number(), words: z.string(), here: z.boolean() }),
  ),
  law: LevelLaw,
  decided_by: z.enum(['telemetry', 'answers', 'both', 'none']),
  observability: Observable,
  not_applicable: z.boolean(),
  ledger: z.array(EvidenceBar),
  /** Sum of all bars, decibans. */
  total: Points,
  conflict: z
    .strictObject({ grade: z.enum(['substantial', 'strong']), decibans: z.number(), sentence: z.string() })
    .nullable(),
  /** Signals that should speak and do not, each with what would let it. */
  missing: z.array(
    SignalName.extend({
      status: z.string(),
      reason: z.string(),
      way_out: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  /** Cases that could not be read: neither a yes nor a no. */
  unread: z.array(z.strictObject({ signal: SignalName, unknown: z.int(), of: z.int(), sentence: z.string() })),
  answers: z.array(
    z.strictObject({
      role: z.string(),
      respondent: z.string(),
      value: z.union([z.int(), z.literal('dont_know')]),
      words: z.string(),
      answered_at: z.iso.datetime(),
    }),
  ),
  /** What the answers count for; null when nobody gave a level. */
  answers_sentence: z.string().nullable(),
  gap: z.strictObject({ said: z.number(), seen: z.number(), flag_words: z.string(), sentence: z.string() }).nullable(),
  gain: z.strictObject({ points: z.number(), sentence: z.string() }).nullable(),
  action: z.strictObject({
    title: z.string(),
    how: z.string(),
    effort_words: z.string(),
    verified_by: z.array(SignalName),
  }),
  proof: z.string(),
  ask: z.array(z.string()),
  neighbours: z.strictObject({ before: StatementName.nullable(), after: StatementName.nullable() }),
});
export type StatementView = z.infer<typeof StatementView>;
