import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStoreDatabase, type StoreDatabase } from '../../../test/harness/postgres-store.ts';
import { runs } from '../../../test/harness/property-runs.ts';
import { aMessage, anEvent, aTicket, at } from '../../../test/harness/records.ts';
import type { TelemetryBatch } from '../../domain/telemetry.ts';
import { openMemoryStore } from '../duckdb/open.ts';
import type { Store, TelemetryCommit } from '../ports.ts';

let database: StoreDatabase;
let workspaces = 0;
let workspace: string;
const stores: Store[] = [];

beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.remove());
beforeEach(() => {
  workspaces += 1;
  workspace = `w${workspaces}`;
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function opened(name = workspace): Promise<Store> {
  const store = await database.open(name);
  stores.push(store);
  return store;
}

async function embedded(): Promise<Store> {
  const store = await openMemoryStore();
  stores.push(store);
  return store;
}

function commitOf(records: TelemetryBatch, more: Partial<TelemetryCommit> = {}): TelemetryCommit {
  return { connection: 'desk', stream: 'tickets', checkpoint: 'c1', records, rejected: [], ...more };
}

const slots = (): string[] => readdirSync(join(database.replicaDir, workspace)).sort();
const replicaFile = (slot = '1'): string => join(database.replicaDir, workspace, slot, 'replica.duckdb');
const tickets = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => aTicket({ id: String(from + i), tags: ['a', String(i)] }));

const AWKWARD = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    'NULL',
    '\\N',
    '\\.',
    '\\\\',
    '"',
    '""',
    "'",
    ',',
    '{}',
    '{"a"}',
    '[]',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '\u0001',
    '\ud800',
    '\u{1F9ED}',
    '9223372036854775808',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\u0000')),
);
const INSTANT = fc.date({ min: at('0001-01-01T00:00:00Z'), max: at('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
const REAL = fc.oneof(
  fc.constantFrom(-0, 0, 5e-324, -5e-324, 1e308, 0.1, 1 / 3),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });

const TICKET = fc
  .record({
    id: fc.oneof(fc.constantFrom('1', '2', '3', '9007199254740993', 'a,"b"\n', ''), AWKWARD),
    created_at: INSTANT,
    updated_at: maybe(INSTANT),
    product: maybe(AWKWARD),
    tags: maybe(fc.array(AWKWARD, { maxLength: 4 })),
    billable_s: maybe(fc.maxSafeInteger()),
    requester_is_agent: maybe(fc.boolean()),
    status: fc.constantFrom('new' as const, 'solved' as const),
  })
  .map((more) => aTicket(more));
const CSAT = fc.record({
  id: fc.constantFrom('1', '2', '3', '4'),
  ticket_id: AWKWARD,
  offered_at: maybe(INSTANT),
  answered_at: fc.constant(null),
  score: maybe(REAL),
  scale: maybe(AWKWARD),
  reason_code: fc.constant(null),
});
const CALENDAR = fc.record({
  id: fc.constantFrom('a', 'b"\\'),
  time_zone: fc.constant('UTC'),
  weekly: fc.array(fc.record({ start_minute: fc.nat(10_080), end_minute: fc.nat(10_080) }), { maxLength: 2 }),
  holidays: fc.constantFrom([], [{ from: '2026-01-01', to: '2026-01-02' }]),
  valid_from: fc.constantFrom(at('1969-12-31T23:59:59.999Z'), at('2026-01-01T00:00:00Z')),
  valid_to: fc.constant(null),
  is_default: fc.boolean(),
});
const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      connection: fc.constantFrom('desk', 'other'),
      records: fc.record(
        {
          ticket: fc.array(TICKET, { maxLength: 6 }),
          csat: fc.array(CSAT, { maxLength: 4 }),
          calendar: fc.array(CALENDAR, { maxLength: 3 }),
        },
        { requiredKeys: [] },
      ),
      replace: fc.constantFrom([], ['calendar' as const], ['calendar' as const, 'csat' as const]),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('forget' as const), connection: fc.constantFrom('desk', 'other') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), before: INSTANT }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('look' as const, 'throw away' as const, 'clear' as const) }),
  },
);
type Step = typeof STEP extends fc.Arbitrary<infer S> ? S : never;

async function take(store: Store, step: Step): Promise<unknown> {
  if (step.do === 'commit')
    return store.telemetry.commit({
      stream: null,
      checkpoint: null,
      rejected: [],
      ...step,
    } as unknown as TelemetryCommit);
  if (step.do === 'forget') return store.telemetry.forget(step.connection);
  if (step.do === 'expire') return store.telemetry.expireTickets(step.before);
  if (step.do === 'clear') return store.telemetry.clear();
  return undefined;
}

