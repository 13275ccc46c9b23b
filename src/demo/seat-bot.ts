import { type Aftermath, afterSolve } from './aftermath.ts';
import { saySomething } from './conversations.ts';
import { leaveQueue } from './queues.ts';
import { happens, startEdit, VIA_API } from './ticket-log.ts';
import type { SimTicket } from './world.ts';

/**
 * A program on an agent's seat writes the first reply within a minute, at any hour, through the interface. For the vendor it is an
 * agent: the clock of the first reply ends with it. For the people the case still waits.
 */
export function planSeatReply(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  const { seatBot } = run.world;
  const habit = run.world.practices.intake.seatBot;
  if (seatBot === null || habit === undefined || ticket.requester.machine || ticket.plan.spam) return;
  if (!happens(run, habit.firstReplies)) return;
  const solves = happens(run, habit.solves);
  run.agenda.plan(run.agenda.now() + run.random.int(10, 60), () => {
    if (ticket.status !== 'new' && ticket.status !== 'open') return;
    const edit = startEdit(run, ticket).comment(seatBot, true, saySomething(run, 'bot', ticket.plan.topic, seatBot));
    if (!solves) {
      edit.commit(seatBot, VIA_API);
      return;
    }
    leaveQueue(ticket);
    ticket.plan.answered = true;
    edit.status('solved').commit(seatBot, VIA_API);
    afterSolve(after, ticket);
  });
}
