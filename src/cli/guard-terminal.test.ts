import { describe, expect, it } from 'vitest';
import { createStyle } from '../report/style.ts';
import { forTerminal } from './guard-terminal.ts';

const style = createStyle({ color: true, width: 80 });

describe('forTerminal', () => {
  it('leaves every mark of our own style, line feeds, tabs and letters of any script', () => {
    const { bold, dim, good, warn, bad, accent } = style;
    const own = [bold, dim, good, warn, bad, accent].map((paint) => paint('שלום é ✓\n\t👩‍👩‍👧')).join(' ');
    expect(forTerminal(own, true)).toBe(own);
  });

  it.each([
    ['\u001b[2J', '\\u001b[2J'],
    ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['\u001b[8m', '\\u001b[8m'],
    ['\u001b[1;31m', '\\u001b[1;31m'],
    ['\u001b]8;;http://evil.example\u001b\\', '\\u001b]8;;http://evil.example\\u001b\\'],
    ['\u009b2J', '\\u009b2J'],
    ['one\rtwo', 'one\\u000dtwo'],
    ['a\bb\u007f', 'a\\u0008b\\u007f'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['\u2066x\u2069\u200f\u061c', '\\u2066x\\u2069\\u200f\\u061c'],
    ['a\u2028b', 'a\\u2028b'],
  ])('writes out what would steer the terminal: %j', (text, expected) => {
    expect(forTerminal(text, true)).toBe(expected);
    expect(forTerminal(text, false)).toBe(expected);
  });

  it('writes our own style out too where there are no colours', () => {
    expect(forTerminal('\u001b[31mred\u001b[39m', false)).toBe('\\u001b[31mred\\u001b[39m');
  });

  it('keeps JSON what it was', () => {
    const value = { name: 'a\u001b[2J\u202e\u009b\u007f"\\b', list: ['\u2067'] };
    expect(JSON.parse(forTerminal(JSON.stringify(value), true))).toEqual(value);
  });
});
