import { PRIORITIES, type Priority } from './practices.ts';
import { findDue, findLeading } from './promised.ts';
import { assignByRule, choosePresent, planTriage } from './routing.ts';
import { happens, type Run, startEdit, VIA_WEB } from './ticket-log.ts';
import { isTop } from './tiers.ts';
import type { SimAgent, SimGroup, SimTicket, WorkItem } from './world.ts';

/** A reply that waits longer than this for an absent owner may be taken by a colleague, hours. */
const OWNER_PATIENCE_H = 26;

/** Puts a ticket in line and tells somebody who is free; where a person gives out work, that person comes first. */
export function enqueue(run: Run, ticket: SimTicket, work: (agent: SimAgent) => void, surely = false): void {
  const { group, plan } = ticket;
  if (plan.queued || group === null) return;
  const { practices } = run.world;
  if (!surely && happens(run, practices.backlog?.abandoned)) return;
  const dealt = practices.assignment === 'dispatch' && ticket.assignee === null;
  const triaged = practices.priorities.setBy === 'triage' && ticket.priority === null && !plan.sample;
  if (!dealt && !triaged) {
    joinLine(run, ticket, group, work);
    return;
  }
  const { version } = plan;
  planTriage(run, group, plan.severity === 'urgent', (agent) => {
    if (plan.version !== version || plan.queued || ticket.group === null) return;
    const edit = startEdit(run, ticket);
    if (triaged) edit.priority(judgePriority(run, ticket));
    const owner = dealt ? choosePresent(run, ticket.group, ticket, null) : null;
    if (owner !== null) edit.assignee(owner).status(ticket.status === 'new' ? 'open' : ticket.status);
    edit.commit(agent.user, VIA_WEB);
    joinLine(run, ticket, ticket.group, work);
  });
}

/** What a person who reads the case makes of it: mostly right. */
export function judgePriority(run: Run, ticket: SimTicket): Priority {
  return run.random.chance(0.08) ? run.random.pick(PRIORITIES) : ticket.plan.severity;
}

function joinLine(run: Run, ticket: SimTicket, group: SimGroup, work: (agent: SimAgent) => void): void {
  const { world, random } = run;
  const { practices } = world;
  const now = run.agenda.now();
  ticket.plan.queued = true;
  let owner: SimAgent | null = null;
  // Who was called at night has no line of their own by day.
  if (ticket.assignee !== null && !ticket.assignee.onCall && random.chance(practices.ownership.kept))
    owner = ticket.assignee;
  if (owner !== null && !owner.shift.isOpen(now) && random.chance(practices.ownership.handedOn)) {
    const colleague = choosePresent(run, group, ticket, owner);
    if (colleague !== null) {
      startEdit(run, ticket).assignee(colleague).commit(owner.user, { channel: 'web', rel: null });
      owner = colleague;
    }
  }
  if (owner === null && ticket.assignee === null) owner = assignByRule(run, ticket, group);
  const dueAt = findDue(world, ticket, now, findLeading(world, ticket));
  const byDue = practices.queue === 'promise' || practices.queue === 'value';
  const item: WorkItem = { ticket, since: now, lead: leadOf(run, ticket, byDue ? dueAt : now), dueAt, owner };
  group.queue.push(item);
  if (owner !== null) owner.load++;
  wake(run, ticket, group, owner, work);
}

function wake(
  run: Run,
  ticket: SimTicket,
  group: SimGroup,
  owner: SimAgent | null,
  work: (agent: SimAgent) => void,
): void {
  const now = run.agenda.now();
  const { replies } = run.world.practices;
  const away = owner !== null && !owner.shift.isOpen(now);
  const asked = (
    owner === null ? group.members : [owner, ...(away ? group.members.filter((agent) => agent.onCall) : [])]
  ).filter((agent) => agent.dropInPerWeek === null && agent.shift.isOpen(now) && isFor(agent, ticket));
  const pressing = isPressing(run, ticket);
  let free = asked.filter((agent) => agent.state === 'idle');
  // Who is on call is called.
  if (free.length === 0) free = asked.filter((agent) => agent.state === 'elsewhere' && (pressing || agent.onCall));
  if (free.length === 0) return;
  const agent = run.random.pick(free);
  agent.state = 'busy';
  agent.errand++;
  run.agenda.plan(now + run.random.lognormal(replies.noticeMinutes * 60, 0.8), () => work(agent));
}

/**
 * What comes before meetings and projects: where the promise leads the work, something urgent; where tier or severity has a head start, what
 * has the longest. A head start in a line of one's own would change nothing on a desk where people are elsewhere for most of the day.
 */
function isPressing(run: Run, ticket: SimTicket): boolean {
  const { practices } = run.world;
  const { queue, serving } = practices;
  if ((queue === 'promise' || queue === 'value') && ticket.priority === 'urgent') return true;
  return (
    ((serving?.tierLeadMinutes ?? 0) > 0 && isTop(practices, ticket.requester.organisation)) ||
    ((serving?.atRiskLeadMinutes ?? 0) > 0 && isAtRisk(run, ticket)) ||
    ((serving?.severityLeadMinutes ?? 0) > 0 && ticket.plan.severity === 'urgent')
  );
}

function isAtRisk({ world }: Run, ticket: SimTicket): boolean {
  return ticket.requester.organisation?.health === world.words.health[2];
}

