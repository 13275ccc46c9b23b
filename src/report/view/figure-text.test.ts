import { describe, expect, it } from 'vitest';
import { sayDuration, sayExtra, sayFigure } from './figure-text.ts';

it.each([
  [0.844, 'share', '84 %'],
  [3, 'desks', '3 desks'],
  [0.6254, 'A', '0.625 A'],
])('%d %s is said as %s', (value, unit, text) => {
  expect(sayFigure(value, unit)).toBe(text);
});

it.each([
  [40, '40 s'],
  [3_533, '59 min'],
  [28_800, '8 h'],
  [302_400, '3.5 days'],
])('%d seconds are said as %s', (seconds, text) => {
  expect(sayDuration(seconds)).toBe(text);
});

describe('sayExtra', () => {
  it('tells by which clock a duration was told', () => {
    expect(sayExtra('median_first_reply_business_s', 7_200)).toMatchObject({
      name: 'median first reply, by the business clock',
      text: '2 h',
      clock: 'business',
    });
    expect(sayExtra('median_target_s', 7_200)).toMatchObject({ name: 'median target', clock: null });
  });

  it('leaves texts as they are and says nothing of nothing', () => {
    expect(sayExtra('weakest', 'next_reply')).toMatchObject({ text: 'next_reply', value: null });
    expect(sayExtra('median_reason', null)).toBeNull();
  });
});
