import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../harness/run-cli.ts';

/** One signal for each estimator whose number a query can give; the desk of the demo measures all of them. */
const CHOSEN = {
  share: 'A1-regular-agents-answer',
  attainment: 'D7-objectives-met',
  'control-limits': 'D8-attainment-in-control',
  presence: 'D1-first-reply-policy',
  count: 'G2-tool-classes-with-traffic',
  coverage: 'I1-demand-hours-staffed',
  'coverage by the clock': 'I2-clock-staffed',
  precedence: 'C3-priority-changes-the-wait',
  trend: 'K4-backlog-stationary',
  runs: 'N18-account-batching',
  figure: 'N11-round-robin',
  'share with weights': 'J2-knowledge-fresh',
} as const;

const DOC = readFileSync(join(import.meta.dirname, '../../docs/signal-queries.md'), 'utf8');

function documentedQuery(signal: string): string {
  const [, after] = DOC.split(`\n## ${signal}\n`);
  const query = /```sql\n([\s\S]*?)```/.exec(after ?? '')?.[1];
  if (query === undefined) throw new Error(`docs/signal-queries.md has no query of ${signal}`);
  return query;
}

async function firstRow(connection: DuckDBConnection, sql: string): Promise<number[]> {
  const [row = []] = (await connection.runAndReadAll(sql)).getRowsJson();
  return row.map(Number);
}

describe('the documented query of a signal', () => {
  const bench = openWorkbench();
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-analysis-'));
  afterAll(() => {
    bench.remove();
    rmSync(folder, { recursive: true });
  });

  it('gives the exported number, on its own files, in every form', async () => {
    expect((await bench.run('demo', '--desk', 'harbor', '--quiet')).code).toBe(0);
    for (const format of ['parquet', 'jsonl', 'csv']) {
      const out = join(folder, format);
      const args = ['export', '--snapshot', 'latest', '--workspace', 'demo-harbor', '--format', format, '--out', out];
      expect((await bench.run(...args)).code).toBe(0);
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      // The script names files of its folder.
      const script = readFileSync(join(out, 'load.sql'), 'utf8').replaceAll(/read_(\w+)\('/g, `read_$1('${out}/`);
      await connection.run(script);
      for (const [estimator, signal] of Object.entries(CHOSEN)) {
        const exported = await firstRow(
          connection,
          `select estimate, n from finding where signal = '${signal}' and status = 'measured'`,
        );
        expect(exported.length, `${estimator}: ${signal} is measured`).toBe(2);
        const found = await firstRow(connection, documentedQuery(signal));
        // A finding is kept to ten significant digits.
        expect(found[0], signal).toBeCloseTo(exported[0] ?? Number.NaN, 9);
        expect(Math.round(found[1] ?? Number.NaN), signal).toBe(exported[1]);
      }
      connection.closeSync();
      instance.closeSync();
    }
  });
});
