import { z } from 'zod';
import { freeText, oneLine, PersonId, RoleName } from './free-text.ts';
import { ItemAnswerValue } from './item-answer.ts';
import { ITEM_SCALES } from './model.ts';
import { Level } from './placement.ts';

export const AnswerValue = z.union([Level, z.literal('dont_know')]);
export type AnswerValue = z.infer<typeof AnswerValue>;

/** One person's answer to one statement. The latest per respondent and criterion counts; older ones stay in the ledger. */
export const Answer = z.strictObject({
  model: z.string(),
  criterion: z.string(),
  respondent: z.string().min(1),
  role: z.string().min(1),
  value: z.union([AnswerValue, ItemAnswerValue]),
  comment: z.string().nullable(),
  /** Link to an artefact that proves the claim. */
  proof: z.url().nullable(),
  /** Someone other than the respondent looked at the artefact. */
  proof_checked_by: z.string().nullable(),
  answered_at: z.date(),
  expires_at: z.date(),
});
export type Answer = z.infer<typeof Answer>;

/** An answer to a statement with levels. */
export type LevelAnswer = Answer & { readonly value: AnswerValue };

export function isLevelAnswer(answer: Answer): answer is LevelAnswer {
  return AnswerValue.safeParse(answer.value).success;
}

/** Where a proof lies. It is shown as a link, so an address that would run something (javascript:, data:) is none. */
const ProofLink = oneLine(2_000).pipe(
  z.url({ protocol: /^https?$/, error: 'is no address that begins with https:// or http://' }),
);

/** Remarks and proofs beside an answer, as they may be handed in. */
export const AnswerNotes = z.strictObject({
  comment: freeText(2_000).optional(),
  // The check of addresses drops tabs and line ends without a word, so what is hidden is looked for first.
  proof: ProofLink.optional(),
  proof_checked_by: PersonId.optional(),
});

const GivenValue = z.union([AnswerValue, ItemAnswerValue]);
const AnswerEntry = z.union([GivenValue, AnswerNotes.extend({ value: GivenValue })]);

/** Why a statement does not apply. */
export const NotApplicableReason = freeText(2_000).min(5);

/** `assess --answers f.yaml`. What was kept before these bounds is still read, by `Answer`. */
export const AnswersFile = z.strictObject({
  respondent: PersonId,
  role: RoleName,
  model: z.string().max(100).optional(),
  answered_at: z.iso.date().optional(),
  answers: z.record(z.string().max(100), AnswerEntry),
  /** "Not applicable" statements with the reason; at most one per set. */
  not_applicable: z.record(z.string().max(100), NotApplicableReason).optional(),
});
export type AnswersFile = z.infer<typeof AnswersFile>;

export const StatementGap = z.strictObject({
  criterion: z.string(),
  name: z.string(),
  /** Answer after merging respondents: their mean, 1..3. */
  said: z.number(),
  /** Expected level that these answers alone amount to, 1..3: self-ratings run high. Absent in snapshots of before 2026-11-28. */
  counted: z.number().optional(),
  /** E[level | telemetry]. */
  seen: z.number(),
  /** Mean: said - seen. */
  gap: z.number(),
  /** Gap to the median level: levels are whole, so that it lies within `interval`, as the mean need not. Absent in snapshots of before 2026-11-30. */
  median: z.number().optional(),
  /** 80 % interval of the gap, from level to level. */
  interval: z.tuple([z.number(), z.number()]),
  over_claim: z.number(),
  under_claim: z.number(),
  flag: z.enum(['none', 'over', 'strong_over', 'under', 'strong_under']),
});
export type StatementGap = z.infer<typeof StatementGap>;

const Interval = z.tuple([z.number(), z.number()]);

export const Comparison = z.strictObject({
  /** Stage three ways; null = that side has nothing to say. */
  stages: z.strictObject({ said: z.int().nullable(), seen: z.int().nullable(), merged: z.int().nullable() }),
  comparable: z.int(),
  gaps: z.array(StatementGap),
  over_claims: z.strictObject({ expected: z.number(), share: z.number(), interval: Interval }).nullable(),
  under_claims: z.strictObject({ expected: z.number(), share: z.number(), interval: Interval }).nullable(),
  bias: z.strictObject({ mean: z.number(), limits: Interval }).nullable(),
  agreement: z
    .strictObject({
      raw: z.number(),
      /** Null where both sides give one and the same level throughout: not defined. */
      kappa: z.number().nullable(),
      kappa_expected: z.number().nullable(),
      interval: Interval.nullable(),
      /** Gwet AC2, given when one answer holds more than 60 %. */
      ac2: z.number().nullable(),
    })
    .nullable(),
  calibration: z.array(
    z.strictObject({ answer: Level, n: z.int(), mean_seen: z.number(), share_at_or_above: z.number() }),
  ),
  leniency: z.array(z.strictObject({ respondent: z.string(), role: z.string(), n: z.int(), d: z.number() })),
  blind_spots: z.array(
    z.strictObject({
      kind: z.enum(['over_claim', 'unknown_but_weak', 'unverifiable', 'respondents_disagree', 'hidden_strength']),
      criterion: z.string(),
      text: z.string(),
    }),
  ),
  /** What moves the stage: change in P(stage >= stage of the merged view) when the criterion's answers are left out. */
  drivers: z.array(z.strictObject({ criterion: z.string(), change: z.number() })),
  roles: z.array(
    z.strictObject({
      criterion: z.string(),
      low: z.strictObject({ role: z.string(), value: z.number() }),
      high: z.strictObject({ role: z.string(), value: z.number() }),
    }),
  ),
});
export type Comparison = z.infer<typeof Comparison>;

/** One question of the questionnaire, with why it comes now. */
export const Question = z.strictObject({
  criterion: z.string(),
  statement: z.string(),
  levels: z.strictObject({ 1: z.string(), 2: z.string(), 3: z.string() }),
  ask: z.array(z.string()),
  /** Expected narrowing of the verdict by an answer, bits of entropy of the stage distribution. */
  value_bits: z.number(),
  /** Data say nothing (true) or too little (false). */
  unseen: z.boolean(),
  expired: z.boolean(),
});
export type Question = z.infer<typeof Question>;

/** The same for an item without levels: a yes/no question, or an importance. */
export const ItemQuestion = z.strictObject({
  item: z.string(),
  name: z.string(),
  statement: z.string(),
  scale: z.enum(ITEM_SCALES),
  ask: z.array(z.string()),
  /** No record answers it. */
  unseen: z.boolean(),
  expired: z.boolean(),
});
export type ItemQuestion = z.infer<typeof ItemQuestion>;

export const Move = z.strictObject({
  criterion: z.string(),
  name: z.string(),
  from: Level.nullable(),
  to: Level,
  title: z.string(),
  how: z.string(),
  effort: z.enum(['days', 'weeks', 'quarter']),
  /** Gain in P(stage >= target), points of probability, when made alone and when made in this order. */
  gain_alone: z.number(),
  gain_in_order: z.number(),
  verified_by: z.array(z.string()),
  tickets: z.array(z.string()),
});
export type Move = z.infer<typeof Move>;

export const Path = z.strictObject({
  target: z.int(),
  from: z.int(),
  probability_now: z.number(),
  probability_after: z.number(),
  /** Fewest moves, and fewest weeks. */
  smallest: z.array(Move),
  cheapest: z.array(Move),
});
export type Path = z.infer<typeof Path>;
