import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEvent, aTicket, at } from '../../test/harness/records.ts';
import { openArchive } from '../store/duckdb/archive.ts';
import { openDuckdbStore, openMemoryStore } from '../store/duckdb/open.ts';
import { openMemoryOperations } from '../store/operations/embedded.ts';
import { backUp } from './backup.ts';

const RESTORER = resolve(import.meta.dirname, '../../test/harness/restorer.ts');
const clock = { now: () => at('2026-03-01T00:00:00Z') };
let dir = '';
let child: ChildProcess | null = null;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plumbline-restore-'));
  mkdirSync(join(dir, 'data'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** Digest of the telemetry that is in the backup. */
async function writeBackup(): Promise<string> {
  const store = await openMemoryStore();
  const ids = Array.from({ length: 40 }, (_, i) => String(i));
  await store.telemetry.commit({
    connection: 'desk',
    stream: 'tickets',
    checkpoint: 'c1',
    records: { ticket: ids.map((id) => aTicket({ id })), event: ids.map((id) => anEvent({ id, ticket_id: id })) },
    rejected: [],
  });
  await store.ledger.saveConnection({
    name: 'desk',
    vendor: 'zendesk',
    role: 'desk',
    settings: {},
    secret: 'none',
    allow_private: false,
    status: 'connected',
    created_at: clock.now(),
  });
  const manifest = await backUp(join(dir, 'backup'), {
    workspace: 'alpha',
    version: '9.9.9',
    store,
    operations: await openMemoryOperations({ clock }),
    sealed: { all: async () => [] },
    openArchive: (folder) => openArchive(folder, { memoryLimit: '256MB', threads: 1 }),
    signManifest: () => null,
    pseudonymKeyId: null,
    now: clock.now(),
    progress: () => undefined,
  });
  await store.close();
  return manifest.telemetry_digest;
}

/** Restores in a process of its own; killed right after it said `killAt`. Gives all that it said. */
async function restore(killAt: string | null): Promise<string[]> {
  const started = spawn(process.execPath, ['--import', 'tsx', RESTORER, join(dir, 'backup'), join(dir, 'data')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  const said: string[] = [];
  const ended = new Promise<void>((done) => started.once('close', () => done()));
  for await (const line of createInterface({ input: started.stdout })) {
    said.push(line);
    if (line === killAt) started.kill('SIGKILL');
  }
  await ended;
  return said;
}

describe('a restore that is killed', () => {
  it('is cleared away and done by the next one, wherever it was', async () => {
    const digest = await writeBackup();
    for (const step of ['ticket', 'event']) expect(await restore(step)).not.toContain('restored');
    expect(await restore(null)).toContain('restored');
    const store = await openDuckdbStore({ dataDir: join(dir, 'data'), workspace: 'alpha', clock: clock.now });
    try {
      expect(await store.telemetry.digest()).toBe(digest);
      expect(await store.telemetry.checkpoints('desk')).toEqual(new Map([['tickets', 'c1']]));
      expect((await store.ledger.connections()).map((one) => one.name)).toEqual(['desk']);
    } finally {
      await store.close();
    }
  });
});