describe('a replica', () => {
  it('has the digest of the embedded store after whatever was done, and so has a new one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 1, maxLength: 12 }), async (steps) => {
        workspaces += 1;
        workspace = `p${workspaces}`;
        const [one, other] = [await database.open(workspace), await openMemoryStore()];
        try {
          for (const step of steps) {
            expect(await take(one, step)).toEqual(await take(other, step));
            if (step.do === 'look') expect(await one.telemetry.digest()).toBe(await other.telemetry.digest());
            if (step.do === 'throw away') await throwAway(one);
          }
          const digest = await other.telemetry.digest();
          expect(await one.telemetry.digest()).toBe(digest);
          expect(await one.telemetry.digest('desk')).toBe(await other.telemetry.digest('desk'));
          await one.close();
          rmSync(join(database.replicaDir, workspace), { recursive: true, force: true });
          const again = await database.open(workspace);
          expect(await again.telemetry.digest()).toBe(digest);
          await again.close();
        } finally {
          await one.close();
          await other.close();
        }
      }),
      runs(8),
    );
  });

  /** Closes the replica, removes its files and lets the next question make a new one. */
  async function throwAway(store: Store): Promise<void> {
    await store.close();
    rmSync(join(database.replicaDir, workspace), { recursive: true, force: true });
  }

  it('holds a row longer than the reader takes by itself, and a batch of one table among many', async () => {
    const [store, other] = [await opened(), await embedded()];
    const long = 'x"\n'.repeat(1_000_000);
    const batch = commitOf({ ticket: [...tickets(0, 10), aTicket({ id: 'long', product: long })] });
    for (const one of [store, other]) await one.telemetry.commit(batch);
    expect(await store.telemetry.digest()).toBe(await other.telemetry.digest());
  });

  it('sees what another process wrote meanwhile, and not what is being written', async () => {
    const [reader, writer, other] = [await opened(), await opened(), await embedded()];
    for (let batch = 0; batch < 5; batch++) {
      const next = commitOf({
        ticket: tickets(batch * 10, batch * 10 + 15),
        event: [anEvent({ id: String(batch), ticket_id: '1' })],
        message: [aMessage({ id: '1', ticket_id: String(batch) })],
      });
      await writer.telemetry.commit(next);
      await other.telemetry.commit(next);
      expect(await reader.telemetry.digest()).toBe(await other.telemetry.digest());
    }
  });

  it('stays as it is while something is measured on it', async () => {
    const store = await opened();
    const writer = await opened();
    await store.telemetry.commit(commitOf({ ticket: tickets(0, 3) }));
    const span = { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2025-01-01T00:00:00Z') };
    const counts: unknown[] = [];
    let begun = (): void => undefined;
    let end = (): void => undefined;
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const mayEnd = new Promise<void>((resolve) => {
      end = resolve;
    });
    const measuring = store.telemetry.measure(span, async (session) => {
      const count = async () => (await session.query('SELECT count(*) AS n FROM telemetry.ticket'))[0]?.n;
      counts.push(await count());
      begun();
      await mayEnd;
      counts.push(await count());
    });
    await isBegun;
    await writer.telemetry.commit(commitOf({ ticket: tickets(3, 5) }));
    const late = store.telemetry.digest();
    await new Promise((resolve) => setTimeout(resolve, 100));
    end();
    await measuring;
    expect(counts).toEqual([3, 3]);
    expect(await late).toBe(await writer.telemetry.digest());
  });

  it('of one workspace is taken by one process at a time; the next takes another', async () => {
    const [first, second] = [await opened(), await opened()];
    await first.telemetry.digest();
    await second.telemetry.digest();
    expect(slots()).toEqual(['1', '2']);
    await first.close();
    await second.close();
    const third = await opened();
    await third.telemetry.digest();
    expect(slots()).toEqual(['1', '2']);
  });

  it('knows what can be seen', async () => {
    const store = await opened();
    await store.telemetry.commit(commitOf({ ticket: tickets(0, 1) }));
    await store.telemetry.digest();
    await store.telemetry.recordObservability([
      {
        connection: 'desk',
        stream: 'messages',
        status: 'available',
        detail: null,
        fields: ['author'],
        since: null,
        until: null,
        rows: 0,
        rejected: 0,
        reconciled_share: null,
      },
    ]);
    const span = { asOf: at('2026-03-01T00:00:00Z'), horizon: at('2025-01-01T00:00:00Z') };
    const rows = await store.telemetry.measure(span, (session) => session.query('SELECT * FROM store.observability'));
    expect(rows).toMatchObject([{ connection: 'desk', stream: 'messages' }]);
  });
});

