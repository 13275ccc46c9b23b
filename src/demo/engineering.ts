import type { Aftermath } from './aftermath.ts';
import { DAY_S } from './calendar.ts';
import { saySomething } from './conversations.ts';
import { startEdit, VIA_API, VIA_WEB } from './ticket-log.ts';
import { fillWords } from './vocabulary.ts';
import type { IssueLink, SimAgent, SimTicket } from './world.ts';

/** A defect goes to engineering in the way that this organisation has, and comes back when it is ready. */
export function sendToEngineering(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const { escalation } = run.world.practices;
  const { plan } = ticket;
  plan.engineering = 'waiting';
  plan.version++;
  const link =
    escalation.engineering !== 'chat' && run.random.chance(escalation.linked) ? linkIssue(after, ticket) : null;
  const edit = startEdit(run, ticket);
  if (escalation.engineering === 'chat') {
    // The question goes into a chat; the ticket shows nothing until somebody remembers it.
    edit.commit(agent.user, VIA_WEB);
    comeBack(after, agent, ticket, null);
    return;
  }
  if (link !== null) {
    edit.comment(
      agent.user,
      false,
      fillWords(run.world.words.texts.linked, {
        url: `https://${run.world.practices.account.subdomain}.atlassian.net/browse/${link.issueKey}`,
      }),
    );
    edit.tag(run.world.words.tags.engineering);
  } else edit.comment(agent.user, false, saySomething(run, 'handover', plan.topic, agent.user));
  edit.comment(agent.user, true, saySomething(run, 'update', plan.topic, agent.user));
  plan.answered = true;
  const engineers = run.world.groups.find((group) => group.role === 'engineering');
  if (escalation.engineering === 'group' && engineers !== undefined) {
    edit.group(engineers).assignee(null).commit(agent.user, VIA_WEB);
    after.requeue(ticket);
    return;
  }
  edit.status('hold').commit(agent.user, VIA_WEB);
  comeBack(after, agent, ticket, link);
}

function linkIssue(after: Aftermath, ticket: SimTicket): IssueLink {
  const { world, agenda, random } = after.run;
  const shared = world.issueLinks.length > 0 && random.chance(0.25) ? random.pick(world.issueLinks) : null;
  const number = 400 + world.issueLinks.length;
  const link: IssueLink = {
    id: 1200 + world.issueLinks.length,
    ticket,
    issueId: shared?.issueId ?? String(54_000 + number),
    issueKey: shared?.issueKey ?? `ENG-${number}`,
    createdAt: agenda.now(),
    updatedAt: agenda.now(),
  };
  world.issueLinks.push(link);
  return link;
}

function comeBack(after: Aftermath, agent: SimAgent, ticket: SimTicket, link: IssueLink | null): void {
  const { run } = after;
  const { escalation } = run.world.practices;
  const { plan } = ticket;
  const version = plan.version;
  const readyAt = agent.shift.nextOpen(
    run.agenda.now() + run.random.lognormal(escalation.engineeringDays * DAY_S, 0.8),
  );
  for (let day = 1; run.agenda.now() + day * DAY_S < readyAt && day < 40; day++) {
    if (!run.random.chance(escalation.updatesWhileWaiting)) continue;
    run.agenda.plan(agent.shift.nextOpen(run.agenda.now() + day * DAY_S), () => {
      if (plan.version !== version || ticket.status !== 'hold') return;
      startEdit(run, ticket)
        .comment(agent.user, true, saySomething(run, 'update', plan.topic, agent.user))
        .commit(agent.user, VIA_WEB);
    });
  }
  run.agenda.plan(readyAt, () => {
    plan.engineering = 'done';
    if (ticket.status === 'closed' || ticket.status === 'deleted') return;
    if (link !== null) link.updatedAt = run.agenda.now();
    const edit = startEdit(run, ticket);
    const engineer = run.world.agents.find((other) => other.light) ?? null;
    if (link !== null)
      edit.comment(
        engineer?.user ?? run.world.admin,
        false,
        saySomething(run, 'engineering', plan.topic, run.world.admin),
      );
    if (ticket.status === 'hold') edit.status('open');
    edit.commit(link !== null ? (engineer?.user ?? run.world.admin) : agent.user, link !== null ? VIA_API : VIA_WEB);
    after.requeue(ticket);
  });
}
