import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { openMemoryStore } from '../../store/duckdb/open.ts';
import type { Store } from '../../store/ports.ts';
import { guardPackSql, type Serialise } from './guard.ts';

let instance: DuckDBInstance;
let serialise: Serialise;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  serialise = async (sql) => {
    const result = await connection.runAndReadAll('select json_serialize_sql($1::varchar)::varchar', [sql]);
    return String(result.getRows()[0]?.[0]);
  };
});
afterAll(() => instance.closeSync());

async function refusal(sql: string): Promise<PlumblineError> {
  try {
    await guardPackSql(sql, serialise);
  } catch (error) {
    if (error instanceof PlumblineError) return error;
    throw error;
  }
  throw new Error(`let through: ${sql}`);
}

describe('guardPackSql lets through', () => {
  it.each([
    ['a filter over a view', "select id from ticket_h where created_at >= $from and channel = 'chat'"],
    [
      'joins, CTEs, set operations',
      'with a as (select id from ticket_h), b as (select * from a) select * from b union all select ticket_id from event',
    ],
    [
      'windows with frames and filters',
      'select sum(replies) filter (where open_as_of) over (partition by week order by created_at rows 3 preceding) from ticket_h',
    ],
    [
      'subqueries of every kind',
      'select (select count(*) from event), exists (select 1 from reply), id in (select ticket_id from touch) from ticket_h',
    ],
    [
      'casts, cases, lists, lambdas',
      "select case when id is null then 1 else 2 end, id::varchar, try_cast(id as decimal(10,2)), list_filter(tags, lambda t: t = 'x'), [1, 2], cast(tags as varchar[]) from ticket_h",
    ],
    [
      'the permitted table functions',
      'select * from generate_series(1, 3) g(i), range(3) r(j), unnest([1, 2]) u(k), lateral (select i + 1) l(m)',
    ],
    [
      'grouping, having, qualify, order, limit',
      'select week, count(*) from ticket_h group by all having count(*) > 1 order by all limit 3',
    ],
    [
      'time arithmetic',
      "select date_trunc('week', created_at), epoch($as_of - created_at), extract(dow from created_at), created_at at time zone 'Europe/Berlin', created_at + interval 3 day from ticket_h",
    ],
    [
      'ordered-set aggregates',
      'select percentile_cont(0.5) within group (order by replies), quantile_cont(replies, 0.9), arg_min(id, created_at) from ticket_h',
    ],
    ['our business time', 'select business_s(connection, calendar_id, created_at, first_reply_at) from ticket_h'],
    ['values', "select * from (values (1, 'a'), (2, 'b')) v(i, t)"],
    ['upper case and comments', 'SELECT /* why */ COUNT(*) FROM TICKET_H -- all of them'],
  ])('%s', async (_, sql) => {
    await expect(guardPackSql(sql, serialise)).resolves.toMatchObject({ sql });
  });

  it('tells parameters and relations', async () => {
    const sql =
      'with a as (select * from ticket_h where created_at >= $from) select * from a join event e on e.at < $as_of and e.seq > $least';
    expect(await guardPackSql(sql, serialise)).toEqual({
      sql,
      parameters: ['as_of', 'from', 'least'],
      relations: ['event', 'ticket_h'],
    });
  });
});

