import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intercomCase } from '../../test/harness/intercom-case.ts';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { bare, readTables, writeCsv, writeParquet } from '../../test/harness/warehouse.ts';
import { airbyteIntercomTables, fivetranIntercomTables, WRITTEN } from '../../test/harness/warehouse-intercom.ts';
import { airbyteIntercom } from './layouts/airbyte-intercom.ts';
import { fivetranIntercom } from './layouts/fivetran-intercom.ts';

const dir = mkdtempSync(join(tmpdir(), 'warehouse-intercom-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let api: DeskRows;
beforeAll(async () => {
  const { rows } = await readDesk(intercomCase);
  // Tickets that are no conversations, with their parts, have no table.
  const keep = (table: string, key: string) =>
    Object.fromEntries(
      Object.entries(rows[table] ?? {}).filter(([, row]) => !['801', '802'].includes(String(row[key]))),
    );
  api = {
    ...rows,
    ticket: keep('ticket', 'id'),
    event: keep('event', 'ticket_id'),
    message: keep('message', 'ticket_id'),
  };
});

describe.each([
  ['airbyte', airbyteIntercomTables, airbyteIntercom],
  ['fivetran', fivetranIntercomTables, fivetranIntercom],
] as const)('Intercom as %s writes it', (tool, made, { lacks }) => {
  let tables: Awaited<ReturnType<typeof readTables>>;
  beforeAll(async () => {
    const own = join(dir, tool);
    if (tool === 'airbyte') await writeParquet(own, made());
    else writeCsv(own, made());
    tables = await readTables('warehouse-intercom', own, { since: '2026-02-20' });
  });

  it('is read to the end, up to the newest row', () => {
    expect(tables.result.error).toBeNull();
    expect(tables.result.until).toEqual(WRITTEN);
    expect(tables.aside).toEqual([]);
  });

  it.each([
    ['team', []],
    ['membership', []],
    ['agent', lacks.agents ?? []],
    ['organisation', lacks.organisations ?? []],
    // A customer ticket tells its state beside that of the conversation; the tables do not.
    ['ticket', [...(lacks.tickets ?? []), 'status']],
  ] as [string, string[]][])('gives the %s of the API', (table, lacking) => {
    expect(bare(tables.rows, table, lacking)).toEqual(bare(api, table, lacking));
  });

  it('gives status, group and assignee with the value before', () => {
    const told = (rows: DeskRows) =>
      Object.values(rows.event ?? {})
        .filter((row) => ['status', 'group', 'assignee'].includes(String(row.kind)) && row.ticket_id !== '7')
        .map(({ ticket_id, at, kind, from_value, to_value, initial, actor, actor_id }) =>
          JSON.stringify({ ticket_id, at, kind, from_value, to_value, initial, actor, actor_id }),
        )
        .sort();
    expect(told(tables.rows)).toEqual(told(api));
    expect(tables.shows('events')?.fields).not.toContain('priority');
  });

  it('gives what was said, with its author', () => {
    const told = (rows: DeskRows) =>
      bare(rows, 'message', [...(lacks.messages ?? []), 'author', 'author_id', 'auto_reply']);
    expect(told(tables.rows)).toEqual(told(api));
  });
});
