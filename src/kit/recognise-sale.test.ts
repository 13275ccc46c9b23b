import { describe, expect, it } from 'vitest';
import { readSales, type Sale, type SaleKind, saleKindOf, saleWords, untoldDays } from './recognise-sale.ts';

describe('kinds of sales', () => {
  it.each([
    // The values that a new Salesforce org comes with, and those of HubSpot.
    ['Existing Customer - Upgrade', 'growth'],
    ['Existing Customer - Replacement', null],
    ['Existing Customer - Downgrade', null],
    ['New Customer', null],
    ['Existing Business', 'existing'],
    ['New Business', null],
    ['existingbusiness', 'existing'],
    ['newbusiness', null],
    // Words of others.
    ['Renewal', 'renewal'],
    ['Contract Renewals', 'renewal'],
    ['Renewal + Upsell', 'renewal'],
    ['Upsell', 'growth'],
    ['Cross-Sell', 'growth'],
    ['Add-On', 'growth'],
    ['Verlängerung', 'renewal'],
    ['Bestandskunde', 'existing'],
    ['Services', null],
    ['', null],
    [null, null],
  ] as const)('%s: %s', (word, kind) => {
    expect(saleKindOf(word)).toBe(kind);
  });

  it('take the word that says most', () => {
    const { kindOf } = saleWords([], false, []);
    expect(kindOf(null, 'existing', 'renewal')).toBe('renewal');
    expect(kindOf('Existing Business', null)).toBe('existing');
    expect(kindOf(null, null)).toBeNull();
  });

  it('tell growth among existing business only where renewals are told apart', () => {
    const tellingOf = (kinds: readonly (SaleKind | null)[]) => saleWords([], false, kinds).telling;
    expect(tellingOf(['existing', null])).toEqual({ renewals: false, growth: false });
    expect(tellingOf(['existing', 'renewal'])).toEqual({ renewals: true, growth: true });
    expect(tellingOf(['growth'])).toEqual({ renewals: false, growth: true });
    expect(tellingOf(['renewal'])).toEqual({ renewals: true, growth: false });
  });
});

describe('what sales tell of a customer', () => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const sale = (kind: Sale['kind'], state: Sale['state'], closes: string | null): Sale => ({
    kind,
    state,
    closes: closes === null ? null : day(closes),
  });
  const all = { renewals: true, growth: true };
  const told = (...sales: Sale[]) => Object.values(readSales(sales, all));

  it('renews with the next open renewal', () => {
    expect(told(sale('renewal', 'open', '2026-12-31'), sale('renewal', 'open', '2026-06-30'))).toEqual([
      day('2026-06-30'),
      null,
      null,
    ]);
    // Forgotten: another renewal was closed after it should have been.
    expect(
      told(
        sale('renewal', 'open', '2024-01-31'),
        sale('renewal', 'won', '2026-01-31'),
        sale('renewal', 'open', '2027-01-31'),
      ),
    ).toEqual([day('2027-01-31'), null, null]);
    // The next one is not made yet.
    expect(told(sale('renewal', 'won', '2026-01-31'))).toEqual([null, null, null]);
    expect(told(sale('growth', 'open', '2026-06-30'), sale(null, 'open', '2026-06-30'))).toEqual([null, null, null]);
  });

  it('leaves when its last renewal is lost and nothing goes on', () => {
    const won = sale('renewal', 'won', '2025-02-10');
    const lost = sale('renewal', 'lost', '2026-02-10');
    expect(told(won, lost)).toEqual([null, day('2026-02-10'), null]);
    expect(told(sale('renewal', 'lost', '2025-02-10'), sale('renewal', 'won', '2026-02-10'))[1]).toBeNull();
    // It came back, or another contract goes on.
    expect(told(lost, sale(null, 'won', '2026-02-10'))[1]).toBeNull();
    expect(told(lost, sale('renewal', 'open', '2026-08-01'))[1]).toBeNull();
    expect(told(lost, sale('renewal', 'open', null))[1]).toBeNull();
    // A forgotten one does not keep it, nor does a sale that was lost.
    expect(told(lost, sale('renewal', 'open', '2025-01-01'), sale('growth', 'lost', '2026-03-01'))[1]).toEqual(
      day('2026-02-10'),
    );
    expect(told(sale(null, 'lost', '2026-02-10'))[1]).toBeNull();
  });

  it('grows with what it bought more', () => {
    expect(told(sale('growth', 'won', '2025-11-03'), sale('existing', 'won', '2026-01-20'))[2]).toEqual(
      day('2026-01-20'),
    );
    expect(told(sale('growth', 'lost', '2025-11-03'), sale('renewal', 'won', '2026-01-20'))[2]).toBeNull();
    // Where renewals are not told apart it may have been one.
    const apart = { renewals: false, growth: true };
    expect(readSales([sale('existing', 'won', '2026-01-20')], apart).expanded_at).toBeNull();
  });
});

describe('words for sales', () => {
  const list = [
    { value: 'a1', label: 'Renewal' },
    { value: 'existingbusiness', label: null },
  ];

  it('are those that people see, else the values, else what is told beside', () => {
    const { telling, kindOf } = saleWords(list, false, []);
    expect(telling).toEqual({ renewals: true, growth: true });
    expect(kindOf('a1')).toBe('renewal');
    expect(kindOf('existingbusiness', null)).toBe('existing');
    expect(kindOf('existingbusiness', 'renewal')).toBe('renewal');
    // No more on the list.
    expect(kindOf('Upsell')).toBe('growth');
    expect(kindOf(null, 'existing')).toBe('existing');
  });

  it('of a field without a list are trusted where people named it', () => {
    expect(saleWords([], true, []).telling).toEqual({ renewals: true, growth: true });
    expect(saleWords([], false, []).telling).toEqual({ renewals: false, growth: false });
    expect(saleWords([], false, ['renewal']).telling).toEqual({ renewals: true, growth: false });
    // A list that people named and that tells nothing tells nothing.
    expect(saleWords([{ value: 'x', label: 'Services' }], true, []).telling).toEqual({
      renewals: false,
      growth: false,
    });
  });

  it('leave the days untold that they do not tell', () => {
    expect(untoldDays({ renewals: false, growth: true })).toEqual(['renews_at', 'churned_at']);
    expect(untoldDays({ renewals: true, growth: false })).toEqual(['expanded_at']);
  });
});
