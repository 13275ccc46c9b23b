import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { proposeMapping } from './propose/propose-mapping.ts';
import { numberText } from './read-workbook.ts';
import { ident } from './sql.ts';
import { type StageOptions, stageFiles } from './stage.ts';
import { readTimeColumns } from './time-columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-formats-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let nr = 0;

function name(suffix: string): string {
  nr += 1;
  return join(folder, `f${nr}${suffix}`);
}

function file(content: string | Buffer, suffix: string): string {
  const path = name(suffix);
  writeFileSync(path, content);
  return path;
}

async function load(paths: readonly string[], options: StageOptions = {}, times: readonly string[] = []) {
  const stage = await stageFiles(paths, options);
  try {
    const readings = await readTimeColumns(
      stage,
      times.map((column) => ({ column, missing: [], format: null })),
      'America/New_York',
      'the file',
    );
    const list = stage.staged.map((column) => {
      const reading = readings.get(column);
      return reading === undefined
        ? ident(column)
        : `strftime(make_timestamp(${reading.sql} * 1000), '%Y-%m-%dT%H:%M:%S.%g')`;
    });
    const rows: (string | null)[][] = [];
    for await (const chunk of stage.stream(`select ${list.join(', ')} from raw order by row_nr`))
      rows.push(...(chunk as (string | null)[][]));
    return { ...stage, cells: rows };
  } finally {
    await stage.close();
  }
}

describe('JSON', () => {
  it('keeps digits of ids, keys that differ in case, arrays as text and objects as dotted names', async () => {
    const lines = [
      '{"id":123456789012345678901234,"Id":"x","by":{"name":"A","at":{"zone":"z"}},"tags":["a",1],"n":7.0}',
      '{"id":9007199254740993,"Id":"y","n":7.25,"flag":true,"none":null}',
    ];
    const { columns, cells } = await load([file(`${lines.join('\n')}\n`, '.jsonl')]);
    expect(columns).toEqual(['Id', 'by.at.zone', 'by.name', 'flag', 'id', 'n', 'none', 'tags']);
    expect(cells).toEqual([
      ['x', 'z', 'A', null, '123456789012345678901234', '7', null, '["a",1]'],
      ['y', null, null, 'true', '9007199254740993', '7.25', null, null],
    ]);
  });

  const ROWS = '[{"id": 1, "a": "ü"},\n {"id": 2, "a": "v"}]';
  it.each([
    ['an array', Buffer.from(ROWS)],
    ['an array in UTF-16', Buffer.from(`\ufeff${ROWS}`, 'utf16le')],
    ['lines with a mark', Buffer.from('\ufeff{"id":1,"a":"ü"}\n{"id":2,"a":"v"}\n')],
    ['lines in Latin-1', Buffer.from('{"id":1,"a":"ü"}\n{"id":2,"a":"v"}\n', 'latin1')],
    ['an answer of an API on one line', Buffer.from('{"count":2,"tickets":[{"id":1,"a":"ü"},{"id":2,"a":"v"}]}')],
    ['a printed answer', Buffer.from(`{\n  "result": ${ROWS},\n  "next": null\n}\n`)],
  ])('reads %s', async (_, bytes) => {
    const { columns, cells } = await load([file(bytes, '.json')]);
    expect([columns, cells]).toEqual([
      ['a', 'id'],
      [
        ['ü', '1'],
        ['v', '2'],
      ],
    ]);
  });

  it('sets broken lines aside and passes on where an array breaks', async () => {
    const found = await load([file('{"id":1,"a":2}\n{"id":2,\n[3]\n{"id":4,"a":5}\n', '.jsonl')]);
    expect([found.rows, found.malformedRows, found.malformedByReason[0]?.firstRefs]).toEqual([
      2,
      2,
      ['object 2', 'object 3'],
    ]);
    await expect(load([file('[{"id":1},{"id":2', '.json')])).rejects.toThrow(
      /Malformed JSON .* unexpected end of data/,
    );
  });
});

