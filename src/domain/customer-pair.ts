import { z } from 'zod';

/** A person's word that an organisation of a desk is a customer of a source of customers. It goes before every other way of finding out. */
export const CustomerPair = z.strictObject({
  /** Connections of the two records. */
  desk: z.string(),
  source: z.string(),
  organisation_id: z.string(),
  customer_id: z.string(),
});
export type CustomerPair = z.infer<typeof CustomerPair>;
