import { findRule, happens, type Run, startEdit, viaRule } from './ticket-log.ts';
import type { SimAgent, SimGroup, SimTicket } from './world.ts';

/** Gives a ticket without owner to somebody by rule, where the desk has one; null = it waits for whoever takes it. */
export function assignByRule(run: Run, ticket: SimTicket, group: SimGroup): SimAgent | null {
  const { assignment, routing } = run.world.practices;
  const rule = findRule(run.world, assignment);
  if (rule === null) return null;
  const absent = routing?.alsoAbsent !== undefined && run.random.chance(routing.alsoAbsent);
  const there = listOwners(run, group, absent);
  const pool = there.length === 0 && happens(run, routing?.ahead) ? listNext(run, group) : there;
  const owner = assignment === 'skill' ? chooseSkilled(pool, ticket) : takeTurn(group, pool);
  if (owner === null) return null;
  startEdit(run, ticket)
    .assignee(owner, rule)
    .status(ticket.status === 'new' ? 'open' : ticket.status)
    .commit(null, viaRule(rule));
  return owner;
}

/** Somebody of the group who is there, the one with the least work first among those who know the product. */
export function choosePresent(run: Run, group: SimGroup, ticket: SimTicket, except: SimAgent | null): SimAgent | null {
  return chooseSkilled(
    listOwners(run, group, false).filter((agent) => agent !== except),
    ticket,
  );
}

/** People of the group who can own a ticket: those on shift, or all where asked; who only comes by is given none where others are there. */
function listOwners(run: Run, group: SimGroup, absent: boolean): SimAgent[] {
  const now = run.agenda.now();
  const able = group.members.filter((agent) => !agent.light && !agent.onCall && (absent || agent.shift.isOpen(now)));
  const staying = able.filter((agent) => agent.dropInPerWeek === null);
  return staying.length > 0 ? staying : able;
}

/** Those who come first, when nobody is there. */
function listNext(run: Run, group: SimGroup): SimAgent[] {
  const now = run.agenda.now();
  const staff = listOwners(run, group, true).filter((agent) => agent.dropInPerWeek === null);
  const first = Math.min(...staff.map((agent) => agent.shift.nextOpen(now)));
  return staff.filter((agent) => agent.shift.nextOpen(now) <= first + SOON_S);
}

/** People who come within this time of the first one belong to the same shift, seconds. */
const SOON_S = 3600;

function chooseSkilled(pool: readonly SimAgent[], ticket: SimTicket): SimAgent | null {
  const skilled = pool.filter((agent) => agent.skills.includes(ticket.plan.topic.product));
  return (skilled.length > 0 ? skilled : pool).reduce<SimAgent | null>(
    (best, agent) => (best === null || agent.load < best.load ? agent : best),
    null,
  );
}

/** One after the other in the order of the staff list; who is away is passed over. */
function takeTurn(group: SimGroup, pool: readonly SimAgent[]): SimAgent | null {
  const next = pool.find((agent) => agent.index > group.turn) ?? pool[0] ?? null;
  if (next !== null) group.turn = next.index;
  return next;
}

/** When somebody of a desk that has priorities or owners given by hand gets to a new ticket, and who it is. */
export function planTriage(run: Run, group: SimGroup, urgent: boolean, act: (agent: SimAgent) => void): void {
  const { agents, practices } = run.world;
  const now = run.agenda.now();
  const named = agents.filter((agent) => agent.dispatcher);
  const staff = named.length > 0 ? named : group.members.filter((agent) => !agent.light && !agent.onCall);
  if (staff.length === 0) return;
  const waited = run.random.lognormal((practices.routing?.dispatchMinutes ?? 6) * 60, 0.6);
  const there = staff.filter((agent) => agent.shift.isOpen(now + waited));
  // At night what is urgent reaches whoever is on call.
  const present =
    there.length === 0 && urgent
      ? group.members.filter((agent) => agent.onCall && agent.shift.isOpen(now + waited))
      : there;
  if (present.length > 0) {
    const agent = run.random.pick(present);
    run.agenda.plan(now + waited, () => act(agent));
    return;
  }
  // Whoever comes first in the morning goes through what has arrived.
  const first = staff.reduce((best, agent) => (agent.shift.nextOpen(now) < best.shift.nextOpen(now) ? agent : best));
  run.agenda.plan(first.shift.nextOpen(now) + waited, () => act(first));
}
