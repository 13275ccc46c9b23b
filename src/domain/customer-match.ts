import { z } from 'zod';

export const MATCH_STATUSES = ['matched', 'ambiguous', 'unmatched'] as const;
/** What told who a customer is, in the order in which it is asked. */
export const MATCH_RULES = ['mapping', 'external_id', 'domain'] as const;

const Count = z.int().nonnegative();
const Counts = z.strictObject({
  matched: Count,
  ambiguous: Count,
  unmatched: Count,
  of: Count,
  /** Matched share, 0..1; null where there are none. */
  share: z.number().nullable(),
});

/** How the organisations of one desk stand to one source of customers. */
export const CustomerMatch = z.strictObject({
  desk: z.string(),
  source: z.string(),
  organisations: Counts,
  /** Those of them with tickets: by these it is decided whether the facts of the source count. */
  with_tickets: Counts,
  /** Whether enough of those with tickets are matched, so that the facts of the source count. */
  counts: z.boolean(),
  /** Matched organisations by what told it. */
  by_rule: z.strictObject({ mapping: Count, external_id: Count, domain: Count }),
  /** What the source tells of the matched organisations. */
  told: z.strictObject({
    tier: Count,
    /** A contract, renewal or value on record. */
    contract: Count,
    health: Count,
    /** Their health changed in the 90 days before. */
    health_90d: Count,
    /** The value of health is understood: who may leave, who is to be watched, who is well. */
    health_understood: Count,
    /** A day of renewal, a band of value, a day of leaving, a day on which it bought more. */
    renewal: Count,
    value: Count,
    churned: Count,
    expanded: Count,
  }),
  /** Records that could be several, by id, and what named several: none of them is joined. */
  ambiguous: z.array(z.strictObject({ organisation_id: z.string(), rule: z.enum(MATCH_RULES) })),
  /** Pairs of the mapping of people, and how many name a customer that is not there. Pairs of unknown organisations are in neither of the counts above. */
  mapping: z.strictObject({ pairs: Count, unknown_customers: Count, unknown_organisations: Count }),
});
export type CustomerMatch = z.infer<typeof CustomerMatch>;
