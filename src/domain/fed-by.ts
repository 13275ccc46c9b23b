import { z } from 'zod';

/** Id of a model, or of something in it, in models that are not staged. */
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is written in small letters, digits and hyphens');

/** A signal as the source of a yes: P(it passes its line for "partly" (q2) or for "fully" (q3)). */
export const FedBy = z.strictObject({ id: z.string(), gate: z.enum(['q2', 'q3']) });
export type FedBy = z.infer<typeof FedBy>;
