import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aTicket } from '../../../test/harness/records.ts';
import { openDuckdbStore } from './open.ts';

const WRITER = resolve(import.meta.dirname, '../../../test/harness/store-writer.ts');
const clock = () => new Date('2026-03-01T00:00:00Z');
const children: ChildProcess[] = [];
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-durability-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await killAndWait(child);
  await rm(dataDir, { recursive: true, force: true });
});

interface Writer {
  readonly child: ChildProcess;
  /** Resolves when the process has said `count` lines (or ended). */
  lines(count: number): Promise<readonly string[]>;
}

function startWriter(mode: 'hold' | 'commit'): Writer {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dataDir, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const go of waiting.splice(0)) go();
  };
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    said.push(line);
    wake();
  });
  child.on('exit', wake);
  return {
    child,
    async lines(count) {
      while (said.length < count && child.exitCode === null && child.signalCode === null)
        await new Promise<void>((go) => waiting.push(go));
      return said;
    },
  };
}

async function killAndWait(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((go) => child.once('exit', go));
  child.kill('SIGKILL');
  await ended;
}

describe('a killed process', () => {
  it('leaves whole batches and the cursor of the last one', async () => {
    let acknowledged = 0;
    for (const batches of [1, 3, 2, 4]) {
      const writer = startWriter('commit');
      const said = await writer.lines(1 + batches);
      await killAndWait(writer.child);
      acknowledged = Math.max(acknowledged, ...said.slice(1).map(Number));
      const store = await openDuckdbStore({ dataDir, workspace: 'default', clock });
      const cursor = Number((await store.telemetry.checkpoints('desk')).get('tickets') ?? '0');
      const rows = await store.telemetry.rows('desk');
      await store.close();
      expect(cursor).toBeGreaterThanOrEqual(acknowledged);
      expect([rows.get('ticket'), rows.get('event'), rows.get('message')]).toEqual(Array(3).fill(cursor * 200));
    }
  });

  it('does not keep the data folder', async () => {
    const writer = startWriter('hold');
    await writer.lines(1);
    await killAndWait(writer.child);
    const store = await openDuckdbStore({ dataDir, workspace: 'default', clock });
    await store.close();
  });
});

describe('a living process', () => {
  it('keeps others out, and is named', async () => {
    const writer = startWriter('hold');
    await writer.lines(1);
    for (const readonly of [false, true])
      await expect(openDuckdbStore({ dataDir, workspace: 'default', clock, readonly })).rejects.toMatchObject({
        code: 'STORE_LOCKED',
        message: expect.stringMatching(
          new RegExp(`process ${writer.child.pid} \\(.*store-writer\\.ts .*\\) since 2026-03-01T00:00:00\\.000Z`),
        ),
      });
  });

  it('keeps others out after it read and wrote for a while', async () => {
    const writer = startWriter('commit');
    await writer.lines(3);
    await expect(openDuckdbStore({ dataDir, workspace: 'default', clock })).rejects.toMatchObject({
      code: 'STORE_LOCKED',
    });
  });
});

describe('the lock', () => {
  it('of a process that is no more is taken over', async () => {
    const dead = { pid: 2 ** 22 + 1, started: null, command: 'gone', since: '2026-01-01T00:00:00Z' };
    writeFileSync(join(dataDir, 'store.lock'), JSON.stringify(dead));
    const store = await openDuckdbStore({ dataDir, workspace: 'default', clock });
    await expect(openDuckdbStore({ dataDir, workspace: 'default', clock })).rejects.toMatchObject({
      message: expect.stringContaining(`process ${process.pid} `),
    });
    await store.close();
  });

  it('of an earlier process whose number this one has now is taken over', async () => {
    const reused = { pid: process.pid, started: '1', command: 'before the boot', since: '2026-01-01T00:00:00Z' };
    writeFileSync(join(dataDir, 'store.lock'), JSON.stringify(reused));
    await (await openDuckdbStore({ dataDir, workspace: 'default', clock })).close();
  });

  it('that was cut short by a crash is taken over', async () => {
    writeFileSync(join(dataDir, 'store.lock'), '{"pid":');
    await (await openDuckdbStore({ dataDir, workspace: 'default', clock })).close();
  });

  it('is given back, also when opening fails', async () => {
    await (await openDuckdbStore({ dataDir, workspace: 'default', clock })).close();
    await expect(openDuckdbStore({ dataDir, workspace: 'default', clock, memoryLimit: 'much' })).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
    await (await openDuckdbStore({ dataDir, workspace: 'default', clock })).close();
  });
});

describe('reopening', () => {
  it('finds everything again', async () => {
    const records = { ticket: [aTicket({ id: '1', tags: ['a'] })] };
    const first = await openDuckdbStore({ dataDir, workspace: 'default', clock });
    await first.telemetry.commit({ connection: 'desk', stream: 's', checkpoint: 'c', records, rejected: [] });
    const digest = await first.telemetry.digest();
    await first.close();
    for (const readonly of [false, true]) {
      const again = await openDuckdbStore({ dataDir, workspace: 'default', clock, readonly });
      expect(await again.telemetry.digest()).toBe(digest);
      expect(await again.telemetry.find('ticket', 'desk', '1')).toEqual(records.ticket);
      await again.close();
    }
  });

  it('to read only needs something to read', async () => {
    await expect(openDuckdbStore({ dataDir, workspace: 'default', clock, readonly: true })).rejects.toMatchObject({
      code: 'NO_DATA',
    });
  });

  it('to read only refuses to write', async () => {
    await (await openDuckdbStore({ dataDir, workspace: 'default', clock })).close();
    const store = await openDuckdbStore({ dataDir, workspace: 'default', clock, readonly: true });
    const batch = {
      connection: 'd',
      stream: 's',
      checkpoint: 'c',
      records: { ticket: [aTicket({ id: '1' })] },
      rejected: [],
    };
    await expect(store.telemetry.commit(batch)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await store.close();
  });
});
