import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryBatch, Ticket } from '../../src/domain/telemetry.ts';
import { PlumblineError } from '../../src/errors/index.ts';
import { runs } from '../../test/harness/property-runs.ts';
import { parseMapping } from './plan.ts';
import { openFileSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-file-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FIXTURE = join(import.meta.dirname, 'fixtures', 'incidents.csv');
const LOG_MAPPING = readFileSync(join(import.meta.dirname, 'fixtures', 'incidents.yaml'), 'utf8');
const NOW = new Date('2024-06-01T00:00:00Z');
let made = 0;

function file(content: string | Buffer, suffix = '.csv'): string {
  made += 1;
  const path = join(folder, `f${made}${suffix}`);
  writeFileSync(path, content);
  return path;
}

const TICKETS = `
version: 1
mode: tickets
time_zone: UTC
ticket:
  id: id
  created_at: created
  solved_at: solved
`;

interface Read {
  readonly tickets: Ticket[];
  readonly batch: TelemetryBatch;
  readonly rejected: SetAside[];
  readonly checkpoints: string[];
  readonly seen: number;
  readonly notes: readonly string[];
  readonly unmapped: readonly string[];
}

async function read(
  paths: string | string[],
  mapping: string,
  options: { from?: string | null; pageRows?: number; now?: Date } = {},
): Promise<Read> {
  const source = await openFileSource({
    paths: [paths].flat(),
    mapping: parseMapping(mapping, 'map.yaml'),
    mappingName: 'map.yaml',
    pseudonymise: (kind, value) => `${kind}-${value.length}-${value.slice(-3)}`,
    now: options.now ?? NOW,
    ...(options.pageRows === undefined ? {} : { pageRows: options.pageRows }),
  });
  try {
    const batch: Record<string, unknown[]> = {};
    const rejected: SetAside[] = [];
    const checkpoints: string[] = [];
    let seen = 0;
    for await (const page of source.read(options.from ?? null, new AbortController().signal)) {
      for (const [table, records] of Object.entries(page.records))
        batch[table] = [...(batch[table] ?? []), ...(records as unknown[])];
      rejected.push(...page.rejected);
      checkpoints.push(page.checkpoint);
      seen += page.seen;
    }
    const whole = batch as TelemetryBatch;
    return {
      tickets: whole.ticket ?? [],
      batch: whole,
      rejected,
      checkpoints,
      seen,
      notes: source.notes,
      unmapped: source.unmapped,
    };
  } finally {
    await source.close();
  }
}

async function failure(paths: string | string[], mapping: string): Promise<PlumblineError> {
  const error = await read(paths, mapping).then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof PlumblineError)) throw new Error(`expected a PlumblineError, got ${String(error)}`);
  return error;
}

