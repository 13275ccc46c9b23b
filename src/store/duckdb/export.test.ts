import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aTicket } from '../../../test/harness/records.ts';
import type { Store } from '../ports.ts';
import { openMemoryStore } from './open.ts';

let store: Store;
let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-export-test-'));
  store = await openMemoryStore();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const keep = (products: readonly string[]) =>
  store.telemetry.commit({
    connection: 'desk',
    stream: null,
    checkpoint: null,
    records: { ticket: products.map((product, i) => aTicket({ id: `${i}`, product, priority_rank: -5 })) },
    rejected: [],
  });

describe('an export', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['a=1', 'a=1'],
    ['e-mail', 'e-mail'],
    [' mail', ' mail'],
  ])('as CSV holds no cell that a spreadsheet runs: %j', async (channel, cell) => {
    await keep([channel]);
    const path = join(folder, 'ticket.csv');
    await store.telemetry.exportTable('ticket', 'csv', path);
    const text = readFileSync(path, 'utf8');
    const quoted = /[\r\n]/.test(cell) ? `"${cell}"` : cell;
    expect(text).toContain(`,${quoted},`);
    if (cell !== channel) expect(text).not.toContain(`,${channel},`);
  });

  it('leaves numbers numbers', async () => {
    await keep(['web']);
    const path = join(folder, 'ticket.csv');
    await store.telemetry.exportTable('ticket', 'csv', path);
    const [head, row] = readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.split(','));
    expect(row?.[head?.indexOf('priority_rank') ?? -1]).toBe('-5');
  });

  it.each(['parquet', 'jsonl', 'csv'] as const)('as %s is for its owner only, whatever the umask', async (format) => {
    await keep(['web']);
    const before = process.umask(0);
    try {
      const path = join(folder, 'new', 'below', `ticket.${format}`);
      await store.telemetry.exportTable('ticket', format, path);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      for (const each of ['new', 'new/below']) expect(statSync(join(folder, each)).mode & 0o777).toBe(0o700);
      chmodSync(path, 0o644);
      await store.telemetry.exportTable('ticket', format, path);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });
});
