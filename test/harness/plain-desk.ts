import { expect } from 'vitest';
import { onDays, WEEKDAYS } from '../../src/demo/calendar.ts';
import { findPractices } from '../../src/demo/desks.ts';
import type { Practices } from '../../src/demo/practices.ts';
import { simulateDesk } from '../../src/demo/simulate.ts';
import type { SimAudit, SimEvent, SimTicket, World } from '../../src/demo/world.ts';

const ON_SHIFT = { zone: 'Europe/Copenhagen', weekly: onDays(WEEKDAYS, 8, 18), skills: [], attention: 0.3 } as const;

/** A small desk with a first and a second line and time enough, for tests: what one habit does to it is easy to see. */
export const PLAIN: Practices = {
  ...findPractices('harbor'),
  key: 'plain',
  historyDays: 84,
  arrivals: { ...findPractices('harbor').arrivals, perWeek: 90, outagesPerMonth: 0 },
  crews: [
    { ...ON_SHIFT, groups: ['front'], count: 5 },
    { ...ON_SHIFT, groups: ['tier2'], count: 2 },
    { ...ON_SHIFT, groups: ['billing'], count: 1 },
  ],
};

export const live = (more: Partial<Practices>): World => simulateDesk({ ...PLAIN, ...more }, '1');

/** Tickets of customers, none of them spam, doubles or other people's work, and old enough for what was to happen. */
export function customersOf(world: World, ageDays = 10): SimTicket[] {
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

/** Share of rows that pass. */
export function shareOf<T>(rows: readonly T[], test: (row: T) => boolean): number {
  return rows.filter(test).length / rows.length;
}

/** The found share lies within four standard errors of the asked one. */
export function expectShare<T>(rows: readonly T[], asked: number, test: (row: T) => boolean): void {
  const room = 4 * Math.sqrt((asked * (1 - asked)) / rows.length) + 0.5 / rows.length;
  expect(rows.length).toBeGreaterThan(30);
  expect(Math.abs(shareOf(rows, test) - asked)).toBeLessThanOrEqual(room);
}

export interface Step {
  readonly audit: SimAudit;
  readonly event: Extract<SimEvent, { kind: 'change' }>;
}

/** Changes of one field of a ticket, in order. */
export function stepsOf(ticket: SimTicket, field: string): Step[] {
  return ticket.audits.flatMap((audit) =>
    audit.events.flatMap((event) => (event.kind === 'change' && event.field === field ? [{ audit, event }] : [])),
  );
}

/** Public words of the desk after the opening. */
export function repliesOf(ticket: SimTicket): SimAudit[] {
  return ticket.audits
    .slice(1)
    .filter((audit) =>
      audit.events.some((event) => event.kind === 'comment' && event.public && event.author.role !== 'end-user'),
    );
}