describe('an event log', () => {
  it('gives tickets, events, service-level outcomes and links', async () => {
    const log = await read(FIXTURE, LOG_MAPPING);
    expect(log.seen).toBe(17);
    expect(log.tickets.map((t) => [t.id, t.status, t.reported_reopens, t.reported_reassignments])).toEqual([
      ['INC1', 'closed', 0, 0],
      ['INC2', 'closed', 1, 1],
      ['INC3', 'closed', 0, 0],
      ['INC4', 'closed', 0, 0],
    ]);
    expect(log.tickets[0]).toMatchObject({
      created_at: new Date('2016-02-28T09:00:00Z'),
      reported_solved_at: new Date('2016-02-29T10:00:00Z'),
      priority_rank: 2,
      channel: 'voice',
      requester_key: 'requester-8-r 1',
      cause_code: 'code 5',
    });
    expect(log.rejected.map((one) => [one.code, one.path]).sort()).toEqual([
      ['NEGATIVE_DURATION', 'events.at'],
      ['STATUS_AFTER_FINAL', 'status'],
    ]);
    expect(log.batch.sla_clock?.map((clock) => clock.met)).toEqual([true, false, true, true]);
    expect(log.batch.link?.map((link) => [link.ticket_id, link.linked_at?.toISOString()])).toEqual([
      ['INC2', '2016-03-03T09:00:00.000Z'],
    ]);
    expect(log.notes[0]).toMatch(/opened_at: day before month; 4 of 17 values/);
    expect(log.unmapped).toEqual([]);
  });

  it('lets no name of a person through', async () => {
    const log = await read(FIXTURE, LOG_MAPPING);
    const text = JSON.stringify([log.batch, log.rejected]);
    for (const name of ['Caller 1', 'Resolver 1', 'Updated by 1']) expect(text).not.toContain(`"${name}"`);
  });

  it('gives the same records whatever the order of the rows', async () => {
    const expected = (await read(FIXTURE, LOG_MAPPING)).batch;
    const [header = '', ...lines] = readFileSync(FIXTURE, 'utf8').trim().split('\n');
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (mixed) => {
        expect((await read(file([header, ...mixed].join('\n')), LOG_MAPPING)).batch).toEqual(expected);
      }),
      runs(8),
    );
  });

  it('goes on from every checkpoint with the rest and reads nothing behind the last', async () => {
    const whole = await read(FIXTURE, LOG_MAPPING, { pageRows: 1 });
    expect(whole.checkpoints.length).toBeGreaterThan(4);
    for (const [i, from] of whole.checkpoints.entries()) {
      const rest = await read(FIXTURE, LOG_MAPPING, { from });
      expect(rest.tickets).toEqual(whole.tickets.slice(i + 1));
    }
    expect((await read(FIXTURE, LOG_MAPPING, { from: whole.checkpoints.at(-1) ?? '' })).seen).toBe(0);
  });

  it('starts anew when the checkpoint is of another file or mapping', async () => {
    const last = (await read(FIXTURE, LOG_MAPPING)).checkpoints.at(-1) ?? '';
    const longer = file(
      `${readFileSync(FIXTURE, 'utf8')}INC9,New,0,0,0,true,?,9/3/2016 10:00,Updated by 1,9/3/2016 10:00,Email,?,4 - Low,?,?,?,?,?,?\n`,
    );
    expect((await read(longer, LOG_MAPPING, { from: last })).tickets).toHaveLength(5);
    expect((await read(FIXTURE, `${LOG_MAPPING}\nunused: []\n`, { from: last })).tickets).toHaveLength(4);
    expect((await read(FIXTURE, LOG_MAPPING, { from: 'not json' })).tickets).toHaveLength(4);
  });
});

describe('formats', () => {
  it('reads CSV, JSONL and Parquet, with and without gzip, to the same records', async () => {
    const csv = readFileSync(FIXTURE, 'utf8');
    const [header = '', ...lines] = csv.trim().split('\n');
    const names = header.split(',');
    const jsonl = lines
      .map((line) => JSON.stringify(Object.fromEntries(line.split(',').map((value, i) => [names[i], value]))))
      .join('\n');
    const parquet = join(folder, 'log.parquet');
    const db = await (await DuckDBInstance.create(':memory:')).connect();
    await db.run(`copy (select * from read_csv('${FIXTURE}', all_varchar = true)) to '${parquet}' (format parquet)`);
    db.closeSync();
    const expected = (await read(FIXTURE, LOG_MAPPING)).batch;
    for (const path of [
      file(gzipSync(csv), '.csv.gz'),
      file(gzipSync(csv), '.csv'),
      file(`\ufeff${csv.replaceAll(',', ';')}`),
      file(csv.replaceAll('\n', '\r\n')),
      file(jsonl, '.jsonl'),
      file(gzipSync(jsonl), '.jsonl.gz'),
      parquet,
    ])
      expect((await read(path, LOG_MAPPING)).batch, path).toEqual(expected);
  });

  it('reads several files of one log as one', async () => {
    const [header = '', ...lines] = readFileSync(FIXTURE, 'utf8').trim().split('\n');
    const halves = [lines.filter((_, i) => i % 2 === 0), lines.filter((_, i) => i % 2 === 1)];
    const paths = halves.map((half) => file([header, ...half].join('\n')));
    expect((await read(paths, LOG_MAPPING)).batch).toEqual((await read(FIXTURE, LOG_MAPPING)).batch);
  });

  it('keeps ids beyond 2^53 as they are, in nested JSON too', async () => {
    const path = file(
      '{"meta":{"id":123456789012345678901},"created":"2024-01-01T00:00:00Z","solved":"2024-01-02T00:00:00Z"}\n',
      '.jsonl',
    );
    const { tickets } = await read(path, TICKETS.replace('id: id', 'id: meta.id'));
    expect(tickets[0]?.id).toBe('123456789012345678901');
  });

  it('reads typed Parquet columns', async () => {
    const path = join(folder, 'typed.parquet');
    const db = await (await DuckDBInstance.create(':memory:')).connect();
    await db.run(
      `copy (select 9007199254740993::bigint as id, timestamp '2024-03-01 10:00:00' as created, timestamptz '2024-03-02 10:00:00+02' as solved) to '${path}' (format parquet)`,
    );
    db.closeSync();
    const [ticket] = (await read(path, TICKETS)).tickets;
    expect(ticket?.id).toBe('9007199254740993');
    expect(ticket?.reported_solved_at?.toISOString()).toBe('2024-03-02T08:00:00.000Z');
  });
});

