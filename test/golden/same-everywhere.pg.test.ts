import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANSWERS_BY_DESK, DEMO_TOKEN, DESK_NAMES, type DemoServer, startDemoServer } from '../../src/demo/index.ts';
import { HAS_REDIS, startRedisServer } from '../harness/redis-server.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';

/**
 * The same desks give the same snapshots wherever they are kept and whatever carries their jobs: connected, answered for, entered as a run
 * and done by `work`, by the real command line against the simulated vendor.
 */
const MINUTES = 60_000;
const KEYS = { PLUMBLINE_KEY: '1'.repeat(64), PLUMBLINE_PSEUDONYM_KEY: '2'.repeat(64), DESK_TOKEN: DEMO_TOKEN };

let servers: ReadonlyMap<string, DemoServer>;

beforeAll(async () => {
  servers = new Map(
    await Promise.all(DESK_NAMES.map(async (desk) => [desk, await startDemoServer({ desk })] as const)),
  );
});
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.close()));
});

async function run(bench: Workbench, ...argv: string[]): Promise<string> {
  const { code, out, err } = await bench.run(...argv);
  expect([argv.join(' '), code, err.slice(0, 2000)]).toEqual([argv.join(' '), 0, expect.any(String)]);
  return out;
}

async function enter(bench: Workbench, desk: string, server: DemoServer): Promise<void> {
  const at = ['--workspace', desk];
  const machines = server.settings.machineUsers ?? [];
  const sets = machines.length === 0 ? [] : ['--set', `machineUsers=${JSON.stringify(machines)}`];
  const to = ['--url', server.url, '--user', server.settings.user, '--token-env', 'DESK_TOKEN', '--allow-private'];
  await run(bench, 'connect', 'zendesk', '--name', desk, ...to, ...sets, ...at);
  for (const { file, respondent, role, answers } of ANSWERS_BY_DESK[desk] ?? []) {
    const path = join(bench.dir, file.replace('.yaml', '.json'));
    writeFileSync(path, JSON.stringify({ respondent, role: role.replaceAll(' ', '_'), answers }));
    await run(bench, 'assess', '--answers', path, ...at);
  }
  await run(bench, 'snapshot', '--queue', ...at);
}

/** Digest of the published snapshot of each desk. */
async function playDesks(variables: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const bench = openWorkbench({ ...KEYS, ...variables });
  try {
    for (const [desk, server] of servers) await enter(bench, desk, server);
    await run(bench, 'work', '--once');
    const digests: Record<string, string> = {};
    for (const desk of servers.keys()) {
      const [only, ...more] = JSON.parse(await run(bench, 'runs', 'list', '--json', '--workspace', desk));
      expect([desk, only.status, only.failure, more]).toEqual([desk, 'done', null, []]);
      digests[desk] = only.digest;
    }
    return digests;
  } finally {
    bench.remove();
  }
}

describe('the same desks give the same snapshots', () => {
  let embedded: Record<string, string>;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    embedded = await playDesks({});
  }, 10 * MINUTES);
  afterAll(() => database.drop());

  it(
    'on PostgreSQL with its own queue',
    async () => {
      expect(Object.keys(embedded)).toEqual([...DESK_NAMES]);
      expect(await playDesks({ DATABASE_URL: database.url, QUEUE: 'postgres' })).toEqual(embedded);
    },
    10 * MINUTES,
  );

  it.skipIf(!HAS_REDIS)(
    'on PostgreSQL with Redis',
    async () => {
      const redis = await startRedisServer();
      const other = await createTestDatabase();
      try {
        expect(await playDesks({ DATABASE_URL: other.url, REDIS_URL: redis.url })).toEqual(embedded);
      } finally {
        await redis.remove();
        await other.drop();
      }
    },
    10 * MINUTES,
  );
});
