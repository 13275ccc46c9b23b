import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { bare, readTables, writeCsv, writeParquet } from '../../test/harness/warehouse.ts';
import { airbyteZendeskTables, fivetranZendeskTables, WRITTEN } from '../../test/harness/warehouse-zendesk.ts';
import { zendeskCase } from '../../test/harness/zendesk-case.ts';

import { REPORTED } from './layouts/airbyte-zendesk.ts';

const dir = mkdtempSync(join(tmpdir(), 'warehouse-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

type Reading = Awaited<ReturnType<typeof readTables>>;
let api: DeskRows;
beforeAll(async () => {
  const run = await readDesk(zendeskCase);
  api = run.rows;
});

describe.each(['csv', 'parquet'] as const)('Zendesk as Airbyte writes it, %s', (format) => {
  let tables: Reading;
  beforeAll(async () => {
    const own = join(dir, `airbyte-${format}`);
    if (format === 'csv') writeCsv(own, airbyteZendeskTables());
    else await writeParquet(own, airbyteZendeskTables());
    tables = await readTables('warehouse-zendesk', own);
  });

  it('is read to the end, up to the newest row', () => {
    expect(tables.result.error).toBeNull();
    expect(tables.result.until).toEqual(WRITTEN);
    expect(tables.aside).toEqual([]);
  });

  it.each([
    ['ticket', []],
    ['event', []],
    ['message', []],
    ['agent', []],
    ['team', []],
    ['membership', []],
    ['sla_policy', []],
    ['sla_target', []],
    ['organisation', []],
    ['article', []],
    ['calendar', ['holidays']],
    ['csat', ['reason_code']],
  ] as [string, string[]][])('gives the %s of the API', (table, lacking) => {
    expect(bare(tables.rows, table, lacking)).toEqual(bare(api, table, lacking));
  });
});

/** Ids and places are made of the vendor's log, which the tables do not number. */
const OWN_IDS = ['id', 'seq'];

describe('Zendesk as Fivetran writes it', () => {
  let tables: Reading;
  beforeAll(async () => {
    const own = join(dir, 'fivetran');
    writeCsv(own, fivetranZendeskTables(), 'PUBLIC.');
    tables = await readTables('warehouse-zendesk', own);
  });

  it('is read to the end, up to the newest row', () => {
    expect(tables.result.error).toBeNull();
    expect(tables.result.until).toEqual(WRITTEN);
    expect(tables.aside).toEqual([]);
  });

  it.each([
    ['ticket', ['vendor_status', 'test', ...REPORTED]],
    ['agent', []],
    ['team', []],
    ['membership', []],
    ['sla_target', []],
    ['calendar', []],
    ['csat', ['reason_code']],
  ] as [string, string[]][])('gives the %s of the API', (table, lacking) => {
    expect(bare(tables.rows, table, lacking)).toEqual(bare(api, table, lacking));
  });
});
