import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { readFile } from '../../test/harness/read-file.ts';
import { proposeMapping } from './propose/propose-mapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-joined-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

function file(lines: readonly string[]): string {
  made += 1;
  const path = join(folder, `f${made}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function stampsOf(path: string, yaml: string) {
  const { tickets, unmapped } = await readFile(path, yaml);
  const stamps = tickets.map((one) => [
    one.id,
    one.created_at.toISOString(),
    one.reported_solved_at?.toISOString() ?? null,
  ]);
  return { stamps, unmapped };
}

/** The proposal, all open points answered with their first option (the zone is UTC). */
async function proposed(path: string) {
  const proposal = await proposeMapping([path]);
  return proposal.settle(new Map(proposal.points.map((point) => [point.id, 0]))).yaml;
}

const SOLVED = [
  ['1', '2026-03-17T09:05:00.000Z', '2026-03-17T11:30:00.000Z'],
  ['2', '2026-03-18T14:45:00.000Z', null],
];

describe('days and times of day in two columns', () => {
  it.each([
    [
      'clocks of 24 hours',
      'Ticket,Status,Open Date,Open Time,Resolved Date,Resolved Time',
      ['1,Resolved,2026-03-17,09:05,2026-03-17,11:30', '2,Open,2026-03-18,14:45,,'],
    ],
    [
      'am and pm behind days with midnights',
      'Ticket,Status,Date Opened,Time Opened,Date Resolved,Time Resolved',
      [
        '1,Resolved,3/17/2026 12:00:00 AM,9:05 AM,3/17/2026 12:00:00 AM,11:30 AM',
        '2,Open,3/18/2026 12:00:00 AM,2:45 PM,,',
      ],
    ],
    [
      'times that Access writes behind its day zero',
      'Ticket,Status,opened_date,opened_time,resolved_date,resolved_time',
      [
        '1,Resolved,17/03/2026,12/30/1899 09:05:00,17/03/2026,12/30/1899 11:30:00',
        '2,Open,18/03/2026,12/30/1899 14:45:00,,',
      ],
    ],
    [
      'German headers',
      'Ticket;Status;Erstelldatum;Erstellzeit;Erledigt Datum;Erledigt Uhrzeit',
      ['1;Gelöst;17.03.2026;09:05 Uhr;17.03.2026;11:30 Uhr', '2;Offen;18.03.2026;14:45 Uhr;;'],
    ],
  ])('are read together: %s', async (_, header, rows) => {
    const path = file([header, ...rows]);
    const yaml = await proposed(path);
    expect(yaml).toContain('joined:');
    const read = await stampsOf(path, yaml);
    expect(read.stamps).toEqual(SOLVED);
    expect(read.unmapped).toEqual([]);
  });

  it('of a workbook, whose times have no day', async () => {
    const path = join(folder, 'book.xlsx');
    const day = (value: string) => ({ type: Date, value: new Date(value), format: 'yyyy-mm-dd' });
    const clock = (value: string) => ({ type: Date, value: new Date(`1899-12-30T${value}Z`), format: 'hh:mm' });
    const rows = [
      ['Ticket', 'Status', 'Open Date', 'Open Time'].map((value) => ({ value })),
      [{ value: '1' }, { value: 'Open' }, day('2026-03-17'), clock('09:05:00')],
      [{ value: '2' }, { value: 'Open' }, day('2026-03-18'), clock('14:45:00')],
    ];
    await writeXlsxFile([{ sheet: 'Tickets', data: rows }]).toFile(path);
    const { stamps } = await stampsOf(path, await proposed(path));
    expect(stamps.map((one) => one[1])).toEqual(['2026-03-17T09:05:00.000Z', '2026-03-18T14:45:00.000Z']);
  });

  it('without a time the day stands alone, without a day there is none', async () => {
    const path = file([
      'id,Status,Open Date,Open Time',
      '1,Open,2026-03-17,09:05',
      '2,Open,2026-03-18,',
      '3,Open,-,08:00',
    ]);
    const { stamps } = await stampsOf(path, await proposed(path));
    expect(stamps).toEqual([
      ['1', '2026-03-17T09:05:00.000Z', null],
      ['2', '2026-03-18T00:00:00.000Z', null],
    ]);
  });

  it.each([
    ['how long something took', 'Resolution Date,Resolution Time', ['2026-03-17,02:25', '2026-03-18,01:10']],
    ['a day with its own time', 'Closed Date,Closed Time', ['2026-03-17 08:00,02:25', '2026-03-18 09:00,01:10']],
    ['more than a day', 'Closed Date,Closed Time', ['2026-03-17,26:25', '2026-03-18,101:10']],
  ])('leaves apart %s', async (_, header, rows) => {
    const path = file([
      `id,Status,Created,${header}`,
      ...rows.map((row, i) => `${i + 1},Solved,2026-03-1${i + 5} 08:00,${row}`),
    ]);
    expect((await proposeMapping([path])).yaml).not.toContain('joined:');
  });

  it('names a part that the file lacks, with the nearest column', async () => {
    const path = file(['id,Status,Open Date,Open Time', '1,Open,2026-03-17,09:05']);
    const yaml = [
      'version: 1',
      'mode: tickets',
      'time_zone: UTC',
      'joined:',
      '  - { name: Opened, day: Open Date, time: Open Tme }',
      'ticket: { id: id, created_at: Opened, status: { column: Status, values: { Open: open } } }',
    ].join('\n');
    await expect(stampsOf(path, yaml)).rejects.toMatchObject({
      code: 'BAD_MAPPING',
      message: 'm: joined "Opened" names column "Open Tme", which the file does not have; did you mean "Open Time"?',
    });
  });
});
