import { z } from 'zod';
import { freeText, oneLine, PersonId } from './free-text.ts';
import { Level, Points } from './placement.ts';

const RESOLUTION_KINDS = ['keep_claim', 'accept_data', 'not_applicable'] as const;
const RESOLUTION_ENDS = ['evidence', 'withdrawn', 'replaced'] as const;

/** A proof that somebody else looked at: only an address that is spoken over TLS, never one that would run something. */
export const ProvenBy = oneLine(2_000).pipe(
  z.url({ protocol: /^https$/, error: 'is no address that begins with https://' }),
);

/** How people settled that records and answers disagree about one statement. Instants are UTC. */
export const Resolution = z.strictObject({
  id: z.string(),
  model: z.string(),
  criterion: z.string(),
  kind: z.enum(RESOLUTION_KINDS),
  reason: freeText(2_000).min(5),
  /** Who settled it: a seat, never an address. */
  by: PersonId,
  /** Of `keep_claim` alone. */
  proof: z.string().nullable(),
  /** Level that it stands for: claimed, shown by records, or 1 (nothing to be there) for `not_applicable`. */
  level: Level,
  /** What records said of the statement then, decibans (exists, full); contrary is what they say more than that. */
  basis: Points,
  at: z.date(),
  expires_at: z.date().nullable(),
  ended_at: z.date().nullable(),
  /** Why it ended before it expired: contrary evidence, taken back, or another one in its place. */
  ended: z.enum(RESOLUTION_ENDS).nullable(),
});
export type Resolution = z.infer<typeof Resolution>;
