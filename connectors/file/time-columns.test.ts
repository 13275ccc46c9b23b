import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DateFormat } from './mapping-schema.ts';
import { type Stage, stageFiles } from './stage.ts';
import { readTimeColumns, type TimeReading } from './time-columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-times-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let nr = 0;

interface Read {
  readonly reading: TimeReading;
  readonly values: (string | null)[];
  readonly dateOnly: boolean[];
  readonly placeholder: boolean[];
}

/** Values of one column as instants. */
async function read(
  values: readonly string[],
  zone: string | null = 'UTC',
  format: DateFormat | null = null,
): Promise<Read> {
  nr += 1;
  const path = join(folder, `t${nr}.csv`);
  writeFileSync(path, `nr,at\n${values.map((value, i) => `${i},"${value.replaceAll('"', '""')}"`).join('\n')}\n`);
  const stage: Stage = await stageFiles([path]);
  try {
    const readings = await readTimeColumns(stage, [{ column: 'at', missing: [], format }], zone, 'the file');
    const reading = readings.get('at');
    if (reading === undefined) throw new Error('no reading');
    const rows = await stage.query(
      `select cast(${reading.sql} as double) as t, ${reading.dateOnlySql} as d, ${reading.placeholderSql} as p from raw order by row_nr`,
    );
    return {
      reading,
      values: rows.map((row) => (row.t === null ? null : new Date(Number(row.t)).toISOString().replace('.000Z', 'Z'))),
      dateOnly: rows.map((row) => row.d === true),
      placeholder: rows.map((row) => row.p === true),
    };
  } finally {
    await stage.close();
  }
}

/** Each value as the only one of a column of its own, in one file. */
async function readEach(values: readonly string[], zone: string | null): Promise<Map<string, string | null>> {
  nr += 1;
  const path = join(folder, `t${nr}.csv`);
  const columns = values.map((_, i) => `c${i}`);
  writeFileSync(path, `nr,${columns.join(',')}\n1,${values.map((value) => `"${value}"`).join(',')}\n`);
  const stage = await stageFiles([path]);
  try {
    const wanted = columns.map((column) => ({ column, missing: [], format: null }));
    const readings = await readTimeColumns(stage, wanted, zone, 'the file');
    const list = columns.map((column) => `cast(${readings.get(column)?.sql ?? 'null'} as double) as ${column}`);
    const [row] = await stage.query(`select ${list.join(', ')} from raw`);
    const iso = (ms: unknown): string | null =>
      typeof ms === 'number' ? new Date(ms).toISOString().replace('.000Z', 'Z') : null;
    return new Map(values.map((value, i) => [value, iso(row?.[`c${i}`])]));
  } finally {
    await stage.close();
  }
}

describe('readTimeColumns', () => {
  const OFFSETS: readonly (readonly [string, string])[] = [
    ['2026-01-05 09:00:00 -0800', '2026-01-05T17:00:00Z'],
    ['2026-01-05 09:00:00 -08:00', '2026-01-05T17:00:00Z'],
    ['2026-01-05 09:00:00-08', '2026-01-05T17:00:00Z'],
    ['2026-01-05 09:00+05:30', '2026-01-05T03:30:00Z'],
    ['2026-01-05T09:00Z', '2026-01-05T09:00:00Z'],
    ['2026-01-05 09:00Z', '2026-01-05T09:00:00Z'],
    ['2026-01-05 09:00:00 UTC', '2026-01-05T09:00:00Z'],
    ['2026-01-05 09:00:00 GMT+0100', '2026-01-05T08:00:00Z'],
    ['2026-01-05 09:00:00 GMT+1', '2026-01-05T08:00:00Z'],
    ['2026-01-05 09:00:00 UTC-03:30', '2026-01-05T12:30:00Z'],
    ['2026-01-05 09:00:00 PST', '2026-01-05T17:00:00Z'],
    ['Mon, 05 Jan 2026 09:00:00 +0100', '2026-01-05T08:00:00Z'],
    ['Mon Jan 05 2026 09:00:00 GMT+0100 (Central European Standard Time)', '2026-01-05T08:00:00Z'],
    ['20260105T090000Z', '2026-01-05T09:00:00Z'],
    ['2026-01-05T09:00:00.123456+01:00', '2026-01-05T08:00:00.123Z'],
    ['05/Jan/26 9:00 AM +0100', '2026-01-05T08:00:00Z'],
  ];
  it('applies the offset that a value carries and asks for no zone', async () => {
    expect([
      ...(await readEach(
        OFFSETS.map(([text]) => text),
        null,
      )),
    ]).toEqual(OFFSETS);
  });

  const NAIVE: readonly (readonly [string, string])[] = [
    ['05/Jan/26 9:00 AM', '2026-01-05T09:00:00Z'],
    ['13/Jan/69 9:00 PM', '2069-01-13T21:00:00Z'],
    ['13/Jan/99 12:05 AM', '1999-01-13T00:05:00Z'],
    ['5/Jan/2026 09:00', '2026-01-05T09:00:00Z'],
    ['05-Jan-2026 09:00:00', '2026-01-05T09:00:00Z'],
    ['05 Jan 2026 09:00 AM', '2026-01-05T09:00:00Z'],
    ['05 Jan, 2026 09:00 AM', '2026-01-05T09:00:00Z'],
    ['Jan 5, 2026, 9:00:01 PM', '2026-01-05T21:00:01Z'],
    ['January 5, 2026 at 9:00 p.m.', '2026-01-05T21:00:00Z'],
    ['5 ene 2026 9:00:00 p. m.', '2026-01-05T21:00:00Z'],
    ['5 ene 2026 9:00 a. m.', '2026-01-05T09:00:00Z'],
    ['Jan. 5, 2026 9:00 AM', '2026-01-05T09:00:00Z'],
    ['Mon 05 Jan 2026 09:00', '2026-01-05T09:00:00Z'],
    ['Monday, January 5, 2026 9:00 AM', '2026-01-05T09:00:00Z'],
    ['Mon Jan  5 09:00:00 2026', '2026-01-05T09:00:00Z'],
    ['5th January 2026 9:00am', '2026-01-05T09:00:00Z'],
    ['2026-Jan-05 09:00', '2026-01-05T09:00:00Z'],
    ['2026-01-05 9:00:00\u202fPM', '2026-01-05T21:00:00Z'],
    ['2026-01-05 09:00:00,250', '2026-01-05T09:00:00.250Z'],
    ['2026/01/05 - 09:00', '2026-01-05T09:00:00Z'],
    ['13.01.2026 09.30', '2026-01-13T09:30:00Z'],
    ['1/13/2026 9:00 AM', '2026-01-13T09:00:00Z'],
    ['2026-01-05', '2026-01-05T00:00:00Z'],
    ['1767603600', '2026-01-05T09:00:00Z'],
    ['1767603600.5', '2026-01-05T09:00:00.500Z'],
    ['1767603600123', '2026-01-05T09:00:00.123Z'],
    ['1767603600123456', '2026-01-05T09:00:00.123Z'],
    ['1767603600123456789', '2026-01-05T09:00:00.123Z'],
  ];
  it('reads the forms in which desks write times', async () => {
    expect([
      ...(await readEach(
        NAIVE.map(([text]) => text),
        'UTC',
      )),
    ]).toEqual(NAIVE);
  });

  it('lets an offset win value by value and reads the others in the zone of the file', async () => {
    const mixed = ['2026-01-05 09:00:00', '2026-01-05 09:00:00+00', '2026-07-05T09:00:00Z'];
    expect((await read(mixed, 'America/New_York')).values).toEqual([
      '2026-01-05T14:00:00Z',
      '2026-01-05T09:00:00Z',
      '2026-07-05T09:00:00Z',
    ]);
    await expect(read(mixed, null)).rejects.toThrow(/carry no offset/);
  });

  it('applies %z of a declared pattern and asks for no zone then', async () => {
    const values = [
      '2026-01-05 09:00:00 -0800',
      '2026-03-28 23:30:00 +0100',
      '2026-03-29 09:30:00 +02:00',
      '2026-01-05 09:00:00 Z',
    ];
    const right = ['2026-01-05T17:00:00Z', '2026-03-28T22:30:00Z', '2026-03-29T07:30:00Z', '2026-01-05T09:00:00Z'];
    expect((await read(values, 'Europe/Berlin', '%Y-%m-%d %H:%M:%S %z')).values).toEqual(right);
    expect((await read(values, null, '%Y-%m-%d %H:%M:%S %z')).values).toEqual(right);
    const inside = await read(['2026-01-05 -0800 09:00:00'], null, '%Y-%m-%d %z %H:%M:%S');
    expect(inside.values).toEqual(['2026-01-05T17:00:00Z']);
  });

  it('reads serial days only where all values are such, rounded to the millisecond', async () => {
    const { values, reading, dateOnly } = await read(['45321.5', '45321', '45321.416666666664'], 'Europe/Berlin');
    // 45321 days after 1899-12-30 = 2024-01-30; Berlin is one hour ahead in winter.
    expect(values).toEqual(['2024-01-30T11:00:00Z', '2024-01-29T23:00:00Z', '2024-01-30T09:00:00Z']);
    expect(reading.why).toMatch(/1899-12-30/);
    expect(dateOnly).toEqual([false, true, false]);
    const mixed = await read(['2024-01-30', '2024-01-31', '2024-02-01', '45321']);
    expect([mixed.values[3], mixed.reading.unreadable]).toEqual([null, 1]);
  });

  it('tells values without a time of day from those with one', async () => {
    const { dateOnly, reading } = await read(['2026-01-05', '2026-01-05 00:00', '2026-01-05T10:00:00Z', '']);
    expect([dateOnly, reading.dateOnly, reading.values]).toEqual([[true, false, false, false], 1, 3]);
  });

  it.each([
    [
      [
        '0000-00-00 00:00:00',
        '1900-01-01 00:00:00',
        '1970-01-01 00:00:00',
        '9999-12-31 23:59:59',
        '0001-01-01T00:00:00',
      ],
    ],
    [['00/00/0000', '01/01/1900', '31/12/9999', '01/01/1970', '01/01/1753']],
    [['1970-01-01T00:00:00Z', '1969-12-31 19:00:00', '1899-12-30 00:00:00', '2999-12-31', '1900-01-00']],
  ])('takes %j for "none" beside a real time', async (empty) => {
    const real = empty[0]?.includes('/') === true ? '25/12/2025' : '2025-12-25';
    const { values, placeholder, reading } = await read([...empty, real]);
    expect(values).toEqual([null, null, null, null, null, '2025-12-25T00:00:00Z']);
    expect(placeholder).toEqual([true, true, true, true, true, false]);
    expect([reading.placeholders, reading.unreadable]).toEqual([5, 0]);
  });

  it('takes zero for "none" in a column of seconds', async () => {
    const { values, reading } = await read(['1767603600', '0', '-1']);
    expect([values, reading.placeholders]).toEqual([['2026-01-05T09:00:00Z', null, null], 2]);
  });

  it('reads years of two digits only under a declared order', async () => {
    await expect(read(['13/01/26 9:00', '14/01/26 9:00'])).rejects.toThrow(/no times of the form/);
    expect((await read(['13/01/26 9:00', '02/01/26 9:00'], 'UTC', 'day_first')).values).toEqual([
      '2026-01-13T09:00:00Z',
      '2026-01-02T09:00:00Z',
    ]);
  });

  it('reads ISO dates under a declared order of day and month', async () => {
    expect((await read(['2026-02-01'], 'UTC', 'day_first')).values).toEqual(['2026-02-01T00:00:00Z']);
  });

  it('does not guess zones of several meanings', async () => {
    await expect(read(['2026-01-05 09:00 IST', '2026-01-05 09:00 CST'])).rejects.toThrow(/no times of the form/);
  });
});