/** People on call are there for urgent cases alone. */
function isFor(agent: SimAgent, ticket: SimTicket): boolean {
  return (
    !agent.onCall || ticket.priority === 'urgent' || (ticket.priority === null && ticket.plan.severity === 'urgent')
  );
}

/** What has been escalated comes earlier by this, seconds. */
const ESCALATED_LEAD_S = 4 * 3600;

/**
 * What a case is ahead of others that are due or came at `at`, seconds of the wall clock: by tier and severity, where the desk looks at them. Their
 * head starts are open time, or a night between two cases would be longer than any of them.
 */
function leadOf(run: Run, ticket: SimTicket, at: number): number {
  const { calendar, practices } = run.world;
  const { serving } = practices;
  const called = ticket.plan.escalation === 'done' ? ESCALATED_LEAD_S : 0;
  if (serving === undefined) return called;
  const grades = PRIORITIES.length - 1 - PRIORITIES.indexOf(ticket.plan.severity);
  const minutes =
    (serving.tierLeadMinutes ?? 0) * (ticket.requester.organisation?.rank ?? 0) +
    (serving.severityLeadMinutes ?? 0) * grades +
    (isAtRisk(run, ticket) ? (serving.atRiskLeadMinutes ?? 0) : 0);
  // What is due after the end of the calendar is behind everything.
  return called + (Number.isFinite(at) ? at - calendar.takeOpen(at, minutes * 60) : 0);
}

/** The next thing this agent does, by the discipline of the desk; null when nothing waits that is theirs to take. */
export function pickWork(run: Run, agent: SimAgent): WorkItem | null {
  const now = run.agenda.now();
  const wanted = nextOfAccount(run, agent, now) ?? searchLines(run, agent, chooseLines(run, agent), now);
  if (wanted !== null) dropItem(wanted);
  return wanted;
}

/** Another case of the account that this person just worked on, where the desk goes by accounts. */
function nextOfAccount(run: Run, agent: SimAgent, now: number): WorkItem | null {
  const batching = run.world.practices.serving?.batching;
  const account = agent.account;
  if (batching === undefined || account === null || !run.random.chance(batching)) return null;
  for (const group of agent.groups)
    for (const item of group.queue)
      if (item.ticket.requester.organisation === account && mayTake(run, agent, item, now)) return item;
  return null;
}

/** The lines in which this person looks, one set after the other until something is found. */
function chooseLines(run: Run, agent: SimAgent): readonly (readonly SimGroup[])[] {
  const [home, ...others] = agent.groups;
  if (agent.inside === null || home === undefined || others.length === 0) return [agent.groups];
  return run.random.chance(agent.inside) ? [[home], others] : [others, [home]];
}

function searchLines(run: Run, agent: SimAgent, lines: readonly (readonly SimGroup[])[], now: number): WorkItem | null {
  for (const groups of lines) {
    let best: WorkItem | null = null;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const group of groups) {
      const rank = chooseRanking(run, agent, group);
      for (const [index, item] of group.queue.entries()) {
        if (!mayTake(run, agent, item, now)) continue;
        const itemRank = rank(item, index);
        if (itemRank >= bestRank) continue;
        best = item;
        bestRank = itemRank;
      }
    }
    if (best !== null) return best;
  }
  return null;
}

/** Premium customers come this much earlier than their promise alone would say, seconds. */
const PREMIUM_LEAD_S = 2 * 3600;
/** People look at their own cases a little earlier than at those of nobody, seconds. */
const OWN_LEAD_S = 1800;

/** How one look at a line orders it; smaller comes first. */
function chooseRanking(run: Run, agent: SimAgent, group: SimGroup): (item: WorkItem, index: number) => number {
  const own = (item: WorkItem): number => (item.owner === agent ? OWN_LEAD_S : 0);
  const { queue } = run.world.practices;
  if (queue === 'promise') return (item) => item.dueAt - item.lead - own(item);
  if (queue === 'value')
    return (item) =>
      item.dueAt -
      item.lead -
      own(item) -
      (isTop(run.world.practices, item.ticket.requester.organisation) ? PREMIUM_LEAD_S : 0);
  if (queue === 'arrival') return (item) => item.since - item.lead - own(item);
  if (run.random.chance(0.6)) return (_item, index) => -index;
  const dug = run.random.int(0, Math.max(0, group.queue.length - 1));
  return (_item, index) => Math.abs(index - dug);
}

function mayTake(run: Run, agent: SimAgent, item: WorkItem, now: number): boolean {
  const patience = run.world.practices.ownership.patienceHours ?? OWNER_PATIENCE_H;
  if (!isFor(agent, item.ticket)) return false;
  if (item.owner === null || item.owner === agent) return true;
  return !item.owner.shift.isOpen(now) && (agent.onCall || now - item.since > patience * 3600);
}

/** Takes an item out of its line, for example because the ticket was solved without anyone's work. */
function dropItem(item: WorkItem): void {
  const queue = item.ticket.group?.queue;
  const index = queue?.indexOf(item) ?? -1;
  if (index >= 0) queue?.splice(index, 1);
  if (item.owner !== null) item.owner.load--;
  item.ticket.plan.queued = false;
}

export function leaveQueue(ticket: SimTicket): void {
  const item = ticket.group?.queue.find((entry) => entry.ticket === ticket);
  if (item !== undefined) dropItem(item);
}
