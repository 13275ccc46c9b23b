import { z } from 'zod';
import { StatementName } from './named.ts';
import { Step } from './step.ts';

export const GAP_FLAGS = ['none', 'over', 'strong_over', 'under', 'strong_under'] as const;

/** One statement of which both sides speak. Levels are 1 (not there) to 3 (fully); gap = said - seen. */
export const GapRow = StatementName.extend({
  area: z.string().nullable(),
  set: z.int(),
  /** Mean of what people said. */
  said: z.number(),
  /** Expected level that these answers amount to, as self-ratings run high; null in old snapshots. */
  counted: z.number().nullable(),
  /** Expected level by the records. */
  seen: z.number(),
  gap: z.number(),
  /** 80 % interval. */
  interval: z.tuple([z.number(), z.number()]),
  flag: z.enum(GAP_FLAGS),
  /** `clearly over-rated`; empty for `none`. */
  flag_words: z.string(),
  direction: z.enum(['over', 'under', 'none']),
  /** Probability of what the flag says; of the nearer side where nothing is flagged. */
  probability: z.number(),
  sentence: z.string(),
  answers: z.array(z.strictObject({ role: z.string(), value: z.union([z.int(), z.literal('dont_know')]) })),
});
export type GapRow = z.infer<typeof GapRow>;

/** Where people and records part, the widest gap first. `more` = flagged statements that are not among `rows`. */
export const DisagreementsView = z.strictObject({
  stages: z.strictObject({
    said: Step.nullable(),
    seen: Step.nullable(),
    together: Step.nullable(),
    sentence: z.string(),
  }),
  rows: z.array(GapRow),
  more: z.int(),
  /** All statements that both sides can judge: how many are over-rated, how well both agree; null where there is none. */
  summary: z.string().nullable(),
  /** Notes that go with it: what brackets mean, why low answers about later stages pull. */
  notes: z.array(z.string()),
  /** Claims that records cannot check. */
  unverifiable: z.array(StatementName),
});
export type DisagreementsView = z.infer<typeof DisagreementsView>;

export const BLIND_SPOTS = [
  'over_claim',
  'unknown_but_weak',
  'unverifiable',
  'respondents_disagree',
  'hidden_strength',
] as const;

/** Everything that said and seen have to say to each other; `rows` hold every statement that both can judge. */
export const SaidSeenView = DisagreementsView.extend({
  /** Given when nobody answered: there is nothing to compare then. */
  nobody: z.string().nullable(),
  agreement: z
    .strictObject({
      raw: z.number(),
      kappa: z.number().nullable(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      sentence: z.string(),
    })
    .nullable(),
  blind_spots: z.array(
    z.strictObject({
      kind: z.enum(BLIND_SPOTS),
      title: z.string(),
      rows: z.array(StatementName.extend({ text: z.string() })),
    }),
  ),
  roles: z.array(StatementName.extend({ low_role: z.string(), high_role: z.string(), sentence: z.string() })),
  calibration: z.array(
    z.strictObject({ answer: z.int(), n: z.int(), mean_seen: z.number(), share: z.number(), sentence: z.string() }),
  ),
  /** Change of the chance of the merged stage when the answers to a statement are left out. */
  drivers: z.array(StatementName.extend({ change: z.number() })),
});
export type SaidSeenView = z.infer<typeof SaidSeenView>;
