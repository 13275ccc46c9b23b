/** What a person can say of a thing of the desk, by the word of the contract (docs/recognition.md). */
const MEANING_KINDS = ['team', 'bot', 'tier', 'field', 'status', 'escalation'] as const;
export type MeaningKind = (typeof MEANING_KINDS)[number];

/** The key of plumbline.yaml under which statements of a kind stand. */
export const MEANING_SECTION = {
  team: 'teams',
  tier: 'tiers',
  bot: 'bots',
  field: 'fields',
  status: 'statuses',
  escalation: 'escalations',
} as const satisfies Record<MeaningKind, string>;
type MeaningSection = (typeof MEANING_SECTION)[MeaningKind];

/** One statement of people about what a thing is; it goes before what the work shows and before names. */
export interface Meaning {
  readonly kind: MeaningKind;
  /** Id, term or word of the thing, at every connection; with `<connection>/` in front at that one alone. */
  readonly subject: string;
  /** Purpose of a team, role of a field, tier of a term, category of a status; `true` or `false` for bots and escalations; `none` = stands for nothing. */
  readonly meaning: string;
  /** Place of a tier (1 = highest), line of a team (1 = first); null where nothing was said of it. */
  readonly rank: number | null;
}

/** A line of plumbline.yaml: `section: { subject: value }`. */
export interface Statement {
  readonly section: MeaningSection;
  readonly subject: string;
  readonly value: string | number | boolean;
}

/** How sure a thing that was learnt is: people or the source said it, its work shows it plainly or with few cases, or only its name speaks for it. */
export type Sureness = 'stated' | 'sure' | 'likely' | 'guess';

/** One thing that was learnt from the data, why, and the line that confirms it (another value in it corrects it). */
export interface Learnt {
  readonly connection: string;
  readonly kind: string;
  readonly subject: string;
  readonly meaning: string;
  readonly how: string;
  /** `support` of `base` cases say so; null where nothing was counted. */
  readonly support: number | null;
  readonly base: number | null;
  readonly sure: Sureness;
  readonly statement: Statement;
}

/** One thing that was looked at and not understood, and what may be said of it: one of `choices` as the value. */
export interface NotUnderstood {
  readonly connection: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: string;
  /** Null where no statement helps: a rule is understood when its tags and fields are. */
  readonly say: {
    readonly section: MeaningSection;
    readonly subject: string;
    readonly choices: readonly string[];
  } | null;
}

export interface Recognition {
  readonly as_of: string;
  readonly learnt: readonly Learnt[];
  readonly unread: readonly NotUnderstood[];
}

/** Uses of a ticket field. */
export const FIELD_ROLES = ['severity', 'product', 'category', 'cause', 'tier', 'reason'] as const;
