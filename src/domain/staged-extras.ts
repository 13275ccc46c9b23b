import { z } from 'zod';
import { Role } from './model.ts';

/** Where the field stands by the source: shares of organisations, and the stages that we read them beside. Never mixed into a verdict. */
export const Archetypes = z.strictObject({
  source: z.string(),
  shares: z
    .array(
      z.strictObject({
        name: z.string(),
        share: z.number().gt(0).lte(1),
        stages: z.array(z.int().positive()).min(1),
      }),
    )
    .min(1),
});
export type Archetypes = z.infer<typeof Archetypes>;

/** A bias that the source states: one group of people places its organisation higher than others do. Compared, never corrected for. */
export const Perception = z.strictObject({
  source: z.string(),
  statement: z.string(),
  /** The group that is said to see too much, and by how many stages. */
  group: z.string(),
  stages_up: z.int().positive(),
  groups: z.array(z.strictObject({ id: z.string(), name: z.string(), roles: z.array(Role).min(1) })).min(2),
});
export type Perception = z.infer<typeof Perception>;

/** A figure shown beside the verdict because maturity is a means to it; from data or typed in, never part of the verdict. */
export const Outcome = z.strictObject({
  id: z.string().regex(/^[a-z][a-z_]{0,40}$/),
  name: z.string(),
  unit: z.enum(['share', 'money']),
  explanation: z.string(),
  /** Signal whose estimate is the figure, where data can show it; typed in otherwise. */
  signal: z.string().optional(),
});
export type Outcome = z.infer<typeof Outcome>;

/** An outcome that people typed in, with where it comes from and its day. */
export const TypedOutcome = z.strictObject({
  value: z.number(),
  source: z.string().min(3).max(200),
  as_of: z.iso.date(),
});
export type TypedOutcome = z.infer<typeof TypedOutcome>;

/** Areas that the source has and does not publish: users name them, at most so many. */
export const UserAreas = z.strictObject({ count: z.int().positive(), reason: z.string() });

/** What records alone may say: only which stages they are consistent with, up to a cap that is computed (docs/method.md, section 4). */
export const TelemetryCap = z.strictObject({ says: z.literal('consistent_up_to'), reason: z.string() });

/** How this model calls a stage in a sentence. */
export const StepWord = z.enum(['stage', 'tier', 'level']);
