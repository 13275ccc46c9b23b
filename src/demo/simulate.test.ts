import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDesk, DESK_NAMES, findPractices } from './desks.ts';
import { showAudit } from './export-events.ts';
import { PRIORITIES } from './practices.ts';
import { followingStatuses } from './ticket-log.ts';
import type { SimTicket, Status, World } from './world.ts';

const worlds = new Map<string, World>();
beforeAll(() => {
  for (const name of DESK_NAMES) worlds.set(name, buildDesk(name));
});

function take(name: string): World {
  const world = worlds.get(name);
  if (world === undefined) throw new Error(`no desk ${name}`);
  return world;
}

function digest(world: World): string {
  const hash = createHash('sha256');
  for (const ticket of world.tickets)
    for (const audit of ticket.audits) hash.update(JSON.stringify(showAudit(ticket, audit)));
  return hash.digest('hex');
}

/** Seconds of business time that customers waited for the first answer, by the priority at that moment. */
function firstWaits(world: World): Record<string, number[]> {
  const waits: Record<string, number[]> = {};
  for (const ticket of world.tickets) {
    if (ticket.submitter.role !== 'end-user' || ticket.submitter.machine || ticket.plan.bot) continue;
    const reply = ticket.audits.find(
      (audit) =>
        audit.author !== null &&
        audit.author.role !== 'end-user' &&
        audit.events.some((event) => event.kind === 'comment' && event.public),
    );
    if (reply === undefined) continue;
    const key = ticket.priority ?? 'none';
    waits[key] = [...(waits[key] ?? []), world.calendar.openBetween(ticket.createdAt, reply.at)];
  }
  return waits;
}

function median(values: readonly number[] | undefined): number {
  const sorted = [...(values ?? [])].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

describe.each(DESK_NAMES)('desk %s', (name) => {
  it('has the history that a demonstration needs', () => {
    const world = take(name);
    expect(world.tickets.length).toBeGreaterThanOrEqual(3000);
    expect(world.tickets.length).toBeLessThanOrEqual(6000);
    const days = (world.now - (world.tickets[0]?.createdAt ?? 0)) / 86_400;
    expect(days).toBeGreaterThanOrEqual(120);
    expect(days).toBeLessThanOrEqual(200);
  });

  it('keeps logs that add up to the tickets', () => {
    const wrong = take(name).tickets.filter(
      (ticket) => JSON.stringify(replay(ticket)) !== JSON.stringify(shape(ticket)),
    );
    expect(wrong.map((ticket) => ticket.id)).toEqual([]);
  });

  it('orders the log of each ticket by time and id, after its creation and before now', () => {
    const world = take(name);
    const wrong = world.tickets.filter((ticket) => {
      const times = [ticket.createdAt, ...ticket.audits.map((audit) => audit.at), world.now - 60];
      const ids = [0, ...ticket.audits.map((audit) => audit.id)];
      const ordered = times.every((at, index) => at >= (times[index - 1] ?? 0));
      const rising = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0));
      return !ordered || !rising || ticket.audits.some((audit) => audit.events.length === 0);
    });
    expect(wrong.map((ticket) => ticket.id)).toEqual([]);
  });
});

const FIELD_NAMES: Readonly<Record<string, string>> = {
  status: 'status',
  priority: 'priority',
  group_id: 'group',
  assignee_id: 'assignee',
};

/** Final values as the log alone tells them; throws on a step that the vendor does not allow. */
function replay(ticket: SimTicket): Record<string, unknown> {
  const last: Record<string, unknown> = { status: 'new', priority: null, group: null, assignee: null };
  for (const audit of ticket.audits) {
    const deletion = audit.events.every((event) => event.kind === 'change' && event.to === 'deleted');
    if (last.status === 'closed' && !deletion) throw new Error(`closed ticket ${ticket.id} was changed`);
    for (const event of audit.events) {
      if (event.kind !== 'change' && event.kind !== 'create') continue;
      const name = FIELD_NAMES[event.field];
      if (name === undefined) continue;
      if (event.kind === 'change') checkStep(ticket, name, last[name], event.from, event.to);
      last[name] = event.kind === 'change' ? event.to : event.value;
    }
  }
  return last;
}