describe('times', () => {
  const rows = (created: string[], solved: string[] = []): string =>
    file(['id,created,solved', ...created.map((at, i) => `${i},${at},${solved[i] ?? ''}`)].join('\n'));

  it('tells day first from month first by days above 12', async () => {
    const day = await read(rows(['3/4/2024', '13/4/2024']), TICKETS);
    expect(day.tickets[0]?.created_at.toISOString()).toBe('2024-04-03T00:00:00.000Z');
    const month = await read(rows(['3/4/2024', '4/13/2024']), TICKETS);
    expect(month.tickets[0]?.created_at.toISOString()).toBe('2024-03-04T00:00:00.000Z');
  });

  it('lends evidence inside a file', async () => {
    const { tickets } = await read(rows(['1/2/2024'], ['20/2/2024']), TICKETS);
    expect(tickets[0]?.created_at.toISOString()).toBe('2024-02-01T00:00:00.000Z');
  });

  it('does not guess: names every column that can be read both ways', async () => {
    const error = await failure(rows(['3/4/2024'], ['5/4/2024']), TICKETS);
    expect(error.code).toBe('BAD_MAPPING');
    expect(error.problems.join('\n')).toMatch(/"created" can be read[\s\S]*"solved" can be read/);
    expect(error.remedy).toContain('date_format');
    const { tickets } = await read(rows(['3/4/2024'], ['5/4/2024']), `${TICKETS}\ndate_format: month_first\n`);
    expect(tickets[0]?.created_at.toISOString()).toBe('2024-03-04T00:00:00.000Z');
  });

  it('refuses mixed orders and a declared order that the values contradict', async () => {
    const path = rows(['13/4/2024', '4/13/2024']);
    expect((await failure(path, TICKETS)).message).toMatch(/mixes day-first and month-first/);
    const wrong = rows(['13/4/2024', '14/4/2024', '15/4/2024']);
    expect((await failure(wrong, `${TICKETS}\ndate_format: month_first\n`)).message).toMatch(
      /can only be the other order/,
    );
  });

  it('wants a zone for naive times and takes it over summer time', async () => {
    const path = rows(['2024-01-15 12:00', '2024-05-15 12:00'], ['2024-01-15 13:00', '']);
    const without = TICKETS.replace('time_zone: UTC\n', '');
    expect((await failure(path, without)).message).toMatch(/time_zone/);
    expect((await failure(path, TICKETS.replace('UTC', 'Nowhere/X'))).message).toMatch(/not an IANA zone/);
    const { tickets } = await read(path, TICKETS.replace('UTC', 'Europe/Berlin'));
    expect(tickets.map((t) => t.created_at.toISOString())).toEqual([
      '2024-01-15T11:00:00.000Z',
      '2024-05-15T10:00:00.000Z',
    ]);
    const offsets = rows(['2024-01-15T12:00:00+01:00'], ['2024-01-15T12:00:00Z']);
    expect((await read(offsets, without)).tickets[0]?.created_at.toISOString()).toBe('2024-01-15T11:00:00.000Z');
  });
});

