import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

let bench: Workbench;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

const MAPPING = `version: 1
mode: tickets
time_zone: UTC
ticket: { id: id, created_at: created, solved_at: solved, group: { column: who, as: clear }, product: item }
`;

function write(rows: readonly string[]): void {
  writeFileSync(join(bench.dir, 'desk.csv'), ['id,created,solved,who,item,ref', ...rows].join('\n'));
  writeFileSync(join(bench.dir, 'm.yaml'), MAPPING);
}

describe('import --check', () => {
  it('says what would be stored, in words, and stores nothing', async () => {
    write([
      '1,2026-01-05 09:00,2026-01-06 09:00,Jana Musterfrau,laptop,r1',
      '2,2026-01-05 09:00,,Max Beispiel,printer of jm@example.org,r2',
      '3,2026-01-05 09:00,2026-01-04 09:00,Max Beispiel,laptop,r3',
      '4,2026-01-05 09:00,2026-01-07 09:00,Max Beispiel,laptop,r4',
      '5,2026-01-05 09:00,2026-01-07 09:00,Max Beispiel,laptop,r5',
    ]);
    const { code, out } = await bench.run('import', 'desk.csv', '--map', 'm.yaml', '--check');
    expect(code).toBe(0);
    expect(out).toContain('5 of 5 rows would be stored, 5 tickets; nothing is stored by this');
    expect(out).toMatch(/1 end is earlier than the creation of the ticket/);
    expect(out.replace(/\s+/g, ' ')).toContain(
      'group (who): hashed, looks like names of people. The mapping asks for clear text',
    );
    expect(out.replace(/\s+/g, ' ')).toContain('product (item): 1 value hashed, looks like mail addresses');
    expect(out).toContain('ref, e.g. r1');
    expect(out).not.toMatch(/NEGATIVE_DURATION|Musterfrau|example\.org/);
    expect((await bench.run('status', '--json')).out).not.toContain('desk');
  });

  it('refuses with exit 2 what an import would refuse, and the import stores no personal text', async () => {
    write(['1,,,Jana Musterfrau,laptop,r1', '2,2026-01-05 09:00,,Max Beispiel,printer of jm@example.org,r2']);
    const check = await bench.run('import', 'desk.csv', '--map', 'm.yaml', '--check', '--verbose');
    expect([check.code, check.out.includes('[MISSING_TIME]')]).toEqual([2, true]);
    expect(check.err).toMatch(/1 of 2 rows \(50 %\) cannot be read/);
    expect((await bench.run('import', 'desk.csv', '--map', 'm.yaml')).code).toBe(2);
    expect((await bench.run('import', 'desk.csv', '--map', 'm.yaml', '--max-lost', '60')).code).toBe(0);
    await bench.run('export', 'ticket', '--format', 'jsonl');
    const folder = join(bench.dir, 'plumbline-export');
    const stored = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
    expect(stored).toContain('"id":"2"');
    expect(stored).not.toMatch(/Musterfrau|Beispiel|example\.org/);
  });
});
