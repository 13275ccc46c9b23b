import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { PlumblineError } from '../../../errors/plumbline-error.ts';
import { PackChild, type PackChildSettings } from './child-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-child-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings: PackChildSettings = { folder, memoryMb: 256, hardMemoryMb: 512, spillMb: 256, threads: 1 };
const hasProc = existsSync('/proc/self/environ');

describe('a child for SQL of packs', () => {
  it.skipIf(!hasProc)('has no environment but the channel, and stands in its own folder', async () => {
    process.env.PLUMBLINE_TEST_SECRET = 'canary';
    const child = await PackChild.start(settings);
    try {
      const names = readFileSync(`/proc/${child.pid}/environ`, 'utf8')
        .split('\0')
        .map((entry) => entry.split('=')[0] ?? '')
        .filter((name) => name !== '');
      expect(names.filter((name) => !name.startsWith('NODE_CHANNEL_') && name !== 'PWD')).toEqual([]);
      expect(readFileSync(`/proc/${child.pid}/limits`, 'utf8')).toMatch(/Max data size\s+1073741824 /);
    } finally {
      delete process.env.PLUMBLINE_TEST_SECRET;
      child.kill();
    }
  });

  it('answers again and again, and says when it is dead', async () => {
    const child = await PackChild.start(settings);
    const tree = { kind: 'tree', sql: 'SELECT 1' } as const;
    expect(await child.ask(tree, 60_000)).toMatchObject({ ok: true, value: expect.stringContaining('SELECT_NODE') });
    expect(child.isAlive).toBe(true);
    child.kill();
    // At once, before the news of its end: what comes next must not be sent to it.
    expect(child.isAlive).toBe(false);
    await expect(child.ask(tree, 60_000)).rejects.toBeInstanceOf(PlumblineError);
  });

  it('ends with the process that started it, whatever it is doing', async () => {
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', resolve(import.meta.dirname, '../../../../test/harness/pack-parent.ts'), folder],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let pid = 0;
    for await (const line of createInterface({ input: parent.stdout })) {
      pid = Number(line);
      parent.kill('SIGKILL');
    }
    expect(pid).toBeGreaterThan(0);
    while (isRunning(pid)) await sleep(20);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended and that nobody waits for is no longer running.
    return !hasProc || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
