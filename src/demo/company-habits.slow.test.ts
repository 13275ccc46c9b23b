import { describe, expect, it } from 'vitest';
import { customersOf, expectShare, live, PLAIN, repliesOf, shareOf, stepsOf } from '../../test/harness/plain-desk.ts';
import { EVERY_DAY, onDays } from './calendar.ts';
import { readClocks } from './clocks.ts';
import { listViews } from './export-rules.ts';
import { countsOpenHours } from './promised.ts';
import type { SimTicket, World } from './world.ts';

const [CREW] = PLAIN.crews;
if (CREW === undefined) throw new Error('the plain desk has crews');
const isSevere = ({ plan }: SimTicket): boolean => plan.severity === 'urgent' || plan.severity === 'high';

/** Keys of the groups whose people wrote private notes on a ticket. */
function notingGroups(world: World, ticket: SimTicket): Set<string> {
  const keys = ticket.audits.flatMap(({ events }) =>
    events.flatMap((event) =>
      event.kind === 'comment' && !event.public
        ? world.agents
            .filter((agent) => agent.user === event.author)
            .flatMap((agent) => agent.groups.map(({ key }) => key))
        : [],
    ),
  );
  return new Set(keys);
}

describe('work of several people', () => {
  it('outsiders write on the asked share of all cases, helpers on severe ones while the owner stays', () => {
    const world = live({
      groups: [...PLAIN.groups, { key: 'plan', name: 'Planners', description: '', role: 'outside' }],
      crews: [...PLAIN.crews, { ...CREW, groups: ['plan'], count: 3, light: true }],
      escalation: { ...PLAIN.escalation, swarm: 0 },
      joining: { severe: 0.6, outside: { plan: 0.2 } },
    });
    const tickets = customersOf(world).filter((ticket) => repliesOf(ticket).length > 0);
    const plain = tickets.filter(({ plan }) => !plan.swarmed);
    expectShare(plain, 0.2, (ticket) => notingGroups(world, ticket).has('plan'));
    expectShare(tickets.filter(isSevere), 0.6, ({ plan }) => plan.swarmed);
    const joined = tickets.filter(({ plan, status }) => plan.swarmed && status === 'closed');
    expect(shareOf(joined, (ticket) => notingGroups(world, ticket).size > 1)).toBeGreaterThan(0.7);
  });

  it('hard cases go from person to person where that is the habit', () => {
    const owners = (passedRound: number): number => {
      const tickets = customersOf(live({ joining: { passedRound } })).filter(isSevere);
      return tickets.reduce((sum, ticket) => sum + stepsOf(ticket, 'assignee_id').length, 0) / tickets.length;
    };
    expect(owners(2) - owners(0)).toBeGreaterThan(1.2);
  });
});

describe('writing first', () => {
  it('reaches the asked share of organisations in a quarter', () => {
    const world = live({
      historyDays: 91,
      intake: { ...PLAIN.intake, proactivePerWeek: 0 },
      outbound: { organisationsPerQuarter: 0.4 },
    });
    const told = new Set(
      world.tickets.filter(({ plan }) => plan.outbound).map(({ requester }) => requester.organisation),
    );
    const people = new Set(
      world.customers.flatMap(({ organisation }) => (organisation === null ? [] : [organisation])),
    );
    expectShare([...people], 0.4, (organisation) => told.has(organisation));
  });

  it('tells of outages before customers do, and gives notices to many at once', () => {
    const world = live({
      arrivals: { ...PLAIN.arrivals, outagesPerMonth: 4 },
      intake: { ...PLAIN.intake, monitoring: { tool: 'Watch', perWeek: 3, selfClearing: 0, typed: 1, actedOn: 0 } },
      outbound: { outagesToldFirst: 1, noticesPerQuarter: 3 },
    });
    const outages = new Set(customersOf(world, 0).flatMap(({ plan }) => (plan.outage === null ? [] : [plan.outage])));
    expect(outages.size).toBeGreaterThan(3);
    for (const outage of outages)
      expect(world.tickets.find(({ plan }) => plan.outage === outage)?.plan.monitoring).toBe(true);
    const alerts = world.tickets.filter(({ plan }) => plan.monitoring && plan.outage === null);
    expect(alerts.every(({ type, audits }) => type === 'incident' && audits.length === 1)).toBe(true);
  });
});

