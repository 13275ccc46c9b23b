import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { bare, readTables, writeParquet } from '../../test/harness/warehouse.ts';
import { fivetranHubspotTables, WRITTEN } from '../../test/harness/warehouse-hubspot.ts';
import { fivetranHubspot } from './layouts/fivetran-hubspot.ts';

const { lacks } = fivetranHubspot;
const dir = mkdtempSync(join(tmpdir(), 'warehouse-hubspot-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('HubSpot as Fivetran writes it', () => {
  let api: DeskRows;
  let tables: Awaited<ReturnType<typeof readTables>>;
  beforeAll(async () => {
    // Deals are in no table that is read.
    api = (await readDesk(hubspotCase, { without: ['deal_list'] })).rows;
    // It belongs to two companies; only the interface tells which is the primary one.
    Object.assign(api.ticket?.['101'] ?? {}, { organisation_id: null });
    await writeParquet(dir, fivetranHubspotTables());
    tables = await readTables('warehouse-hubspot', dir, { since: '2026-02-20' });
  });

  it('is read to the end, up to the newest row', () => {
    expect(tables.result.error).toBeNull();
    expect(tables.result.until).toEqual(WRITTEN);
    expect(tables.aside).toEqual([]);
    expect(tables.rows.message).toBeUndefined();
    expect(tables.shows('messages')?.fields).toEqual([]);
  });

  it.each([
    ['ticket', lacks.tickets ?? []],
    ['sla_clock', []],
    ['organisation', ['created_at']],
  ] as [string, string[]][])('gives the %s of the API', (table, lacking) => {
    expect(bare(tables.rows, table, lacking)).toEqual(bare(api, table, lacking));
  });

  it('gives every change of a value with the one before', () => {
    const told = (rows: DeskRows) =>
      Object.values(rows.event ?? {})
        .filter((row) => !['tag', 'escalation'].includes(String(row.kind)))
        .map(({ ticket_id, at, kind, field, from_value, to_value, initial, actor }) =>
          JSON.stringify({ ticket_id, at, kind, field, from_value, to_value, initial, actor }),
        )
        .sort();
    expect(told(tables.rows)).toEqual(told(api));
  });
});
