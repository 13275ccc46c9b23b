import { describe, expect, it } from 'vitest';
import { customerRoleOf, healthRank, highestBand, valueBand } from './recognise-customer.ts';

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
    ['Churn date', 'churned'],
    ['Kündigungsdatum', 'churned'],
    ['Last upsell', 'expanded'],
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

describe('values of health', () => {
  it.each([
    ['Red', 'Health', 1],
    ['At risk', 'Health score', 1],
    ['gelb', 'Ampel', 2],
    ['Doing okay', 'Health score', 2],
    ['grün', 'Ampel', 3],
    ['Happy', 'Health score', 3],
    // High is good of health and bad of a risk, whichever of the two says so.
    ['High', 'Health', 3],
    ['low', 'Health', 1],
    ['High', 'Churn risk', 1],
    ['low', 'Churn risk', 3],
    ['High risk', 'Health', 1],
    ['medium', 'Churn risk', 2],
  ])('%s of %s: %s', (value, title, rank) => {
    expect(healthRank(value, title)).toBe(rank);
  });

  it.each([['72'], [72], ['blorp'], ['reddish'], [''], [null], [undefined], [true]])('%s says nothing', (value) => {
    expect(healthRank(value, 'Health')).toBeNull();
  });
});

describe('the band of several amounts', () => {
  it('is that of the highest', () => {
    expect(highestBand([500, null, 25_000])).toBe(2);
    expect([highestBand([0]), highestBand([10_000_000]), highestBand([null]), highestBand([])]).toEqual([
      0,
      5,
      null,
      null,
    ]);
  });
});
