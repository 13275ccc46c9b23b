import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { bare, readTables, writeCsv, writeParquet } from '../../test/harness/warehouse.ts';
import { airbyteJiraTables, fivetranJiraTables, WRITTEN } from '../../test/harness/warehouse-jira.ts';
import { airbyteJira } from './layouts/airbyte-jira.ts';
import { fivetranJira } from './layouts/fivetran-jira.ts';

const ID = 'warehouse-jira-service-management';
const dir = mkdtempSync(join(tmpdir(), 'warehouse-jira-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let api: DeskRows;
beforeAll(async () => {
  // The order of priorities on the site is in no table: their names alone tell the rank.
  api = (await readDesk({ ...jiraCase, settings: { ...jiraCase.settings, ...RANKS } })).rows;
});
const RANKS = { priorities: { '1': 1, '2': 2, '3': 3, '4': 4, '5': 4 } };

const told = (rows: DeskRows, kinds: readonly string[], columns: readonly string[]) =>
  Object.values(rows.event ?? {})
    .filter((row) => kinds.includes(String(row.kind)))
    .map((row) => JSON.stringify(columns.map((column) => row[column])))
    .sort();

describe('Jira as Airbyte writes it', () => {
  let tables: Awaited<ReturnType<typeof readTables>>;
  beforeAll(async () => {
    writeCsv(join(dir, 'airbyte'), airbyteJiraTables());
    tables = await readTables(ID, join(dir, 'airbyte'), RANKS);
  });

  it('is read to the end, up to the newest row', () => {
    expect(tables.result.error).toBeNull();
    expect(tables.result.until).toEqual(WRITTEN);
    expect(tables.aside).toEqual([]);
  });

  it.each([
    ['ticket', airbyteJira.lacks.tickets ?? []],
    ['event', []],
    ['message', airbyteJira.lacks.messages ?? []],
    ['agent', []],
    ['team', []],
    ['membership', []],
    ['sla_clock', []],
    ['csat', []],
    ['link', []],
  ] as [string, string[]][])('gives the %s of the API', (table, lacking) => {
    expect(bare(tables.rows, table, lacking)).toEqual(bare(api, table, lacking));
  });

  it('shows no changes where Airbyte was not asked for them', async () => {
    const { issues = [], ...others } = airbyteJiraTables();
    const plain = join(dir, 'plain');
    writeCsv(plain, { ...others, issues: issues.map(({ changelog, ...row }) => row) });
    const { shows } = await readTables(ID, plain, RANKS);
    expect(shows('events')?.fields).toEqual(['actor', 'actor_id']);
    expect(shows('tickets')?.detail).toContain('Without the column issues.changelog a part is unknown.');
  });
});

describe('Jira as Fivetran writes it', () => {
  let tables: Awaited<ReturnType<typeof readTables>>;
  beforeAll(async () => {
    await writeParquet(join(dir, 'fivetran'), fivetranJiraTables());
    tables = await readTables(ID, join(dir, 'fivetran'), { ...RANKS, projects: ['SUP'] });
  });

  it('is read to the end, up to the newest row', () => {
    expect(tables.result.error).toBeNull();
    expect(tables.result.until).toEqual(WRITTEN);
    expect(tables.aside).toEqual([]);
  });

  it('gives the tickets of the API', () => {
    // The cause is told by the resolution, as no field of the site is known.
    const lacking = [...(fivetranJira.lacks.tickets ?? []), 'cause_code'];
    expect(bare(tables.rows, 'ticket', lacking)).toEqual(bare(api, 'ticket', lacking));
    expect(tables.rows.ticket?.['1001']).toMatchObject({ cause_code: 'Done', created_by: null });
  });

  it('gives changes with the value before, and claims nobody for them', () => {
    const columns = ['ticket_id', 'at', 'kind', 'from_value', 'to_value', 'initial'];
    const kinds = ['status', 'priority', 'assignee', 'tag'];
    expect(told(tables.rows, kinds, columns)).toEqual(told(api, kinds, columns));
    expect(Object.values(tables.rows.event ?? {}).every((row) => row.actor === null)).toBe(true);
  });

  it('gives what was said, inside and outside', () => {
    const lacking = [...(fivetranJira.lacks.messages ?? []), 'auto_reply'];
    expect(bare(tables.rows, 'message', lacking)).toEqual(bare(api, 'message', lacking));
    expect(tables.shows('messages')?.fields).toEqual(['article_ids', 'note', 'public']);
  });
});
