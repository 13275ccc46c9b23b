import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMessage, anEvent, aTicket, at } from '../../../test/harness/records.ts';
import { TABLE_NAMES, type TelemetryBatch } from '../../domain/telemetry.ts';
import type { Store, TelemetryArchive } from '../ports.ts';
import { openArchive } from './archive.ts';
import { openMemoryStore } from './open.ts';

let store: Store;
let folder = '';
let archive: TelemetryArchive | null = null;
const open = async (): Promise<TelemetryArchive> => {
  archive = await openArchive(folder, { memoryLimit: '256MB', threads: 1 });
  return archive;
};
const commit = (connection: string, records: TelemetryBatch) =>
  store.telemetry.commit({ connection, stream: null, checkpoint: null, records, rejected: [] });
const exportAll = async () => {
  for (const table of TABLE_NAMES)
    await store.telemetry.exportTable(table, 'parquet', join(folder, `${table}.parquet`));
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-archive-test-'));
  store = await openMemoryStore();
});
afterEach(async () => {
  await archive?.close();
  archive = null;
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('openArchive', () => {
  it('gives the records back as they were, each batch of one connection and no larger than asked', async () => {
    const tickets = ['1', '2', '3'].map((id) =>
      aTicket({ id, requester_key: `k${id}`, tags: ['a', 'ü'], priority_rank: 2 }),
    );
    const calendar = {
      id: 'c',
      time_zone: 'Europe/Berlin',
      weekly: [{ start_minute: 540, end_minute: 1020 }],
      holidays: [{ from: '2026-01-01', to: '2026-01-01' }],
      valid_from: at('1970-01-01T00:00:00Z'),
      valid_to: null,
      is_default: true,
    };
    await commit('a', { ticket: tickets, calendar: [calendar] });
    await commit('b', {
      ticket: tickets.slice(0, 1),
      event: [anEvent({ id: 'e', ticket_id: '1' })],
      message: [aMessage({ id: 'm', ticket_id: '1' })],
    });
    await exportAll();
    const opened = await open();
    const batches = [];
    for await (const batch of opened.read('ticket', 2)) batches.push(batch);
    expect(batches).toEqual([
      { connection: 'a', records: { ticket: tickets.slice(0, 2) } },
      { connection: 'a', records: { ticket: tickets.slice(2) } },
      { connection: 'b', records: { ticket: tickets.slice(0, 1) } },
    ]);
    for await (const { records } of opened.read('calendar', 10)) expect(records.calendar).toEqual([calendar]);
    const rows = await opened.rows();
    expect([rows.get('ticket'), rows.get('event'), rows.get('team')]).toEqual([4, 1, 0]);
    expect(await opened.digest(new Set())).toBe(await store.telemetry.digest());
  });

  it('gives the digest that a store has after requesters were erased', async () => {
    await commit('a', {
      ticket: [aTicket({ id: '1', requester_key: 'k1' }), aTicket({ id: '2', requester_key: 'k2' })],
    });
    await exportAll();
    const opened = await open();
    const before = await store.telemetry.digest();
    await store.telemetry.eraseRequester('k1');
    const hash = createHash('sha256').update('k1').digest('hex');
    expect(await opened.digest(new Set([hash]))).toBe(await store.telemetry.digest());
    expect(await opened.digest(new Set())).toBe(before);
  });

  it('names a file that is not whole parquet', async () => {
    await commit('a', { ticket: [aTicket({ id: '1' })] });
    await exportAll();
    truncateSync(join(folder, 'ticket.parquet'), 100);
    await expect(open()).rejects.toMatchObject({
      code: 'BAD_BACKUP',
      message: expect.stringMatching(/^ticket\.parquet /),
    });
    writeFileSync(join(folder, 'ticket.parquet'), 'hello');
    await expect(open()).rejects.toMatchObject({ code: 'BAD_BACKUP' });
  });

  it('refuses the columns of another table', async () => {
    await commit('a', { ticket: [aTicket({ id: '1' })] });
    await store.telemetry.exportTable('ticket', 'parquet', join(folder, 'team.parquet'));
    await expect(open()).rejects.toThrow(/team\.parquet has a column \w+ that this version does not know/);
  });
});
