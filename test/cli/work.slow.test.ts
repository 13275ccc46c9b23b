import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Run } from '../../src/domain/operations.ts';
import { openDuckdbStore } from '../../src/store/duckdb/open.ts';
import { type FleetVendor, startFleetVendor } from '../harness/fleet-vendor.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LOADER = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;

/** Schedules, runs and a worker of the embedded mode, by the command line alone. */
describe('work on one machine', () => {
  let bench: Workbench;
  let vendor: FleetVendor;

  beforeAll(async () => {
    bench = openWorkbench();
    vendor = await startFleetVendor([{ tickets: 400 }]);
    process.env.WORK_TEST_TOKEN = 'token';
    const at = ['--url', vendor.urls[0] ?? '', '--user', vendor.user, '--token-env', 'WORK_TEST_TOKEN'];
    const connected = await bench.run('connect', 'zendesk', '--name', 'main', '--allow-private', ...at);
    expect(connected.err).toBe('');
  });
  afterAll(async () => {
    await vendor.close();
    bench.remove();
  });

  const json = async (...argv: string[]): Promise<unknown> => {
    const { out, err, code } = await bench.run(...argv, '--json', '--quiet');
    expect(err).toBe('');
    expect(code).toBe(0);
    return JSON.parse(out);
  };
  const runs = async (): Promise<
    { id: string; status: string; progress: { step: string } | null; digest: string | null }[]
  > => (await json('runs', 'list')) as never;
  const published = async (): Promise<(readonly [string, string])[]> => {
    const dataDir = join(bench.dir, '.plumbline/default');
    const store = await openDuckdbStore({ dataDir, workspace: 'default', clock: () => new Date() });
    try {
      return (await store.ledger.publications()).map((p) => [p.run, p.digest] as const);
    } finally {
      await store.close();
    }
  };
  const startWorker = (): ChildProcess =>
    spawn(process.execPath, ['--import', LOADER, join(ROOT, 'src/cli/main.ts'), 'work'], {
      cwd: bench.dir,
      stdio: 'ignore',
    });
  const exitOf = async (child: ChildProcess): Promise<unknown[]> =>
    child.exitCode === null && child.signalCode === null ? once(child, 'exit') : [child.exitCode, child.signalCode];

  it('keeps, shows, pauses and removes schedules', async () => {
    expect(await json('schedule', 'add', 'daily', '--cron', '30 6 * * 1-5', '--tz', 'Europe/Berlin')).toMatchObject({
      cron: '30 6 * * 1-5',
      tz: 'Europe/Berlin',
      jitter_s: 600,
    });
    const listed = await bench.run('schedule', 'list');
    expect(listed.out).toMatch(/next \d{4}-\d\d-\d\d 06:30 Europe\/Berlin \(\d{4}-\d\d-\d\d 0[45]:30 UTC\)/);
    const again = await bench.run('schedule', 'add', 'daily', '--every', '1d');
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('plumbline schedule remove daily')]);
    expect(await json('schedule', 'pause', 'daily')).toMatchObject({ paused: true });
    expect(await json('schedule', 'resume', 'daily')).toMatchObject({ paused: false });
    const slip = await bench.run('schedule', 'remove', 'dayli');
    expect([slip.code, slip.err]).toEqual([2, expect.stringContaining('Did you mean daily?')]);
    await json('schedule', 'remove', 'daily');
    expect(await json('schedule', 'list')).toEqual([]);
  });

  it.each([
    [['--every', '1x'], '--every 1x'],
    [['--cron', '0 25 * * *'], '0 25 * * *'],
    [['--every', '1d', '--kind', 'snapshott'], 'Did you mean snapshot?'],
    [['--every', '1d', '--model', 'six-stag'], 'six-stage'],
  ])('refuses schedule add %j', async (flags, said) => {
    const { code, err } = await bench.run('schedule', 'add', 'odd', ...flags);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });

  it('does a run that was asked for, once, whatever is killed in the middle', async () => {
    const entered = (await json('snapshot', '--queue')) as { runs: { id: string }[]; new: number };
    expect(entered.new).toBe(1);
    const id = entered.runs[0]?.id;
    const worker = startWorker();
    try {
      await vi.waitFor(async () => expect((await runs())[0]?.status).toBe('running'), {
        timeout: 60_000,
        interval: 250,
      });
    } finally {
      worker.kill('SIGKILL');
      await exitOf(worker);
    }
    const after = await bench.run('work', '--once', '--quiet');
    expect([after.code, after.err]).toEqual([0, '']);
    const [run] = await runs();
    expect(run).toMatchObject({ id, status: 'done' });
    expect(await published()).toEqual([[id, run?.digest]]);
    const shown = Run.parse(revive((await json('runs', 'show', id?.slice(0, 20) ?? '')) as Record<string, unknown>));
    expect(shown.attempts).toBe(2);
  });

  it('ends with exit code 0 on SIGTERM, after what is under way', async () => {
    const worker = startWorker();
    await json('sync', '--queue');
    await vi.waitFor(async () => expect((await runs())[0]?.status).not.toBe('due'), { timeout: 60_000, interval: 250 });
    worker.kill('SIGTERM');
    expect(await exitOf(worker)).toEqual([0, null]);
  });

  it('takes the past as runs, asked for twice as one', async () => {
    const asked = ['backfill', '--from', '2025-09-01', '--to', '2025-11-30', '--every', 'month', '--queue'];
    expect(await json(...asked)).toMatchObject({ new: 3 });
    expect(await json(...asked)).toMatchObject({ new: 0 });
    const cancelled = (await runs()).filter((run) => run.status === 'due').slice(0, 2);
    for (const { id } of cancelled) expect(await json('runs', 'cancel', id)).toMatchObject({ status: 'cancelled' });
    expect((await bench.run('work', '--once', '--quiet')).code).toBe(0);
    expect(
      (await runs())
        .slice(0, 3)
        .map((run) => run.status)
        .sort(),
    ).toEqual(['cancelled', 'cancelled', 'done']);
    const done = (await runs()).find((run) => run.status === 'done');
    const refused = await bench.run('runs', 'cancel', done?.id ?? '');
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('has ended')]);
    expect(await json('runs', 'retry', cancelled[0]?.id ?? '')).toMatchObject({ status: 'due' });
  });
});

function revive(row: Record<string, unknown>): Record<string, unknown> {
  const dates = ['slot', 'due_at', 'created_at', 'started_at', 'ended_at', 'seen_at'];
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      dates.includes(key) && typeof value === 'string' ? new Date(value) : value,
    ]),
  );
}