describe('a replica that is of no use', () => {
  async function digestOf(batch: TelemetryCommit): Promise<string> {
    const other = await embedded();
    await other.telemetry.commit(batch);
    return other.telemetry.digest();
  }

  it.each([
    ['cut short', (path: string) => truncateSync(path, 4096)],
    ['overwritten', (path: string) => writeFileSync(path, Buffer.alloc(300_000, 'not a database '))],
    ['empty', (path: string) => truncateSync(path, 0)],
    [
      'a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])('because its file is %s is made anew', async (_, damage) => {
    const batch = commitOf({ ticket: tickets(0, 500) });
    const store = await opened();
    await store.telemetry.commit(batch);
    const digest = await store.telemetry.digest();
    await store.close();
    for (const name of readdirSync(join(database.replicaDir, workspace, '1')))
      if (name.endsWith('.wal')) rmSync(join(database.replicaDir, workspace, '1', name));
    damage(replicaFile());
    expect(await (await opened()).telemetry.digest()).toBe(digest);
    expect(digest).toBe(await digestOf(batch));
  });

  it('because it is of another form is made anew', async () => {
    const batch = commitOf({ ticket: tickets(0, 5) });
    const store = await opened();
    await store.telemetry.commit(batch);
    await store.telemetry.digest();
    await store.close();
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(replicaFile());
    const connection = await instance.connect();
    await connection.run("UPDATE store.replica SET format = 'older'");
    await connection.run('DELETE FROM telemetry.ticket');
    connection.closeSync();
    instance.closeSync();
    expect(await (await opened()).telemetry.digest()).toBe(await digestOf(batch));
  });

  it.each([
    ['is behind it', false],
    // The number of the change alone would not tell.
    ['has made as many changes since', true],
  ])('because PostgreSQL was restored to an earlier state and %s is made anew', async (_, goesOn) => {
    const store = await opened();
    await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1' })] }));
    // What a backup of this moment would bring back.
    const sequence = await database.postgres.transaction('saving', async (sql) => {
      await sql.rows(`SELECT set_config('plumbline.workspace', $1, true)`, [workspace]);
      return (await sql.rows('SELECT seq FROM store.change'))[0]?.seq as number;
    });
    await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: 'lost' })] }));
    await store.telemetry.digest();
    await database.postgres.transaction('restoring', async (sql) => {
      await sql.rows(`SELECT set_config('plumbline.workspace', $1, true)`, [workspace]);
      await sql.rows("DELETE FROM telemetry.ticket WHERE id = 'lost'");
      await sql.rows('DELETE FROM store.change_mark WHERE seq > $1', [sequence]);
      await sql.rows('UPDATE store.change SET seq = $1', [sequence]);
    });
    const digest = await digestOf(commitOf({ ticket: [aTicket({ id: '1' })] }));
    if (goesOn) await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1' })] }, { checkpoint: 'c2' }));
    expect(await store.telemetry.digest()).toBe(digest);
  });

  it('because it is too far behind is made anew, and its history does not grow for ever', async () => {
    const store = await opened();
    await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '1' })] }));
    await store.telemetry.digest();
    await store.telemetry.commit(commitOf({}, { replace: ['ticket'] }));
    await database.postgres.transaction('aging', async (sql) => {
      await sql.rows(`SELECT set_config('plumbline.workspace', $1, true)`, [workspace]);
      await sql.rows('UPDATE store.change SET seq = 10199');
      await sql.rows('UPDATE store.change_mark SET seq = 10199 WHERE seq = 2');
    });
    await store.telemetry.commit(commitOf({ ticket: [aTicket({ id: '2' })] }));
    const kept = await database.postgres.transaction('looking', async (sql) => {
      await sql.rows(`SELECT set_config('plumbline.workspace', $1, true)`, [workspace]);
      return sql.rows(
        'SELECT (SELECT count(*) FROM store.removal) AS removals, (SELECT min(seq) FROM store.change_mark) AS first',
      );
    });
    expect(kept).toEqual([{ removals: 0, first: 10199 }]);
    expect(await store.telemetry.digest()).toBe(await digestOf(commitOf({ ticket: [aTicket({ id: '2' })] })));
  });
});

describe('the folder of replicas', () => {
  it('loses those that nobody uses when it grows beyond its size, and never one in use', async () => {
    const names = ['x1', 'x2', 'x3'].map((name) => `${name}-${workspace}`);
    const [idle, busy, next] = names as [string, string, string];
    for (const name of [idle, busy]) {
      const store = await database.open(name);
      await store.telemetry.commit(commitOf({ ticket: tickets(0, 10) }));
      await store.telemetry.digest();
      if (name === idle) await store.close();
      else stores.push(store);
    }
    const small = await database.open(next, { replicaBytes: 1 });
    stores.push(small);
    await small.telemetry.digest();
    expect(existsSync(join(database.replicaDir, idle, '1'))).toBe(false);
    expect(existsSync(join(database.replicaDir, busy, '1', 'replica.duckdb'))).toBe(true);
    expect(await (await opened(idle)).telemetry.digest()).toBe(await (await opened(busy)).telemetry.digest());
  });
});
