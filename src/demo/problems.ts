import { type Aftermath, afterSolve } from './aftermath.ts';
import { DAY_S } from './calendar.ts';
import { saySomething } from './conversations.ts';
import { linkToIssue } from './engineering.ts';
import { openTicket } from './intake.ts';
import { happens, isUnsolved, startEdit, VIA_WEB } from './ticket-log.ts';
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
    ticket.type === 'problem' ||
    staysApart(after, ticket)
  )
    return false;
  const problem = findProblem(after, agent, ticket, outage);
  if (problem.status === 'solved' || problem.status === 'closed') return false;
  attach(after, agent, ticket, problem);
  return true;
}

function attach(after: Aftermath, agent: SimAgent, ticket: SimTicket, problem: SimTicket): void {
  const { run } = after;
  startEdit(run, ticket)
    .type('incident')
    .problem(problem)
    .comment(agent.user, true, saySomething(run, 'update', ticket.plan.topic, agent.user))
    .status('hold')
    .commit(agent.user, VIA_WEB);
  ticket.plan.answered = true;
  ticket.plan.version++;
}

/** Whether this report is worked on alone although others hang together; drawn once. */
function staysApart(after: Aftermath, ticket: SimTicket): boolean {
  const { run } = after;
  const { plan } = ticket;
  const share = run.world.practices.defects?.reportsAttached;
  if (share !== undefined && plan.apart === null) plan.apart = !run.random.chance(share);
  return plan.apart === true;
}

/**
 * A defect that others have met before hangs on the record of its topic, waits there and is solved with it. False where the desk does
 * not work so, or this one is kept alone.
 */
export function joinKnownError(after: Aftermath, agent: SimAgent, ticket: SimTicket): boolean {
  const { run } = after;
  const { plan } = ticket;
  const { defects, escalation } = run.world.practices;
  if (!plan.bug || plan.engineering !== 'none' || ticket.problem !== null || ticket.type === 'problem') return false;
  if (!happens(run, defects?.onProblems)) return false;
  const known = run.knownErrors.get(plan.topic.key);
  const problem =
    known !== undefined && isUnsolved(known.status) ? known : openProblem(after, agent, ticket, null, KNOWN_ERROR_DAYS);
  if (problem !== known) {
    run.knownErrors.set(plan.topic.key, problem);
    if (escalation.engineering !== 'chat' && run.random.chance(escalation.linked)) linkToIssue(after, agent, problem);
  }
  attach(after, agent, ticket, problem);
  plan.engineering = 'done';
  return true;
}

/** Median days until a known error is corrected. */
const KNOWN_ERROR_DAYS = 12;

/** The tag that reports of one outage share, where the desk has one. */
export function nameOutage(world: World, outage: number): string[] {
  const { outage: prefix } = world.words.tags;
  return prefix === null ? [] : [`${prefix}${outage}`];
}

function findProblem(after: Aftermath, agent: SimAgent, ticket: SimTicket, outage: number): SimTicket {
  const { run } = after;
  const open = run.world.tickets.find((other) => other.type === 'problem' && other.plan.outage === outage);
  return open ?? openProblem(after, agent, ticket, outage, null);
}

/** Opens a problem record; it is solved after so many days, an outage after some hours, and its incidents with it. */
function openProblem(
  after: Aftermath,
  agent: SimAgent,
  ticket: SimTicket,
  outage: number | null,
  days: number | null,
): SimTicket {
  const { run } = after;
  const problem = openTicket(run, {
    requester: agent.user,
    submitter: agent.user,
    channel: 'web',
    topic: ticket.plan.topic,
    severity: 'urgent',
    words: 'handover',
    type: 'problem',
    tags: outage === null ? [] : nameOutage(run.world, outage),
    plan: { outbound: true, outage },
  });
  startEdit(run, problem).assignee(agent).status('open').commit(agent.user, VIA_WEB);
  const lasts = run.random.lognormal(days === null ? 5 * 3600 : days * DAY_S, 0.5);
  run.agenda.plan(run.agenda.now() + lasts, () => {
    // Somebody may have ended the record with other work; what hangs on it still ends when the trouble is over.
    if (isUnsolved(problem.status)) {
      startEdit(run, problem)
        .comment(agent.user, true, saySomething(run, 'solution', problem.plan.topic, agent.user))
        .status('solved')
        .commit(agent.user, VIA_WEB);
      afterSolve(after, problem);
    }
    for (const incident of problem.incidents) {
      if (incident.status === 'solved' || incident.status === 'closed' || incident.status === 'deleted') continue;
      const edit = startEdit(run, incident);
      const told = run.world.practices.defects?.toldOnProblems;
      if (told === undefined || run.random.chance(told))
        edit.comment(agent.user, true, saySomething(run, 'solution', incident.plan.topic, agent.user));
      if (incident.assignee === null) edit.assignee(agent);
      edit.status('solved').commit(agent.user, VIA_WEB);
      afterSolve(after, incident);
    }
  });
  return problem;
}
