import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlSession, SqlValue } from '../src/domain/sql-session.ts';
import { countContactsOn } from '../src/pipeline/count-contacts.ts';
import type { CellType, Params } from '../src/signals/estimators/estimator.ts';
import { ESTIMATORS } from '../src/signals/estimators/index.ts';
import { loadSignals } from '../src/signals/index.ts';
import { Database, type Sql } from '../src/store/duckdb/database.ts';
import { migrate } from '../src/store/duckdb/migrations.ts';
import { withLiterals } from '../src/store/duckdb/pack/literal-params.ts';
import { RELATIONS } from '../src/store/duckdb/views/index.ts';
import { RelationBuilder } from '../src/store/duckdb/views/relation-builder.ts';
import { findOrderOfRows, givesGroupsInOrder } from './harness/order-of-rows.ts';

/**
 * The same store gives the same bytes: nothing in the SQL of a measurement may hang on the order in which threads come to rows. What looks as if it
 * did and does not stands here, with the reason.
 */
const HARMLESS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  m_ticket: { 'row_number() OVER ()': 'tells tickets apart and is never shown or sorted by' },
  m_business_period: {
    'row_number() OVER (PARTITION BY "connection", id ORDER BY valid_from DESC)': 'the key of a calendar',
  },
  m_zone_move: { 'lead(offset_ms) OVER (PARTITION BY time_zone ORDER BY day_at)': 'one row for each day of a zone' },
  m_business_slot: {
    'row_number() OVER (PARTITION BY "connection", calendar_key, basis, day_at ORDER BY opens_at)':
      'openings are joined before and begin apart',
  },
  m_turn_fact: {
    'arg_min(struct_pack(id := CASE  WHEN (before_first) THEN (from_value) ELSE to_value END, "at" := CASE  WHEN ((NOT before_first)) THEN (changed_at) ELSE NULL END, actor := CASE  WHEN ((NOT before_first)) THEN (actor) ELSE NULL END), n) FILTER (WHERE ((kind_no = 3) AND (before_first OR ((to_value IS NOT NULL) AND is_past))))':
      'n numbers the changes of one kind of a ticket',
  },
  m_field_work: {
    'arg_min(to_value, n)': 'n numbers the changes of one kind of a ticket',
    'row_number() OVER (PARTITION BY "connection", field ORDER BY turn)': 'each turn gives a field at most once',
  },
  'G2-tool-classes-with-traffic': {
    'row_number() OVER (PARTITION BY n."connection", dark ORDER BY "class")': 'one row for each class of a connection',
  },
  'N7-outbound-contact': {
    'row_number() OVER (PARTITION BY "connection", hour_at ORDER BY id)': 'id names the ticket',
  },
  'N13-swarm-on-complex': {
    'list(s.agent_id) OVER (PARTITION BY s."connection", s.ticket_id ORDER BY s.said_at RANGE BETWEEN CURRENT ROW AND to_hours(CAST(CAST(48 AS INTEGER) AS INTEGER)) FOLLOWING)':
      'only counted and looked into',
    'list(s.team_id) OVER (PARTITION BY s."connection", s.ticket_id ORDER BY s.said_at RANGE BETWEEN CURRENT ROW AND to_hours(CAST(CAST(48 AS INTEGER) AS INTEGER)) FOLLOWING)':
      'only counted',
  },
  'N22-grouped-escalation': {
    'list(organisation_id) OVER (PARTITION BY "connection", who ORDER BY escalated_at RANGE BETWEEN to_minutes(CAST(CAST(60 AS INTEGER) AS INTEGER)) PRECEDING AND to_minutes(CAST(CAST(60 AS INTEGER) AS INTEGER)) FOLLOWING)':
      'only counted',
  },
  precedence: {
    'sum((((u.won * pairs) - (u.decided * total.won)) * ((u.won * pairs) - (u.decided * total.won))))': 'whole numbers',
    'sum((((w.won * pairs) - (w.decided * total.won)) * ((w.won * pairs) - (w.decided * total.won))))': 'whole numbers',
  },
};

const SPAN = { asOf: new Date('2026-01-01T00:00:00Z'), horizon: new Date('2025-01-01T00:00:00Z') };
const SQL_TYPE: Readonly<Record<CellType, string>> = {
  text: 'varchar',
  cluster: 'varchar',
  time: 'timestamp',
  bool: 'boolean',
  int: 'bigint',
  real: 'double',
};
const made = new Map<string, string>();
const builder = new RelationBuilder(SPAN, {
  meanings: [],
  sources: { engineering: [{ name: 'tracker', vendor: 'redmine' }], customers: ['crm'], pairs: [] },
});
let database: Database;
let sql: Sql;

beforeAll(async () => {
  const settings = {
    path: ':memory:',
    readonly: false,
    memoryLimit: '1GB',
    threads: 1,
    spillDir: null,
    exchangeDir: '/',
  };
  database = await Database.open(settings);
  const session = await database.connect();
  await migrate(session, new Date(0), 'default');
  sql = await session.inTurn(async (statements) => statements);
  // Without a calendar the relations of business time are empty shells.
  await sql.run(`INSERT INTO telemetry.calendar BY NAME SELECT 'desk' AS connection, 'c' AS id, 'UTC' AS time_zone,
    '[{"start_minute":0,"end_minute":600}]' AS weekly, '[]' AS holidays, true AS is_default, TIMESTAMP '2020-01-01' AS valid_from`);
  const noting: Sql = {
    ...sql,
    async run(text) {
      const [head, name] = /^CREATE (?:OR REPLACE )?TEMP (?:TABLE|VIEW) (\w+)\s+AS\s/.exec(text) ?? [];
      if (head !== undefined && name !== undefined) made.set(name, text.slice(head.length));
      await sql.run(text);
    },
  };
  for (const { name } of RELATIONS) await builder.make(noting, name);
});
afterAll(() => database.close());

