import type { Status, World } from './world.ts';

/** Ids of the built-in statuses. */
export const STATUS_IDS: Readonly<Record<Exclude<Status, 'closed' | 'deleted'>, number>> = {
  new: 4_044_356,
  open: 4_044_376,
  pending: 4_044_396,
  hold: 4_044_416,
  solved: 4_044_436,
};

/** Labels of the desk's own for an escalated ticket, one in each category that it can be in: the label leaves the category as it is. */
export const ESCALATED_IDS = { open: 4_044_456, pending: 4_044_476, hold: 4_044_496 } as const;

/** Whether the desk marks escalations by a status of its own. */
export function hasEscalatedStatus(world: Pick<World, 'practices' | 'words'>): boolean {
  return world.practices.escalating !== undefined && world.words.escalation.as === 'status';
}

/** The vendor's id of what a ticket's status is now; a closed ticket keeps that of solved. */
export function showStatusId(status: Status, escalated: boolean): number {
  if (status === 'closed' || status === 'deleted') return STATUS_IDS.solved;
  return escalated && status in ESCALATED_IDS
    ? ESCALATED_IDS[status as keyof typeof ESCALATED_IDS]
    : STATUS_IDS[status];
}
