import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { breakLines, isPlain, widthOf } from './text-width.ts';

describe('the width of a text', () => {
  it('is one column for each sign that is called plain', () => {
    const plain = Array.from({ length: 0x2800 }, (_, i) => String.fromCodePoint(i)).filter(isPlain);
    expect(plain.length).toBeGreaterThan(300);
    expect(plain.filter((sign) => stringWidth(sign) !== 1 || stringWidth(`${sign}${sign}`) !== 2)).toEqual([]);
  });
  it.each([
    ['✓ Store opens', 13],
    ['表', 2],
    ['👍🏽 good', 7],
    ['e\u0301', 1],
    ['\u001b[31mred\u001b[39m', 3],
    ['', 0],
  ])('of %j is %d', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe('breaking lines', () => {
  const texts = [
    'one two three four five six seven',
    'a word-that-is-longer-than-a-line stands whole',
    'exactly ten  and two blanks',
    '✗ nothing → remedy … „quoted“',
    ' begins with a blank',
    '表表表 表表 wide',
    'x',
    '',
  ];
  it.each(texts)('breaks %j as the library does', (text) => {
    for (let width = 1; width <= 40; width++)
      expect(breakLines(text, width)).toEqual(wrapAnsi(text, width, { hard: false, trim: true }).split('\n'));
  });
});
