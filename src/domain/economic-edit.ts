import { z } from 'zod';

/** A figure that the user put in the place of a cited one, or where none is cited; in the unit of the input. */
export const EconomicEdit = z
  .strictObject({
    low: z.number(),
    high: z.number(),
    source: z.string().min(3),
    year: z.int().nullable(),
  })
  .refine(({ low, high }) => low <= high, { message: 'low is above high; turn them round', path: ['low'] });
export type EconomicEdit = z.infer<typeof EconomicEdit>;
