import type { Aftermath } from './aftermath.ts';
import { saySomething } from './conversations.ts';
import { happens, isOver, type Run, startEdit, VIA_WEB } from './ticket-log.ts';
import type { Utterance } from './vocabulary.ts';
import type { SimAgent, SimTicket } from './world.ts';

/** People of other groups come to the case, note by note, while the owner keeps it and goes on when they are done. */
export function callHelpers(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const { plan } = ticket;
  const { random } = run;
  plan.swarmed = true;
  const others = run.world.agents.filter(
    (other) => other !== agent && !other.groups.some((group) => group === ticket.group),
  );
  const helpers = random.int(2, 3);
  let at = run.agenda.now();
  for (let i = 0; i < helpers && others.length > 0; i++) {
    const helper = random.pick(others);
    at = helper.shift.nextOpen(at + random.lognormal(40 * 60, 0.7));
    run.agenda.plan(at, () => leaveNote(run, helper, ticket, 'swarm'));
  }
  startEdit(run, ticket)
    .tag(run.world.words.tags.swarm)
    .comment(agent.user, true, saySomething(run, 'update', plan.topic, agent.user))
    .commit(agent.user, VIA_WEB);
  plan.answered = true;
  run.agenda.plan(at + 1800, () => {
    if (!isOver(ticket.status)) after.requeue(ticket);
  });
}

/** Somebody of a team beside support writes what they know about the case, on a share of all cases, whatever they are about. */
export function callOutside(run: Run, ticket: SimTicket): void {
  const shares = run.world.practices.joining?.outside;
  if (shares === undefined) return;
  for (const group of run.world.groups) {
    if (group.members.length === 0 || !happens(run, shares[group.key])) continue;
    const helper = run.random.pick(group.members);
    const at = helper.shift.nextOpen(run.agenda.now() + run.random.lognormal(90 * 60, 0.8));
    run.agenda.plan(at, () => leaveNote(run, helper, ticket, 'joined'));
  }
}

function leaveNote(run: Run, helper: SimAgent, ticket: SimTicket, words: Utterance): void {
  if (isOver(ticket.status)) return;
  startEdit(run, ticket)
    .comment(helper.user, false, saySomething(run, words, ticket.plan.topic, helper.user))
    .commit(helper.user, VIA_WEB);
}
