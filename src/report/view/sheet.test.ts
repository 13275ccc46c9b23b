import { describe, expect, it } from 'vitest';
import { createStyle } from '../style.ts';
import { renderSheet } from '../terminal/sheet.ts';
import { widthOf } from '../text-width.ts';
import { drawBar, part, type Sheet } from './sheet.ts';

const sheet: Sheet = {
  title: 'A title',
  lead: ['What matters first.'],
  parts: [
    part('Figures', {
      lines: ['How to read them.'],
      table: {
        head: ['Name', 'Size'],
        rows: [
          ['one | two', { share: 0.5, text: 'half' }],
          ['three', 'none'],
        ],
      },
    }),
    part('Steps', { list: ['Do this.', 'Then *that*.'] }),
  ],
};

describe('drawBar', () => {
  it.each([
    [0, '░░░░'],
    [0.5, '██░░'],
    [1, '████'],
    [1.2, '████'],
    [-1, '░░░░'],
  ])('%d', (share, bar) => expect(drawBar(share, 4)).toBe(bar));
});

describe('a sheet on the screen', () => {
  it('stands in columns', () => {
    expect(renderSheet(sheet, createStyle({ color: false, width: 80 }))).toEqual([
      'A TITLE',
      '  What matters first.',
      '',
      'FIGURES',
      '  How to read them.',
      '  Name       Size',
      '  one | two  ██████░░░░░░ half',
      '  three      none',
      '',
      'STEPS',
      '  - Do this.',
      '  - Then *that*.',
    ]);
  });

  it('gives each row lines of its own where the screen is too narrow', () => {
    const wide = 'a name that takes more than half of the screen, and then some';
    const narrow: Sheet = { ...sheet, parts: [part('F', { table: { head: ['Name', 'Size'], rows: [[wide, 'x']] } })] };
    const lines = renderSheet(narrow, createStyle({ color: false, width: 60 }));
    expect(lines.slice(-2)).toEqual([`  ${wide}`, '    Size  x']);
    expect(lines.slice(0, -2).every((line) => widthOf(line) <= 60)).toBe(true);
  });
});
