import { z } from 'zod';
import { TEAM_PURPOSES } from '../domain/telemetry.ts';

/** An id as people type it into a settings file; a number is taken as its digits. */
export const TypedId = z.union([z.string().min(1), z.int()]).transform(String);

/** Fields that carry a code, by what they tell. Their values are kept in clear. */
export const CodeFields = z.strictObject({
  product: z.string().optional(),
  category: z.string().optional(),
  severity: z.string().optional(),
  cause: z.string().optional(),
});

/** What teams are for, by their id. */
export const TeamPurposes = z.record(z.string(), z.enum(TEAM_PURPOSES)).default({});

/** Line of support by the id of a team. */
export const TeamLines = z.record(z.string(), z.int().min(1).max(9)).default({});

/** Tags that are kept in clear: exact, or a beginning that ends in `*`. */
export const ClearTags = z.array(z.string().min(1)).default(['escalat*']);
