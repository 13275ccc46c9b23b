import { describe, expect, it } from 'vitest';
import { customersOf, live, PLAIN, shareOf, stepsOf } from '../../test/harness/plain-desk.ts';

describe('a desk that files in one heap', () => {
  it('puts as many as asked under the first topic, whatever they are about', () => {
    const world = live({ historyDays: 42, intake: { ...PLAIN.intake, form: true, productFilled: 1, filedAlike: 0.9 } });
    const [first] = world.practices.topics;
    const others = customersOf(world).filter(({ plan }) => plan.topic !== first);
    const alike = shareOf(others, ({ fields }) => fields.get(world.fields.topic) === first?.key);
    expect(alike).toBeGreaterThan(0.8);
    expect(alike).toBeLessThan(1);
  });
});

describe('a monitoring tool', () => {
  it('thanks nobody for a solution that waits for a word', () => {
    const world = live({
      historyDays: 42,
      intake: {
        ...PLAIN.intake,
        monitoring: { tool: 'Watch', perWeek: 30, selfClearing: 0, typed: 0 },
      },
      closing: { ...PLAIN.closing, marked: 1 },
      answering: { asksFirst: 0, pendingAfterSolution: 1 },
    });
    const waited = world.tickets.filter(
      (ticket) => ticket.plan.monitoring && stepsOf(ticket, 'status').some(({ event }) => event.to === 'pending'),
    );
    const words = waited.flatMap(({ audits }) =>
      audits
        .slice(1)
        .flatMap(({ events }) => events.filter((event) => event.kind === 'comment' && event.author.machine)),
    );
    expect(waited.length).toBeGreaterThan(30);
    expect(words).toEqual([]);
  });
});
