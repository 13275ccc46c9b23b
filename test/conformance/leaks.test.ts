import { expect, it } from 'vitest';
import { leaks } from './leaks.ts';

it('shows the column that a word stands in', () => {
  expect(leaks('{"id":"1","vendor_priority":"Canary rank"}', ['canary', 'jane'])).toEqual([
    'canary in …{"id":"1","vendor_priority":"Canary rank"}…',
  ]);
});

it('finds nothing in a clean text', () => {
  expect(leaks('{"id":"1"}', ['canary'])).toEqual([]);
});