describe('Parquet', () => {
  async function write(select: string): Promise<string> {
    const path = name('.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run("set TimeZone = 'UTC'");
    await connection.run(`copy (${select}) to '${path}' (format parquet)`);
    connection.closeSync();
    instance.closeSync();
    return path;
  }

  it('writes whole floating numbers and decimals as ids, the others as they are', async () => {
    const path = await write(
      `select * from (values (1::double, 123456789012::double, 7.00::decimal(9,2), 0.5::float), (2, 9007199254740991, 7.25, 3)) t(a, b, c, d)`,
    );
    expect((await load([path])).cells).toEqual([
      ['1', '123456789012', '7', '0.5'],
      ['2', '9007199254740991', '7.25', '3'],
    ]);
  });

  it('says where digits may be lost', async () => {
    const { notes } = await load([await write('select 12345678901234567::double as problem, 1 as id')]);
    expect(notes.join()).toMatch(/"problem" holds 1 numbers beyond 2\^53/);
  });

  it('applies the zone to naive stamps only, file by file', async () => {
    const naive = await write(`select 1 as id, timestamp '2026-01-05 09:00:00' as at`);
    const zoned = await write(`select 2 as id, timestamptz '2026-01-05 09:00:00+00' as at`);
    const right = [
      ['1', '2026-01-05T14:00:00.000'],
      ['2', '2026-01-05T09:00:00.000'],
    ];
    expect((await load([naive, zoned], {}, ['at'])).cells).toEqual(right);
    expect((await load([zoned, naive], {}, ['at'])).cells).toEqual(right.toReversed());
  });

  it('reads days, booleans, lists, structs and bytes', async () => {
    const path = await write(
      `select date '2026-01-05' as d, true as b, ['x', 'y'] as l, {'name': 'open', 'code': 3} as st, '\\xC3\\xA9'::blob as bytes`,
    );
    const { columns, cells } = await load([path]);
    expect(columns).toEqual(['d', 'b', 'l', 'st.name', 'st.code', 'bytes']);
    expect(cells).toEqual([['2026-01-05', 'true', '["x","y"]', 'open', '3', 'é']]);
  });

  it('refuses files of other columns', async () => {
    const other = write('select 1 as id, 2 as other');
    await expect(load([await write('select 1 as id, 2 as at'), await other])).rejects.toThrow(
      /lacks "at"; it has "other"/,
    );
  });
});

describe('workbooks', () => {
  const text = (value: string) => ({ value, type: String });
  const number = (value: number, format?: string) => ({
    value,
    type: Number,
    ...(format === undefined ? {} : { format }),
  });
  const date = (value: string, format: string) => ({ value: new Date(value), type: Date, format });
  const head = ['id', 'day', 'at', 'ok', 'hours', 'serial'].map(text);

  async function write(sheets: readonly { sheet: string; data: unknown[][] }[]): Promise<string> {
    const path = name('.xlsx');
    await writeXlsxFile(sheets as Parameters<typeof writeXlsxFile>[0]).toFile(path);
    return path;
  }

  describe('a report in groups', () => {
    const cells = (...values: readonly (string | null)[]) =>
      values.map((value) => (value === null ? null : { value, type: String }));
    const group = (owner: string, ...ids: readonly string[]) => [
      ...ids.map((id, i) => cells(null, i === 0 ? owner : null, id, 'Open', id === '2' ? null : 'x', 'y')),
      cells(null, 'Subtotal', 'Count', String(ids.length), null, null),
    ];
    const report = async (...groups: ReturnType<typeof cells>[][]) =>
      load([
        await write([
          {
            sheet: 'Cases',
            data: [
              cells(null, 'Owner  ↑', 'Case Number', 'Status', 'Note', 'Kind'),
              ...groups.flat(),
              cells(null, 'Total', 'Count', '4', null, null),
              [],
              cells(null, null, 'Confidential', null, null, null),
            ],
          },
        ]),
      ]);

    it('has the name of its group on every row, and says so; what is only missing stays so', async () => {
      const { cells: read, notes } = await report(group('Ana', '1', '2'), group('Bo', '3', '4'));
      expect(read.map((row) => row.slice(1, 3))).toEqual([
        ['Ana', '1'],
        ['Ana', '2'],
        ['Bo', '3'],
        ['Bo', '4'],
      ]);
      expect(read.map((row) => row[4] ?? '')).toEqual(['x', '', 'x', 'x']);
      expect(notes.join()).toMatch(/"Owner {2}↑" stands on the first row of each and was filled down/);
    });

    it('is not filled where a group has no name', async () => {
      const { cells: read } = await report(group('Ana', '1', '2'), [...group('', '3', '4')]);
      expect(read.map((row) => row[1] ?? '')).toEqual(['Ana', '', '', '']);
    });
  });

  const rows = [
    head,
    [
      number(9007199254740991),
      date('2024-01-30T00:00:00Z', 'yyyy-mm-dd'),
      date('2024-01-30T10:00:00Z', 'yyyy-mm-dd hh:mm'),
      { value: true, type: Boolean },
      number(1.5),
      number(45321.5),
    ],
    [
      number(2),
      null,
      date('2024-01-31T00:00:00Z', 'yyyy-mm-dd hh:mm'),
      { value: false, type: Boolean },
      null,
      number(45322),
    ],
  ];

  it('reads the first sheet: ids whole, dates as ISO text, days only where the column has days only', async () => {
    const path = await write([
      { sheet: 'Cases', data: rows },
      {
        sheet: 'Other & more',
        data: [
          [text('k'), text('v')],
          [text('1'), text('2')],
        ],
      },
    ]);
    const found = await load([path], {}, ['serial']);
    expect(found.cells).toEqual([
      ['9007199254740991', '2024-01-30', '2024-01-30 10:00:00', 'true', '1.5', '2024-01-30T17:00:00.000'],
      ['2', null, '2024-01-31 00:00:00', 'false', null, '2024-01-31T05:00:00.000'],
    ]);
    expect(found.notes.join()).toMatch(/first of 2 sheets .*"Cases".*Other & more/);
    expect((await load([path], { sheet: 'Other & more' })).cells).toEqual([['1', '2']]);
    await expect(load([path], { sheet: 'Nope' })).rejects.toThrow(
      /no sheet "Nope"; its sheets: "Cases", "Other & more"/,
    );
  });

  it('writes times of day and durations of more than a day as clocks, and no day of 1900', async () => {
    // 0.378472 of a day = 9:05; 1.100694 = 26:25 under [h]:mm; 2 = 48:00; 0.000347 = 30 s.
    const cell = (days: number, format: string) => ({ value: days, type: Number, format });
    const path = await write([
      {
        sheet: 'S',
        data: [
          ['id', 'at', 'took', 'opened'].map(text),
          [
            text('1'),
            cell(0.378472, 'h:mm AM/PM'),
            cell(1.100694, '[h]:mm:ss'),
            date('2024-01-30T10:00:00Z', 'd/m/yy'),
          ],
          [text('2'), cell(0.999999, 'hh:mm'), cell(2, '[h]:mm'), date('1900-01-01T00:00:00Z', 'd/m/yy')],
          [text('3'), cell(0, 'hh:mm'), cell(0.000347, '[m]:ss'), null],
        ],
      },
    ]);
    expect((await load([path])).cells).toEqual([
      ['1', '09:05:00', '26:25:00', '2024-01-30 10:00:00'],
      ['2', '23:59:59', '48:00:00', '1900-01-01 00:00:00'],
      ['3', '00:00:00', '00:00:30', null],
    ]);
  });

  it('is proposed a mapping that names the sheet', async () => {
    const data = [
      ['id', 'created_at', 'status'].map(text),
      [text('1'), date('2024-01-30T10:00:00Z', 'yyyy-mm-dd hh:mm'), text('open')],
      [text('2'), date('2024-01-31T10:00:00Z', 'yyyy-mm-dd hh:mm'), text('closed')],
    ];
    const path = await write([
      {
        sheet: 'Cover',
        data: [
          [text('a'), text('b')],
          [text('c'), text('d')],
        ],
      },
      { sheet: 'Cases', data },
    ]);
    const { yaml } = await proposeMapping([path], { sheet: 'Cases' });
    expect(yaml).toMatch(/^sheet: Cases$/m);
    expect(yaml).toMatch(/created_at: created_at|column: created_at/);
  });

  it('names the other sheets where the first holds no tickets', async () => {
    const path = await write([
      {
        sheet: 'Notes',
        data: [
          [text('what'), text('why')],
          [text('a'), text('b')],
        ],
      },
      { sheet: 'Cases', data: rows },
    ]);
    await expect(proposeMapping([path])).rejects.toMatchObject({
      code: 'BAD_MAPPING',
      remedy: expect.stringMatching(/"Notes".*Cases.*--sheet NAME/),
    });
  });

  it('leaves out totals and what stands behind the table', async () => {
    const data = [
      ['id', 'team', 'hours', 'note'].map(text),
      [text('1'), text('A'), number(2), text('x')],
      [text('A Total'), null, number(2), null],
      [text('2'), text('B'), number(3), text('y')],
      [text('Grand Total'), null, number(5), null],
      [],
      [text('Confidential')],
    ];
    const found = await load([await write([{ sheet: 'S', data }])]);
    expect(found.cells).toEqual([
      ['1', 'A', '2', 'x'],
      ['2', 'B', '3', 'y'],
    ]);
    expect(found.notes.join(' ')).toMatch(/totals and averages, no rows: 2.*footer.*: 1/);
    expect(found.malformedRows).toBe(0);
  });

  it('passes over a title, numbers repeated names and leaves empty rows out', async () => {
    const data = [
      [text('Cases of May')],
      [],
      ['id', 'note', 'note'].map(text),
      ['1', 'a', 'b'].map(text),
      [],
      ['2', 'c'].map(text),
    ];
    const { columns, cells, rows: n } = await load([await write([{ sheet: 'S', data }])]);
    expect([columns, cells, n]).toEqual([
      ['id', 'note', 'note (2)'],
      [
        ['1', 'a', 'b'],
        ['2', 'c', null],
      ],
      2,
    ]);
  });

  it.each([
    ['123456789012', '123456789012'],
    ['1.23456789012E+11', '123456789012'],
    ['2.0', '2'],
    ['1.5', '1.5'],
    ['-3', '-3'],
    ['1E-3', '0.001'],
  ])('writes the number %s as %s', (written, right) => {
    expect(numberText(written)).toBe(right);
  });

  it('refuses archives and old workbooks with the way out', async () => {
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    await expect(load([file(Buffer.concat([Buffer.from('PK\x03\x04'), end]), '.zip')])).rejects.toThrow(/zip archive/);
    await expect(load([file(Buffer.from('PK\x03\x04cut off'), '.xlsx')])).rejects.toThrow(/damaged or was cut off/);
    const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    await expect(load([file(old, '.xls')])).rejects.toMatchObject({ remedy: expect.stringMatching(/\.xlsx/) });
  });
});
