import { z } from 'zod';

/** Where a figure lies. A figure that is known exactly has equal ends; one that is assumed never has. */
export const Range = z.strictObject({ low: z.number(), high: z.number() });
export type Range = z.infer<typeof Range>;
