import type { Priority } from './practices.ts';
import type { SimPolicy, SimTicket, World } from './world.ts';

/** Minutes that people aim at where no promise is written down. */
const HABIT: Record<Priority, number> = { urgent: 60, high: 240, normal: 720, low: 2160 };

/** Whether a promise for this priority counts business hours only. */
export function countsOpenHours(policy: SimPolicy, priority: Priority): boolean {
  return policy.businessHours && !(policy.urgentEveryHour && priority === 'urgent');
}

/** When the next answer is due: by the promise for this priority, else by habit, which counts the desk's hours. */
export function findDue(world: World, ticket: SimTicket, from: number): number {
  const priority = ticket.priority ?? 'normal';
  const metric = ticket.plan.answered ? 'next_reply_time' : 'first_reply_time';
  const promised = ticket.policy?.targets[metric][priority];
  if (ticket.policy !== null && promised !== undefined && !countsOpenHours(ticket.policy, priority))
    return from + promised * 60;
  return world.calendar.addOpen(from, (promised ?? HABIT[priority]) * 60);
}

/** The first policy, in order, whose conditions the ticket meets. */
export function findPolicy(world: World, ticket: SimTicket): SimPolicy | null {
  if (ticket.plan.sample || ticket.plan.monitoring) return null;
  return world.policies.find((policy) => isMeant(policy, ticket)) ?? null;
}

function isMeant(policy: SimPolicy, ticket: SimTicket): boolean {
  const { channels, topics } = policy.scope;
  if (policy.tier !== null && ticket.requester.organisation?.tier !== policy.tier) return false;
  if (channels !== undefined && !channels.some((channel) => channel === ticket.channel)) return false;
  return topics === undefined || topics.includes(ticket.plan.topic.key);
}
