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
  const { rows } = await readDesk(zendeskCase);
  const of = (table: string, scoped: (row: Record<string, unknown>) => unknown) =>
    Object.fromEntries(Object.entries(rows[table] ?? {}).filter(([, row]) => scoped(row)));
  // Policies of groups have no table.
  const sla_policy = of('sla_policy', ({ scope }) => scope === 'ticket');
  api = { ...rows, sla_policy, sla_target: of('sla_target', ({ policy_id }) => sla_policy[String(policy_id)]) };
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

describe('what Fivetran tells of changes and messages', () => {
  let tables: Reading;
  beforeAll(async () => {
    tables = await readTables('warehouse-zendesk', join(dir, 'fivetran'));
  });
  const only = (rows: DeskRows, table: string, keep: (row: Record<string, unknown>) => boolean, columns: string[]) =>
    Object.values(rows[table] ?? {})
      .filter(keep)
      .map((row) => columns.map((column) => (row[column] instanceof Date ? row[column].toISOString() : row[column])))
      .map((row) => JSON.stringify(row))
      .sort();

  it('gives every change of a field with the value before', () => {
    const kinds = new Set(['status', 'priority', 'group', 'assignee', 'field']);
    const changed = (row: Record<string, unknown>) => kinds.has(String(row.kind)) && row.initial === false;
    const columns = ['ticket_id', 'at', 'kind', 'field', 'from_value', 'to_value'];
    const all = only(tables.rows, 'event', () => true, columns);
    for (const change of only(api, 'event', changed, columns)) expect(all).toContain(change);
    // The one change of the creation itself, made by a rule, cannot be told from the values given at creation.
    const missing = only(tables.rows, 'event', changed, columns);
    expect(only(api, 'event', changed, columns).filter((one) => !missing.includes(one))).toEqual([
      '["101","2026-03-02T09:00:00.000Z","priority",null,null,"2"]',
    ]);
  });

  it('knows a ticket on hold by either of its names', async () => {
    const own = join(dir, 'fivetran-hold');
    const { ticket_field_history: history = [], ...others } = fivetranZendeskTables();
    const onHold = history.map((row) =>
      row.field_name === 'status' && row.value === 'pending' ? { ...row, value: 'on-hold' } : row,
    );
    writeCsv(own, { ...others, ticket_field_history: onHold });
    const { rows } = await readTables('warehouse-zendesk', own);
    const statuses = Object.values(rows.event ?? {}).filter(({ kind }) => kind === 'status');
    expect(statuses.map((row) => row.to_value)).toContain('hold');
    expect(statuses.map((row) => row.to_value)).not.toContain(null);
  });

  it('gives every comment with its author, and claims neither rule nor way', () => {
    const columns = ['ticket_id', 'at', 'author', 'author_id', 'public'];
    const written = (row: Record<string, unknown>) => row.auto_reply === false && row.ticket_id !== '106';
    // The text that the vendor itself leaves on a merge is a note of whoever merged: the tables do not tell it apart.
    const told = only(api, 'message', written, columns).map((one) =>
      one.replace('"machine",null,false', '"agent","8001",false'),
    );
    expect(only(tables.rows, 'message', () => true, columns)).toEqual(told);
    expect(Object.values(tables.rows.message ?? {}).every((row) => row.channel === null)).toBe(true);
    expect(Object.values(tables.rows.event ?? {}).every((row) => row.actor === null && row.rule_id === null)).toBe(
      true,
    );
    expect(tables.shows('events')?.fields).not.toContain('actor');
    expect(tables.shows('messages')?.fields).toEqual(['author', 'author_id', 'note', 'public']);
  });
});
