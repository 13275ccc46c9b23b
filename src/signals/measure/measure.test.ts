import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Finding } from '../../domain/finding.ts';
import { type Observability, STREAMS } from '../../domain/observability.ts';
import { SignalDefinition } from '../../domain/signal.ts';
import type { SqlSession } from '../../domain/sql-session.ts';
import { openMemoryStore } from '../../store/duckdb/open.ts';
import type { Store } from '../../store/ports.ts';
import { buildObservability, buildRecords, caseAsOf } from '../cases/build.ts';
import { SignalCase } from '../cases/format.ts';
import { measureAll, measureSignal } from './measure.ts';
import { horizonOf, windowOf } from './window.ts';

const definition = (more: Record<string, unknown> = {}): SignalDefinition =>
  SignalDefinition.parse({
    id: 'X1-answered-at-all',
    version: 1,
    title: 'Tickets are answered',
    description: 'Share of human tickets with a reply.',
    group: 'team',
    needs: ['tickets', 'events', 'messages.author'],
    estimator: 'share',
    min_sample: 10,
    lines: { partial: 0.5, full: 0.85, origin: 'CONV', source: 'test' },
    kind: 'behaviour',
    fooled_by: ['nothing'],
    remedy: 'Answer.',
    counts_out: { chat: 'chats are another matter', not_applicable: 'this desk has no mail' },
    sql: `select connection, id as unit, id as ticket, created_at as cluster, first_reply_at is not null as hit,
      case when channel = 'chat' then 'chat' end as excluded from ticket_h where created_at >= $from`,
    ...more,
  });
const unknownActors = { after: '2h', kind: 'tag', to: 'x', by: 'unknown' };
const desk = SignalCase.parse({
  name: 'a desk with a neighbour',
  given: {
    tickets: [
      { n: 30, first_reply: '1h' },
      { n: 10 },
      { n: 5, channel: 'chat' },
      { n: 20, connection: 'second', first_reply: '1h', events: [unknownActors] },
    ],
  },
  expect: { status: 'measured' },
});

/** Ids of tickets of the desk as a list in SQL. */
const ids = (from: number, n: number): string =>
  Array.from({ length: n }, (_, i) => `'t0-${from + i}'`).join(', ') || "'none'";

let store: Store;
const asOf = caseAsOf(desk);
const within = <T>(work: (session: SqlSession) => Promise<T>): Promise<T> =>
  store.telemetry.measure({ asOf, horizon: windowOf(definition(), asOf).from }, work);
const observability = (change: (row: Observability) => Partial<Observability> = () => ({})): Observability[] =>
  buildObservability(desk, ['desk', 'second']).map((row) => ({ ...row, ...change(row) }));
const one = (more: Record<string, unknown> = {}, rows = observability()) =>
  within((session) => measureSignal(definition(more), session, rows, asOf));

beforeAll(async () => {
  store = await openMemoryStore({ packMemoryMb: 256 });
  const records = buildRecords(desk);
  for (const connection of records.connections())
    await store.telemetry.commit({
      connection,
      stream: null,
      checkpoint: null,
      records: records.batch(connection),
      rejected: [],
    });
});
afterAll(() => store.close());

