import { describe, expect, it } from 'vitest';
import { customersOf, expectShare, live, PLAIN, repliesOf, shareOf, stepsOf } from '../../test/harness/plain-desk.ts';
import type { SimTicket } from './world.ts';

const [CREW] = PLAIN.crews;
if (CREW === undefined) throw new Error('the plain desk has crews');
const firstOwner = (ticket: SimTicket) => stepsOf(ticket, 'assignee_id')[0];
const isSevere = ({ plan }: SimTicket): boolean => plan.severity === 'urgent' || plan.severity === 'high';

describe('who gets a case', () => {
  it('by turns: a rule gives it, evenly, also to those who are away where that is so', () => {
    const world = live({ assignment: 'turns', routing: { alsoAbsent: 1 } });
    const front = customersOf(world).filter((ticket) => firstOwner(ticket) !== undefined);
    expect(shareOf(front, (ticket) => firstOwner(ticket)?.event.rule?.key === 'turns')).toBeGreaterThan(0.97);
    const counts = world.groups[0]?.members.map(
      (agent) => front.filter((ticket) => firstOwner(ticket)?.event.to === agent.user.id).length,
    );
    expect(Math.min(...(counts ?? [])) / Math.max(...(counts ?? []))).toBeGreaterThan(0.85);
  });

  it('by a dispatcher: a person gives it to another, before anyone works on it', () => {
    const world = live({
      assignment: 'dispatch',
      crews: [...PLAIN.crews, { ...CREW, count: 1, dispatcher: true, attention: 0.01 }],
    });
    const given = customersOf(world).filter((ticket) => firstOwner(ticket) !== undefined);
    const boss = world.agents.find((agent) => agent.dispatcher)?.user;
    expect(shareOf(given, (ticket) => firstOwner(ticket)?.audit.author === boss)).toBeGreaterThan(0.95);
    expect(shareOf(given, (ticket) => firstOwner(ticket)?.event.to !== boss?.id)).toBeGreaterThan(0.7);
  });

  it('changes hands on the asked share of first looks', () => {
    const count = (reassigned: number): number => {
      const tickets = customersOf(live({ routing: { reassigned } })).filter(
        ({ plan, status }) => !plan.specialistNeeded && status === 'closed',
      );
      return shareOf(tickets, (ticket) => stepsOf(ticket, 'assignee_id').length > 1);
    };
    expect(count(0.6) - count(0)).toBeGreaterThan(0.4);
  });

  it('of the best tier goes to its team as often as asked', () => {
    const world = live({
      groups: [...PLAIN.groups, { key: 'best', name: 'Best', description: '', role: 'premium' }],
      crews: [...PLAIN.crews, { ...CREW, groups: ['best'], count: 2 }],
      routing: { premiumReach: 0.6 },
    });
    const top = customersOf(world).filter(({ requester }) => requester.organisation?.rank === 2);
    expectShare(top, 0.6, (ticket) => stepsOf(ticket, 'group_id')[0]?.event.rule?.key === 'route-premium');
  });
});

describe('when a priority is set', () => {
  it.each(['triage', 'answer', 'preset'] as const)('%s', (setBy) => {
    const world = live({ priorities: { setBy, inflated: 0, revised: 0 } });
    const tickets = customersOf(world).filter((ticket) => repliesOf(ticket).length > 0);
    const early = (ticket: SimTicket): boolean => {
      const set = stepsOf(ticket, 'priority')[0]?.audit.at ?? (ticket.priority === null ? Number.POSITIVE_INFINITY : 0);
      return set < (repliesOf(ticket)[0]?.at ?? 0);
    };
    const right = shareOf(tickets, ({ plan, priority }) => priority === plan.severity);
    if (setBy === 'triage') {
      expect(shareOf(tickets, early)).toBeGreaterThan(0.95);
      expect(right).toBeGreaterThan(0.85);
    } else if (setBy === 'answer') {
      expect(shareOf(tickets, early)).toBeLessThan(0.02);
      expect(right).toBeGreaterThan(0.85);
    } else expect(tickets.every(({ priority }) => priority === 'normal')).toBe(true);
  });
});

describe('what comes first', () => {
  const busy = { crews: PLAIN.crews.map((crew) => ({ ...crew, attention: 0.12 })) };
  const wait = (tier: number, minutes: number): number => {
    const world = live({ ...busy, queue: 'arrival', serving: { tierLeadMinutes: minutes } });
    const waits = customersOf(world)
      .filter(({ requester }) => (requester.organisation?.rank ?? 0) === tier)
      .flatMap((ticket) => {
        const [reply] = repliesOf(ticket);
        return reply === undefined ? [] : [world.calendar.openBetween(ticket.createdAt, reply.at)];
      })
      .sort((a, b) => a - b);
    return waits[Math.floor(waits.length / 2)] ?? Number.NaN;
  };
  it('the better tier, where it has a head start', () => {
    expect(wait(2, 600) / wait(0, 600)).toBeLessThan(0.75);
  });

  it('another case of the account, where people go by accounts', () => {
    const followed = (batching: number): number => {
      const world = live({ ...busy, customers: { ...PLAIN.customers, organisations: 15 }, serving: { batching } });
      const looks = world.tickets
        .flatMap((ticket) =>
          stepsOf(ticket, 'assignee_id').map(({ audit, event }) => ({ at: audit.at, agent: event.to, ticket })),
        )
        .filter(({ agent }) => agent !== null)
        .sort((a, b) => a.at - b.at);
      const last = new Map<unknown, SimTicket>();
      let same = 0;
      for (const { agent, ticket } of looks) {
        const before = last.get(agent);
        if (before !== undefined && before.requester.organisation === ticket.requester.organisation) same++;
        last.set(agent, ticket);
      }
      return same / looks.length;
    };
    expect(followed(1)).toBeGreaterThan(2 * followed(0));
  });
});

