import { describe, expect, it } from 'vitest';
import { clip, createStyle, fitText, padEnd, wrap } from './style.ts';
import { widthOf } from './text-width.ts';

const style = createStyle({ color: true, width: 80 });

describe('widthOf', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    [style.bad('red'), 3],
    // East Asian Width W: two columns each (Unicode TR 11).
    ['日本', 4],
    // One emoji made of several code points.
    ['👩‍💻', 2],
    ['é', 1],
  ])('%j takes %d', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe('wrap', () => {
  it('breaks between words only, and hangs what is continued', () => {
    expect(wrap('one two three four', 9, '  ')).toEqual(['one two', '  three', '  four']);
  });

  it('keeps a word that is longer than the line whole', () => {
    expect(wrap('see https://example.org/a-long-address now', 12)).toEqual([
      'see',
      'https://example.org/a-long-address',
      'now',
    ]);
  });

  it('gives no line for nothing', () => {
    expect(wrap('  ', 10)).toEqual([]);
  });
});

describe('fitText', () => {
  it.each([60, 80, 120])('gives no line wider than %d columns and loses no word', (width) => {
    const words = Array.from({ length: 90 }, (_, i) => `word${i}`);
    const text = `  ${words.slice(0, 40).join(' ')}\n${style.dim(`    ${words.slice(40).join(' ')}`)}\nshort`;
    const fitted = fitText(text, width);
    for (const line of fitted.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
    const plain = fitted
      .replace(/\u001b\[\d+m/g, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    expect(plain).toEqual([...words, 'short']);
  });

  it('keeps lines that fit as they are, and hangs the rest under a coloured beginning too', () => {
    expect(fitText('a  b', 10)).toBe('a  b');
    expect(fitText(`  ${'x'.repeat(6)} ${'y'.repeat(6)}`, 12)).toBe(`  ${'x'.repeat(6)}\n    ${'y'.repeat(6)}`);
    const [first, second] = fitText(style.dim('  aaaaaa bbbbbb'), 12)
      .replace(/\u001b\[\d+m/g, '')
      .split('\n');
    expect([first, second]).toEqual(['  aaaaaa', '    bbbbbb']);
  });
});

describe('clip and pad', () => {
  it('count columns, not characters', () => {
    expect(clip('日本語', 5)).toBe('日本…');
    expect(clip('short', 5)).toBe('short');
    expect(padEnd('日本', 6)).toBe('日本  ');
  });
});
