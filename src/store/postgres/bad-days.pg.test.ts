import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgresServer } from '../../../test/harness/postgres-server.ts';
import { createStoreDatabase, type StoreDatabase } from '../../../test/harness/postgres-store.ts';
import { anEvent, aTicket } from '../../../test/harness/records.ts';
import { openMemoryStore } from '../duckdb/open.ts';
import type { TelemetryCommit } from '../ports.ts';

const PROCESS = resolve(import.meta.dirname, '../../../test/harness/store-process.ts');

/** Tickets and events whose ids begin with the name. */
function batchOf(name: string, tickets: number, events: number, more: Partial<TelemetryCommit> = {}): TelemetryCommit {
  return {
    connection: 'desk',
    stream: 'tickets',
    checkpoint: name,
    records: {
      ticket: Array.from({ length: tickets }, (_, i) => aTicket({ id: `${name}-${i}` })),
      event: Array.from({ length: events }, (_, i) => anEvent({ id: `${name}-${i}`, ticket_id: `${name}-0` })),
    },
    rejected: [],
    ...more,
  };
}

async function embeddedDigest(...batches: TelemetryCommit[]): Promise<string> {
  const store = await openMemoryStore();
  for (const batch of batches) await store.telemetry.commit(batch);
  const digest = await store.telemetry.digest();
  await store.close();
  return digest;
}

async function watcher<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Stops and starts the server at a known point of `work`: while it waits for a table. The lock belongs to a prepared transaction, which
 * outlives the connection that took it: with an ordinary one the server lets it go first when it stops, and a batch that wants little more
 * can still commit. Gives the error that `work` ended with, null when it ended well. Fails when `work` never waited there.
 */
