import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DryRunRow } from '../../src/pipeline/dry-run/dry-run-model.ts';
import type { RulesDryRunRow } from '../../src/pipeline/dry-run/dry-run-rules.ts';
import { shippedVersion } from '../harness/model-that-ships.ts';
import { openWorkbench } from '../harness/run-cli.ts';

describe('models dry-run', () => {
  const bench = openWorkbench();
  afterAll(() => bench.remove());

  it('judges kept findings by a model that was never published, and measures again what has another line', async () => {
    expect((await bench.run('demo', '--desk', 'harbor', '--quiet')).code).toBe(0);
    const path = join(bench.dir, 'mine/overlays/strict.yaml');
    mkdirSync(dirname(path), { recursive: true });
    const line = 'lines: { D3-first-reply-target-met: { partial: 0.99, full: 0.999, source: ours } }';
    writeFileSync(path, `extends: six-stage\nbase_version: ${shippedVersion()}\nid: strict\nversion: 1\n${line}\n`);
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
    expect(strict?.removes).toEqual({ findings: [], records: [], items: [] });
  });

  it('says what changed rules and a smaller model take away, at every kept snapshot', async () => {
    const shipped = resolve(import.meta.dirname, '../../rules/signals/commitments/D3-first-reply-target-met');
    const file = join(bench.dir, 'strict-rules/signals/commitments/D3-first-reply-target-met');
    mkdirSync(dirname(file), { recursive: true });
    const text = readFileSync(`${shipped}.yaml`, 'utf8');
    const changed = text.replace(/^min_sample: \d+/m, 'min_sample: 1000000').replace(/^version: \d+/m, 'version: 99');
    writeFileSync(`${file}.yaml`, changed);
    writeFileSync(`${file}.cases.yaml`, readFileSync(`${shipped}.cases.yaml`, 'utf8'));
    const run = async (...argv: string[]) => {
      const { code, out, err } = await bench.run(...argv, '--json', '--workspace', 'demo-harbor');
      expect(code, err).toBe(0);
      return JSON.parse(out) as RulesDryRunRow[];
    };
    const [rules] = await run('rules', 'dry-run', '--last', 'all', '--pack', 'strict-rules');
    expect(rules?.removes).toEqual({
      findings: [{ signal: 'D3-first-reply-target-met', now: 'insufficient', reason: 'sample' }],
      records: [],
      items: [],
    });
    const small = `extends: six-stage\nbase_version: ${shippedVersion()}\nid: small\nversion: 1\nremove: { criteria: [S1.1] }\n`;
    mkdirSync(join(bench.dir, 'small/overlays'), { recursive: true });
    const sizes = 'change: { set_sizes: [4, 5, 5, 5, 6, 4] }\n';
    writeFileSync(join(bench.dir, 'small/overlays/small.yaml'), `${small}${sizes}`);
    const [model] = await run('models', 'dry-run', 'small', '--last', 'all', '--pack', 'small');
    expect(model?.removes?.items).toEqual([{ item: 'S1.1', was: expect.any(String), is_there: false }]);
    // Templates speak for S1.1 alone.
    expect(model?.removes?.findings.map(({ signal }) => signal)).toContain('A5-templates-used');
  });
});
