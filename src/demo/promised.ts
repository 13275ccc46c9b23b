import type { Priority } from './practices.ts';
import type { SimPolicy, SimTicket, World } from './world.ts';

/** Minutes that people aim at where no promise is written down. */
const HABIT: Record<Priority, number> = { urgent: 60, high: 240, normal: 720, low: 2160 };

/** Whether a promise for this priority counts business hours only. */
export function countsOpenHours(policy: SimPolicy, priority: Priority): boolean {
  return policy.businessHours && !(policy.urgentEveryHour && priority === 'urgent');
}

/** When the next answer is due: by the promise for this priority, else by habit, which counts the desk's hours. */
export function findDue(world: World, ticket: SimTicket, from: number, policy = ticket.policy): number {
  const priority = ticket.priority ?? 'normal';
  const metric = ticket.plan.answered ? 'next_reply_time' : 'first_reply_time';
  const promised = policy?.targets[metric][priority];
  if (policy !== null && promised !== undefined && !countsOpenHours(policy, priority)) return from + promised * 60;
  return world.calendar.addOpen(from, (promised ?? HABIT[priority]) * 60);
}

/** The first policy, in order, whose conditions the ticket meets. */
export function findPolicy(world: World, ticket: SimTicket): SimPolicy | null {
  if (ticket.plan.sample || ticket.plan.monitoring) return null;
  return world.policies.find((policy) => isMeant(policy, ticket)) ?? null;
}

/** The promise by which people sort their line: the ticket's own, or that to everyone where plans are paper. */
export function findLeading(world: World, ticket: SimTicket): SimPolicy | null {
  if (world.practices.serving?.plansOnPaper !== true || ticket.policy === null) return ticket.policy;
  return world.policies.find((policy) => policy.tier === null && isMeant(policy, ticket)) ?? ticket.policy;
}

function isMeant(policy: SimPolicy, ticket: SimTicket): boolean {
  const { channels, topics } = policy.scope;
  if (policy.tier !== null && ticket.requester.organisation?.tier !== policy.tier) return false;
  if (channels !== undefined && !channels.some((channel) => channel === ticket.channel)) return false;
  return topics === undefined || topics.includes(ticket.plan.topic.key);
}