async function restartedAt(server: PostgresServer, url: string, table: string, work: () => Promise<unknown>) {
  const ask = (sql: string, params: string[] = []) => watcher(url, (client) => client.query(sql, params));
  await ask(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE; PREPARE TRANSACTION 'held'`);
  try {
    let ended: { readonly error: unknown } | null = null;
    const running = work().then(
      () => null,
      (error: unknown) => error,
    );
    void running.then((error) => {
      ended = { error };
    });
    for (;;) {
      const waiting = await ask(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1 AND pid <> pg_backend_pid()",
        [`%${table}%`],
      );
      if (waiting.rows.length > 0) break;
      if (ended !== null) throw new Error(`ended before it reached ${table}`, { cause: ended });
      await sleep(10);
    }
    await server.stop();
    return await running;
  } finally {
    await server.start();
    await ask("ROLLBACK PREPARED 'held'");
  }
}

describe('PostgreSQL restarted in the middle of a batch', () => {
  let server: PostgresServer;
  let database: StoreDatabase;
  beforeAll(async () => {
    server = await startPostgresServer();
    database = await createStoreDatabase(server.url);
  });
  afterAll(async () => {
    await server.start();
    await database.remove();
    await server.remove();
  });

  // Whatever the test before left: none leans on another.
  beforeEach(() => server.start());

  const first = batchOf('one', 10, 10);
  const second = batchOf('two', 10_000, 40_000, { previous: 'one' });
  const withoutCursor = batchOf('two', 10_000, 40_000);

  it('keeps nothing of it, and takes the same batch once when it is there again', async () => {
    const store = await database.open('restart');
    await store.telemetry.commit(first);
    await store.telemetry.digest();
    // The first table is written and the rows of the second one are sent; then: all rows are written and only the cursor is missing.
    for (const table of ['telemetry.event', 'store.checkpoint']) {
      // Asked for without the cursor in the second case: reading that would wait already.
      const error = await restartedAt(server, database.superuserUrl, table, () =>
        store.telemetry.commit(table === 'store.checkpoint' ? withoutCursor : second),
      );
      expect(error).toMatchObject({ code: 'STORE_FAILED' });
      expect(Object.fromEntries(await store.telemetry.checkpoints('desk'))).toEqual({ tickets: 'one' });
      const rows = await store.telemetry.rows('desk');
      expect([rows.get('ticket'), rows.get('event')]).toEqual([10, 10]);
    }
    expect(await store.telemetry.commit(second)).toEqual({ written: 50_000, rejected: 0 });
    await expect(store.telemetry.commit(second)).rejects.toMatchObject({ code: 'CURSOR_MOVED' });
    const rows = await store.telemetry.rows('desk');
    expect([rows.get('ticket'), rows.get('event')]).toEqual([10_010, 40_010]);
    expect(await store.telemetry.digest()).toBe(await embeddedDigest(first, second));
    await store.close();
  });

  it('says so while it is away, for reading and measuring too, and works again afterwards', async () => {
    const store = await database.open('away');
    await store.telemetry.commit(first);
    const digest = await store.telemetry.digest();
    await server.stop();
    for (const ask of [
      () => store.telemetry.digest(),
      () => store.telemetry.rows('desk'),
      () => store.ledger.snapshots(),
      () => store.telemetry.commit(second),
    ])
      await expect(ask()).rejects.toMatchObject({
        code: 'STORE_FAILED',
        message: expect.stringContaining('PostgreSQL'),
      });
    await server.start();
    expect(await store.telemetry.digest()).toBe(digest);
    await store.close();
  });

  it('is no fault of a replica that is being filled: it goes on from where it was', async () => {
    const store = await database.open('filling');
    await store.telemetry.commit(first);
    await store.telemetry.commit(second);
    const error = await restartedAt(server, database.superuserUrl, 'telemetry.event', () => store.telemetry.digest());
    expect(error).toMatchObject({ code: 'STORE_FAILED', message: expect.stringContaining('PostgreSQL') });
    expect(await store.telemetry.digest()).toBe(await embeddedDigest(first, second));
    await store.close();
  });
});

describe('on one server', () => {
  let database: StoreDatabase;
  const folders: string[] = [];
  beforeAll(async () => {
    database = await createStoreDatabase();
  });
  afterAll(async () => {
    await database.remove();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  interface Ended {
    readonly lines: readonly Record<string, string>[];
    readonly signal: NodeJS.Signals | null;
    readonly code: number | null;
  }

  function run(command: string, args: readonly string[]): Promise<Ended> {
    return new Promise((done) => {
      const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      child.stdout.on('data', (part) => {
        text += String(part);
      });
      child.on('close', (code, signal) => {
        const lines = text.split('\n').filter((line) => line !== '');
        done({ lines: lines.map((line) => JSON.parse(line) as Record<string, string>), signal, code });
      });
    });
  }

  it('a process that is killed right before COMMIT leaves nothing, and holds nobody up', async () => {
    const store = await database.open('killed');
    await store.telemetry.commit(batchOf('c1', 1, 0));
    const args = ['--import', 'tsx', PROCESS, database.url, 'killed', database.replicaDir, 'die-before-commit'];
    expect(await run(process.execPath, args)).toMatchObject({ signal: 'SIGKILL', lines: [] });
    expect(Object.fromEntries(await store.telemetry.checkpoints('desk'))).toEqual({ tickets: 'c1' });
    expect((await store.telemetry.rows('desk')).get('ticket')).toBe(1);
    const again = batchOf('c2', 2_000, 0, { previous: 'c1' });
    expect(await store.telemetry.commit(again)).toEqual({ written: 2_000, rejected: 0 });
    expect((await store.telemetry.rows('desk')).get('ticket')).toBe(2_001);
    await store.close();
  });

  it('several workers given the same stream write each page once', async () => {
    const PAGES = 20;
    const stores = await Promise.all(Array.from({ length: 4 }, () => database.open('shared')));
    const outcomes = { written: 0, moved: 0 };
    // All have looked before one writes: the first page is wanted by four, whatever the machine is busy with.
    let looked = 0;
    let gate = (): void => undefined;
    const everyoneLooked = new Promise<void>((resolve) => {
      gate = () => {
        looked += 1;
        if (looked === stores.length) resolve();
      };
    });
    await Promise.all(
      stores.map(async ({ telemetry }) => {
        for (;;) {
          const cursor = (await telemetry.checkpoints('desk')).get('tickets') ?? null;
          if (cursor === null) {
            gate();
            await everyoneLooked;
          }
          const page = cursor === null ? 1 : Number(cursor) + 1;
          if (page > PAGES) return;
          // Ids of their own for each attempt: a page that is written twice would show.
          const batch = batchOf(`${page}`, 3, 0, { previous: cursor });
          try {
            await telemetry.commit(batch);
            outcomes.written += 1;
          } catch (error) {
            expect(error).toMatchObject({ code: 'CURSOR_MOVED' });
            outcomes.moved += 1;
          }
        }
      }),
    );
    expect(outcomes.written).toBe(PAGES);
    expect(outcomes.moved).toBeGreaterThanOrEqual(stores.length - 1);
    expect((await stores[0]?.telemetry.rows('desk'))?.get('ticket')).toBe(3 * PAGES);
    for (const store of stores) await store.close();
  });

  /** A mount namespace of its own, in which a disk of a few megabytes can be made: as root, or where users may have namespaces. */
  const NAMESPACE = [
    ['-m', '--propagation', 'private'],
    ['-r', '-m', '--propagation', 'private'],
  ].find(
    (flags) => spawnSync('unshare', [...flags, 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'none', '/mnt']).status === 0,
  );

  it.skipIf(NAMESPACE === undefined)(
    'a full disk of the replicas is told, with what to do, and gets over by making room',
    async () => {
      const [one, two] = [batchOf('a', 0, 60_000), batchOf('b', 0, 5_000)];
      for (const [name, batch] of [
        ['disk', one],
        ['disk-two', two],
      ] as const) {
        const store = await database.open(name);
        await store.telemetry.commit(batch);
        await store.close();
      }
      const folder = mkdtempSync(join(tmpdir(), 'plumbline-disk-'));
      folders.push(folder);
      const script = 'mount -t tmpfs -o size=1500k none "$0" && exec "$@"';
      const child = [process.execPath, '--import', 'tsx', PROCESS, database.url, 'disk', folder, 'fill-the-disk'];
      const ended = await run('unshare', [...(NAMESPACE ?? []), 'sh', '-c', script, folder, ...child]);
      expect(ended.lines).toEqual([
        {
          code: 'STORE_FAILED',
          message: expect.stringMatching(/replica in .* failed twice.*(no space|disk|could not write)/is),
          remedy: expect.stringContaining('Make room'),
        },
        { digest: await embeddedDigest(one) },
        // The idle replica of the other workspace had to go.
        { digest: await embeddedDigest(two) },
      ]);
      expect(ended.code).toBe(0);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
