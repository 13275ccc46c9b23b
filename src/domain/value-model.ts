import { z } from 'zod';
import { ContactKind } from './contact-mix.ts';
import { ExchangeFile } from './exchange-file.ts';
import { FedBy, Slug } from './fed-by.ts';
import { MODEL_HEAD, type ModelHead, Role } from './model.ts';

const Share = z.number().gt(0).lte(1);

/** One side of a pair: what it does, and what records can show of it. */
export const Side = z.strictObject({
  /** Item that people answer yes or no to. */
  id: Slug,
  name: z.string().min(3).max(60),
  /** What is true when it happens, in our own words. */
  statement: z.string().min(10),
  /** Any one of them shows it. */
  signals: z.array(FedBy).default([]),
  /** Contacts mapped to this pair show it: that they come (asked), or that a person answers them (answered). */
  contacts: z.enum(['asked', 'answered']).optional(),
  ask: z.array(Role).min(1),
  /** What would show it where records cannot. */
  proof: z.string().min(5),
});
export type Side = z.infer<typeof Side>;

const Pair = z.strictObject({ id: Slug, customer: Side, company: Side, action: z.string().min(5) });

export const LEVERS = ['remove', 'redistribute', 'restructure'] as const;

export const Lever = z.strictObject({
  id: z.enum(LEVERS),
  name: z.string(),
  /** The contacts it works on. */
  acts_on: ContactKind,
  /** Share of them that it takes away, as a range; left out where it takes none away but puts freed time to use. */
  takes: z.strictObject({ low: z.number().min(0).max(1), high: z.number().min(0).max(1) }).optional(),
  how: z.string(),
  /** Where the range comes from. */
  source: z.string().min(3),
  year: z.int().nullable(),
});
export type Lever = z.infer<typeof Lever>;

/** A figure of the calculator. Low and high are left out where only the user can know it. */
export const EconomicInput = z.strictObject({
  id: Slug,
  name: z.string(),
  unit: z.string().min(1),
  low: z.number().optional(),
  high: z.number().optional(),
  /** What the source says, where it gives one number only; the range around it is then ours. */
  cited: z.string().optional(),
  source: z.string().min(3),
  year: z.int().nullable(),
});
export type EconomicInput = z.infer<typeof EconomicInput>;

/** Input that gives the minutes of a contact where no hours are recorded. */
export const MINUTES_OF_A_CONTACT = 'minutes-of-a-contact';

/** Inputs that the calculator works with; a model has them all and no others. */
export const ECONOMIC_INPUTS = [
  'revenue',
  'profit',
  'offers',
  'value-of-a-sale',
  'revenue-by-recommendation',
  'cost-of-an-hour',
  'share-of-existing-customers',
  'retention',
  'profit-gain-of-five-points',
  'odds-existing-customer',
  'odds-new-customer',
  'influence-of-an-advocate',
  'cost-live-contact',
  'cost-self-service-contact',
  MINUTES_OF_A_CONTACT,
] as const;

const GapReason = z.strictObject({
  id: z.enum(['awareness', 'ownership', 'alignment']),
  name: z.string(),
  /** What it means when this is the reason. */
  meaning: z.string(),
  /** Yes = nothing is missing here. */
  questions: z.array(z.strictObject({ id: Slug, question: z.string().min(10), ask: z.array(Role).min(1) })).min(2),
});

export const PathCheck = z.strictObject({
  id: Slug,
  text: z.string().min(5),
  /** Seen from the mapping of contacts, from a signal, or (left out) asked of people. */
  seen_by: z.union([z.literal('contact_mix'), FedBy]).optional(),
  ask: z.array(Role).min(1),
});
export type PathCheck = z.infer<typeof PathCheck>;

/** Model of kind `value`: the exchange of value between customer and company. docs/method.md. */
export const ValueModel = z.strictObject({
  kind: z.literal('value'),
  ...MODEL_HEAD,
  /** Records lose half of their weight in this time. */
  half_life_days: z.strictObject({ config: z.number().positive(), behaviour: z.number().positive() }),
  evidence: z.strictObject({
    /** P(yes) from which on a practice counts as shown. */
    shown: Share,
    /** Contacts of a pair from which on they are a practice. */
    contacts: z.int().positive(),
    /** Share of a pair's contacts that a person answers, from which on they count as answered. */
    answered: Share,
    /** Share of all contacts that the mapping must reach, so that what is missing is missing. */
    covered: Share,
  }),
  pairs: z.array(Pair).min(1),
  proposal: z.strictObject({
    /** Contacts of a code from which on something is proposed. */
    contacts: z.int().positive(),
    eroding: z.strictObject({ returning: Share, linked: Share }),
    routine: z.strictObject({ one_reply: Share, known_answer: Share }),
    source: z.string().min(3),
  }),
  levers: z.array(Lever),
  economics: z.array(EconomicInput),
  gap: z.strictObject({ line: Share, min_known: z.int().positive(), reasons: z.array(GapReason) }),
  path: z
    .array(z.strictObject({ id: Slug, name: z.string(), meaning: z.string(), checks: z.array(PathCheck).min(1) }))
    .min(1),
  /** What the user said of contacts and figures (plumbline.yaml, `exchange`): part of what is judged by, never of a model file. */
  exchange: ExchangeFile.optional(),
});
export type ValueModel = z.infer<typeof ValueModel>;

export function isValueModel(model: ModelHead): model is ValueModel {
  return model.kind === 'value';
}
