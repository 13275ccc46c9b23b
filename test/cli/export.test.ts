import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../harness/run-cli.ts';

const TICKETS = 'id,created,solved\n1,2026-01-05 09:00,2026-01-06 09:00\n2,2026-01-06 09:00,\n';
const MAPPING =
  'version: 1\nmode: tickets\ntime_zone: UTC\nticket: { id: id, created_at: created, solved_at: solved }\n';

describe('export', () => {
  const bench = openWorkbench();
  afterAll(() => bench.remove());

  it('refuses a workspace that is not there, with the nearest name, and writes nothing', async () => {
    writeFileSync(join(bench.dir, 'tickets.csv'), TICKETS);
    writeFileSync(join(bench.dir, 'm.yaml'), MAPPING);
    const imported = await bench.run('import', 'tickets.csv', '--map', 'm.yaml', '--workspace', 'sales', '--quiet');
    expect(imported.code, imported.err).toBe(0);
    const { code, err } = await bench.run('export', '--workspace', 'sale');
    expect(code).toBe(2);
    expect(err.replace(/\s+/g, ' ')).toContain('There is no workspace "sale". → Did you mean --workspace sales?');
    expect(existsSync(join(bench.dir, 'plumbline-export'))).toBe(false);
    expect(existsSync(join(bench.dir, '.plumbline', 'sale'))).toBe(false);
  });

  it('refuses a table and a snapshot that are not there', async () => {
    const table = await bench.run('export', 'findings', '--snapshot', 'latest', '--workspace', 'sales');
    expect(table.err).toContain('Did you mean finding?');
    const none = await bench.run('export', '--snapshot', 'latest', '--workspace', 'sales');
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('No snapshot was taken yet.')]);
  });
});
