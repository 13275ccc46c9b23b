import { describe, expect, it } from 'vitest';
import { isTotalRow } from './total-row.ts';

describe('a line that sums up', () => {
  it.each([
    [['Total', '', '', '', '120'], true],
    [['', 'Grand Total:', '', '', '1,204'], true],
    [['Billing Total', '', '', '', '17', ''], true],
    [['Subtotal', '', '', '3.5', ''], true],
    [['Gesamtergebnis', '', '', '41', ''], true],
    [['Average', '', '', '', '02:35:10'], true],
    [['Count', '', '', '', '35 %'], true],
    [['Total', 'Count', '24', '', '', ''], true],
    // A ticket says more than numbers, and more of it.
    [['Total', 'Open', '', '', ''], false],
    [['Total', '2026-01-05 09:00', '', '', '', ''], false],
    [['T-1', '', '', '', '12'], false],
    [['Summe', '1', '2', '3', '4'], false],
    [['Total', '', '', '', ''], false],
    [['', '', '', '', ''], false],
    [['Account', '', '', '', '12'], false],
  ])('%j: %s', (cells, right) => {
    expect(isTotalRow(cells, cells.length)).toBe(right);
  });
});
