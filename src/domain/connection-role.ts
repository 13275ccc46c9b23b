import { z } from 'zod';

/**
 * What a connection is to the workspace. A `desk` is measured. The others stand beside the desks: `engineering` is a tracker of the work that support
 * hands over, `customers` a record of customers (a CRM); their tickets are no support tickets and are in no figure. `deflection` is a file of counts of
 * self-service: it has no tickets, and what it counts is measured as what a desk shows is.
 */
const CONNECTION_ROLES = ['desk', 'engineering', 'customers', 'deflection'] as const;
export const ConnectionRole = z.enum(CONNECTION_ROLES);
export type ConnectionRole = z.infer<typeof ConnectionRole>;

/** Roles whose records are in no figure of their own. */
export const BESIDE_ROLES = ['engineering', 'customers'] as const satisfies readonly ConnectionRole[];
export type BesideRole = (typeof BESIDE_ROLES)[number];

/** Roles that an account of a vendor can have; counts of self-service come from a file. */
export const VendorRole = ConnectionRole.exclude(['deflection']);
export type VendorRole = z.infer<typeof VendorRole>;

const BESIDE: ReadonlySet<ConnectionRole> = new Set(BESIDE_ROLES);

/** Names of the connections that stand beside the desks, sorted. */
export function besideDesks(
  connections: readonly { readonly name: string; readonly role: ConnectionRole }[],
): readonly string[] {
  return connections
    .filter(({ role }) => BESIDE.has(role))
    .map(({ name }) => name)
    .toSorted();
}
