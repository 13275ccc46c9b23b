import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateEvidence, settleDateOrder } from './date-evidence.ts';

const column = (name: string, first: number, second: number, numeric = 100): DateEvidence => ({
  column: name,
  numeric,
  firstOver12: first,
  secondOver12: second,
});

describe('settleDateOrder', () => {
  it.each([
    ['a day above 12 in front', column('a', 1, 0), [], 'day_first'],
    ['a day above 12 behind', column('a', 0, 1), [], 'month_first'],
    ['evidence lent by another column', column('a', 0, 0), [column('b', 7, 0)], 'day_first'],
    ['own evidence before lent evidence', column('a', 0, 3), [column('b', 7, 0)], 'month_first'],
  ] as const)('settles by %s', (_, own, others, order) => {
    expect(settleDateOrder(own, others)).toMatchObject({ kind: 'settled', order });
  });

  it('says which column lent its evidence', () => {
    const verdict = settleDateOrder(column('closed', 0, 0), [column('closed', 0, 0), column('opened', 5, 0)]);
    expect(verdict.why).toContain('"opened"');
  });

  it('never guesses: no number above 12 anywhere', () => {
    expect(settleDateOrder(column('a', 0, 0), [column('b', 0, 0)]).kind).toBe('ambiguous');
  });

  it('does not take sides when lenders disagree', () => {
    expect(settleDateOrder(column('a', 0, 0), [column('b', 1, 0), column('c', 0, 1)]).kind).toBe('ambiguous');
  });

  it('calls both kinds in one column mixed', () => {
    expect(settleDateOrder(column('a', 1, 1), []).kind).toBe('mixed');
  });

  // Dates written in one order are never settled as the other, whatever the days.
  it('is never settled against the order the dates were written in', () => {
    const date = fc.record({ day: fc.integer({ min: 1, max: 28 }), month: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(fc.array(date, { minLength: 1, maxLength: 60 }), fc.boolean(), (dates, dayFirst) => {
        const pairs = dates.map(({ day, month }) => (dayFirst ? [day, month] : [month, day])) as [number, number][];
        const verdict = settleDateOrder(
          column('a', pairs.filter(([a]) => a > 12).length, pairs.filter(([, b]) => b > 12).length, pairs.length),
          [],
        );
        const telling = dates.some(({ day }) => day > 12);
        expect(verdict.kind).toBe(telling ? 'settled' : 'ambiguous');
        if (verdict.kind === 'settled') expect(verdict.order).toBe(dayFirst ? 'day_first' : 'month_first');
      }),
    );
  });
});