function checkStep(ticket: SimTicket, name: string, was: unknown, from: unknown, to: unknown): void {
  if (from !== was) throw new Error(`ticket ${ticket.id}: ${name} was ${was}, its log says ${from}`);
  if (name === 'status' && !followingStatuses(from as Status).includes(to as Status))
    throw new Error(`ticket ${ticket.id}: ${from} -> ${to}`);
}

function shape(ticket: SimTicket): Record<string, unknown> {
  return {
    status: ticket.status,
    priority: ticket.priority,
    group: ticket.group === null ? null : String(ticket.group.id),
    assignee: ticket.assignee?.user.id ?? null,
  };
}

describe('buildDesk', () => {
  it('gives the same desk from the same seed and another from another', () => {
    const known = digest(take('harbor'));
    expect(digest(buildDesk('harbor'))).toBe(known);
    expect(digest(buildDesk('harbor', '2'))).not.toBe(known);
  });
});

describe('practices show in what is recorded', () => {
  it('a desk that honours priorities answers urgent tickets much sooner than low ones', () => {
    const waits = firstWaits(take('harbor'));
    expect(PRIORITIES.every((priority) => (waits[priority]?.length ?? 0) >= 100)).toBe(true);
    expect(median(waits.low) / median(waits.urgent)).toBeGreaterThan(2);
    expect(median(waits.low)).toBeGreaterThan(median(waits.normal));
  });

  it('a desk where priority is a label answers all alike', () => {
    const waits = firstWaits(take('says-five-is-two'));
    expect(PRIORITIES.every((priority) => (waits[priority]?.length ?? 0) >= 100)).toBe(true);
    const medians = PRIORITIES.map((priority) => median(waits[priority]));
    expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.35);
  });

  it('a mailbox has no priorities, no macros, many one-off repliers and cases that rot', () => {
    const world = take('monitored-mailbox');
    expect(world.tickets.every((ticket) => ticket.priority === null)).toBe(true);
    expect(world.macros).toEqual([]);
    const monthAgo = world.now - 30 * 86_400;
    const rotting = world.tickets.filter(
      (ticket) => ticket.createdAt < monthAgo && followingStatuses(ticket.status).length > 2,
    );
    expect(rotting.length / world.tickets.length).toBeGreaterThan(0.2);
    const machine = world.tickets.filter((ticket) => ticket.submitter.machine);
    expect(machine.length / world.tickets.length).toBeGreaterThan(0.2);
  });

  it('a desk that follows the sun answers at night as by day', () => {
    const world = take('sleepless');
    const night: number[] = [];
    const day: number[] = [];
    for (const ticket of world.tickets) {
      if (ticket.submitter.role !== 'end-user' || ticket.submitter.machine || ticket.plan.bot) continue;
      const reply = ticket.audits.find((audit) => audit.author !== null && audit.author.role !== 'end-user');
      if (reply === undefined) continue;
      const hour = new Date(ticket.createdAt * 1000).getUTCHours();
      (hour < 7 ? night : day).push(reply.at - ticket.createdAt);
    }
    expect(night.length).toBeGreaterThan(300);
    expect(median(night) / median(day)).toBeLessThan(3);
  });

  it('only the desk that swarms and ties outages together shows notes of several groups and problem tickets', () => {
    const swarming = (name: string): number =>
      take(name).tickets.filter((ticket) => ticket.tags.includes('swarm')).length;
    expect(swarming('sleepless')).toBeGreaterThan(200);
    expect(swarming('says-five-is-two')).toBe(0);
    expect(take('sleepless').tickets.filter((ticket) => ticket.problem !== null).length).toBeGreaterThan(20);
    expect(take('harbor').tickets.every((ticket) => ticket.problem === null)).toBe(true);
  });
});

describe('findPractices', () => {
  it('names the desks there are', () => {
    expect(() => findPractices('nowhere')).toThrow(/no simulated desk 'nowhere'/);
  });
});
