import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StagedReading } from '../../src/domain/staged-reading.ts';
import { openWorkbench, type Workbench } from '../harness/run-cli.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/snapshot-1');
const KEYS = { PLUMBLINE_KEY: 'a1'.repeat(32), PLUMBLINE_PSEUDONYM_KEY: 'c3'.repeat(32) };

/** What `snapshot --json` had at its top when a snapshot had one model; scripts read it. */
const CONTRACT = [
  'workspace',
  'as_of',
  'window',
  'model',
  'placement',
  'readings',
  'criteria',
  'areas',
  'area_stages',
  'findings',
];
const CONTRACT_TOO = ['ledger', 'answers_used', 'comparison', 'path', 'provenance', 'digest'];

interface Old {
  readonly digest: string;
  readonly as_of: string;
}

/** The store that the program wrote on 2026-11-28: two snapshots of one model, of 2026-05-02 and 2026-06-02. */
describe('a store whose snapshots have one model', () => {
  let bench: Workbench;
  let old: readonly Old[];
  const ok = async (...argv: string[]): Promise<string> => {
    const { code, out, err } = await bench.run(...argv);
    expect(`${argv.join(' ')}: ${code} ${code === 0 ? '' : err}`).toBe(`${argv.join(' ')}: 0 `);
    return out;
  };

  beforeAll(() => {
    bench = openWorkbench(KEYS);
    mkdirSync(join(bench.dir, '.plumbline', 'default'), { recursive: true });
    const written = gunzipSync(readFileSync(join(FIXTURE, 'plumbline.duckdb.gz')));
    writeFileSync(join(bench.dir, '.plumbline', 'default', 'plumbline.duckdb'), written);
    const lines = readFileSync(join(FIXTURE, 'backup/ledger/snapshots.jsonl'), 'utf8').trim().split('\n');
    old = lines.map((line) => (JSON.parse(line) as { snapshot: Old }).snapshot);
  });
  afterAll(() => bench.remove());

  it('explains them, and says that their names are those of today', async () => {
    const { code, out, err } = await bench.run(
      'explain',
      'stage',
      '--snapshot',
      old[1]?.digest.slice(0, 12) ?? '',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ kind: 'stage', stage: 2 });
    expect(err).toContain('judged by version 2 of six-stage, whose document was not kept');
  });

  it('compares them with each other and with a new one, and draws all three as one line of time', async () => {
    const [first, second] = old.map(({ digest }) => digest.slice(0, 12));
    expect(JSON.parse(await ok('compare', first ?? '', second ?? '', '--json'))).toMatchObject({
      before: { stage: null },
      after: { stage: 2, assured: null },
    });
    const taken: unknown = JSON.parse(await ok('snapshot', '--json', '--quiet'));
    for (const key of [...CONTRACT, ...CONTRACT_TOO]) expect(taken).toHaveProperty(key);
    const reading = StagedReading.parse(taken);
    expect(reading.schema).toBe('plumbline.snapshot/2');
    expect(reading.verdicts.length).toBeGreaterThan(1);
    const change = JSON.parse(await ok('compare', second ?? '', 'latest', '--json'));
    expect(change).toMatchObject({ before: { digest: old[1]?.digest }, after: { digest: reading.digest } });
    const trend = JSON.parse(await ok('trend', '--json')) as { digest: string }[];
    expect(trend.map(({ digest }) => digest)).toEqual([...old.map(({ digest }) => digest), reading.digest]);
    expect(JSON.parse(await ok('trend', '--model', 'activity-score', '--json'))).toHaveLength(1);
  });

  it('exports, backs up and restores them to the letter', async () => {
    await ok('export', '--format', 'jsonl', '--out', 'out');
    await ok('backup', 'b');
    await ok('restore', 'b', '--workspace', 'elsewhere');
    await ok('backup', 'b2', '--workspace', 'elsewhere');
    const kept = ['b', 'b2'].map((folder) => readFileSync(join(bench.dir, folder, 'ledger/snapshots.jsonl'), 'utf8'));
    expect(kept[1]).toBe(kept[0]);
    for (const { digest } of old) expect(kept[0]).toContain(`"digest":"${digest}"`);
  });
});