describe('old work', () => {
  const slow = { escalation: { ...PLAIN.escalation, engineeringDays: 40, updatesWhileWaiting: 0 } };
  it('is taken up each week as often as asked', () => {
    const world = live({ ...slow, backlog: { reviewed: 0.8 } });
    const week = 7 * 86_400;
    const visits = customersOf(world, 0)
      .filter(({ plan, status }) => plan.engineering === 'waiting' && status === 'hold')
      .flatMap((ticket) => {
        const weeks: boolean[] = [];
        for (let from = ticket.createdAt + week; from + week < world.now; from += week)
          weeks.push(ticket.audits.some((audit) => audit.at >= from && audit.at < from + week));
        return weeks;
      });
    expect(shareOf(visits, (touched) => touched)).toBeGreaterThan(0.6);
    expect(shareOf(visits, (touched) => touched)).toBeLessThan(0.95);
  });

  it('is lost sight of, and solved in one go now and then', () => {
    const lost = customersOf(live({ backlog: { abandoned: 0.15 } }), 20);
    expect(shareOf(lost, ({ audits }) => audits.length <= 3)).toBeGreaterThan(0.1);
    const closed = live({ backlog: { abandoned: 0.15, massClose: { perQuarter: 2, olderThanDays: 20 } } });
    const byAdmin = closed.tickets.flatMap((ticket) =>
      stepsOf(ticket, 'status').filter(({ audit, event }) => event.to === 'solved' && audit.author === closed.admin),
    );
    expect(byAdmin.length).toBeGreaterThan(20);
    expect(new Set(byAdmin.map(({ audit }) => audit.at)).size).toBeLessThanOrEqual(3);
  });
});

describe('answers', () => {
  it('ask, stay open, wait for a yes or come without a word as often as asked', () => {
    const closing = { ...PLAIN.closing, marked: 1 };
    const asking = customersOf(live({ closing, answering: { asksFirst: 0.7, asksStayOpen: 1 } })).filter(
      (ticket) => ticket.plan.bug === false && repliesOf(ticket).length > 0,
    );
    expect(asking.some((ticket) => stepsOf(ticket, 'status').some(({ event }) => event.to === 'pending'))).toBe(false);
    expectShare(asking, 0.7, (ticket) => stepsOf(ticket, 'status')[1]?.audit !== repliesOf(ticket)[0]);
    const pending = customersOf(live({ answering: { asksFirst: 0, pendingAfterSolution: 1 } })).filter(
      (ticket) => ticket.plan.bug === false && repliesOf(ticket).length > 0,
    );
    expect(
      shareOf(pending, (ticket) => stepsOf(ticket, 'status').some(({ event }) => event.to === 'pending')),
    ).toBeGreaterThan(0.9);
    expect(shareOf(pending, ({ status }) => status === 'solved' || status === 'closed')).toBeGreaterThan(0.7);
    const silent = customersOf(live({ answering: { asksFirst: 0, silent: 0.4 } })).filter(
      ({ plan, status }) => status === 'closed' && !plan.bug,
    );
    expectShare(silent, 0.4, (ticket) => repliesOf(ticket).length === 0);
  });

  it('carry causes by people on severe cases, beside a value that stands by itself', () => {
    const world = live({
      closing: { ...PLAIN.closing, causeFilled: 0.1 },
      causes: { severe: 0.9, preset: 1, second: 0.5 },
      priorities: { ...PLAIN.priorities, revised: 1 },
    });
    const solved = customersOf(world).filter((ticket) => repliesOf(ticket).length > 0 && ticket.status === 'closed');
    const chosen = (ticket: SimTicket): boolean =>
      [world.fields.cause, world.fields.secondCause].some((id) => stepsOf(ticket, String(id)).length > 0);
    const severe = solved.filter(isSevere);
    expect(shareOf(severe, chosen)).toBeGreaterThan(0.55);
    expect(
      shareOf(
        solved.filter((ticket) => !isSevere(ticket)),
        chosen,
      ),
    ).toBeLessThan(0.25);
    expect(shareOf(solved, (ticket) => ticket.fields.has(world.fields.cause))).toBe(1);
    expectShare(severe.filter(chosen), 0.5, (ticket) => ticket.fields.has(world.fields.secondCause));
  });
});
