import { type Aftermath, afterSolve } from './aftermath.ts';
import { saySomething } from './conversations.ts';
import { openTicket } from './intake.ts';
import { startEdit, VIA_WEB } from './ticket-log.ts';
import type { SimAgent, SimTicket, World } from './world.ts';

/**
 * Reports of one outage are tied to one problem ticket, told once, and solved together when the trouble is over.
 * Gives false where the desk does not work so, or the ticket is no report of an outage.
 */
export function joinProblem(after: Aftermath, agent: SimAgent, ticket: SimTicket): boolean {
  const { run } = after;
  const { outage } = ticket.plan;
  if (
    !run.world.practices.escalation.problems ||
    outage === null ||
    ticket.problem !== null ||
    ticket.type === 'problem'
  )
    return false;
  const problem = findProblem(after, agent, ticket, outage);
  if (problem.status === 'solved' || problem.status === 'closed') return false;
  startEdit(run, ticket)
    .type('incident')
    .problem(problem)
    .comment(agent.user, true, saySomething(run, 'update', ticket.plan.topic, agent.user))
    .status('hold')
    .commit(agent.user, VIA_WEB);
  ticket.plan.answered = true;
  ticket.plan.version++;
  return true;
}

/** The tag that reports of one outage share, where the desk has one. */
export function nameOutage(world: World, outage: number): string[] {
  const { outage: prefix } = world.words.tags;
  return prefix === null ? [] : [`${prefix}${outage}`];
}

function findProblem(after: Aftermath, agent: SimAgent, ticket: SimTicket, outage: number): SimTicket {
  const { run } = after;
  const open = run.world.tickets.find((other) => other.type === 'problem' && other.plan.outage === outage);
  if (open !== undefined) return open;
  const problem = openTicket(run, {
    requester: agent.user,
    submitter: agent.user,
    channel: 'web',
    topic: ticket.plan.topic,
    severity: 'urgent',
    words: 'handover',
    type: 'problem',
    tags: nameOutage(run.world, outage),
    plan: { outbound: true, outage },
  });
  startEdit(run, problem).assignee(agent).status('open').commit(agent.user, VIA_WEB);
  run.agenda.plan(run.agenda.now() + run.random.lognormal(5 * 3600, 0.5), () => {
    startEdit(run, problem)
      .comment(agent.user, true, saySomething(run, 'solution', problem.plan.topic, agent.user))
      .status('solved')
      .commit(agent.user, VIA_WEB);
    afterSolve(after, problem);
    for (const incident of problem.incidents) {
      if (incident.status === 'solved' || incident.status === 'closed' || incident.status === 'deleted') continue;
      const edit = startEdit(run, incident).comment(
        agent.user,
        true,
        saySomething(run, 'solution', incident.plan.topic, agent.user),
      );
      if (incident.assignee === null) edit.assignee(agent);
      edit.status('solved').commit(agent.user, VIA_WEB);
      afterSolve(after, incident);
    }
  });
  return problem;
}
