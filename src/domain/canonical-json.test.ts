import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ a: undefined, z: -0 }, '{"z":0}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    // RFC 8785 section 3.2.3 orders by code unit: upper case before lower case.
    [{ é: 1, Z: 2, a: 3 }, '{"Z":2,"a":3,"é":1}'],
  ])('writes %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, () => 1])('refuses %s', (value) => {
    expect(() => canonicalJson({ value })).toThrow();
  });

  it('reads back as the same value, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const shuffled = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(shuffled)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(
          JSON.parse(JSON.stringify(value, (_, v) => (Object.is(v, -0) ? 0 : v))),
        );
      }),
    );
  });
});
