import type { Aftermath } from './aftermath.ts';
import { saySomething } from './conversations.ts';
import { sendToEngineering } from './engineering.ts';
import { escalateOnSight } from './escalate.ts';
import { giveBack, handBack, passOn, passRound } from './handing.ts';
import { callHelpers, callOutside } from './joining.ts';
import { joinKnownError, joinProblem } from './problems.ts';
import { ask, finish, solve } from './solving.ts';
import { happens, isUnsolved, type Run, startEdit, VIA_WEB } from './ticket-log.ts';
import type { SimAgent, SimTicket } from './world.ts';

/** What an agent does with the ticket that they took, at the moment they are done. */
export function handleTicket(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  // A rule or a tool may have ended it while the agent was reading.
  if (!isUnsolved(ticket.status)) return;
  const { plan } = ticket;
  if (plan.spam) {
    discard(run, agent, ticket);
    return;
  }
  if (plan.duplicateOf !== null && plan.duplicateOf.status !== 'closed' && plan.duplicateOf.status !== 'deleted') {
    merge(run, agent, ticket, plan.duplicateOf);
    return;
  }
  const own = agent.groups.find((group) => group === ticket.group);
  if (own !== undefined && !own.answers) {
    handBack(after, agent, ticket, own.role === 'engineering' ? 'engineering' : 'side');
    return;
  }
  if (!plan.seen) lookFirst(after, agent, ticket);
  // It may have been taken away to another team meanwhile, and waits there.
  if (plan.escalation === 'done' && plan.queued) return;
  if (giveBack(after, agent, ticket) || passRound(after, agent, ticket)) return;
  if (joinProblem(after, agent, ticket) || joinKnownError(after, agent, ticket)) return;
  workOn(after, agent, ticket);
}

function workOn(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const { plan } = ticket;
  if (run.random.chance(run.world.practices.replies.note))
    startEdit(run, ticket)
      .comment(agent.user, false, saySomething(run, 'handover', plan.topic, agent.user))
      .commit(agent.user, VIA_WEB);
  const severe = plan.severity === 'urgent' || plan.severity === 'high' || plan.bug;
  if (!plan.swarmed && severe && happens(run, run.world.practices.joining?.severe)) {
    callHelpers(after, agent, ticket);
    return;
  }
  if (plan.specialistNeeded && passOn(after, agent, ticket)) return;
  if (plan.bug && plan.engineering === 'none') sendToEngineering(after, agent, ticket);
  else if (plan.questionsLeft > 0) ask(after, agent, ticket);
  else if (plan.solutionGiven) finish(after, agent, ticket);
  else solve(after, agent, ticket);
}

/** What happens once, when a person first gets to the case. */
function lookFirst(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const { joining, routing } = run.world.practices;
  const { plan } = ticket;
  plan.seen = true;
  callOutside(run, ticket);
  if (happens(run, routing?.reassigned)) plan.passes++;
  const hard = plan.specialistNeeded || plan.bug || plan.severity === 'urgent' || plan.severity === 'high';
  if (hard && joining?.passedRound !== undefined) plan.passes += run.random.poisson(joining.passedRound);
  escalateOnSight(after, agent, ticket);
}

/** Takes the ticket on: owner, status and, for some, a corrected priority. */
export function takeOn(run: Run, agent: SimAgent, ticket: SimTicket): void {
  const { practices } = run.world;
  const edit = startEdit(run, ticket);
  const foreign = ticket.assignee !== null && ticket.assignee !== agent;
  if (
    (ticket.assignee === null && run.random.chance(practices.ownership.taken)) ||
    (foreign && !agent.onCall && run.random.chance(0.7))
  )
    edit.assignee(agent);
  if (ticket.status === 'new') edit.status('open');
  if (
    ticket.priority !== null &&
    ticket.priority !== ticket.plan.severity &&
    run.random.chance(practices.priorities.revised)
  )
    edit.priority(ticket.plan.severity);
  if (ticket.type === null && run.random.chance(practices.intake.typesUsed))
    edit.type(ticket.plan.bug ? 'incident' : 'question');
  edit.commit(agent.user, VIA_WEB);
}

function discard(run: Run, agent: SimAgent, ticket: SimTicket): void {
  ticket.deletedAt = run.agenda.now();
  ticket.deletedBy = agent.user;
  ticket.plan.version++;
  startEdit(run, ticket).status('deleted').commit(agent.user, VIA_WEB);
}

function merge(run: Run, agent: SimAgent, loser: SimTicket, winner: SimTicket): void {
  const via = { channel: 'web', rel: 'merge', from: { ticket_id: winner.id, subject: winner.subject } };
  loser.mergedInto = winner;
  loser.plan.version++;
  startEdit(run, loser)
    .comment(agent.user, false, `This request was closed and merged into request #${winner.id}.`)
    .tag('closed_by_merge')
    .assignee(loser.assignee ?? agent)
    .status('closed')
    .commit(agent.user, via);
  startEdit(run, winner)
    .comment(agent.user, false, `Request #${loser.id} was closed and merged into this request.`)
    .commit(agent.user, { channel: 'web', rel: 'merge', from: { ticket_id: loser.id, subject: loser.subject } });
}
