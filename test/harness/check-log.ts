import { followingStatuses } from '../../src/demo/ticket-log.ts';
import type { SimTicket, Status, World } from '../../src/demo/world.ts';

const FIELD_NAMES: Readonly<Record<string, string>> = {
  status: 'status',
  priority: 'priority',
  group_id: 'group',
  assignee_id: 'assignee',
};

/** What is wrong with the log of a ticket: steps that the vendor does not allow, values that do not follow, times out of order. */
export function findFaults(world: World, ticket: SimTicket): string[] {
  const faults: string[] = [];
  const last: Record<string, unknown> = { status: 'new', priority: null, group: null, assignee: null };
  let at = ticket.createdAt;
  let id = 0;
  for (const audit of ticket.audits) {
    if (audit.at < at || audit.at > world.now - 60 || audit.id <= id) faults.push(`audit ${audit.id} is out of order`);
    if (audit.events.length === 0) faults.push(`audit ${audit.id} is empty`);
    at = audit.at;
    id = audit.id;
    const deletion = audit.events.every((event) => event.kind === 'change' && event.to === 'deleted');
    if (last.status === 'closed' && !deletion) faults.push('was changed after it was closed');
    for (const event of audit.events) {
      if (event.kind !== 'change' && event.kind !== 'create') continue;
      const name = FIELD_NAMES[event.field];
      if (name === undefined) continue;
      if (event.kind === 'change' && event.from !== last[name])
        faults.push(`${name} was ${last[name]}, its log says ${event.from}`);
      if (
        event.kind === 'change' &&
        name === 'status' &&
        !followingStatuses(event.from as Status).includes(event.to as Status)
      )
        faults.push(`${event.from} -> ${event.to}`);
      last[name] = event.kind === 'change' ? event.to : event.value;
    }
  }
  const now = {
    status: ticket.status,
    priority: ticket.priority,
    group: ticket.group === null ? null : String(ticket.group.id),
    assignee: ticket.assignee?.user.id ?? null,
  };
  if (JSON.stringify(last) !== JSON.stringify(now)) faults.push(`its log ends at ${JSON.stringify(last)}`);
  return faults.map((fault) => `ticket ${ticket.id}: ${fault}`);
}
