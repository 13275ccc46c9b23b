import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { runs } from '../../test/harness/property-runs.ts';
import { ident } from './sql.ts';
import { type StageOptions, type StageSettings, stageFiles } from './stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-stage-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let nr = 0;

function file(content: string | Buffer, suffix = '.csv'): string {
  nr += 1;
  const path = join(folder, `f${nr}${suffix}`);
  writeFileSync(path, content);
  return path;
}

async function load(paths: string | readonly string[], options: StageOptions = {}, settings: StageSettings = {}) {
  const stage = await stageFiles(typeof paths === 'string' ? [paths] : paths, options, settings);
  try {
    const list = stage.staged.map((name) => ident(name)).join(', ');
    const rows: (string | null)[][] = [];
    for await (const chunk of stage.stream(`select ${list} from raw order by row_nr`))
      rows.push(...(chunk as (string | null)[][]));
    return { ...stage, cells: rows };
  } finally {
    await stage.close();
  }
}

const swap = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const TEXT = 'id,city,note\r\n1,Köln,😀 ok\r\n2,Ærø,"a\r\nb"\r\n';
const CELLS = [
  ['1', 'Köln', '😀 ok'],
  ['2', 'Ærø', 'a\r\nb'],
];

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16 LE without', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16 BE with a mark', swap(`\ufeff${TEXT}`)],
    ['UTF-16 BE without', swap(TEXT)],
    ['gzip', gzipSync(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))],
  ])('reads %s', async (_, bytes) => {
    const { columns, cells } = await load(file(bytes));
    expect([columns, cells]).toEqual([['id', 'city', 'note'], CELLS]);
  });

  it('takes bytes that are no UTF-8 for Windows-1252 and says so; a given encoding is not commented', async () => {
    const path = file(Buffer.from('id,city\n1,M\xfcnchen\n2,\x80 5 \x93x\x94\n', 'latin1'));
    const found = await load(path);
    expect(found.cells).toEqual([
      ['1', 'München'],
      ['2', '€ 5 “x”'],
    ]);
    expect(found.notes.join()).toMatch(/Windows-1252 .* is assumed/);
    expect((await load(path, { encoding: 'latin-1' })).notes).toEqual([]);
  });

  it('finds the first foreign byte behind megabytes of plain text', async () => {
    const path = file(Buffer.from(`id,city\n${'1,Bonn\n'.repeat(300_000)}2,K\xf6ln\n`, 'latin1'));
    const { cells } = await load(path, {}, { only: ['city'] });
    expect([cells.length, cells.at(-1)]).toEqual([300_001, ['Köln']]);
  });

  it('keeps UTF-8 where single bytes are damaged, and counts them', async () => {
    const { cells, notes } = await load(
      file(Buffer.concat([Buffer.from('id,a\n1,Köln Ærø ü\n2,x'), Buffer.from([0xff, 10])])),
    );
    expect(cells).toEqual([
      ['1', 'Köln Ærø ü'],
      ['2', 'x\ufffd'],
    ]);
    expect(notes.join()).toMatch(/1 bytes are no UTF-8/);
  });

  it('believes the bytes rather than a wrong encoding of the mapping', async () => {
    const { cells, notes } = await load(file(swap(`\ufeff${TEXT}`)), { encoding: 'utf-8' });
    expect([cells, notes.join()]).toEqual([CELLS, expect.stringMatching(/utf-16be, not utf-8/)]);
  });
});

describe('dialects', () => {
  it.each([
    ['sep=;\nid;a\n1;x,y\n', 'names its delimiter'],
    ['id;a\n1;x,y\n', 'semicolons'],
    ['id\ta\n1\tx,y\n', 'tabs'],
    ['id|a\n1|x,y\n', 'bars'],
    ['id,a\r\n1,"x,y"\n', 'mixed line ends'],
    ['id,a\r1,"x,y"\r', 'CR'],
    ['id,a\n1,"x,y"\n\n\n,\n', 'empty lines at the end'],
    ['id,a,\n1,"x,y",\n', 'a delimiter at the end of each line'],
    ['id,a\n1,"x,y",,\n', 'empty cells beyond the header'],
    ['Report of May\n\nDrawn by,me\nid,a,b\n1,"x,y",\n2,,z\n', 'a title that is not one'],
  ])('reads %j (%s)', async (text, what) => {
    if (what === 'a title that is not one') {
      // Two filled cells are no title: the first line stays the header, and that is no table.
      await expect(load(file(text))).rejects.toThrow(/one single column|no readable row/);
      return;
    }
    const { cells } = await load(file(text));
    expect(cells.map((row) => row.slice(0, 2))).toEqual([['1', 'x,y']]);
  });

  it('passes over title lines above a table and says so', async () => {
    const { columns, cells, notes } = await load(file('Cases of May\nby me\n\nid,a,b\n1,x,y\n2,z,w\n3,,\nTotal: 3\n'));
    expect([columns, cells.length]).toEqual([['id', 'a', 'b'], 3]);
    expect(notes.join()).toMatch(/2 lines above the header/);
  });

  it('pads short rows and counts them, whatever is missing', async () => {
    const { cells, notes, malformedRows } = await load(file('id,at,st,end,note\n1,a,b,c,d\n2,a,b\n3,a,b,\n4,a,b,,\n'));
    expect(cells.map((row) => row[0])).toEqual(['1', '2', '3', '4']);
    expect(cells[1]).toEqual(['2', 'a', 'b', null, null]);
    expect([malformedRows, notes]).toEqual([0, [expect.stringMatching(/shorter than the header.*: 2\./)]]);
  });

  it('sets wide rows and footers aside with the reason, counted by reason', async () => {
    const text = `id,a,b\n1,x,y\n${'2,x,y,extra\n'.repeat(1500)}3,x,y,\nTotal 4\n`;
    const found = await load(file(text));
    expect(found.cells.map((row) => row[0])).toEqual(['1', '3']);
    expect(found.malformedByReason.map((one) => [one.reason, one.n, one.firstRefs[0]])).toEqual([
      ['more cells than the header (3)', 1500, 'line 3'],
      ['one single cell, no delimiter', 1, 'line 1504'],
    ]);
    expect([found.rows + found.malformedRows, found.malformed.length]).toEqual([1503, 1000]);
    expect(found.malformed[0]?.detail).toBe('more cells than the header (3), found 4');
    expect(JSON.stringify(found.malformed)).not.toContain('extra');
  });

  it('leaves repeated header lines out', async () => {
    const { cells, notes } = await load(file('id,a\n1,x\nid,a\n2,y\n'));
    expect([cells.length, notes.join()]).toEqual([2, 'Repeated header lines, left out: 1.']);
  });

  it('reads quoted line ends in files beyond the buffer of any parallel reader', async () => {
    const pasted = Array.from({ length: 40 }, (_, i) => `9${i},2026-01-05,,open,pasted ${i}`).join('\n');
    const rows = Array.from({ length: 9000 }, (_, i) => `T${i},2026-01-05,,"see:\n${pasted}\nend"\n`).join('');
    const { cells, malformedRows } = await load(file(`id,at,end,note\n${rows}`), {}, { only: ['id'] });
    expect([cells.length, cells.at(-1), malformedRows]).toEqual([9000, ['T8999'], 0]);
  });

  it('reads a cell of more than two megabytes', async () => {
    const { cells } = await load(file(`id,note\n1,${'x'.repeat(3_000_000)}\n2,y\n`));
    expect(cells.map((row) => row[1]?.length)).toEqual([3_000_000, 1]);
  });
});

