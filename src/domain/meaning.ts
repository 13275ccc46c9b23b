/** What a person can say of a thing of the desk, by the word of the contract (docs/recognition.md). */
export const MEANING_KINDS = ['team', 'bot', 'tier', 'field', 'status', 'escalation'] as const;
export type MeaningKind = (typeof MEANING_KINDS)[number];

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

/** Uses of a ticket field. */
export const FIELD_ROLES = ['severity', 'product', 'category', 'cause', 'tier', 'reason'] as const;