describe('bad input', () => {
  const good = 'g,2024-01-01,2024-01-02';
  const many = Array.from({ length: 30 }, (_, i) => `ok${i},2024-01-01,2024-01-02`).join('\n');

  it.each([
    ['one field only', 'x', 'MALFORMED_ROW'],
    ['more fields', 'x,2024-01-01,2024-01-02,y', 'MALFORMED_ROW'],
    ['a NUL byte', 'x\0y,2024-01-01,2024-01-02', 'NUL_BYTE'],
    ['no key', ',2024-01-01,2024-01-02', 'MISSING_KEY'],
    ['no creation', 'x,,2024-01-02', 'MISSING_TIME'],
    ['a day that does not exist', 'x,2024-02-30,', 'BAD_TIME'],
    ['a creation after now', 'x,2031-01-01,', 'FUTURE_TIME'],
    ['a creation that stands for none', 'x,1970-01-01,', 'PLACEHOLDER_TIME'],
    ['a key that is prose', `${'x'.repeat(121)},2024-01-01,`, 'BAD_KEY'],
    ['a key that a spreadsheet has rounded', '1.23457E+17,2024-01-01,', 'BAD_KEY'],
  ])('sets aside and counts a row with %s', async (_, line, code) => {
    const result = await read(file(`id,created,solved\n${good}\n${line}\n${many}\n`), TICKETS);
    expect(result.rejected.map((one) => one.code)).toEqual([code]);
    expect(result.tickets).toHaveLength(31);
    expect(JSON.stringify(result.rejected)).not.toContain('xxx');
  });

  it.each([
    ['before its creation', '2024-01-02', 'NEGATIVE_DURATION', 'solved'],
    ['on a day that does not exist', '2024-02-30', 'BAD_TIME', 'solved'],
    ['after now', '2031-01-01', 'FUTURE_TIME', 'open'],
    ['at a day that stands for none', '1900-01-01', 'PLACEHOLDER_TIME', 'open'],
    ['at the end of days', '9999-12-31', 'PLACEHOLDER_TIME', 'open'],
    ['at a day of zeros', '0000-00-00', 'PLACEHOLDER_TIME', 'open'],
    ['at no readable time', 'soon', 'BAD_TIME', 'open'],
    ['with a NUL byte in it', '2024-01-05\0', 'NUL_BYTE', 'open'],
  ])('keeps a ticket that ends %s, without that end', async (_, end, code, status) => {
    const result = await read(file(`id,created,solved\n${good}\nx,2024-01-03,${end}\n${many}\n`), TICKETS);
    expect(result.rejected.map((one) => [one.stream, one.code, one.path])).toEqual([['cells', code, 'solved']]);
    expect(result.tickets).toHaveLength(32);
    expect(result.tickets.find((one) => one.id === 'x')).toMatchObject({ status, reported_solved_at: null });
  });

  it('keeps the last second of the file and refuses the first behind it', async () => {
    const at = (time: string): string => file(`id,created,solved\n${good}\nx,2024-01-01,${time}\n`);
    const now = new Date('2024-02-01T00:00:00Z');
    expect((await read(at('2024-02-01 00:00:00'), TICKETS, { now })).tickets).toHaveLength(2);
    expect((await read(at('2024-02-01 00:00:01'), TICKETS, { now })).rejected[0]?.code).toBe('FUTURE_TIME');
  });

  it('settles several rows of one ticket by the update stamp, or not at all', async () => {
    const content =
      'id,created,solved,upd\na,2024-01-01,2024-01-02,2024-01-02\na,2024-01-01,2024-01-03,2024-01-04\na,2024-01-01,2024-01-03,2024-01-04\nb,2024-01-01,,2024-01-01\n';
    const path = file(content);
    const withStamp = await read(path, `${TICKETS}  updated_at: upd\n`);
    expect(withStamp.tickets.map((t) => [t.id, t.reported_solved_at?.getUTCDate() ?? null])).toEqual([
      ['a', 3],
      ['b', null],
    ]);
    expect(withStamp.rejected.map((one) => one.code)).toEqual(['OLDER_ROW']);
    const without = await read(path, TICKETS);
    expect(without.tickets.map((t) => t.id)).toEqual(['b']);
    // Every row is kept or set aside, also the one that repeats another.
    expect(without.rejected.map((one) => one.code)).toEqual(['DUPLICATE_ID', 'DUPLICATE_ID', 'DUPLICATE_ID']);
  });

  it('keeps formulas and markup as the plain text they are', async () => {
    const { tickets } = await read(
      file(`id,created,solved,cat\n"=1+1",2024-01-01,,"<b>,""x"""\n`),
      `${TICKETS}  category: cat\n`,
    );
    expect(tickets[0]).toMatchObject({ id: '=1+1', category: '<b>,"x"' });
  });

  it('drops prose from a field for codes and says so', async () => {
    const { tickets, rejected } = await read(
      file(`id,created,solved,cat\n1,2024-01-01,,${'dear support '.repeat(20)}\n`),
      `${TICKETS}  category: cat\n`,
    );
    expect(tickets[0]?.category).toBeNull();
    expect(rejected.map((one) => [one.code, one.path])).toEqual([['FREE_TEXT', 'cat']]);
  });

  it('sets aside a rare unknown word and refuses a mapping that misses a common one', async () => {
    const mapping = `${TICKETS}  status: { column: st, values: { open: open, done: solved } }\n`;
    const body = Array.from({ length: 40 }, (_, i) => `${i},2024-01-01,,open`).join('\n');
    const rare = await read(file(`id,created,solved,st\n${body}\nx,2024-01-01,,odd\n`), mapping);
    expect(rare.rejected.map((one) => one.code)).toEqual(['UNMAPPED_VALUE']);
    const common = await failure(file('id,created,solved,st\n1,2024-01-01,,open\n2,2024-01-01,,waiting\n'), mapping);
    expect(common.message).toContain('"waiting" (1 rows)');
  });

  it.each([
    ['an empty file', '', '.csv', /is empty/],
    ['a header alone', 'id,created,solved\n', '.csv', /no readable row/],
    ['a web page', '<!DOCTYPE html><html>', '.csv', /web page/],
    ['a spreadsheet', 'PK\u0003\u0004xxxx', '.xlsx', /spreadsheet/],
    ['one column', 'id created solved\n1 2 3\n', '.csv', /one single column/],
    ['a quote that never ends', 'id,created,solved\n1,2024-01-01,\n2,"2024-01-02,\n3,2024-01-03,\n', '.csv', /quote/],
    ['a JSON array that is cut off', '[{"id":1},{"id"', '.json', /Malformed JSON/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), '.xls', /old Excel workbook/],
    ['JSON that is none', '{"id": 1', '.jsonl', /No line is a JSON object/],
    ['Parquet that is none', 'PAR1 nothing behind it', '.parquet', /cannot be read as parquet/],
    ['gzip that is none', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]), '.csv.gz', /not a complete gzip/],
  ])('refuses %s with the way out', async (_, content, suffix, message) => {
    const error = await failure(file(content, suffix), TICKETS);
    expect(error.code).toBe('BAD_INPUT_FILE');
    expect(error.message).toMatch(message);
    expect(error.remedy.length).toBeGreaterThan(10);
  });

  it('names a file that does not exist', async () => {
    expect((await failure(join(folder, 'none.csv'), TICKETS)).message).toMatch(/none\.csv cannot be read/);
  });

  it('reads one single ticket', async () => {
    expect((await read(file('id,created,solved\n1,2024-01-01,\n'), TICKETS)).tickets).toHaveLength(1);
  });
});

