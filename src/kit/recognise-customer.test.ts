import { describe, expect, it } from 'vitest';
import { customerRoleOf, valueBand } from './recognise-customer.ts';

describe('what a field of a customer may hold', () => {
  it.each([
    ['Renewal date', 'renewal'],
    ['Contract end date', 'renewal'],
    ['Vertragsende', 'renewal'],
    ['ARR', 'value'],
    ['Annual contract value', 'value'],
    ['Health score', 'health'],
    ['Churn risk', 'health'],
    ['CSM sentiment', 'health'],
  ] as const)('%s: %s', (title, role) => {
    expect(customerRoleOf(title)).toBe(role);
  });

  it.each([['Arrival'], ['Annual revenue'], ['Industry'], [''], [null]])('%s says nothing', (title) => {
    expect(customerRoleOf(title)).toBeNull();
  });
});

describe('bands of amounts', () => {
  it.each([
    [0, 'below-1k'],
    [999.99, 'below-1k'],
    [1_000, '1k-10k'],
    [99_999, '10k-100k'],
    [100_000, '100k-1m'],
    [9_999_999, '1m-10m'],
    [10_000_000, 'from-10m'],
  ])('%d lies in %s', (amount, band) => {
    expect(valueBand(amount)).toBe(band);
  });

  it('says nothing of no amount', () => {
    expect([valueBand(null), valueBand(-1), valueBand(Number.NaN)]).toEqual([null, null, null]);
  });
});
