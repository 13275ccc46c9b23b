import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';
import { bare, readTables, writeCsv, writeParquet } from '../../test/harness/warehouse.ts';
import { fivetranServicenowTables, WRITTEN } from '../../test/harness/warehouse-servicenow.ts';
import { fivetranServicenow } from './layouts/fivetran-servicenow.ts';

const ID = 'warehouse-servicenow';
const dir = mkdtempSync(join(tmpdir(), 'warehouse-servicenow-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What the instance tells of incidents that are there: cases of customer service are in no table. */
let api: DeskRows;
let tables: Awaited<ReturnType<typeof readTables>>;
beforeAll(async () => {
  const { rows } = await readDesk({
    ...serviceNowCase,
    settings: { ...serviceNowCase.settings, tables: ['incident'] },
  });
  const live = Object.entries(rows.ticket ?? {}).filter(([, row]) => row.deleted === false);
  const said = Object.entries(rows.link ?? {}).filter(([, row]) => row.linked_at === null);
  api = { ...rows, ticket: Object.fromEntries(live), link: Object.fromEntries(said) };
  await writeParquet(join(dir, 'fivetran'), fivetranServicenowTables());
  tables = await readTables(ID, join(dir, 'fivetran'));
});

describe('ServiceNow as Fivetran writes it', () => {
  it('is read to the end, up to the newest row', () => {
    expect(tables.result.error).toBeNull();
    expect(tables.result.until).toEqual(WRITTEN);
    expect(tables.aside).toEqual([]);
    expect(Object.keys(api.ticket ?? {})).toHaveLength(8);
    expect(Object.keys(api.link ?? {}).length).toBeGreaterThan(0);
  });

  it.each([
    ['ticket', []],
    ['agent', []],
    ['team', []],
    ['membership', []],
    ['link', []],
    ['organisation', fivetranServicenow.lacks.organisations ?? []],
  ] as [string, string[]][])('gives the %s of the API', (table, lacking) => {
    expect(bare(tables.rows, table, lacking)).toEqual(bare(api, table, lacking));
  });

  it('claims neither changes nor messages, and says why', () => {
    expect(tables.rows.event).toBeUndefined();
    expect(tables.shows('events')).toMatchObject({ status: 'absent', fields: [] });
    expect(tables.shows('messages')?.detail).toContain('connect ServiceNow itself');
  });
});

describe('folders of ServiceNow tables', () => {
  it('keep an incident that was marked as deleted, as deleted', async () => {
    const made = fivetranServicenowTables();
    const incident = (made.incident ?? []).map((row) =>
      row.sys_id === '1005' ? { ...row, _fivetran_deleted: true } : row,
    );
    writeCsv(join(dir, 'deleted'), { ...made, incident });
    const { rows, aside } = await readTables(ID, join(dir, 'deleted'));
    expect(aside).toEqual([]);
    expect(rows.ticket?.['1005']).toMatchObject({ deleted: true, vendor_priority: '4' });
    expect(rows.ticket?.['1006']).toMatchObject({ deleted: false });
  });

  it('without accounts claim nothing about who opened an incident', async () => {
    const { sys_user: _gone, ...left } = fivetranServicenowTables();
    writeCsv(join(dir, 'people'), left);
    const { rows, shows } = await readTables(ID, join(dir, 'people'));
    expect(rows.agent).toBeUndefined();
    expect(shows('tickets')?.fields).not.toContain('created_by');
    expect(shows('tickets')?.detail).toContain('Without the table sys_user a part is unknown.');
    expect([...(shows('agents')?.fields ?? [])].sort()).toEqual(['purpose', 'team', 'tier']);
  });
});