describe('mapping', () => {
  const path = (): string => file('id,created,solved\n1,2024-01-01,2024-01-02\n');

  it('names the nearest column for one that does not exist', async () => {
    const error = await failure(path(), TICKETS.replace('solved_at: solved', 'solved_at: sovled'));
    expect(error.message).toContain('did you mean "solved"?');
    expect(error.remedy).toContain('id, created, solved');
  });

  it('names the nearest key and the line for one that does not exist', async () => {
    const error = await failure(path(), TICKETS.replace('time_zone', 'timezone'));
    expect(error.code).toBe('BAD_MAPPING');
    expect(error.message).toMatch(/map\.yaml:4.*did you mean "time_zone"/);
  });

  it.each([
    ['YAML that is none', 'version: [1', /map\.yaml/],
    ['events without a stamp', TICKETS.replace('mode: tickets', 'mode: events'), /events\.at/],
    ['a stamp without events', `${TICKETS}events: { at: created }\n`, /belongs to mode events/],
    ['no end of a ticket', TICKETS.replace('  solved_at: solved\n', ''), /how a ticket ends/],
  ])('refuses %s', async (_, mapping, message) => {
    const error = await failure(path(), mapping);
    expect(error.code).toBe('BAD_MAPPING');
    expect(error.message).toMatch(message);
  });
});
