import type { Priority } from './practices.ts';
import { findRule, type Run, startEdit, viaRule } from './ticket-log.ts';
import type { SimAgent, SimGroup, SimTicket, WorkItem } from './world.ts';

/** Minutes that people aim at where no promise is written down. */
const HABIT: Record<Priority, number> = { urgent: 60, high: 240, normal: 720, low: 2160 };
/** A reply that waits longer than this for an absent owner may be taken by a colleague, seconds. */
const OWNER_PATIENCE_S = 26 * 3600;

/** Puts a ticket in line and tells somebody who is free. */
export function enqueue(run: Run, ticket: SimTicket, work: (agent: SimAgent) => void): void {
  if (ticket.plan.queued || ticket.group === null) return;
  const { world, random } = run;
  const { practices } = world;
  const now = run.agenda.now();
  ticket.plan.queued = true;
  let owner: SimAgent | null = null;
  if (ticket.assignee !== null && random.chance(practices.ownership.kept)) owner = ticket.assignee;
  if (owner !== null && !owner.shift.isOpen(now) && random.chance(practices.ownership.handedOn)) {
    const colleague = choosePresent(run, ticket.group, ticket, owner);
    if (colleague !== null) {
      startEdit(run, ticket).assignee(colleague).commit(owner.user, { channel: 'web', rel: null });
      owner = colleague;
    }
  }
  if (owner === null && practices.assignment === 'skill' && ticket.assignee === null) {
    owner = choosePresent(run, ticket.group, ticket, null);
    const rule = findRule(world, 'skill');
    if (owner !== null && rule !== null)
      startEdit(run, ticket)
        .assignee(owner, rule)
        .status(ticket.status === 'new' ? 'open' : ticket.status)
        .commit(null, viaRule(rule));
  }
  const item: WorkItem = { ticket, since: now, dueAt: setDue(run, ticket), owner };
  ticket.group.queue.push(item);
  if (owner !== null) owner.load++;
  wake(run, ticket, ticket.group, owner, work);
}

function wake(
  run: Run,
  ticket: SimTicket,
  group: SimGroup,
  owner: SimAgent | null,
  work: (agent: SimAgent) => void,
): void {
  const now = run.agenda.now();
  const { queue, replies } = run.world.practices;
  const asked = (owner === null ? group.members : [owner]).filter(
    (agent) => agent.dropInPerWeek === null && agent.shift.isOpen(now),
  );
  // Where the promise leads the work, something urgent comes before meetings and projects.
  const pressing = (queue === 'promise' || queue === 'value') && ticket.priority === 'urgent';
  let free = asked.filter((agent) => agent.state === 'idle');
  if (free.length === 0 && pressing) free = asked.filter((agent) => agent.state === 'elsewhere');
  if (free.length === 0) return;
  const agent = run.random.pick(free);
  agent.state = 'busy';
  agent.errand++;
  run.agenda.plan(now + run.random.lognormal(replies.noticeMinutes * 60, 0.8), () => work(agent));
}

function choosePresent(run: Run, group: SimGroup, ticket: SimTicket, except: SimAgent | null): SimAgent | null {
  const now = run.agenda.now();
  const present = group.members.filter((agent) => agent !== except && !agent.light && agent.shift.isOpen(now));
  const skilled = present.filter((agent) => agent.skills.includes(ticket.plan.topic.product));
  const pool = skilled.length > 0 ? skilled : present;
  return pool.reduce<SimAgent | null>((best, agent) => (best === null || agent.load < best.load ? agent : best), null);
}

/** When the next answer is due: by the promise for this priority, else by habit. */
function setDue(run: Run, ticket: SimTicket): number {
  const { world } = run;
  const priority = ticket.priority ?? 'normal';
  const metric = ticket.plan.answered ? 'next_reply_time' : 'first_reply_time';
  const minutes = ticket.policy?.targets[metric][priority] ?? HABIT[priority];
  return world.calendar.addOpen(run.agenda.now(), minutes * 60);
}

/** The next thing this agent does, by the discipline of the desk; null when nothing waits that is theirs to take. */
export function pickWork(run: Run, agent: SimAgent): WorkItem | null {
  const now = run.agenda.now();
  let best: WorkItem | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const group of agent.groups) {
    const rank = chooseRanking(run, agent, group);
    for (const [index, item] of group.queue.entries()) {
      if (!mayTake(agent, item, now)) continue;
      const itemRank = rank(item, index);
      if (itemRank >= bestRank) continue;
      best = item;
      bestRank = itemRank;
    }
  }
  if (best !== null) dropItem(best);
  return best;
}

/** Premium customers come this much earlier than their promise alone would say, seconds. */
const PREMIUM_LEAD_S = 2 * 3600;
/** People look at their own cases a little earlier than at those of nobody, seconds. */
const OWN_LEAD_S = 1800;

/** How one look at a line orders it; smaller comes first. */
function chooseRanking(run: Run, agent: SimAgent, group: SimGroup): (item: WorkItem, index: number) => number {
  const own = (item: WorkItem): number => (item.owner === agent ? OWN_LEAD_S : 0);
  const { queue } = run.world.practices;
  if (queue === 'promise') return (item) => item.dueAt - own(item);
  if (queue === 'value')
    return (item) => item.dueAt - own(item) - (item.ticket.tags.includes('premium') ? PREMIUM_LEAD_S : 0);
  if (queue === 'arrival') return (item) => item.since - own(item);
  if (run.random.chance(0.6)) return (_item, index) => -index;
  const dug = run.random.int(0, Math.max(0, group.queue.length - 1));
  return (_item, index) => Math.abs(index - dug);
}

function mayTake(agent: SimAgent, item: WorkItem, now: number): boolean {
  if (item.owner === null || item.owner === agent) return true;
  return now - item.since > OWNER_PATIENCE_S && !item.owner.shift.isOpen(now);
}

/** Takes an item out of its line, for example because the ticket was solved without anyone's work. */
export function dropItem(item: WorkItem): void {
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
