import { followingStatuses } from '../../src/demo/ticket-log.ts';
import type { SimEvent, SimTicket, Status, World } from '../../src/demo/world.ts';

const FIELD_NAMES: Readonly<Record<string, string>> = {
  status: 'status',
  priority: 'priority',
  group_id: 'group',
  assignee_id: 'assignee',
};

/** What is wrong with the log of a ticket: steps that the vendor does not allow, values that do not follow, times out of order. */
export function findFaults(world: World, ticket: SimTicket): string[] {
  const last: Record<string, unknown> = { status: 'new', priority: null, group: null, assignee: null };
  const faults: string[] = [];
  let before = { at: ticket.createdAt, id: 0 };
  for (const audit of ticket.audits) {
    if (audit.at < before.at || audit.at > world.now - 60 || audit.id <= before.id || audit.events.length === 0)
      faults.push(`audit ${audit.id} is empty or out of order`);
    before = audit;
    const deletion = audit.events.every((event) => event.kind === 'change' && event.to === 'deleted');
    if (last.status === 'closed' && !deletion) faults.push('was changed after it was closed');
    for (const event of audit.events) faults.push(...follow(last, event));
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

/** Takes one event into the values so far; gives what does not follow from them. */
function follow(last: Record<string, unknown>, event: SimEvent): string[] {
  if (event.kind !== 'change' && event.kind !== 'create') return [];
  const name = FIELD_NAMES[event.field];
  if (name === undefined) return [];
  const was = last[name];
  last[name] = event.kind === 'change' ? event.to : event.value;
  if (event.kind === 'create') return [];
  const wrong = event.from === was ? [] : [`${name} was ${was}, its log says ${event.from}`];
  const allowed = name !== 'status' || followingStatuses(event.from as Status).includes(event.to as Status);
  return allowed ? wrong : [...wrong, `${event.from} -> ${event.to}`];
}
