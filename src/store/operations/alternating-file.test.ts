import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aRun } from '../../../test/conformance/operations.ts';
import { acquireLock } from '../duckdb/lock.ts';
import { alternatingFile } from './alternating-file.ts';
import { openEmbeddedOperations } from './embedded.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const NOW = new Date('2026-03-02T12:00:00Z');
const clock = { now: () => NOW };
let dataDir: string;
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-journal-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

interface Other {
  readonly child: ChildProcessWithoutNullStreams;
  /** Lines that it printed until its end. */
  readonly ended: Promise<string[]>;
}

/** A process that has done its first work on the journal. */
async function start(...mode: string[]): Promise<Other> {
  const script = join(ROOT, 'test/harness/journal-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, ...mode], { cwd: ROOT });
  children.push(child);
  const printed: string[] = [];
  const complaints: string[] = [];
  child.stdout.on('data', (chunk) => printed.push(String(chunk)));
  child.stderr.on('data', (chunk) => complaints.push(String(chunk)));
  const ended = once(child, 'close').then(() => printed.join('').trim().split('\n'));
  await Promise.race([once(child.stdout, 'data'), ended]);
  if (printed.length === 0) throw new Error(complaints.join(''));
  return { child, ended };
}

describe('the embedded journal, used by several processes', () => {
  it('takes the work of each and gives no run to two', async () => {
    const journal = openEmbeddedOperations({ dataDir, clock });
    const ids = Array.from({ length: 24 }, (_, i) => `r${String(i).padStart(2, '0')}`);
    await journal.addRuns(ids.map((id) => aRun({ id, due_at: NOW })));
    const others = await Promise.all([start('count', '15'), start('count', '15')]);
    const own: string[] = [];
    for (let i = 0; i < 15; i++) {
      await journal.addTallies([{ name: 'turns', labels: {}, value: 1 }]);
      own.push(...(await journal.claimDue(NOW, 1)).map((run) => run.id));
    }
    const lines = await Promise.all(others.map((other) => other.ended));
    const claimed = lines.flatMap((printed) => z.array(z.string()).parse(JSON.parse(printed[1] ?? '')));
    expect([...own, ...claimed].sort()).toEqual(ids);
    expect(await journal.tallies()).toEqual([{ name: 'turns', labels: {}, value: 45 }]);
    await journal.close();
  });

  it('comes in beside a process that never rests, and after its violent end', async () => {
    const busy = await start('busy');
    const journal = openEmbeddedOperations({ dataDir, clock });
    for (let i = 0; i < 6; i++) {
      await journal.addWorkspace(`desk${i}`);
      // Giving it back each time: every round has to come in anew.
      await journal.close();
    }
    busy.child.kill('SIGKILL');
    await busy.ended;
    expect(await journal.workspaces()).toHaveLength(6);
    const [turns] = await journal.tallies();
    expect(turns?.value).toBeGreaterThan(0);
    await journal.close();
  });

  it('gives the folder back when nobody uses it', async () => {
    const journal = openEmbeddedOperations({ dataDir, clock });
    await journal.addWorkspace('desk');
    // Without closing the first: the second waits until it is idle.
    const other = openEmbeddedOperations({ dataDir, clock });
    expect(await other.workspaces()).toEqual(['desk']);
    await other.close();
    await journal.close();
  });

  it('opens anew after a use that failed, and keeps nothing of it', async () => {
    const file = alternatingFile({ dir: dataDir, file: 'file.duckdb', clock, prepare: async () => undefined });
    await file.use((session) => session.rows('CREATE TABLE kept (n BIGINT)'));
    const failing = file.use((session) =>
      session.transaction(async (sql) => {
        await sql.rows('INSERT INTO kept VALUES (1)');
        await sql.rows('SELECT error($1)', ['full']);
      }),
    );
    await expect(failing).rejects.toThrow(/full/);
    expect(existsSync(join(dataDir, 'store.lock'))).toBe(false);
    expect(await file.use((session) => session.rows('SELECT count(*) AS n FROM kept'))).toEqual([{ n: 0 }]);
    await file.close();
    expect(existsSync(join(dataDir, 'store.lock'))).toBe(false);
  });

  it('says who holds it when that takes too long', async () => {
    const release = acquireLock(join(dataDir, 'operations', 'journal'), NOW);
    const journal = openEmbeddedOperations({ dataDir, clock });
    await expect(journal.workspaces()).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    release();
    expect(await journal.workspaces()).toEqual([]);
    await journal.close();
  });
});
