import type { Aftermath } from './aftermath.ts';
import { DAY_S } from './calendar.ts';
import { saySomething } from './conversations.ts';
import { leaveQueue } from './queues.ts';
import { finish } from './solving.ts';
import { type Edit, happens, isOver, isUnsolved, startEdit, VIA_API, VIA_WEB } from './ticket-log.ts';
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
  if (link !== null) noteLink(after, agent, edit, link);
  else edit.comment(agent.user, false, saySomething(run, 'handover', plan.topic, agent.user));
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

/** Links a ticket to an issue, with the note that the integration leaves. */
export function linkToIssue(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const link = linkIssue(after, ticket);
  const edit = startEdit(after.run, ticket);
  noteLink(after, agent, edit, link);
  edit.commit(agent.user, VIA_WEB);
  planNote(after, ticket);
}

function noteLink({ run }: Aftermath, agent: SimAgent, edit: Edit, link: IssueLink): void {
  const url = `https://${run.world.practices.account.subdomain}.atlassian.net/browse/${link.issueKey}`;
  edit
    .comment(agent.user, false, fillWords(run.world.words.texts.linked, { url }))
    .tag(run.world.words.tags.engineering);
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
  if (link !== null) planNote(after, ticket);
  run.agenda.plan(readyAt, () => {
    plan.engineering = 'done';
    if (isOver(ticket.status)) return;
    if (link !== null) link.updatedAt = run.agenda.now();
    if (run.world.practices.defects !== undefined) {
      conclude(after, agent, ticket);
      return;
    }
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

/** An engineer answers in the case, on as many linked cases and as soon as is the habit. */
function planNote(after: Aftermath, ticket: SimTicket): void {
  const { run } = after;
  const { defects } = run.world.practices;
  if (!happens(run, defects?.notes)) return;
  const teams = run.world.groups.filter((group) => group.role === 'engineering').flatMap((group) => group.members);
  const engineers = teams.length > 0 ? teams : run.world.agents.filter((agent) => agent.light);
  if (engineers.length === 0) return;
  const engineer = run.random.pick(engineers);
  const wait = run.random.lognormal((defects?.noteDays ?? 1) * DAY_S, 0.5);
  run.agenda.plan(engineer.shift.nextOpen(run.agenda.now() + wait), () => {
    if (isOver(ticket.status)) return;
    startEdit(run, ticket)
      .comment(engineer.user, false, saySomething(run, 'engineering', ticket.plan.topic, engineer.user))
      .commit(engineer.user, VIA_WEB);
  });
}

/** The fix is out: the customer is told, sooner or later, or the case ends without a word. */
function conclude(after: Aftermath, agent: SimAgent, ticket: SimTicket): void {
  const { run } = after;
  const { defects } = run.world.practices;
  if (!isUnsolved(ticket.status)) return;
  const told = defects?.told === undefined || run.random.chance(defects.told);
  if (!told) {
    leaveQueue(ticket);
    finish(after, agent, ticket);
    return;
  }
  const open = (): void => {
    if (!isUnsolved(ticket.status)) return;
    if (ticket.status === 'hold') startEdit(run, ticket).status('open').commit(agent.user, VIA_WEB);
    after.requeue(ticket, true);
  };
  if (defects?.toldDays === undefined) open();
  else run.agenda.plan(run.agenda.now() + run.random.lognormal(defects.toldDays * DAY_S, 0.5), open);
}