describe('columns', () => {
  it('numbers repeated names, keeps names apart that differ in case, and says the former', async () => {
    const { columns, cells, notes } = await load(file('id,Comment,Comment,comment,Comment (2),Comment\n1,a,b,c,d,e\n'));
    expect(columns).toEqual(['id', 'Comment', 'Comment (3)', 'comment', 'Comment (2)', 'Comment (4)']);
    expect(cells).toEqual([['1', 'a', 'b', 'c', 'd', 'e']]);
    expect(notes.join()).toMatch(/"Comment" \(3 times\)/);
  });

  it('stages only what is asked for and gives samples of all', async () => {
    const { columns, staged, cells, samples } = await load(
      file('id,a,b\n1,,y\n2,x,z\n'),
      {},
      { only: ['b', 'nowhere'] },
    );
    expect([columns, staged, cells]).toEqual([['id', 'a', 'b'], ['b'], [['y'], ['z']]]);
    expect([...samples]).toEqual([
      ['id', '1'],
      ['b', 'y'],
      ['a', 'x'],
    ]);
  });

  it('reads several files by the names of their columns and refuses other ones with all differences', async () => {
    const first = file('id,a,b\n1,x,y\n');
    const { cells } = await load([first, file('b;id;a\nq;2;p\n')]);
    expect(cells).toEqual([
      ['1', 'x', 'y'],
      ['2', 'p', 'q'],
    ]);
    const error = load([first, file('id,c,d\n2,p,q\n')]);
    await expect(error).rejects.toThrow(/lacks "a", "b"; it has "c", "d"/);
    await expect(load([first, file('{"id":1}\n', '.jsonl')])).rejects.toThrow(/different formats/);
  });
});

describe('every record of a file', () => {
  const dirty = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r', ';', 'ü', ' '), maxLength: 60 });

  it('is a row, is set aside, is blank, is counted as a footer, or the file is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.string({ unit: fc.constantFrom('a', '7', ' ', 'é'), maxLength: 3 }), {
            minLength: 1,
            maxLength: 5,
          }),
          { minLength: 1, maxLength: 8 },
        ),
        async (rows) => {
          const path = file(`k,x,y\n9,9,9\n${rows.map((row) => row.join(',')).join('\n')}\n`);
          const found = await load(path);
          const full = rows.filter((row) => row.some((text) => text.trim() !== '')).length;
          const footer = Number(/footer behind the table, left out: (\d+)/.exec(found.notes.join())?.[1] ?? 0);
          expect(found.rows + found.malformedRows + footer).toBe(full + 1);
          expect(found.malformedByReason.reduce((sum, one) => sum + one.n, 0)).toBe(found.malformedRows);
        },
      ),
      runs(10),
    );
  });

  it('never ends in anything but rows or an error for people', async () => {
    await fc.assert(
      fc.asyncProperty(dirty, async (text) => {
        const result = await load(file(`k,x,y\n9,9,9\n${text}`)).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toMatchObject({ code: 'BAD_INPUT_FILE' });
      }),
      runs(15),
    );
  });
});

describe('the folder of a stage', () => {
  it('lies where it is told, is gone afterwards, and takes along what a killed process left', async () => {
    const parent = mkdtempSync(join(folder, 'data-'));
    const own = (await import('../../src/kit/stage-folder.ts')).openStageFolder;
    const mine = await own(parent);
    const left = mine.replace(`-${process.pid}-`, '-4194304-');
    writeFileSync(join(parent, 'keep.txt'), 'x');
    (await import('node:fs')).mkdirSync(left);
    expect(readdirSync(parent)).toHaveLength(3);
    await load(file('id,a\n1,x\n'), {}, { folder: parent });
    expect(readdirSync(parent).sort()).toEqual(['keep.txt', mine.slice(parent.length + 1)]);
  });
});
