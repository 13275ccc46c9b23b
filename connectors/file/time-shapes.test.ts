import { describe, expect, it } from 'vitest';
import { monthFirst, readShape } from './time-shapes.ts';

describe('readShape', () => {
  it.each([
    ['99/9/9999 99:99', 'numeric', '%d/%m/%Y %H:%M', false],
    ['99.99.9999', 'numeric', '%d.%m.%Y', false],
    ['99-99-9999 9:99:99 PM', 'numeric', '%d-%m-%Y %I:%M:%S %p', false],
    ['9999-99-99', 'iso', '%Y-%m-%d', false],
    ['9999-99-99 99:99:99', 'iso', '%Y-%m-%d %H:%M:%S', false],
    ['9999-99-99T99:99:99Z', 'iso', '%Y-%m-%dT%H:%M:%S', true],
    ['9999-99-99T99:99:99.999+99:99', 'iso', '%Y-%m-%dT%H:%M:%S.%g', true],
    ['99 Mon 9999 99:99', 'named', '%d %b %Y %H:%M', false],
    ['Month 9, 9999', 'named', '%B %d, %Y', false],
    ['9999999999', 'epoch_s', '', true],
    ['9999999999999', 'epoch_ms', '', true],
  ])('%s', (shape, order, pattern, offset) => {
    expect(readShape(shape)).toEqual({ order, pattern, offset });
  });

  // A year of two digits leaves three readings: only an explicit pattern may settle it.
  it.each(['', '99', 'abc', '99/99/9999 99', '9999-99-99Z', '99:99', '9/9-9999'])('is no time: %j', (shape) => {
    expect(readShape(shape)).toBeNull();
  });

  it('swaps day and month in numeric patterns only', () => {
    expect(monthFirst('%d/%m/%Y %H:%M')).toBe('%m/%d/%Y %H:%M');
    expect(monthFirst('%Y-%m-%d')).toBe('%Y-%m-%d');
  });
});
