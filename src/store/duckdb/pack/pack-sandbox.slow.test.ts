import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aTicket, at } from '../../../../test/harness/records.ts';
import type { SqlSession } from '../../../domain/sql-session.ts';
import type { Store } from '../../ports.ts';
import { openDuckdbStore, openMemoryStore } from '../open.ts';

const span = { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2025-01-01T00:00:00Z') };
const LONG = { timeoutMs: 60_000, maxRows: 1_000 };
const SHORT = { timeoutMs: 500, maxRows: 1_000 };
let store: Store;

beforeAll(async () => {
  store = await openMemoryStore({ packMemoryMb: 256, threads: 1 });
  await store.telemetry.commit({
    connection: 'desk',
    stream: null,
    checkpoint: null,
    records: {
      ticket: [
        aTicket({ id: '1', created_at: at('2026-02-02T08:00:00Z'), calendar_id: 'c', tags: ['x'] }),
        aTicket({ id: '2', created_at: at('2026-02-02T09:00:00Z'), spam: true }),
      ],
      calendar: [
        {
          id: 'c',
          time_zone: 'Europe/Berlin',
          weekly: [{ start_minute: 1_980, end_minute: 2_460 }],
          holidays: [],
          valid_from: at('1970-01-01T00:00:00Z'),
          valid_to: null,
          is_default: true,
        },
      ],
    },
    rejected: [],
  });
});
afterAll(() => store.close());

const measured = <T>(work: (session: SqlSession) => Promise<T>): Promise<T> => store.telemetry.measure(span, work);

async function rowsOf(session: SqlSession, sql: string, limits = LONG): Promise<unknown> {
  const name = await session.runPack(sql, { as_of: session.asOf }, limits);
  const rows = await session.query(`SELECT * FROM ${name}`);
  await session.drop(name);
  return rows;
}

const NESTED = `list_transform(range(2000), lambda a: list_sum(list_transform(range(2000), lambda b: list_sum(
  list_transform(range(2000), lambda c: a * b + c)))))`;
const DOUBLED = Array.from(
  { length: 26 },
  (_, i) => `c${i + 1} AS NOT MATERIALIZED (SELECT a.x FROM c${i} a, c${i} b)`,
).join(', ');
const LONG_TEXT = `repeat('a', 2000000)`;

describe('SQL that would never end, or take all memory', () => {
  it.each([
    [
      'a text of a gigabyte',
      "SELECT len(repeat(repeat('a', 1000000), 1000)) AS n FROM range(100000)",
      /TIMEOUT|MEMORY/,
    ],
    ['texts made while planning', "SELECT md5(repeat('a', 4000000000)) AS n", /TIMEOUT|MEMORY|BAD_RULES/],
    ['lists in lists in lists', `SELECT len(${NESTED}) AS n`, /TIMEOUT|MEMORY/],
    [
      'LIKE with many stars',
      `SELECT count(*) AS n FROM range(100000) WHERE ${LONG_TEXT} || range LIKE '${'%a'.repeat(60)}b'`,
      /TIMEOUT|MEMORY/,
    ],
    [
      'a regular expression over long texts',
      `SELECT count(*) AS n FROM range(1000000) WHERE regexp_matches(${LONG_TEXT} || range, '(a|aa|aaa){100}b$')`,
      /TIMEOUT|MEMORY|BAD_RULES/,
    ],
    ['edit distances', `SELECT levenshtein(${LONG_TEXT}, reverse(${LONG_TEXT}) || 'b') AS n`, /TIMEOUT|MEMORY/],
    [
      'cross joins of series',
      'SELECT count(*) AS n FROM range(1000000) a(i), range(1000000) b(j) WHERE i + j = -1',
      /TIMEOUT/,
    ],
    [
      'a plan that doubles with every name',
      `WITH c0 AS (SELECT 1 AS x), ${DOUBLED} SELECT count(*) AS n FROM c26 p, c26 q`,
      /TIMEOUT|MEMORY/,
    ],
    [
      'texts that double',
      "WITH RECURSIVE r AS (SELECT 'a' AS t UNION ALL SELECT t || t FROM r) SELECT max(len(t)) AS n FROM r",
      /TIMEOUT|MEMORY|BAD_RULES/,
    ],
    [
      'aggregated texts',
      "SELECT string_agg(repeat('ab', 100000), ',') AS n FROM range(1000000)",
      /TIMEOUT|MEMORY|BAD_RULES/,
    ],
    [
      'recursion without end',
      'WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT count(*) AS n FROM r',
      /TIMEOUT|MEMORY/,
    ],
  ])('is ended: %s', async (_, sql, code) => {
    await measured(async (session) => {
      await expect(session.runPack(sql, {}, SHORT)).rejects.toMatchObject({ code: expect.stringMatching(code) });
      expect(await session.query('SELECT count(*) AS n FROM ticket_all')).toEqual([{ n: 2 }]);
      expect(await rowsOf(session, 'SELECT id FROM ticket_h')).toEqual([{ id: '1' }]);
    });
  });

  it('names the limit of time', () =>
    measured((session) =>
      expect(
        session.runPack('SELECT count(*) AS n FROM range(9e9::BIGINT) WHERE range = -1', {}, SHORT),
      ).rejects.toMatchObject({
        code: 'SANDBOX_TIMEOUT',
        message: 'The SQL did not end within 500 ms.',
      }),
    ));

  it('is refused when its rows are heavy rather than many', () =>
    measured(async (session) => {
      await expect(session.runPack("SELECT repeat('a', 20000) AS unit", {}, LONG)).rejects.toMatchObject({
        code: 'SANDBOX_REFUSED',
        message: expect.stringContaining('20000 bytes'),
      });
      await expect(session.runPack('SELECT range(5000) AS unit', {}, LONG)).rejects.toMatchObject({
        code: 'SANDBOX_REFUSED',
      });
    }));
});

describe('foreign SQL', () => {
  it('sees the measure views as SQL of ours does', () =>
    measured(async (session) => {
      for (const sql of [
        'SELECT id, population, tags, open_as_of, created_at FROM ticket_all ORDER BY id',
        'SELECT * FROM ticket_h',
        'SELECT count(*) AS n FROM ticket_h',
        'FROM calendar',
        "SELECT connection, business_s(connection, 'c', TIMESTAMP '2026-02-02 08:00:00', TIMESTAMP '2026-02-04 12:00:00') AS s FROM ticket_h",
        "SELECT sum(i) AS huge, 1.5::DECIMAL(9, 2) AS dec, DATE '2026-02-01' AS day, [1, NULL] AS list, true AS yes FROM range(3) r(i)",
        'WITH event AS (SELECT 1 AS one) SELECT one FROM event',
        'SELECT $as_of::TIMESTAMP AS as_of',
      ])
        expect(await rowsOf(session, sql)).toEqual(await session.query(sql, { as_of: session.asOf }));
    }));

  it.each([
    ['recorded tables under their names', 'SELECT * FROM ticket'],
    ['steps in between', 'SELECT * FROM m_fact'],
  ])('does not see %s', (_, sql) =>
    measured((session) => expect(session.runPack(sql, {}, LONG)).rejects.toMatchObject({ code: 'BAD_RULES' })),
  );

  it.each(['x_a", (SELECT max(id) FROM telemetry.ticket) AS "x_b', 'count_star()', 'a b'])(
    'cannot put SQL into ours by a column called %s',
    (column) =>
      measured((session) =>
        expect(session.runPack(`SELECT 1 AS "${column.replaceAll('"', '""')}"`, {}, LONG)).rejects.toMatchObject({
          code: 'BAD_RULES',
          message: expect.stringContaining('a column called'),
        }),
      ),
  );

  it('leaves nothing behind once the store is closed, and what a killed process left goes when the store is opened', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-packs-'));
    const open = () => openDuckdbStore({ dataDir, workspace: 'default', clock: () => span.asOf });
    try {
      const one = await open();
      await one.telemetry.measure(span, (session) => rowsOf(session, 'SELECT count(*) AS n FROM ticket_h'));
      const exchange = join(dataDir, 'exchange');
      const [folder = ''] = readdirSync(exchange);
      expect(folder).toMatch(/^packs-/);
      expect(readdirSync(join(exchange, folder)).filter((file) => file.endsWith('.duckdb'))).toEqual([]);
      await one.close();
      expect(readdirSync(exchange)).toEqual([]);
      const left = join(exchange, 'packs-left');
      mkdirSync(left);
      await (await open()).close();
      expect(existsSync(left)).toBe(false);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