describe('guardPackSql refuses', () => {
  it.each([
    // files and network
    "select * from read_csv('/etc/passwd')",
    "select * from read_csv_auto('/etc/passwd')",
    "select * from read_parquet('s3://bucket/x.parquet')",
    "select * from read_json('https://example.com/x.json')",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from read_duckdb('/tmp/x.duckdb')",
    "select * from glob('/**')",
    "select * from '/etc/passwd'",
    "from 'https://example.com/x.csv'",
    "select * from parquet_metadata('x.parquet')",
    "select * from sniff_csv('/etc/passwd')",
    'select * from arrow_scan(1, 2, 3)',
    "copy (select 1) to '/tmp/out'",
    "copy ticket_h from '/tmp/in'",
    "export database '/tmp/out'",
    "attach '/tmp/other.duckdb' as other",
    'install httpfs',
    "load 'httpfs'",
    // settings, environment, process
    "set memory_limit = '100GB'",
    'reset memory_limit',
    'pragma database_list',
    "select current_setting('memory_limit')",
    "select getenv('HOME')",
    "select getvariable('x')",
    'set variable x = 1',
    'select * from duckdb_settings()',
    'select * from duckdb_secrets()',
    'select * from duckdb_tables',
    "select * from pragma_table_info('ticket')",
    'select * from pragma_version()',
    'select * from information_schema.tables',
    'select * from pg_catalog.pg_class',
    'select * from sqlite_master',
    'select version()',
    'select txid_current()',
    'select pg_backend_pid()',
    // other data of the same store
    'select * from telemetry.ticket',
    'select * from memory.main.ticket',
    'select * from ticket',
    'select * from ledger.connection',
    "select * from query('select 1')",
    "select * from query_table('ticket')",
    // writing and control
    'insert into ticket_h values (1)',
    'update event set seq = 1',
    'delete from event',
    'create table x as select 1',
    'create macro m() as 1',
    'drop view ticket_h',
    'begin',
    'checkpoint',
    'call pragma_version()',
    'prepare p as select 1',
    'execute p',
    'explain select 1',
    'describe ticket_h',
    'summarize ticket_h',
    'show tables',
    'vacuum',
    "select nextval('s')",
    "select currval('s')",
    'select setseed(0.5)',
    "select write_log('x')",
    // several statements, hidden ones
    'select 1; select 2',
    'select 1; drop table ticket',
    "select 1; copy (select 1) to '/tmp/out'",
    // clock, identity, chance
    'select now()',
    'select today()',
    'select current_timestamp',
    'select current_date',
    'select localtimestamp',
    'select current_user',
    'select session_user',
    'select get_current_time()',
    'select random()',
    'select uuid()',
    'select gen_random_uuid()',
    'select * from ticket_h using sample 10',
    'select * from ticket_h tablesample 10%',
    'select any_value(id) from ticket_h',
    'select first(id) from ticket_h',
    'select mode(channel) from ticket_h',
    // ways round the lists
    "select main.read_csv('x')",
    'select system.main.now()',
    'with recursive r as (select 1 as i union all select i + 1 from r) select * from r',
    'with a as (with recursive r as (select 1 union all select * from r) select * from r) select * from a',
    'select * from (with duckdb_settings as (select 1) select 1) x, duckdb_settings',
    'with a as (select * from b), b as (select 1) select * from a',
    "select (select max(content) from read_text('/etc/passwd'))",
    "select id from ticket_h where id in (select file from glob('/*'))",
    "select id from ticket_h order by (select count(*) from read_csv('x'))",
    "select id from ticket_h limit (select count(*) from read_csv('x'))",
    "select case when true then (select 1 from 'x.csv') end",
    'select list_transform([1], lambda x: random())',
    "select list_aggregate([1], 'any_value')",
    'select count(*) over (order by random()) from ticket_h',
    // demands that the engine cannot be stopped in
    "select repeat('x', 1000000000)",
    "select lpad('x', 2000000000, 'y')",
    "select replace(replace(id, 'a', 'bbbbbbbb'), 'b', 'cccccccc') from ticket_h",
    "select format('{:>1000000000}', 'x')",
    'select len(range(1000000000))',
    'select unnest(generate_series(1, 1000000000))',
    'select list_transform(tags, lambda x: list_transform(tags, lambda y: x || y)) from ticket_h',
    'select x::my_enum from ticket_h',
    "select * from (values ((select count(*) from 'x.csv'))) v(i)",
    'pivot ticket_h on channel using count(*)',
    'select * from (pivot ticket_h on channel using count(*))',
    'unpivot ticket_h on id into name n value v',
    "select * from ticket_h semi join 'x.csv' using (id)",
    `select ${'1 + '.repeat(20_000)}1`,
    '',
    'not sql at all',
    'table ticket',
  ])('%s', async (sql) => {
    const error = await refusal(sql);
    expect(error.code).toBe('SANDBOX_REFUSED');
    expect(error.remedy.length).toBeGreaterThan(10);
  });

  it('names what, where and the way out', async () => {
    const error = await refusal('select id,\n  any_value(channel)\nfrom ticket_h');
    expect(error.message).toContain('any_value()');
    expect(error.where).toBe('sql line 2, column 3');
    expect(error.remedy).toContain('arg_min');
  });
});

describe('runaway SQL on the store', () => {
  let store: Store;
  const limits = { timeoutMs: 20_000, maxRows: 1000 };
  const run = (sql: string, timeoutMs = limits.timeoutMs) =>
    store.telemetry.measure(
      { asOf: new Date(Date.UTC(2026, 0, 1)), horizon: new Date(Date.UTC(2025, 0, 1)) },
      async (session) => {
        await guardPackSql(sql, (text) => session.syntaxTree(text));
        return session.runPack(sql, {}, { ...limits, timeoutMs });
      },
    );
  beforeAll(async () => {
    store = await openMemoryStore();
  });
  afterAll(() => store.close());

  it.each([
    [
      'an endless cross join',
      'select sum(a.i * b.i + c.i) from range(100000) a(i), range(100000) b(i), range(100000) c(i)',
      'SANDBOX_TIMEOUT',
      300,
    ],
    ['more rows than allowed', 'select i from range(1001) r(i)', 'SANDBOX_REFUSED', 20_000],
  ])('stops %s', async (_, sql, code, timeoutMs) => {
    await expect(run(sql, timeoutMs)).rejects.toMatchObject({ code });
  });
  it('survives a demand for more memory than there is', async () => {
    const doubling = Array.from({ length: 30 }, (_, i) => `c${i + 1} as (select t || t as t from c${i})`).join(', ');
    await expect(
      run(`with c0 as (select md5('x') as t), ${doubling} select len(t) as l from c30`),
    ).rejects.toBeInstanceOf(PlumblineError);
    await expect(run('select 1 as one')).resolves.toMatch(/^pack_result_/);
  });
  it('gives as many rows as allowed', async () => {
    await expect(run('select i from range(1000) r(i)')).resolves.toMatch(/^pack_result_/);
  });
});
