import { describe, expect, it } from 'vitest';
import { onDays, WEEKDAYS } from './calendar.ts';
import { findPractices } from './desks.ts';
import type { EscalationHabit } from './habits.ts';
import type { Practices } from './practices.ts';
import { simulateDesk } from './simulate.ts';
import type { SimAudit, SimTicket, World } from './world.ts';

/** A small desk with one line, a second line and time enough: what a habit does to it is easy to see. */
const PLAIN: Practices = {
  ...findPractices('harbor'),
  key: 'plain',
  historyDays: 84,
  arrivals: { ...findPractices('harbor').arrivals, perWeek: 90, outagesPerMonth: 0 },
  crews: [
    { groups: ['front'], count: 5, zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 8, 18), skills: [], attention: 0.3 },
    { groups: ['tier2'], count: 2, zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 8, 18), skills: [], attention: 0.3 },
    { groups: ['billing'], count: 1, zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 8, 18), skills: [], attention: 0.3 },
  ],
}; // biome-ignore format: three crews alike

const live = (more: Partial<Practices>): World => simulateDesk({ ...PLAIN, ...more }, '1');

/** Tickets of customers, none of them spam, doubles or other people's work, and old enough for what was to happen. */
function customersOf(world: World, ageDays = 10): SimTicket[] {
  return world.tickets.filter(
    ({ plan, createdAt }) =>
      !plan.spam &&
      plan.duplicateOf === null &&
      !plan.bot &&
      !plan.monitoring &&
      !plan.outbound &&
      !plan.sample &&
      createdAt < world.now - ageDays * 86_400,
  );
}

const share = <T>(rows: readonly T[], test: (row: T) => boolean): number => rows.filter(test).length / rows.length;

/** Four standard errors of a share. */
const room = (p: number, n: number): number => 4 * Math.sqrt((p * (1 - p)) / n) + 0.5 / n;

function near(found: number, asked: number, n: number): void {
  expect(n).toBeGreaterThan(30);
  expect(found).toBeGreaterThanOrEqual(asked - room(asked, n));
  expect(found).toBeLessThanOrEqual(asked + room(asked, n));
}

const isHard = ({ plan }: SimTicket): boolean => plan.severity === 'urgent' || plan.severity === 'high';

describe('escalations', () => {
  const habit: EscalationHabit = {
    share: 0.6,
    by: { agent: 1 },
    marked: 1,
    moves: 0,
    reason: 0.7,
    owner: 0,
    early: 1,
    together: 0,
  };
  const hasMark = (audit: SimAudit): boolean =>
    audit.events.some(
      (event) =>
        event.kind === 'change' &&
        Array.isArray(event.to) &&
        event.to.includes('escalated') &&
        Array.isArray(event.from) &&
        !event.from.includes('escalated'),
    );
  const isMarked = (ticket: SimTicket): boolean => ticket.tags.includes('escalated');

  it('happen on the asked share of severe cases, with a reason beside as many as asked', () => {
    const world = live({ escalating: habit });
    const severe = customersOf(world).filter(isHard);
    near(share(severe, isMarked), 0.6, severe.length);
    const marked = customersOf(world).filter(isMarked);
    const reasoned = (ticket: SimTicket): boolean =>
      ticket.audits.some(
        (audit) => hasMark(audit) && audit.events.some((event) => event.kind === 'comment' && !event.public),
      );
    near(share(marked, reasoned), 0.7, marked.length);
  });

  it('come before the first reply is due when they are early, and after that or a complaint when not', () => {
    const markedAt = (ticket: SimTicket): number =>
      ticket.audits.find((audit) => audit.events.some((event) => event.kind === 'change' && event.field === 'tags'))
        ?.at ?? 0;
    const dueAt = (world: World, ticket: SimTicket): number =>
      world.calendar.addOpen(
        ticket.createdAt,
        60 * (ticket.policy?.targets.first_reply_time[ticket.priority ?? 'normal'] ?? 0),
      );
    const early = live({ escalating: habit });
    const late = live({ escalating: { ...habit, early: 0, by: { customer: 1 } } });
    const first = customersOf(early).filter(isMarked);
    expect(share(first, (ticket) => markedAt(ticket) <= dueAt(early, ticket))).toBeGreaterThan(0.9);
    const second = customersOf(late).filter(isMarked);
    expect(second.length).toBeGreaterThan(30);
    expect(share(second, (ticket) => markedAt(ticket) <= dueAt(late, ticket))).toBeLessThan(0.1);
  });
});
