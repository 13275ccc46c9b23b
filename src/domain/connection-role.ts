import { z } from 'zod';

/**
 * What a connection is to the workspace. A `desk` is measured. The others stand beside the desks: `engineering` is a tracker of the work that support
 * hands over, `customers` a record of customers (a CRM). Their tickets are no support tickets and are in no figure.
 */
export const CONNECTION_ROLES = ['desk', 'engineering', 'customers'] as const;
export const ConnectionRole = z.enum(CONNECTION_ROLES);
export type ConnectionRole = z.infer<typeof ConnectionRole>;

/** Names of the connections that stand beside the desks, sorted. */
export function besideDesks(
  connections: readonly { readonly name: string; readonly role: ConnectionRole }[],
): readonly string[] {
  return connections
    .filter(({ role }) => role !== 'desk')
    .map(({ name }) => name)
    .toSorted();
}
