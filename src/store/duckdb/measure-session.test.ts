import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { aMessage, aTicket, at } from '../../../test/harness/records.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import type { Store } from '../ports.ts';
import type { PackGuard } from './measure-session.ts';
import { type MemoryStoreOptions, openDuckdbStore, openMemoryStore } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-session-'));
const SECRET = join(folder, 'secret.csv');
writeFileSync(SECRET, 'a,b\n1,2\n');
const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const span = { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2025-01-01T00:00:00Z') };
const limits = { timeoutMs: 20_000, maxRows: 100 };

async function openFilled(options: MemoryStoreOptions): Promise<Store> {
  const store = await openMemoryStore(options);
  await store.telemetry.commit({
    connection: 'desk',
    stream: null,
    checkpoint: null,
    records: {
      ticket: [aTicket({ id: '9007199254740993' }), aTicket({ id: '2', tags: ['x'] })],
      message: [aMessage({ id: 'm', ticket_id: '2', at: at('2026-02-01T10:00:00.500Z'), article_ids: ['a', 'b'] })],
    },
    rejected: [],
  });
  return store;
}

/** One store for SQL that runs in a child, one for SQL that runs here: a child stays with its store. */
const foreign = openFilled({});
const trusted = openFilled({ trusts: async () => true });
afterAll(async () => {
  for (const store of await Promise.all([foreign, trusted])) await store.close();
});

async function measured<T>(work: (session: SqlSession) => Promise<T>, on: Promise<Store> = trusted): Promise<T> {
  return (await on).telemetry.measure(span, work);
}

describe('query', () => {
  it('turns values of the engine into ours', async () => {
    const rows = await measured((session) =>
      session.query(
        `SELECT 9007199254740991::BIGINT AS safe, 9007199254740992::BIGINT AS beyond, -9007199254740993::HUGEINT AS huge,
          1.25::DECIMAL(9, 2) AS dec, DATE '2026-02-01' AS day, TIMESTAMP '2026-02-01 10:00:00.5' AS instant,
          TIMESTAMPTZ '2026-02-01 10:00:00+02' AS zoned, [1, NULL] AS list, NULL AS nothing, true AS yes, 'x' AS text`,
      ),
    );
    expect(rows).toEqual([
      {
        safe: 9007199254740991,
        beyond: '9007199254740992',
        huge: '-9007199254740993',
        dec: 1.25,
        day: at('2026-02-01T00:00:00Z'),
        instant: at('2026-02-01T10:00:00.500Z'),
        zoned: at('2026-02-01T08:00:00Z'),
        list: [1, null],
        nothing: null,
        yes: true,
        text: 'x',
      },
    ]);
  });

  it('binds instants, texts, lists and null by name, and leaves out what the text does not use', async () => {
    const params = { as_of: span.asOf, id: "2' OR true --", ids: ['2', '3'], none: null, unused: 5 };
    const rows = await measured((session) =>
      session.query(
        `SELECT $as_of::TIMESTAMP AS as_of, $none::VARCHAR AS none, list_contains($ids, '2') AS found,
          (SELECT count(*) FROM ticket_all WHERE id = $id) AS injected`,
        params,
      ),
    );
    expect(rows).toEqual([{ as_of: span.asOf, none: null, found: true, injected: 0 }]);
  });

  it('reads rare columns of a ticket as well, before and after queries that need none', async () => {
    const counts = await measured(async (session) => [
      (await session.query('SELECT count(*) AS n FROM ticket_h'))[0]?.n,
      (await session.query("SELECT count(*) AS n FROM ticket_h WHERE list_contains(tags, 'x')"))[0]?.n,
      Object.keys((await session.query('SELECT * FROM ticket_all LIMIT 1'))[0] ?? {}).includes('vendor_status'),
      (await session.query('SELECT count(*) AS n FROM ticket_h'))[0]?.n,
    ]);
    expect(counts).toEqual([2, 1, true, 2]);
  });

  it('lets several measurements run at once, each with its own views', async () => {
    const store = await openMemoryStore();
    stores.push(store);
    await store.telemetry.commit({
      connection: 'desk',
      stream: null,
      checkpoint: null,
      records: { ticket: [1, 2, 3].map((n) => aTicket({ id: String(n), created_at: at(`2026-01-0${n}T00:00:00Z`) })) },
      rejected: [],
    });
    const count = (asOf: string) =>
      store.telemetry.measure({ ...span, asOf: at(asOf) }, async (session) =>
        Number((await session.query('SELECT count(*) AS n FROM ticket_all'))[0]?.n),
      );
    const days = ['2026-01-01T12:00:00Z', '2026-01-02T12:00:00Z', '2026-01-03T12:00:00Z'];
    expect(await Promise.all(days.map(count))).toEqual([1, 2, 3]);
  });
});

describe.each([
  ['here', trusted],
  ['in a child', foreign],
])('runPack %s', (_place, on) => {
  it('keeps the result under a fresh name until it is dropped', async () => {
    await measured(async (session) => {
      const sql = 'SELECT m.ticket_id AS unit, m."at" FROM message m WHERE m."at" >= $from;  ';
      const name = await session.runPack(sql, { from: at('2026-02-01T00:00:00Z'), as_of: session.asOf }, limits);
      const other = await session.runPack('SELECT 1 AS x', {}, limits);
      expect(other).not.toBe(name);
      expect(await session.query(`SELECT * FROM ${name}`)).toEqual([{ unit: '2', at: at('2026-02-01T10:00:00.500Z') }]);
      await session.drop(name);
      await expect(session.query(`SELECT * FROM ${name}`)).rejects.toMatchObject({ code: 'STORE_FAILED' });
      await expect(session.drop('message')).rejects.toMatchObject({ code: 'BUG' });
    }, on);
  });

  it.each([
    ['read a file', `SELECT * FROM read_csv('${SECRET}')`],
    ['read a file by its name', `SELECT * FROM '${SECRET}'`],
    ['read text', `SELECT * FROM read_text('${SECRET}')`],
    ['list files', `SELECT * FROM glob('${folder}/*')`],
    ['read over the network', `SELECT * FROM read_parquet('https://x.example/a.parquet')`],
    ['attach a database', `ATTACH '${folder}/x.duckdb' AS x`],
    ['change a setting', 'SET threads = 4'],
    ['open the walls again', 'SET enable_external_access = true'],
    ['write a file', `COPY message TO '${folder}/out.csv'`],
    ['write the database to files', `EXPORT DATABASE '${folder}/out'`],
    ['install an extension', 'INSTALL httpfs'],
    ['load an extension', 'LOAD httpfs'],
    ['make a table', 'CREATE TABLE x AS SELECT 1'],
    ['delete', 'DELETE FROM telemetry.message'],
    ['update', "UPDATE telemetry.ticket SET id = 'x'"],
    ['drop', 'DROP TABLE telemetry.ticket'],
    ['begin a transaction', 'BEGIN TRANSACTION'],
    ['call a procedure', 'CALL pragma_version()'],
    ['do two things', 'SELECT 1; SELECT 2'],
    ['close the bracket', 'SELECT 1) LIMIT 0; DROP TABLE telemetry.ticket; SELECT * FROM (SELECT 1'],
    ['read the recorded tables', 'SELECT * FROM telemetry.ticket'],
    ['read the ledger', 'SELECT * FROM ledger.connection'],
    ['read another catalog', 'SELECT * FROM memory.ledger.connection'],
  ])('cannot %s', async (_, sql) => {
    await measured(async (session) => {
      const error = await session.runPack(sql, {}, limits).then(
        () => null,
        (refusal: unknown) => refusal,
      );
      expect(error).toBeInstanceOf(PlumblineError);
      expect(['SANDBOX_REFUSED', 'BAD_RULES']).toContain((error as PlumblineError).code);
      expect(await session.query('SELECT count(*) AS n FROM ticket_all')).toEqual([{ n: 2 }]);
    }, on);
    expect(existsSync(join(folder, 'out.csv')) || existsSync(join(folder, 'out'))).toBe(false);
  });

  it('is stopped when its time is over, and the session goes on', async () => {
    await measured(async (session) => {
      const endless = 'SELECT count(*) AS n FROM range(10000000) a(i), range(10000000) b(j) WHERE a.i + b.j = -1';
      await expect(session.runPack(endless, {}, { timeoutMs: 100, maxRows: 10 })).rejects.toMatchObject({
        code: 'SANDBOX_TIMEOUT',
      });
      expect(await session.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    }, on);
  });

  it.each([
    [5, true],
    [4, false],
  ])('may give five rows when %i are allowed: %s', async (maxRows, fine) => {
    await measured(async (session) => {
      const run = session.runPack('SELECT i FROM range(5) r(i)', {}, { timeoutMs: 20_000, maxRows });
      if (fine) await expect(run).resolves.toMatch(/^pack_result_/);
      else
        await expect(run).rejects.toMatchObject({
          code: 'SANDBOX_REFUSED',
          message: expect.stringContaining('4 rows'),
        });
    }, on);
  });

  it.each([
    ['SELECT nope FROM message', /nope/],
    ['SELECT FROM', /syntax/i],
    ["SELECT CAST('x' AS INTEGER) AS n FROM message", /x/],
  ])('says what is wrong with %s', async (sql, message) => {
    await measured(
      (session) =>
        expect(session.runPack(sql, {}, limits)).rejects.toMatchObject({
          code: 'BAD_RULES',
          message: expect.stringMatching(message),
        }),
      on,
    );
  });
});

describe('a guard', () => {
  it('asks the guard first, with the syntax tree of the engine', async () => {
    const seen: string[] = [];
    const guard: PackGuard = async (sql, serialise) => {
      seen.push(sql, await serialise(sql));
      throw new PlumblineError('SANDBOX_REFUSED', 'not today', 'Come back tomorrow.');
    };
    const store = await openFilled({ guard, trusts: async () => true });
    stores.push(store);
    await store.telemetry.measure(span, (session) =>
      expect(session.runPack('SELECT 42 AS x', {}, limits)).rejects.toMatchObject({ message: 'not today' }),
    );
    expect(seen[0]).toBe('SELECT 42 AS x');
    expect(JSON.parse(seen[1] ?? '')).toMatchObject({ error: false, statements: [{ node: { type: 'SELECT_NODE' } }] });
  });
});

describe('a store on disk', () => {
  it('writes exports and reads nothing outside of its exchange folder', async () => {
    const store = await openDuckdbStore({
      dataDir: join(folder, 'data'),
      workspace: 'default',
      clock: () => span.asOf,
    });
    stores.push(store);
    expect(await store.telemetry.exportTable('ticket', 'csv', join(folder, 'tickets.csv'))).toBe(0);
    await store.telemetry.measure(span, (session) =>
      expect(session.query("SELECT * FROM read_csv('/etc/passwd')")).rejects.toMatchObject({
        message: expect.stringContaining('Permission Error'),
      }),
    );
  });
});