describe('defects', () => {
  const buggy = {
    topics: PLAIN.topics.map((topic) => ({ ...topic, bug: 0.35, specialist: 0 })),
    escalation: { ...PLAIN.escalation, linked: 1, engineeringDays: 3 },
  };
  it("get an engineer's answer and a word to the customer as often as asked", () => {
    const world = live({
      ...buggy,
      defects: { notes: 0.7, noteDays: 0.5, told: 0.4 },
      crews: [...PLAIN.crews, { ...CREW, count: 2, light: true }],
    });
    const linked = customersOf(world, 30).filter(
      ({ plan, status }) => plan.bug && plan.engineering === 'done' && status === 'closed',
    );
    const light = new Set(world.agents.filter((agent) => agent.light).map((agent) => agent.user));
    expectShare(linked, 0.7, ({ audits }) => audits.some(({ author }) => author !== null && light.has(author)));
    const solvedBy = (ticket: SimTicket) => stepsOf(ticket, 'status').find(({ event }) => event.to === 'solved')?.audit;
    expectShare(linked, 0.4, (ticket) => repliesOf(ticket).includes(solvedBy(ticket) as never));
  });

  it('hang on a problem record as often as asked', () => {
    const world = live({ ...buggy, defects: { onProblems: 0.6 } });
    const defects = customersOf(world, 15).filter(({ plan, audits }) => plan.bug && audits.length > 2);
    expectShare(defects, 0.6, ({ problem }) => problem !== null);
    expect(world.tickets.filter(({ type }) => type === 'problem').length).toBeGreaterThan(5);
  });

  it('end with a word to the customer as often as asked, where a problem record ends', () => {
    const world = live({ ...buggy, defects: { onProblems: 1, toldOnProblems: 0.4 } });
    const solvedBy = (ticket: SimTicket) => stepsOf(ticket, 'status').find(({ event }) => event.to === 'solved')?.audit;
    const ended = customersOf(world, 15).filter((ticket) => ticket.problem !== null && solvedBy(ticket) !== undefined);
    expectShare(ended, 0.4, (ticket) => repliesOf(ticket).includes(solvedBy(ticket) as never));
  });
});

describe('tools, rules and views', () => {
  const tool = { kind: 'crm', installed: false, webhook: null, pushed: 0, notes: 0 } as const;
  it('write notes through the interface, are called by rules, lie idle', () => {
    const world = live({
      tools: [
        { ...tool, name: 'Ledger', notes: 0.5 },
        { ...tool, name: 'Bell', webhook: 'https://bell.example/in', pushed: 0.3 },
        { ...tool, name: 'Dust', installed: true },
      ],
    });
    const writer = world.tools[0]?.user;
    const tickets = customersOf(world);
    expectShare(tickets, 0.5, ({ audits }) =>
      audits.some(({ author, via }) => author === writer && via.channel === 'api'),
    );
    const all = customersOf(world, 0).length;
    const uses = world.rules.find(({ key }) => key === 'push-1')?.uses ?? 0;
    expect(uses / all).toBeGreaterThan(0.22);
    expect(uses / all).toBeLessThan(0.38);
    expect(world.users.some(({ name }) => name === 'Dust')).toBe(false);
  });

  it('look at what they are asked to look at, and at nothing else', () => {
    const world = live({ steering: { rules: ['tier', 'account'], views: ['product'] } });
    const uses = (key: string): number => world.rules.find((rule) => rule.key === key)?.uses ?? -1;
    const opened = world.tickets.filter(({ requester }) => requester.organisation !== null);
    expect(uses('watch-account')).toBe(opened.length);
    expect(uses('watch-tier')).toBe(opened.filter(({ requester }) => requester.organisation?.rank === 2).length);
    expect(uses('watch-health')).toBe(-1);
    expect(listViews(world, '').length).toBe(3);
    expect(listViews(live({ historyDays: 7, steering: { views: [] } }), '').length).toBe(2);
  });
});

