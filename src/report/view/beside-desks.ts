import type { ConnectionRole } from '../../domain/connection-role.ts';
import type { Observability, StreamName } from '../../domain/observability.ts';
import { counted } from '../numbers.ts';

const READ_FOR: Readonly<Record<Exclude<ConnectionRole, 'desk'>, { stream: StreamName; what: string }>> = {
  engineering: { stream: 'tickets', what: 'ticket' },
  customers: { stream: 'organisations', what: 'organisation' },
};

/** One sentence on a source that stands beside the desks: what was read of it. Empty for a desk. */
export function tellBeside(
  { name, role }: { readonly name: string; readonly role: ConnectionRole },
  observed: readonly Observability[],
): string {
  if (role === 'desk') return '';
  const { stream, what } = READ_FOR[role];
  const row = observed.find((one) => one.connection === name && one.stream === stream);
  const read =
    row === undefined
      ? 'nothing was read of it yet'
      : row.status === 'available'
        ? `${counted(row.rows, what)} read`
        : `its ${stream} cannot be seen (${row.detail ?? row.status})`;
  return `${name} stands beside the desks (${role}): ${read}; it is in no figure of its own.`;
}
