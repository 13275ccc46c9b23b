import { z } from 'zod';
import { Level } from './placement.ts';

/** Why a criterion's points changed between two snapshots. */
export const CHANGE_CAUSES = [
  'behaviour',
  'configuration',
  'coverage',
  'rules',
  'statements',
  'answers',
  'age',
] as const;

const Side = z.strictObject({
  digest: z.string(),
  as_of: z.iso.datetime(),
  stage: z.int().nullable(),
  assured: z.int().nullable(),
});

/** Two snapshots beside each other: every change of points, with its cause. */
export const SnapshotChange = z.strictObject({
  before: Side,
  after: Side,
  /** Change of the sum of points (exists + full) over all criteria, by cause, decibans. */
  by_cause: z.record(z.enum(CHANGE_CAUSES), z.number()),
  criteria: z.array(
    z.strictObject({
      criterion: z.string(),
      name: z.string(),
      level_before: Level.nullable(),
      level_after: Level.nullable(),
      change: z.number(),
      lines: z.array(
        z.strictObject({ ref: z.string(), cause: z.enum(CHANGE_CAUSES), change: z.number(), text: z.string() }),
      ),
    }),
  ),
});
export type SnapshotChange = z.infer<typeof SnapshotChange>;
