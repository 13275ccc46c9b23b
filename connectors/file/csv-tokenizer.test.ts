import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/harness/property-runs.ts';
import { CsvTokenizer } from './csv-tokenizer.ts';

/** Records of a text given in pieces of a size, with the line on which each begins. */
function cut(text: string, size = text.length, delimiter = ',', width: number | null = null) {
  const records: string[][] = [];
  const lines: number[] = [];
  const tokenizer = new CsvTokenizer({
    path: 'f.csv',
    delimiter,
    onRecord: (cells, line) => {
      records.push(cells);
      lines.push(line);
    },
  });
  tokenizer.width = width;
  for (let i = 0; i < text.length; i += Math.max(1, size)) tokenizer.push(text.slice(i, i + Math.max(1, size)));
  tokenizer.end();
  return { records, lines, repaired: tokenizer.repaired };
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'ü', '😀', '"', ',', ';', '\n', '\r', '\r\n', ' ', '\t', '5'),
  maxLength: 8,
});

describe('CsvTokenizer', () => {
  it('gives back what a writer that follows RFC 4180 wrote, however the text is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t', '||'),
        fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        (rows, delimiter, ends, all, size) => {
          const write = (text: string): string =>
            all || /["\n\r]/.test(text) || text.includes(delimiter[0] ?? '') || text.startsWith(' ')
              ? `"${text.replaceAll('"', '""')}"`
              : text;
          // A line end CR before a cell that begins with LF would be one CRLF: such cells are quoted, so it cannot happen.
          const text = rows.map((row, i) => row.map(write).join(delimiter) + (ends[i] ?? '\n')).join('');
          expect(cut(text, size, delimiter).records).toEqual(rows);
        },
      ),
      runs(25),
    );
  });

  it('reads LF, CRLF and CR in one file and counts lines inside quotes', () => {
    const { records, lines } = cut('a,b\r\n1,"x\ny"\n2,z\r3,"p\r\nq\rr"\n4,e');
    expect(records).toEqual([
      ['a', 'b'],
      ['1', 'x\ny'],
      ['2', 'z'],
      ['3', 'p\r\nq\rr'],
      ['4', 'e'],
    ]);
    expect(lines).toEqual([1, 2, 4, 5, 8]);
  });

  it('takes a quote inside a cell as a character, and blanks around a quoted cell as none', () => {
    expect(cut('1,5" disk,x\n2, "a, b" ,y\n').records).toEqual([
      ['1', '5" disk', 'x'],
      ['2', 'a, b', 'y'],
    ]);
  });

  it('names the line of a quote that does not end', () => {
    expect(() => cut('a,b\n1,x\n2,"y\n3,z\n')).toThrow(/quote opened at line 3 does not end/);
    expect(() => cut('a,b\n1,"x\n\n",2,"y\n3')).toThrow(/quote opened at line 4 does not end/);
  });

  it('reads quotes that are not doubled when the line has just the cells of the header, else refuses', () => {
    const { records, repaired } = cut('1,"he said "hi" to me",x\n2,b,c\n', 3, ',', 3);
    expect(records).toEqual([
      ['1', 'he said "hi" to me', 'x'],
      ['2', 'b', 'c'],
    ]);
    expect(repaired).toBe(1);
    expect(() => cut('1,"he said "hi", then left",x\n', 99, ',', 3)).toThrow(/line 1 does not end properly/);
    expect(() => cut('1,"two\nlines "here" x",x\n', 99, ',', 3)).toThrow(/line 1 does not end properly/);
  });

  it('refuses a record without an end before it fills the memory', () => {
    const tokenizer = new CsvTokenizer({ path: 'f.csv', delimiter: ',', onRecord: () => undefined });
    tokenizer.push('1,"');
    expect(() => {
      for (let i = 0; i < 3; i++) tokenizer.push('x'.repeat(16_000_000));
    }).toThrow(/does not end within/);
  });
});