describe('measureSignal', () => {
  it('gives a finding that fits its schema, over all connections', async () => {
    const finding = Finding.parse(await one());
    expect(finding).toMatchObject({
      status: 'measured',
      estimate: 0.8333333333,
      n: 60,
      reason: null,
      excluded: { chat: 5 },
      window: { from: '2025-12-02T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
    });
    expect(finding.sample).toHaveLength(50);
    expect(finding.sample.filter((ref) => ref.hit === false)).toHaveLength(10);
    expect(finding.detail).toContain('50 of 60');
  });

  it('is the same twice', async () => {
    expect(await one()).toEqual(await one());
  });

  it('measures on the connections that show what it needs, and names the others', async () => {
    const finding = await one(
      {},
      observability((row) => (row.connection === 'second' && row.stream === 'events' ? { status: 'plan' } : {})),
    );
    expect(finding).toMatchObject({
      status: 'measured',
      n: 40,
      estimate: 0.75,
      extra: { connections_left_out: 'second' },
    });
    expect(finding.sample.every((ref) => ref.connection === 'desk')).toBe(true);
  });

  it.each(['tickets', 'events', 'messages'] as const)('is never measured, nor failed, without %s', async (stream) => {
    const finding = await one(
      {},
      observability((row) => (row.stream === stream ? { status: 'absent' } : {})),
    );
    expect(finding).toMatchObject({ status: 'not_observable', reason: 'stream', estimate: null, pass: null, n: 0 });
  });

  it('does not run the SQL of a signal that cannot be seen', async () => {
    const finding = await one({ sql: 'select * from nowhere' }, []);
    expect(finding).toMatchObject({ status: 'not_observable', reason: 'stream' });
  });

  it.each([
    [60, 'measured'],
    [61, 'insufficient'],
  ])('with 60 units and a minimum of %d is %s', async (min_sample, status) => {
    const finding = await one({ min_sample });
    expect(finding.status).toBe(status);
    expect(finding.n).toBe(60);
  });

  it('takes zero rows for nothing to go on', async () => {
    const finding = await one({ min_sample: 0, sql: `${definition().sql} and false` });
    expect(finding).toMatchObject({ status: 'insufficient', n: 0, estimate: null });
  });

  it('is not applicable when the desk has no such work', async () => {
    const sql = `select connection, id as unit, created_at as cluster, true as hit, 'not_applicable' as excluded from ticket_h where created_at >= $from`;
    expect(await one({ sql })).toMatchObject({ status: 'not_applicable', detail: 'this desk has no mail' });
  });

  it('counts rows that cannot be known', async () => {
    const sql = `select connection, id as unit, created_at as cluster, case when first_reply_at is null then null else true end as hit from ticket_h where created_at >= $from`;
    expect(await one({ sql })).toMatchObject({ status: 'measured', n: 50, excluded: { unknown: 15 } });
  });

  it.each([
    // facts there, facts unknown, line -> what may be said
    [0, 0, 1, { status: 'measured', estimate: 0, pass: { q2: 0 } }],
    [0, 1, 1, { status: 'insufficient', reason: 'unknown', estimate: null, excluded: { unknown: 1 } }],
    [0, 1, 2, { status: 'insufficient', reason: 'unknown' }],
    [1, 1, 2, { status: 'insufficient', reason: 'unknown' }],
    [1, 1, 3, { status: 'measured', estimate: 1, pass: { q2: 0 } }],
    [2, 1, 2, { status: 'measured', estimate: 2, pass: { q2: 1 } }],
  ])(
    'with %d facts and %d unknown ones against a line of %d never takes unknown for no',
    async (there, open, line, expected) => {
      const sql = `select connection, id as unit, case when id in (${ids(0, there)}) then true when id in (${ids(there, open)}) then null else false end as hit
      from ticket_h where connection = 'desk' and id in (${ids(0, 5)})`;
      for (const estimator of ['presence', 'count']) {
        const shown = estimator === 'count' ? sql.replace(' as unit', ' as unit, id as class') : sql;
        const lines = { partial: line, full: null, origin: 'CONV', source: 'test' };
        const more = { estimator, min_sample: 0, lines, existence_only: true, sql: shown };
        expect(await one(more)).toMatchObject(expected);
      }
    },
  );

  it.each([
    // facts there, facts unknown against lines of one and three -> what may be said of the second
    [1, 0, 0],
    [1, 1, 0],
    [1, 2, 0.5],
    [2, 1, 0.5],
    [3, 1, 1],
  ])('with %d facts and %d unknown ones says %d of three', async (there, open, q3) => {
    const sql = `select connection, id as unit, id as class, case when id in (${ids(0, there)}) then true when id in (${ids(there, open)}) then null else false end as hit
      from ticket_h where connection = 'desk' and id in (${ids(0, 5)})`;
    const lines = { partial: 1, full: 3, origin: 'CONV', source: 'test' } as const;
    expect(await one({ estimator: 'count', min_sample: 0, lines, sql })).toMatchObject({
      status: 'measured',
      estimate: there,
      pass: { q2: 1, q3 },
    });
  });

  it('shows medians of x_ columns', async () => {
    const sql = definition().sql.replace('select connection', 'select first_reply_calendar_s as x_wait_s, connection');
    expect((await one({ sql })).extra).toMatchObject({ median_wait_s: 3600 });
  });

  it('notes when too few events say who did it', async () => {
    const finding = await one();
    // 30 * (initial + assignee) + 10 + 5 initial + 20 * (initial + assignee + unknown): 115 of 135 known.
    expect(finding.extra.events_actor_known_share).toBeCloseTo(115 / 135, 9);
    const alone = await one(
      {},
      observability((row) => (row.connection === 'second' ? { status: 'absent' } : {})),
    );
    expect(alone.extra).not.toHaveProperty('events_actor_known_share');
  });

  it.each([
    ['SQL that the sandbox refuses', { sql: "select * from read_csv('/etc/passwd')" }, 'SANDBOX_REFUSED'],
    ['SQL that does not run', { sql: 'select nothing from ticket_h' }, 'BAD_RULES'],
    ['a column missing', { sql: 'select connection, id as unit from ticket_h' }, 'BAD_RULES'],
    [
      'a column too many',
      { sql: 'select connection, id as unit, created_at as cluster, true as hit, 1 as other from ticket_h' },
      'BAD_RULES',
    ],
    [
      'a column of the wrong type',
      { sql: "select connection, id as unit, created_at as cluster, 'yes' as hit from ticket_h" },
      'BAD_RULES',
    ],
  ])('fails on its own on %s', async (_, more, code) => {
    const finding = await one(more);
    expect(finding).toMatchObject({ status: 'failed', reason: code, estimate: null, pass: null });
    expect(finding.detail?.length).toBeGreaterThan(20);
  });
});

describe('measureAll', () => {
  let seen: string[] = [];
  beforeEach(() => {
    seen = [];
  });
  const three = [
    definition(),
    definition({ id: 'X2-broken', sql: 'select nothing from ticket_h' }),
    definition({ id: 'X3-after-it' }),
  ];
  it('gives one finding per signal, whatever happens to one of them', async () => {
    const findings = await within((session) =>
      measureAll(three, session, observability(), asOf, { onFinding: (finding) => seen.push(finding.signal) }),
    );
    expect(findings.map((finding) => finding.status)).toEqual(['measured', 'failed', 'measured']);
    // Each is told of once it is known, which is no order that is promised.
    expect(seen.toSorted()).toEqual(['X1-answered-at-all', 'X2-broken', 'X3-after-it']);
  });
  it('asks those that read rare columns of tickets after all others, and gives findings as they were asked for', async () => {
    const rare = definition({ id: 'X4-rare', sql: `${definition().sql} and product is null` });
    const asked: string[] = [];
    const findings = await within((session) => {
      const run = session.runPack.bind(session);
      session.runPack = async (sql, ...rest) => {
        asked.push(sql);
        return run(sql, ...rest);
      };
      return measureAll([rare, definition()], session, observability(), asOf);
    });
    expect(asked).toEqual([definition().sql, rare.sql]);
    expect(findings.map(({ signal, status }) => [signal, status])).toEqual([
      ['X4-rare', 'measured'],
      ['X1-answered-at-all', 'measured'],
    ]);
  });
  const rows = (cells: string, more = '') =>
    `select connection, id as unit, id as ticket, ${cells} from ticket_h where created_at >= $from ${more}`;
  const many = [
    definition(),
    definition({
      id: 'X2-text-cluster',
      sql: rows(`channel as cluster, first_reply_at is not null as hit, 2 as weight`),
    }),
    definition({
      id: 'X3-shown',
      sql: rows(
        `created_at as cluster, first_reply_at is not null as hit, first_reply_calendar_s as x_reply_s, 7 as x_seven`,
      ),
    }),
    definition({ id: 'X4-nobody', sql: rows('created_at as cluster, true as hit', 'and false') }),
    definition({ id: 'X5-facts', estimator: 'presence', sql: rows('first_reply_at is not null as hit') }),
    definition({
      id: 'X6-classes',
      estimator: 'count',
      sql: rows('channel as class, first_reply_at is not null as hit, 40 as base'),
      lines: { partial: 1, full: 2, origin: 'CONV', source: 'test' },
    }),
    definition({
      id: 'X7-number',
      estimator: 'figure',
      sql: rows('first_reply_calendar_s as value'),
      diagnostic: true,
    }),
  ];
  it('gives for many at once, to the last bit, what it gives for each alone', async () => {
    const together = await within((session) => measureAll(many, session, observability(), asOf));
    const alone = await within((session) =>
      Promise.all(many.map((each) => measureSignal(each, session, observability(), asOf))),
    );
    expect(together).toEqual(alone);
    expect(together.map(({ status }) => status)).toEqual([
      'measured',
      'measured',
      'measured',
      'insufficient',
      'measured',
      'measured',
      'measured',
    ]);
  });
  it('fails alone on rows that break while they are added up, and the others are as without it', async () => {
    const broken = definition({
      id: 'X8-too-heavy',
      sql: rows('created_at as cluster, true as hit, 100000000000000000000::hugeint as weight'),
    });
    const together = await within((session) => measureAll([broken, ...many], session, observability(), asOf));
    expect(together[0]).toMatchObject({ signal: 'X8-too-heavy', status: 'failed' });
    expect(together.slice(1)).toEqual(await within((session) => measureAll(many, session, observability(), asOf)));
  });
  it.each([
    ['time', 'select count(*) as n from range(1000000) a(i), range(1000000) b(j) where i + j = -1', 'SANDBOX_TIMEOUT'],
    ['memory', 'select list(i || md5(i::varchar)) as n from range(20000000) a(i)', 'SANDBOX_MEMORY'],
  ])('goes on after a signal that has used up its %s', async (_, sql, reason) => {
    const bomb = definition({ id: 'X2-bomb', sql });
    const limits = { timeoutMs: reason === 'SANDBOX_TIMEOUT' ? 1_000 : 60_000, maxRows: 1_000 };
    const findings = await within((session) =>
      measureAll([definition(), bomb, definition({ id: 'X3-after-it' })], session, observability(), asOf, { limits }),
    );
    expect(findings.map((finding) => [finding.status, finding.reason])).toEqual([
      ['measured', null],
      ['failed', reason],
      ['measured', null],
    ]);
    expect(findings[2]?.estimate).toBe(findings[0]?.estimate);
  });
  it.each([
    ['trend', `"at", 1.0 as numerator`, `timestamp '2000-01-01' + to_days(i::integer) as "at"`, 2_001],
    ['evenness', '1.0 as value', '1 as one', 5_001],
    ['control-limits', 'week as cluster, true as hit', 'i::varchar as week', 100_001],
  ])('does not take in rows that %s cannot work on in bounded time', async (estimator, cells, made, rows) => {
    const sql = `select 'desk' as connection, i::varchar as unit, ${cells} from (select i, ${made} from range(${rows}) r(i))`;
    const finding = await one({ estimator, sql, min_sample: 1 });
    expect(finding).toMatchObject({ status: 'failed', reason: 'BAD_RULES' });
    expect(finding.detail).toContain(`more than ${rows - 1} groups`);
  });
  it('does not take in more weeks than coverage can leave out one by one', async () => {
    const sql = `select 'desk' as connection, i::varchar as unit, 'demand' as kind, 0 as slot, i::varchar as week from range(601) r(i)`;
    const finding = await one({ estimator: 'coverage', sql, min_sample: 1 });
    expect(finding).toMatchObject({ status: 'failed', reason: 'BAD_RULES' });
    expect(finding.detail).toContain('more than 600 weeks');
  });
  it('stops between two signals when asked to', async () => {
    const controller = new AbortController();
    const run = within((session) =>
      measureAll(three, session, observability(), asOf, {
        signal: controller.signal,
        onFinding: () => controller.abort(new Error('enough')),
      }),
    );
    await expect(run).rejects.toThrow('enough');
  });
  it('turns every finding into not_observable when every stream is gone', async () => {
    const rows = observability(() => ({ status: 'permission' }));
    expect(rows).toHaveLength(2 * STREAMS.length);
    const findings = await within((session) => measureAll(three, session, rows, asOf));
    expect(new Set(findings.map((finding) => finding.status))).toEqual(new Set(['not_observable']));
  });
  it('needs the history of the longest window', () => {
    expect(horizonOf([definition(), definition({ window: '365d' })], asOf)).toEqual(
      windowOf(definition({ window: '365d' }), asOf).from,
    );
    expect(horizonOf([], asOf)).toBeNull();
  });
});
