import { type Aftermath, afterQuestion, afterSolve } from './aftermath.ts';
import { DAY_S } from './calendar.ts';
import { saySomething } from './conversations.ts';
import { chooseCustomer, chooseTopic, openTicket } from './intake.ts';
import { leaveQueue } from './queues.ts';
import { happens, startEdit, VIA_API, VIA_WEB } from './ticket-log.ts';
import { listTags } from './vocabulary.ts';
import type { World } from './world.ts';

/** Tags of an alert of a numbered check. */
function nameAlert(world: World, check: number): string[] {
  const { tags } = world.words;
  return listTags(tags.alert, tags.check === null ? null : `${tags.check}${check}`);
}

/** A monitoring tool opens tickets by itself; some troubles pass before anyone looks. */
export function startMonitoring(after: Aftermath): void {
  const { run } = after;
  const { world, random, agenda } = run;
  const { monitoring } = world.practices.intake;
  const tool = world.machineUser;
  if (monitoring === null || tool === null) return;
  const alert = (): void => {
    const topic = chooseTopic(world, random);
    const ticket = openTicket(run, {
      requester: tool,
      submitter: tool,
      channel: 'api',
      topic,
      severity: random.pick(['urgent', 'high', 'normal']),
      words: 'alert',
      tags: nameAlert(world, random.int(1, 30)),
      plan: { monitoring: true },
      ...(happens(run, monitoring.typed) ? { type: 'incident' as const } : {}),
    });
    ticket.plan.questionsLeft = 0;
    if (monitoring.actedOn === undefined || random.chance(monitoring.actedOn)) after.requeue(ticket);
    if (random.chance(monitoring.selfClearing))
      agenda.plan(agenda.now() + random.lognormal(45 * 60, 0.9), () => {
        if (ticket.status !== 'new' && ticket.status !== 'open') return;
        leaveQueue(ticket);
        startEdit(run, ticket)
          .comment(tool, true, saySomething(run, 'clear', topic, tool))
          .status('solved')
          .commit(tool, VIA_API);
        afterSolve(after, ticket);
      });
    agenda.plan(agenda.now() + random.exponential((7 * DAY_S) / monitoring.perWeek), alert);
  };
  agenda.plan(world.start + random.exponential((7 * DAY_S) / monitoring.perWeek), alert);
}

/** We write first: the customer is told before they ask. */
export function planOutbound(after: Aftermath): void {
  const { run } = after;
  const { world, random, agenda } = run;
  const perWeek = world.practices.intake.proactivePerWeek;
  if (perWeek <= 0) return;
  const reach = (): void => {
    const present = world.agents.filter((agent) => !agent.light && agent.shift.isOpen(agenda.now()));
    if (present.length > 0) {
      const agent = random.pick(present);
      const customer = chooseCustomer(world, random);
      const ticket = openTicket(run, {
        requester: customer,
        submitter: agent.user,
        channel: 'web',
        topic: chooseTopic(world, random),
        severity: 'normal',
        words: 'outbound',
        tags: listTags(world.words.tags.proactive),
        plan: { outbound: true },
      });
      const edit = startEdit(run, ticket).assignee(agent);
      if (random.chance(0.35)) {
        edit.status('pending').commit(agent.user, VIA_WEB);
        afterQuestion(after, ticket);
      } else {
        edit.status('solved').commit(agent.user, VIA_WEB);
        afterSolve(after, ticket);
      }
    }
    agenda.plan(agenda.now() + random.exponential((7 * DAY_S) / perWeek), reach);
  };
  agenda.plan(world.start + random.exponential((7 * DAY_S) / perWeek), reach);
}
