import { z } from 'zod';
import { ContactKind, ContactMark } from './contact-mix.ts';
import { Range } from './range.ts';
import { LEVERS } from './value-model.ts';

/** What records say of a practice; that they cannot be read is no "no". */
export const EvidenceState = z.enum(['shown', 'not_shown', 'cannot_be_read']);
export type EvidenceState = z.infer<typeof EvidenceState>;

export const EvidenceSource = z.strictObject({
  /** A signal with its gate, or `contacts`. */
  by: z.string(),
  state: EvidenceState,
  /** P(yes) or share, where there is one. */
  figure: z.number().nullable(),
  n: z.int().nullable(),
  /** Why it cannot be read. */
  reason: z.string().nullable(),
});
export type EvidenceSource = z.infer<typeof EvidenceSource>;

export const SideReading = z.strictObject({
  id: z.string(),
  name: z.string(),
  evidence: EvidenceState,
  sources: z.array(EvidenceSource),
  /** Share of people who say that it happens; stands beside the evidence and is never mixed with it. */
  said: z.number().nullable(),
  respondents: z.int(),
});
export type SideReading = z.infer<typeof SideReading>;

const Part = z.strictObject({
  contacts: z.int(),
  /** Of the contacts that are mapped; null when none is. */
  share: z.number().nullable(),
  /** Of all contacts: if none of the unmapped ones, and if all of them were of this kind. */
  bounds: Range.nullable(),
  hours: Range.nullable(),
});

export const ContactMix = z.strictObject({
  contacts: z.int(),
  mapped: z.int(),
  /** Contacts on which two rules of one mark disagree; they count as unmapped. */
  disputed: z.int(),
  /** Mapped share of all contacts; null without contacts. */
  covered: z.number().nullable(),
  eroding: Part,
  routine: Part,
  adding: Part,
});
export type ContactMix = z.infer<typeof ContactMix>;

export const ContactProposal = z.strictObject({
  by: ContactMark,
  value: z.string(),
  contacts: z.int(),
  /** Share of all contacts that carry it. */
  covers: z.number(),
  /** Null = nothing that repeats tells; only the user can know. That a contact adds value is never proposed. */
  kind: ContactKind.nullable(),
  why: z.string(),
});
export type ContactProposal = z.infer<typeof ContactProposal>;

export const LeverReading = z.strictObject({
  id: z.enum(LEVERS),
  name: z.string(),
  acts_on: ContactKind,
  contacts: z.int(),
  /** Contacts of the window that it frees; null for a lever that frees none, and while no contact is mapped. */
  volume: Range.nullable(),
  /** Hours of the window that it frees; null also while nobody knows what a contact takes. */
  hours: Range.nullable(),
  /** Hours that the other levers free and this one puts to use; null for those that free. */
  puts_to_use: Range.nullable(),
  source: z.string(),
});
export type LeverReading = z.infer<typeof LeverReading>;

export const EconomicOutcome = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  /** Null while inputs are missing. */
  range: Range.nullable(),
  /** Ids of inputs that nobody has given. */
  missing: z.array(z.string()),
  formula: z.string(),
});
export type EconomicOutcome = z.infer<typeof EconomicOutcome>;

export const EconomicFigure = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  range: Range.nullable(),
  source: z.string(),
  year: z.int().nullable(),
  cited: z.string().nullable(),
  edited: z.boolean(),
});
export type EconomicFigure = z.infer<typeof EconomicFigure>;

export const GapReading = z.strictObject({
  state: z.enum(['named', 'none', 'unknown']),
  /** The reasons that weigh most, where they reach the line. */
  named: z.array(z.string()),
  reasons: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Mean share of "no" over the questions that are answered, 0..1; null = too few are. */
      gap: z.number().nullable(),
      known: z.int(),
      of: z.int(),
    }),
  ),
});
export type GapReading = z.infer<typeof GapReading>;

export const PathStep = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(['done', 'begun', 'not_begun', 'unknown']),
  checks: z.array(z.strictObject({ id: z.string(), text: z.string(), state: z.enum(['yes', 'no', 'unknown']) })),
});
export type PathStep = z.infer<typeof PathStep>;

/** Verdict of a model of kind `value`. */
export const ValueVerdict = z.strictObject({
  pairs: z.array(z.strictObject({ id: z.string(), customer: SideReading, company: SideReading, action: z.string() })),
  overall: z.strictObject({
    /** Pairs of which both sides are shown. */
    exchanged: z.int(),
    of: z.int(),
    /** Share of sides that records can speak of. */
    readable: z.number(),
  }),
  /** Null when no contacts were handed in. */
  mix: ContactMix.nullable(),
  proposals: z.array(ContactProposal),
  levers: z.array(LeverReading),
  economics: z.strictObject({ inputs: z.array(EconomicFigure), outcomes: z.array(EconomicOutcome) }),
  gap: GapReading,
  path: z.array(PathStep),
  /** First step that is not done; null = all are. */
  next_step: z.string().nullable(),
  respondents: z.int(),
});
export type ValueVerdict = z.infer<typeof ValueVerdict>;
