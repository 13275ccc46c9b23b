import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DryRunRow } from '../../src/pipeline/dry-run-model.ts';
import { openWorkbench } from '../harness/run-cli.ts';

describe('models dry-run', () => {
  const bench = openWorkbench();
  afterAll(() => bench.remove());

  it('judges kept findings by a model that was never published, and measures again what has another line', async () => {
    expect((await bench.run('demo', '--desk', 'harbor', '--quiet')).code).toBe(0);
    const path = join(bench.dir, 'mine/overlays/strict.yaml');
    mkdirSync(dirname(path), { recursive: true });
    const line = 'lines: { D3-first-reply-target-met: { partial: 0.99, full: 0.999, source: ours } }';
    writeFileSync(path, `extends: six-stage\nbase_version: 4\nid: strict\nversion: 1\n${line}\n`);
    const run = async (id: string): Promise<DryRunRow[]> => {
      const { code, out } = await bench.run(
        'models',
        'dry-run',
        id,
        '--json',
        '--pack',
        'mine',
        '--workspace',
        'demo-harbor',
      );
      expect(code).toBe(0);
      return JSON.parse(out) as DryRunRow[];
    };
    const same = (await run('six-stage')).at(-1);
    expect(same).toMatchObject({ measured_again: [], gone: [], items: [] });
    expect(same?.after).toEqual(same?.before?.headline);
    const strict = (await run('strict')).at(-1);
    expect(strict?.before?.model).toBe('six-stage');
    expect(strict?.measured_again).toEqual(['D3-first-reply-target-met-strict']);
    // The share of first replies in time at this desk lies below the line that was put there.
    expect(strict?.items).toContain('S1.4');
  });
});
