import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFaults } from '../../test/harness/check-log.ts';
import { PLAIN } from '../../test/harness/plain-desk.ts';
import { runs } from '../../test/harness/property-runs.ts';
import { readClocks } from './clocks.ts';
import type { Practices } from './practices.ts';
import { simulateDesk } from './simulate.ts';

const share = fc.constantFrom(0, 0.3, 1);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const [CREW] = PLAIN.crews;

/** Any mix of habits, also those that nobody sane would have together. */
const habits: fc.Arbitrary<Partial<Practices>> = fc
  .record({
    assignment: fc.constantFrom('pull', 'skill', 'turns', 'dispatch'),
    queue: fc.constantFrom('promise', 'arrival', 'pile', 'value'),
    setBy: fc.constantFrom('severity', 'customer', 'triage', 'answer', 'preset', 'never'),
    escalating: maybe(
      fc.record({
        share,
        by: fc.record({ agent: share, rule: share, customer: share }),
        marked: share,
        moves: share,
        reason: share,
        owner: share,
        early: share,
        together: share,
        accountReviewsPerWeek: fc.constantFrom(0, 3),
      }),
    ),
    routing: maybe(fc.record({ reassigned: share, alsoAbsent: share, returned: share, premiumReach: share })),
    serving: maybe(fc.record({ tierLeadMinutes: fc.constantFrom(0, 300), batching: share })),
    backlog: maybe(
      fc.record({ reviewed: share, abandoned: share, massClose: fc.constant({ perQuarter: 6, olderThanDays: 5 }) }),
    ),
    defects: maybe(
      fc.record({
        notes: share,
        told: share,
        toldDays: fc.constantFrom(0.1, 3),
        onProblems: share,
        toldOnProblems: share,
        reportsAttached: share,
      }),
    ),
    joining: maybe(
      fc.record({ severe: share, passedRound: fc.constantFrom(0, 2), outside: fc.constant({ plan: 0.3 }) }),
    ),
    outbound: maybe(
      fc.record({ organisationsPerQuarter: share, noticesPerQuarter: fc.constantFrom(0, 4), outagesToldFirst: share }),
    ),
    answering: maybe(
      fc.record({
        asksFirst: share,
        asksStayOpen: share,
        pendingAfterSolution: share,
        silent: share,
        classified: share,
      }),
    ),
    causes: maybe(fc.record({ severe: share, preset: share, second: share })),
    writing: maybe(fc.record({ writers: share, fromCases: share })),
    engineering: fc.constantFrom('issue', 'group', 'chat'),
    problems: fc.boolean(),
    form: fc.boolean(),
    attention: fc.constantFrom(0.05, 0.3),
    giveUp: fc.constantFrom(null, 3),
  })
  .map(({ setBy, engineering, problems, form, attention, giveUp, ...rest }) => {
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    return {
      ...given,
      historyDays: 42,
      arrivals: { ...PLAIN.arrivals, outagesPerMonth: 2 },
      groups: [
        ...PLAIN.groups,
        { key: 'up', name: 'Up', description: '', role: 'escalation' },
        { key: 'best', name: 'Best', description: '', role: 'premium' },
        { key: 'build', name: 'Build', description: '', role: 'engineering' },
        { key: 'plan', name: 'Plan', description: '', role: 'outside' },
      ],
      crews: [
        ...PLAIN.crews,
        ...['up', 'best', 'build'].map((key) => ({ ...CREW, groups: [key], count: 1 })),
        { ...CREW, groups: ['plan'], count: 2, light: true },
        { ...CREW, groups: ['front', 'up'], count: 1, inside: 0.5 },
        { ...CREW, groups: ['front'], count: 4, dropInPerWeek: 2 },
      ].map((crew) => ({ ...crew, attention })),
      priorities: { ...PLAIN.priorities, setBy },
      intake: {
        ...PLAIN.intake,
        form,
        monitoring: { tool: 'Watch', perWeek: 8, selfClearing: 0.5, typed: 0.5, actedOn: 0.7 },
      },
      escalation: { ...PLAIN.escalation, engineering, problems, swarm: 0.3, linked: 0.5 },
      closing: { ...PLAIN.closing, givesUpDays: giveUp },
    } as Partial<Practices>;
  });

describe('any desk', () => {
  it('keeps logs that the vendor could have written, and clocks for them', () => {
    fc.assert(
      fc.property(habits, (more) => {
        const world = simulateDesk({ ...PLAIN, ...more }, '1');
        expect(world.tickets.flatMap((ticket) => findFaults(world, ticket))).toEqual([]);
        expect(readClocks(world).length).toBeGreaterThan(0);
      }),
      runs(25),
    );
  });
});