async function problemsOf(where: string, text: string): Promise<readonly string[]> {
  const harmless = Object.keys(HARMLESS[where] ?? {});
  return (await findOrderOfRows(sql.connection, text)).filter(
    (found) => !harmless.some((known) => found.startsWith(`${known} `)),
  );
}

function written(text: string, params: Readonly<Record<string, SqlValue>>): string {
  const whole = withLiterals(text, params);
  if (whole === null) throw new Error(`Its parameters cannot be written out: ${text}`);
  return whole;
}

describe('the order of rows shows nowhere', () => {
  it('in the relations of a measurement', async () => {
    expect(made.size).toBeGreaterThan(90);
    const found = new Map<string, readonly string[]>();
    for (const [name, text] of made) found.set(name, await problemsOf(name, text));
    expect([...found].filter(([, problems]) => problems.length > 0)).toEqual([]);
  });

  const pack = loadSignals(join(import.meta.dirname, '..', 'rules', 'signals'));
  it.each(pack.signals.map(({ definition }) => [definition.id, definition] as const))(
    'in the SQL of %s',
    async (id, definition) => {
      const text = written(definition.sql, { ...definition.params, from: SPAN.horizon, as_of: SPAN.asOf });
      await builder.make(sql, text);
      expect(await problemsOf(id, text)).toEqual([]);
    },
  );

  it.each([...ESTIMATORS.values()].map((estimator) => [estimator.id, estimator] as const))(
    'in what %s adds up',
    async (id, estimator) => {
      const cells = Object.entries(estimator.cells).map(([name, cell]) => `null::${SQL_TYPE[cell.type]} as "${name}"`);
      const source = `select ${cells.join(', ')}`;
      const params = estimator.params.partial().parse({}) as Params;
      const reduced = Object.values(estimator.reduce(source, params));
      const byKey = Object.values(estimator.reduceBy?.(`select 1 as no, * from (${source})`, 'no') ?? {});
      for (const query of [...reduced, ...byKey]) expect(await problemsOf(id, query)).toEqual([]);
      // What adds groups up afterwards takes them as they come.
      for (const query of reduced) expect(await givesGroupsInOrder(sql.connection, query)).toBe(true);
    },
  );

  it('in the counts of contacts', async () => {
    const asked: string[] = [];
    const session = {
      async query(text: string) {
        asked.push(text);
        return [];
      },
    } as unknown as SqlSession;
    await countContactsOn(session, { asOf: SPAN.asOf, days: 90, leastOfTag: 3 }, []);
    for (const text of asked) {
      const whole = written(text, { from: SPAN.horizon, least: 3, return_days: 14 });
      await builder.make(sql, whole);
      expect(await problemsOf('contacts', whole)).toEqual([]);
    }
    expect(asked).toHaveLength(1);
  });
});

describe('the reading of SQL', () => {
  beforeAll(() =>
    sql.run('CREATE TEMP TABLE sample (team VARCHAR, id VARCHAR, n BIGINT, share DOUBLE, said_at TIMESTAMP)'),
  );
  it.each([
    ['sum(share)', 'adds up DOUBLE'],
    ['avg(n / 2)', 'adds up DOUBLE'],
    ['sum(epoch(said_at - said_at))', 'adds up DOUBLE'],
    ['sum(n / 2) over (partition by team)', 'adds up DOUBLE'],
    ['stddev(n)', 'adds up fractions'],
    ['entropy(team)', 'adds up fractions'],
    ['list(id)', 'lists in the order'],
    ["string_agg(distinct id, ' ')", 'lists in the order'],
    ['any_value(id)', 'takes any row'],
    ['arg_max(id, said_at)', 'takes any of those'],
    ['row_number() over (partition by team order by said_at)', 'takes places by one key'],
    ['lag(id) over (partition by team)', 'takes places without an order'],
  ])('finds %s', async (text, why) => {
    const found = await findOrderOfRows(
      sql.connection,
      `with given as (select * from sample) select ${text} as x from given`,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(why);
  });
  it.each([
    'sum(n)',
    'avg(n)',
    'sum(share order by share)',
    'sum(count(*)) over ()',
    'sum((n > 1)::integer)',
    'list(id order by id)',
    'list_sort(list(id))',
    'arg_max(id, row(said_at, id))',
    'row_number() over (partition by team order by said_at, id)',
    'lag(said_at) over (partition by team order by said_at)',
    'median(share)',
    'max(share)',
  ])('lets %s pass', async (text) => {
    const sum = `with given as (select * from sample) select ${text} as x from given`;
    expect(await findOrderOfRows(sql.connection, sum)).toEqual([]);
  });
  it('looks into WITH, FROM and conditions', async () => {
    const text = `with a as (select team, avg(share) as mean from sample group by team), b as (select list(mean) as all_means from a)
      select * from (select any_value(team) as team from a) where team in (select first(id) from sample)`;
    expect(await findOrderOfRows(sql.connection, text)).toHaveLength(4);
  });
});
