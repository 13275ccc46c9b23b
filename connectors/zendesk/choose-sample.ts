import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A ticket of the sample; times in unix seconds. */
export const Chosen = z.strictObject({
  created: z.int(),
  /** Last change that the export of tickets told. */
  changed: z.int(),
  /** Change up to which its audits were read; 0 = not yet. */
  read: z.int(),
});
export type Chosen = z.infer<typeof Chosen>;

/** Place of a ticket in the order of chance: the same in every sync and for every account. */
export function chanceOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** The `most` tickets that come first by chance, created at or after `since`: a random sample of them all, whatever was dropped before. */
export function keepChosen(
  chosen: Readonly<Record<string, Chosen>>,
  most: number,
  since: number,
): Record<string, Chosen> {
  const recent = Object.entries(chosen).filter(([, one]) => one.created >= since);
  const ranked = recent.map(([id, one]) => ({ id, one, chance: chanceOf(id) }));
  ranked.sort((a, b) => (a.chance < b.chance ? -1 : 1));
  return Object.fromEntries(ranked.slice(0, most).map(({ id, one }) => [id, one]));
}
