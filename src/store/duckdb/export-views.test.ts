import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANALYSIS_VIEWS } from '../../domain/analysis/index.ts';
import { defineTable, is } from '../../domain/columns.ts';
import type { Store } from '../ports.ts';
import { openMemoryStore } from './open.ts';
import { RELATIONS } from './views/index.ts';

let store: Store;
const folder = mkdtempSync(join(tmpdir(), 'plumbline-export-views-'));
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const TYPE = {
  text: 'VARCHAR',
  time: 'TIMESTAMP',
  int: 'BIGINT',
  real: 'DOUBLE',
  bool: 'BOOLEAN',
  json: 'JSON',
  texts: 'VARCHAR[]',
};
const span = { asOf: new Date('2026-03-02T00:00:00Z'), horizon: new Date('2025-01-01T00:00:00Z') };

describe('the dictionary of views', () => {
  it('has every relation that signals may read', () => {
    const relations = RELATIONS.map(({ name }) => name).filter(
      (name) => !name.startsWith('m_') && name !== 'business_s',
    );
    expect(ANALYSIS_VIEWS.map(({ name }) => name).sort()).toEqual(relations.sort());
  });

  it('has every column of each with its type', async () => {
    const found = await store.telemetry.measure(span, async (session) => {
      const columns: Record<string, Record<string, string>> = {};
      for (const { name } of ANALYSIS_VIEWS) {
        const rows = await session.query(`select column_name, column_type from (describe select * from ${name})`);
        columns[name] = Object.fromEntries(rows.map((row) => [String(row.column_name), String(row.column_type)]));
      }
      return columns;
    });
    for (const { name, columns } of ANALYSIS_VIEWS) {
      const said = Object.fromEntries(Object.entries(columns).map(([column, { type }]) => [column, TYPE[type]]));
      expect(found[name], name).toEqual({ connection: 'VARCHAR', ...said });
    }
  });
});

describe('rows of ours', () => {
  const table = defineTable({
    name: 'finding',
    doc: 'Of a test.',
    key: ['signal'],
    columns: {
      signal: is.text('Id.'),
      detail: is.maybeText('Words.'),
      at: is.maybeTime('When.'),
      left: is.texts('Names.'),
      n: is.int('Units.'),
    },
  });
  const rows = [
    { signal: 'b', detail: null, at: null, left: [], n: 0 },
    { signal: 'a', detail: '=1+1', at: '2026-03-02T00:00:00.000Z', left: ['x', 'y'], n: -5 },
  ];

  it('come in key order, as lines of JSON', async () => {
    const path = join(folder, 'finding.jsonl');
    expect(await store.telemetry.exportRows(table, rows, 'jsonl', path)).toBe(2);
    const lines = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([rows[1], rows[0]]);
  });

  it('hold no cell that a spreadsheet runs', async () => {
    const path = join(folder, 'finding.csv');
    await store.telemetry.exportRows(table, rows, 'csv', path);
    expect(readFileSync(path, 'utf8').split('\n')[1]).toBe(`a,'=1+1,2026-03-02T00:00:00.000Z,"[""x"",""y""]",-5`);
  });

  it('may be none', async () => {
    expect(await store.telemetry.exportRows(table, [], 'parquet', join(folder, 'none.parquet'))).toBe(0);
  });
});
