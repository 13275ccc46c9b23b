import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../../test/harness/run-cli.ts';
import { writeCsv } from '../../test/harness/warehouse.ts';
import { fivetranZendeskTables } from '../../test/harness/warehouse-zendesk.ts';

describe('plumbline connect warehouse', () => {
  let bench: Workbench;
  beforeAll(() => {
    bench = openWorkbench();
    writeCsv(join(bench.dir, 'zendesk'), fivetranZendeskTables());
  });
  afterAll(() => bench.remove());

  it('asks for the folder and refuses another', async () => {
    const bare = await bench.run('connect', 'warehouse');
    expect(bare.code).toBe(2);
    expect(bare.err).toContain('No folder is named.');
    const wrong = await bench.run('connect', 'warehouse', '--dir', 'zendesk', '--set', 'layout=airbyte/zendesk');
    expect(wrong.err).toContain('another layout than airbyte/zendesk');
    expect(wrong.err).toContain('tickets');
  });

  it('recognises the tables, asks for no secret, and syncs up to their newest row', async () => {
    const connected = await bench.run('connect', 'warehouse', '--dir', 'zendesk');
    expect(connected.err).toBe('');
    expect(connected.code).toBe(0);
    expect(connected.out).toContain('Zendesk Support (Fivetran)');
    expect(connected.out).toContain('2026-03-07T11:59:00.000Z');
    expect(connected.out.replace(/\s+/g, ' ')).toContain('The tables of Fivetran for Zendesk Support do not hold it.');
    expect(connected.out).not.toContain('clock differs');
    const synced = await bench.run('sync', 'warehouse', '--json');
    expect(synced.code).toBe(0);
    const doctor = await bench.run('doctor', 'warehouse', '--json');
    const told = JSON.parse(doctor.out) as {
      observability: { stream: string; status: string; until: string | null }[];
    };
    const tickets = told.observability.find(({ stream }) => stream === 'tickets');
    expect(tickets).toMatchObject({ status: 'available', until: '2026-03-07T11:59:00.000Z' });
  });
});