describe('people on call and promises', () => {
  it('answer urgent cases at night, and no others', () => {
    const [promise] = PLAIN.promises;
    if (promise === undefined) throw new Error('the plain desk promises');
    const world = live({
      arrivals: { ...PLAIN.arrivals, byHour: PLAIN.arrivals.byHour.map(() => 1) },
      crews: [...PLAIN.crews, { ...CREW, count: 2, weekly: onDays(EVERY_DAY, 0, 24), onCall: true, attention: 0.9 }],
      promises: [{ ...promise, urgentEveryHour: true, scope: { channels: ['email'] } }],
    });
    const night = customersOf(world).filter(
      ({ createdAt }) => !world.calendar.isOpen(createdAt + 3600) && !world.calendar.isOpen(createdAt),
    );
    const soon = (ticket: SimTicket): boolean =>
      (repliesOf(ticket)[0]?.at ?? Number.POSITIVE_INFINITY) < ticket.createdAt + 3 * 3600;
    const urgent = night.filter(({ priority }) => priority === 'urgent');
    expect(urgent.length).toBeGreaterThan(10);
    expect(shareOf(urgent, soon)).toBeGreaterThan(0.7);
    expect(
      shareOf(
        night.filter(({ priority }) => priority !== 'urgent'),
        soon,
      ),
    ).toBeLessThan(0.1);
    expect(customersOf(world).every(({ channel, policy }) => (policy !== null) === (channel === 'email'))).toBe(true);
    const [policy] = world.policies;
    expect(policy && [countsOpenHours(policy, 'urgent'), countsOpenHours(policy, 'high')]).toEqual([false, true]);
  });
});

describe('questions and promises inside', () => {
  it('severity is asked although the priority comes later, and teams have the time that they agreed on', () => {
    const world = live({
      priorities: { setBy: 'answer', inflated: 0, revised: 0, severityAsked: true },
      account: { ...PLAIN.account, plan: 'enterprise' },
      teamPromises: true,
      teamPromiseMinutes: 600,
    });
    expect(customersOf(world).every(({ fields }) => fields.has(world.fields.severity))).toBe(true);
    const promised = readClocks(world).filter(({ type }) => type === 'apply_group_sla');
    expect(promised.length).toBeGreaterThan(500);
    expect(new Set(promised.map(({ sla }) => sla?.minutes))).toEqual(new Set([600]));
  });
});

describe('knowledge and accounts', () => {
  it('few people write, the library is old, cases become articles, accounts are partners', () => {
    const world = live({
      writing: { writers: 0.25, fromCases: 0.5, ageDays: 900, recent: 0 },
      customers: { ...PLAIN.customers, partners: 0.3, healthKept: 1, healthDays: 200 },
    });
    const founded = world.articles.filter(({ createdAt }) => createdAt < world.start);
    expect(new Set(world.articles.map(({ author }) => author)).size).toBeLessThanOrEqual(2);
    expect(founded.length).toBe(PLAIN.knowledge?.articles);
    expect(shareOf(founded, ({ createdAt }) => createdAt < world.start - 365 * 86_400)).toBeGreaterThan(0.4);
    expect(world.articles.length - founded.length).toBeGreaterThan(30);
    expectShare(world.organisations, 0.3, ({ partner }) => partner);
    expectShare(world.organisations, 0.5, ({ healthAt }) => (healthAt ?? 0) < world.now - 200 * 86_400);
  });
});
