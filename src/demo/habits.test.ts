import { describe, expect, it } from 'vitest';
import { customersOf, expectShare, live, PLAIN, shareOf, stepsOf } from '../../test/harness/plain-desk.ts';
import type { EscalationHabit } from './habits.ts';
import type { SimTicket, World } from './world.ts';

const HABIT: EscalationHabit = {
  share: 0.6,
  by: { agent: 1 },
  marked: 1,
  moves: 0,
  reason: 0.7,
  owner: 0,
  early: 1,
  together: 0,
};

/** When the mark came onto a ticket; null = never. */
const markedAt = (ticket: SimTicket): number | null =>
  stepsOf(ticket, 'tags').find(({ event }) => Array.isArray(event.to) && event.to.at(-1) === 'escalated')?.audit.at ??
  null;
const isSevere = ({ plan }: SimTicket): boolean => plan.severity === 'urgent' || plan.severity === 'high';
const withTeam = {
  groups: [...PLAIN.groups, { key: 'up', name: 'Seniors', description: '', role: 'escalation' as const }],
  crews: [...PLAIN.crews, { ...PLAIN.crews[0], groups: ['up'], count: 2 } as (typeof PLAIN.crews)[number]],
};

describe('escalations', () => {
  it('happen on the asked share of severe cases, with a reason beside as many as asked, before the reply is due', () => {
    const world = live({ escalating: HABIT });
    const severe = customersOf(world).filter(isSevere);
    expectShare(severe, 0.6, (ticket) => markedAt(ticket) !== null);
    const marked = severe.filter((ticket) => markedAt(ticket) !== null);
    expectShare(marked, 0.7, (ticket) =>
      ticket.audits.some(
        (audit) =>
          audit.at === markedAt(ticket) && audit.events.some((event) => event.kind === 'comment' && !event.public),
      ),
    );
    expect(shareOf(marked, (ticket) => isBeforeDue(world, ticket))).toBeGreaterThan(0.9);
  });

  it('follow a complaint or the missed promise when they are not early', () => {
    const world = live({ escalating: { ...HABIT, share: 1, early: 0, by: { customer: 1 } } });
    const marked = customersOf(world).filter((ticket) => markedAt(ticket) !== null);
    expect(marked.length).toBeGreaterThan(100);
    expect(shareOf(marked, (ticket) => isBeforeDue(world, ticket))).toBeLessThan(0.05);
  });

  it('move as many to the team as asked, with a named person on as many as asked', () => {
    const world = live({ ...withTeam, escalating: { ...HABIT, share: 1, moves: 0.7, owner: 0.5 } });
    const marked = customersOf(world).filter((ticket) => markedAt(ticket) !== null);
    const moved = (ticket: SimTicket): boolean =>
      stepsOf(ticket, 'group_id').some(({ audit }) => audit.at === markedAt(ticket));
    expectShare(marked, 0.7, moved);
    expectShare(marked.filter(moved), 0.5, (ticket) =>
      stepsOf(ticket, 'assignee_id').some(({ audit, event }) => audit.at === markedAt(ticket) && event.to !== null),
    );
  });

  it('take the other open cases of the account along where that is the habit', () => {
    const few = { ...PLAIN.customers, organisations: 12 };
    const grouped = (world: World): number => {
      const marked = customersOf(world).filter((ticket) => markedAt(ticket) !== null);
      return shareOf(marked, (ticket) =>
        marked.some(
          (other) =>
            other !== ticket &&
            other.requester.organisation === ticket.requester.organisation &&
            Math.abs((markedAt(other) ?? 0) - (markedAt(ticket) ?? 0)) < 3600,
        ),
      );
    };
    const alone = grouped(live({ customers: few, escalating: { ...HABIT, share: 0.2 } }));
    const together = grouped(live({ customers: few, escalating: { ...HABIT, share: 0.2, together: 1 } }));
    expect(together).toBeGreaterThan(0.8);
    expect(alone).toBeLessThan(0.3);
  });
});

function isBeforeDue(world: World, ticket: SimTicket): boolean {
  const minutes = ticket.policy?.targets.first_reply_time[ticket.plan.severity] ?? 0;
  return (markedAt(ticket) ?? 0) <= world.calendar.addOpen(ticket.createdAt, minutes * 60);
}
