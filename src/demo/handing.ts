import type { Aftermath } from './aftermath.ts';
import { saySomething } from './conversations.ts';
import { callHelpers } from './joining.ts';
import { choosePresent } from './routing.ts';
import { happens, startEdit, VIA_WEB } from './ticket-log.ts';
import { isTop } from './tiers.ts';
import type { SimAgent, SimGroup, SimTicket, World } from './world.ts';

/** Cases that change hands: to the next line and back, to a colleague, from a department that gives its answer by a note. */

export function handBack(after: Aftermath, agent: SimAgent, ticket: SimTicket, words: 'side' | 'engineering'): void {
  const { run } = after;
  const front = homeGroup(run.world, ticket);
  if (words === 'engineering') ticket.plan.engineering = 'done';
  const edit = startEdit(run, ticket).comment(
    agent.user,
    false,
    saySomething(run, words, ticket.plan.topic, agent.user),
  );
  if (front !== null) edit.group(front);
  edit.assignee(null).commit(agent.user, VIA_WEB);
  after.requeue(ticket);
}

function homeGroup(world: World, ticket: SimTicket): SimGroup | null {
  const wanted = isTop(world.practices, ticket.requester.organisation) ? 'premium' : 'front';
  return (
    world.groups.find((group) => group.role === wanted) ?? world.groups.find((group) => group.role === 'front') ?? null
  );
}

/** Hard cases go to people who know more: they come to the case, or the case goes to them. False = nobody to ask. */
export function passOn(after: Aftermath, agent: SimAgent, ticket: SimTicket): boolean {
  const { run } = after;
  const { plan } = ticket;
  const specialists = run.world.groups.find((group) => group.role === 'specialist' && group !== ticket.group);
  if (!plan.swarmed && run.random.chance(run.world.practices.escalation.swarm)) {
    plan.specialistNeeded = false;
    callHelpers(after, agent, ticket);
    return true;
  }
  plan.specialistNeeded = false;
  if (specialists === undefined) return false;
  startEdit(run, ticket)
    .comment(agent.user, false, saySomething(run, 'handover', plan.topic, agent.user))
    .group(specialists)
    .assignee(null)
    .commit(agent.user, VIA_WEB);
  after.requeue(ticket);
  return true;
}

/** The second line sends some of what it gets down again, unsolved. */
export function giveBack(after: Aftermath, agent: SimAgent, ticket: SimTicket): boolean {
  const { run } = after;
  const { plan } = ticket;
  if (ticket.group?.role !== 'specialist' || plan.returned || !agent.groups.includes(ticket.group)) return false;
  plan.returned = true;
  if (!happens(run, run.world.practices.routing?.returned)) return false;
  handBack(after, agent, ticket, 'side');
  return true;
}

/** The case goes to a colleague of the same group. False = there is none. */
export function passRound(after: Aftermath, agent: SimAgent, ticket: SimTicket): boolean {
  const { run } = after;
  const { group, plan } = ticket;
  if (plan.passes <= 0 || group === null) return false;
  plan.passes--;
  const others = group.members.filter((member) => member !== agent && !member.light && member.dropInPerWeek === null);
  if (others.length === 0) return false;
  const colleague = choosePresent(run, group, ticket, agent) ?? run.random.pick(others);
  startEdit(run, ticket)
    .comment(agent.user, false, saySomething(run, 'handover', plan.topic, agent.user))
    .assignee(colleague)
    .commit(agent.user, VIA_WEB);
  after.requeue(ticket);
  return true;
}
