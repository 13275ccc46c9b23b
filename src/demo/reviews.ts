import { type Aftermath, afterSolve } from './aftermath.ts';
import { DAY_S } from './calendar.ts';
import { saySomething } from './conversations.ts';
import { leaveQueue } from './queues.ts';
import { isUnsolved, startEdit, VIA_WEB } from './ticket-log.ts';
import type { SimTicket } from './world.ts';

const AGED_S = 7 * DAY_S;

/** Looks at old work: each case gets its weekday, so that with full care no week passes without a look. */
export function planReviews(after: Aftermath): void {
  const { agenda, random, world } = after.run;
  const reviewed = world.practices.backlog?.reviewed ?? 0;
  if (reviewed <= 0) return;
  const goThrough = (day: number): void => {
    const now = agenda.now();
    agenda.plan(now + DAY_S, () => goThrough(day + 1));
    for (const ticket of world.tickets) {
      const mine = ticket.id % 7 === day % 7 && ticket.createdAt <= now - AGED_S;
      if (mine && isUnsolved(ticket.status) && ticket.status !== 'pending' && random.chance(reviewed))
        takeUp(after, ticket);
    }
  };
  agenda.plan(world.start + AGED_S + 9 * 3600, () => goThrough(0));
}

function takeUp(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  const staff = ticket.group?.members.filter((agent) => !agent.light && agent.dropInPerWeek === null) ?? [];
  if (staff.length === 0) return;
  const agent = run.random.pick(staff);
  run.agenda.plan(agent.shift.nextOpen(run.agenda.now() + run.random.int(0, 6 * 3600)), () => {
    if (!isUnsolved(ticket.status) || ticket.status === 'pending') return;
    startEdit(run, ticket)
      .comment(agent.user, false, saySomething(run, 'review', ticket.plan.topic, agent.user))
      .commit(agent.user, VIA_WEB);
    // What lay about unseen comes back into the line; a problem record ends when its trouble does.
    if (
      ticket.type !== 'problem' &&
      ticket.status !== 'hold' &&
      !ticket.plan.queued &&
      ticket.plan.engineering !== 'waiting'
    )
      after.requeue(ticket, true);
  });
}

/** Now and then somebody solves everything old in one go, without a word to anyone. */
export function planMassCloses(after: Aftermath): void {
  const { run } = after;
  const { agenda, random, world } = run;
  const habit = world.practices.backlog?.massClose;
  if (habit === undefined || habit.perQuarter <= 0) return;
  const every = (91 * DAY_S) / habit.perQuarter;
  for (let at = world.start + every * (0.4 + 0.4 * random.next()); at < world.now; at += every)
    agenda.plan(at, () => {
      for (const ticket of world.tickets) {
        if (!isUnsolved(ticket.status) || ticket.plan.sample) continue;
        if (ticket.createdAt > agenda.now() - habit.olderThanDays * DAY_S) continue;
        leaveQueue(ticket);
        startEdit(run, ticket).status('solved').commit(world.admin, VIA_WEB);
        afterSolve(after, ticket);
      }
    });
}
