import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseMapping } from '../../connectors/file/plan.ts';
import { openFileSource } from '../../connectors/file/source.ts';
import type { RecordSource } from '../kit/record-source.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';
import type { Store } from '../store/ports.ts';
import { type ImportProgress, type ImportResult, importSource } from './import.ts';
import type { LossLimit } from './judge-check.ts';

const FIXTURES = resolve(import.meta.dirname, '../../connectors/file/fixtures');
const MAPPING = readFileSync(join(FIXTURES, 'incidents.yaml'), 'utf8');
const NOW = new Date('2024-06-01T00:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'plumbline-import-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let store: Store;
beforeEach(async () => {
  store = await openMemoryStore();
});
afterEach(() => store.close());

function open(
  path = join(FIXTURES, 'incidents.csv'),
  mapping = MAPPING,
  pageRows?: number,
  now = NOW,
): Promise<RecordSource> {
  return openFileSource({
    paths: [path],
    mapping: parseMapping(mapping, 'map.yaml'),
    mappingName: 'map.yaml',
    pseudonymise: (kind, value) => `${kind}:${value.length}`,
    now,
    ...(pageRows === undefined ? {} : { pageRows }),
  });
}

async function load(
  source: RecordSource,
  options: {
    batchRows?: number;
    signal?: AbortSignal;
    progress?: (event: ImportProgress) => void;
    limit?: LossLimit;
    replace?: boolean;
  } = {},
): Promise<ImportResult> {
  try {
    return await importSource(
      { name: 'log', source, settings: { file: 'incidents.csv' }, replace: options.replace === true },
      {
        telemetry: store.telemetry,
        ledger: store.ledger,
        clock: () => NOW,
        batchRows: options.batchRows ?? 10_000,
        progress: options.progress ?? (() => undefined),
        ...(options.limit === undefined ? {} : { limit: options.limit }),
      },
      options.signal ?? new AbortController().signal,
    );
  } finally {
    await source.close();
  }
}

describe('importSource', () => {
  it('stores the records, the connection and what was set aside', async () => {
    const result = await load(await open());
    expect(result).toMatchObject({
      unchanged: false,
      rows: 17,
      seen: 17,
      tickets: 4,
      rejected: { NEGATIVE_DURATION: 1, STATUS_AFTER_FINAL: 1 },
    });
    expect((await store.telemetry.rows('log')).get('ticket')).toBe(4);
    expect(await store.telemetry.setAside('log')).toHaveLength(2);
    expect((await store.ledger.connections())[0]).toMatchObject({ name: 'log', vendor: 'file', secret: 'none' });
  });

  it('says of every stream whether the file shows it', async () => {
    await load(await open());
    const rows = new Map((await store.telemetry.observability()).map((one) => [one.stream, one]));
    expect(rows.size).toBe(15);
    expect(rows.get('tickets')).toMatchObject({ status: 'available', rows: 4, reconciled_share: 1 });
    expect(rows.get('events')?.fields).toEqual([
      'actor',
      'actor:agent',
      'actor:system',
      'assignee',
      'field',
      'group',
      'priority',
      'status',
      'touch',
    ]);
    expect(rows.get('events')).toMatchObject({ rejected: 0, until: new Date('2016-03-09T12:00:01Z') });
    expect(rows.get('tickets')?.fields).not.toContain('organisation_id');
    expect(rows.get('messages')).toMatchObject({ status: 'absent', fields: [], until: null });
    expect(rows.get('messages')?.detail).toMatch(/first replies/);
  });

  it('adds nothing when the same file comes again', async () => {
    await load(await open());
    const before = await store.telemetry.digest();
    const again = await load(await open());
    expect(again).toMatchObject({ unchanged: true, seen: 0, written: 0 });
    expect(await store.telemetry.digest()).toBe(before);
    expect((await store.telemetry.setAside('log')).map((one) => one.times)).toEqual([1, 1]);
  });

  it('goes on after an interruption and ends with the same bytes as without one', async () => {
    await load(await open());
    const whole = await store.telemetry.digest();
    await store.telemetry.forget('log');
    const abort = new AbortController();
    const source = await open(undefined, undefined, 1);
    const cut: RecordSource = {
      ...source,
      async *read(checkpoint, signal) {
        let pages = 0;
        for await (const page of source.read(checkpoint, signal)) {
          yield page;
          pages += 1;
          if (pages === 2) throw new Error('power cut');
        }
      },
    };
    await expect(load(cut, { batchRows: 1, signal: abort.signal })).rejects.toThrow('power cut');
    expect((await store.telemetry.rows('log')).get('ticket')).toBe(2);
    const rest = await load(await open());
    expect(rest.seen).toBeLessThan(17);
    expect(await store.telemetry.digest()).toBe(whole);
  });

  it('replaces what a former mapping made of the same file', async () => {
    await load(await open());
    await load(await open(undefined, MAPPING.replace('  category: category\n', '')));
    const events = await store.telemetry.find('event', 'log', 'INC1');
    expect(events.filter((event) => event.field === 'category')).toEqual([]);
    expect((await store.telemetry.observability()).find((one) => one.stream === 'tickets')?.fields).not.toContain(
      'category',
    );
  });

  it('adds another file of the same name', async () => {
    await load(await open());
    const more = join(folder, 'more.csv');
    const header = readFileSync(join(FIXTURES, 'incidents.csv'), 'utf8').split('\n')[0];
    writeFileSync(
      more,
      `${header}\nINC9,New,0,0,0,true,?,13/4/2016 10:00,Updated by 1,13/4/2016 10:00,Email,?,4 - Low,?,?,?,?,?,?\n`,
    );
    await load(await open(more));
    expect((await store.telemetry.rows('log')).get('ticket')).toBe(5);
    const tickets = (await store.telemetry.observability()).find((one) => one.stream === 'tickets');
    expect(tickets).toMatchObject({ since: new Date('2016-02-28T09:00:00Z'), until: new Date('2016-04-13T10:00:01Z') });
  });

  it('reports progress against the rows of the file', async () => {
    const seen: number[] = [];
    await load(await open(undefined, undefined, 1), {
      batchRows: 1,
      progress: (event) => {
        expect(event.total).toBe(17);
        seen.push(event.seen);
      },
    });
    expect(seen.at(-1)).toBe(17);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('lets the newer state of a ticket stand, whatever the order of the files', async () => {
    const mapping = `version: 1
mode: tickets
time_zone: UTC
ticket: { id: id, created_at: created, updated_at: updated, solved_at: solved }
`;
    const file = (name: string, rows: string): string => {
      const path = join(folder, name);
      writeFileSync(path, `id,created,updated,solved\n${rows}`);
      return path;
    };
    const february = file(
      'feb.csv',
      '7,2026-01-05 09:00,2026-02-10 09:00,2026-02-10 09:00\n9,2026-02-06 09:00,2026-02-27 08:00,\n',
    );
    const january = file('jan.csv', '7,2026-01-05 09:00,2026-01-31 08:00,\n8,2026-01-06 09:00,2026-01-31 08:00,\n');
    const now = new Date('2026-03-01T00:00:00Z');
    await load(await open(february, mapping, undefined, now));
    const result = await load(await open(january, mapping, undefined, now));
    expect(result).toMatchObject({ older: 1, written: 1 });
    const [seven] = await store.telemetry.find('ticket', 'log', '7');
    expect(seven).toMatchObject({ status: 'solved', updated_at: new Date('2026-02-10T09:00:00Z') });
    expect((await store.telemetry.rows('log')).get('ticket')).toBe(3);
  });

  describe('with a limit of loss', () => {
    const TICKETS = `version: 1
mode: tickets
time_zone: UTC
ticket: { id: id, created_at: created, solved_at: solved }
`;
    const limit = { maxLostShare: 0.05, acceptLoss: false };
    const file = (name: string, header: string, rows: readonly string[]): string => {
      const path = join(folder, name);
      writeFileSync(path, [header, ...rows].join('\n'));
      return path;
    };
    const rowsWith = (n: number, lost: number): string[] =>
      Array.from({ length: n }, (_, i) => `${i},${i < lost ? '' : '2024-01-05 09:00'},`);
    const tickets = (name: string, n: number, lost: number): string =>
      file(name, 'id,created,solved', rowsWith(n, lost));

    it('refuses a source of which more would be lost, with cause and remedy, and stores nothing', async () => {
      const error = await load(await open(tickets('six.csv', 100, 6), TICKETS), { limit }).catch((one: unknown) => one);
      expect(error).toMatchObject({ code: 'ROWS_LOST', kind: 'config' });
      expect(String((error as Error).message)).toContain('6 of 100 rows (6.0 %)');
      expect((error as { remedy: string }).remedy).toMatch(/created_at.*--accept-loss/);
      expect((await store.telemetry.rows('log')).get('ticket')).toBe(0);
      expect(await store.ledger.connections()).toEqual([]);
    });

    it('takes what is at the limit, and goes on above it when told to, which it records', async () => {
      await load(await open(tickets('five.csv', 100, 5), TICKETS), { limit });
      expect((await store.telemetry.rows('log')).get('ticket')).toBe(95);
      expect((await store.ledger.connections())[0]?.settings).not.toHaveProperty('accepted_loss');
      await load(await open(tickets('half.csv', 100, 50), TICKETS), { limit: { ...limit, acceptLoss: true } });
      expect((await store.ledger.connections())[0]?.settings).toMatchObject({
        accepted_loss: { share: 0.5, rows: 50 },
      });
    });

    it('refuses a wholly rejected source whatever is accepted', async () => {
      const source = await open(tickets('none.csv', 3, 3), TICKETS).catch((one: unknown) => one);
      const error =
        source instanceof Error
          ? source
          : await load(source as RecordSource, { limit: { maxLostShare: 1, acceptLoss: true } }).catch(
              (one: unknown) => one,
            );
      expect((error as { kind: string }).kind).toBe('config');
      expect((await store.telemetry.rows('log')).get('ticket')).toBe(0);
    });

    it('keeps the first hundred of a reason one by one and counts all', async () => {
      await load(await open(tickets('many.csv', 1000, 450), TICKETS), { limit: { ...limit, acceptLoss: true } });
      const aside = await store.telemetry.setAside('log');
      expect(aside).toHaveLength(101);
      expect(aside.reduce((sum, one) => sum + one.times, 0)).toBe(450);
      const seen = (await store.telemetry.observability()).find((one) => one.stream === 'tickets');
      expect(seen?.rejected).toBe(450);
    });

    it('refuses a second file of another form under one name, and replaces the first when told to', async () => {
      await load(await open(tickets('one.csv', 3, 0), TICKETS), { limit });
      const other = file('other.csv', 'nr,opened,done', ['X9,2024-01-05 09:00,2024-01-06 09:00']);
      const mapping = TICKETS.replace(
        'id: id, created_at: created, solved_at: solved',
        'id: nr, created_at: opened, closed_at: done',
      );
      await expect(load(await open(other, mapping), { limit })).rejects.toMatchObject({
        code: 'OTHER_FORM',
        message: expect.stringMatching(/created, id, solved.*done, nr, opened/),
      });
      expect((await store.telemetry.rows('log')).get('ticket')).toBe(3);
      await load(await open(other, mapping), { limit, replace: true });
      expect((await store.telemetry.rows('log')).get('ticket')).toBe(1);
      const same = file('more.csv', 'nr,opened,done,extra', ['X10,2024-01-05 09:00,,y']);
      await load(await open(same, mapping), { limit });
      expect((await store.telemetry.rows('log')).get('ticket')).toBe(2);
    });
  });
});
