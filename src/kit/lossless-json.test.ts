import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLosslessJson } from './lossless-json.ts';

describe('parseLosslessJson', () => {
  // 2^53 = 9007199254740992 (IEEE 754 binary64 integers are exact up to it).
  it.each([
    ['{"id":9007199254740991}', { id: 9007199254740991 }],
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['{"id":-9007199254740993}', { id: '-9007199254740993' }],
    ['[12345678901234567890,1]', ['12345678901234567890', 1]],
    ['{"x":0.50000000000000000}', { x: 0.5 }],
    ['{"x":1.25000000000000000e3}', { x: 1250 }],
    ['{"text":"id 12345678901234567890"}', { text: 'id 12345678901234567890' }],
    [
      '{"t":"a\\"12345678901234567890","n":12345678901234567890}',
      { t: 'a"12345678901234567890', n: '12345678901234567890' },
    ],
    ['{"t":"\\\\","n":12345678901234567890}', { t: '\\', n: '12345678901234567890' }],
    ['12345678901234567890', '12345678901234567890'],
  ])('%s', (text, expected) => {
    expect(parseLosslessJson(text)).toEqual(expected);
  });

  it('agrees with JSON.parse wherever that is exact', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // Exponent forms and safe integers only: beyond them JSON.parse itself is the one that rounds.
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')));
        expect(parseLosslessJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps every digit of any whole number', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.string(), (id, text) => {
        const parsed = parseLosslessJson(`{"text":${JSON.stringify(text)},"id":${id}}`) as {
          text: string;
          id: unknown;
        };
        expect([parsed.text, String(parsed.id)]).toEqual([text, String(id)]);
      }),
    );
  });

  it.each(['', '{', '{"a":"12345678901234567890', '{"id":12345678901234567890'])('refuses %j', (text) => {
    expect(() => parseLosslessJson(text)).toThrow(SyntaxError);
  });
});
