import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupConformance } from '../../test/conformance/backup.ts';
import { createStoreDatabase, type StoreDatabase } from '../../test/harness/postgres-store.ts';
import { openWorkbench } from '../../test/harness/run-cli.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';

let database: StoreDatabase;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.remove());

const embedded = () => openMemoryStore();
let opened = 0;
/** All suites share one database, and each test wants an empty workspace. */
const postgres = (workspace: string) => {
  opened += 1;
  return database.open(`${workspace}-${opened}`);
};

backupConformance('embedded to PostgreSQL', embedded, postgres, 'target');
backupConformance('PostgreSQL to embedded', postgres, embedded, 'source');

describe('a real desk that moves between the engines', () => {
  it('has the same telemetry and the same snapshot everywhere', async () => {
    const keys = { PLUMBLINE_KEY: 'a1'.repeat(32), PLUMBLINE_PSEUDONYM_KEY: 'c3'.repeat(32) };
    const here = openWorkbench(keys);
    const there = openWorkbench({ ...keys, DATABASE_URL: database.url, QUEUE: 'postgres' });
    const at = ['--workspace', 'demo-harbor'];
    const json = async (bench: typeof here, ...argv: string[]): Promise<Record<string, unknown>> => {
      const { code, out, err } = await bench.run(...argv, ...at, '--json');
      expect(`${argv[0]} ${code} ${err}`).toBe(`${argv[0]} 0 `);
      return JSON.parse(out) as Record<string, unknown>;
    };
    try {
      const demo = await here.run('demo', '--desk', 'harbor', '--json', '--quiet');
      const [played] = JSON.parse(demo.out) as { snapshot: StagedReading }[];
      const first = await json(here, 'backup', `${here.dir}/1`);
      const moved = await json(there, 'restore', `${here.dir}/1`);
      expect(moved).toMatchObject({ digest: first.telemetry_digest, closedSecrets: [], samePseudonyms: true });
      expect((await json(there, 'snapshot')).digest).toBe(played?.snapshot.digest);
      const second = await json(there, 'backup', `${here.dir}/2`);
      expect(second.telemetry_digest).toBe(first.telemetry_digest);
      const back = await json(here, 'restore', `${here.dir}/2`, '--data', 'again');
      expect(back.digest).toBe(first.telemetry_digest);
      expect((await json(here, 'snapshot', '--data', 'again')).digest).toBe(played?.snapshot.digest);
    } finally {
      here.remove();
      there.remove();
    }
  });
});
