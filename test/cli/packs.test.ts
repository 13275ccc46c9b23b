import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedVersion } from '../harness/model-that-ships.ts';
import { openWorkbench } from '../harness/run-cli.ts';

let bench: ReturnType<typeof openWorkbench>;
beforeEach(() => {
  bench = openWorkbench();
});
afterEach(() => bench.remove());

const SHIPPED = resolve(import.meta.dirname, '../../rules/signals/commitments/D3-first-reply-target-met');

function write(file: string, text: string): void {
  const path = join(bench.dir, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe('a pack of one folder', () => {
  it('begins with models of each kind and an overlay that are valid at once', async () => {
    for (const kind of ['staged', 'activity', 'value'])
      expect((await bench.run('models', 'new', `my-${kind}`, '--kind', kind, '--pack', 'mine')).code).toBe(0);
    expect((await bench.run('models', 'new', 'our-desk', '--extends', 'six-stage', '--pack', 'mine')).code).toBe(0);
    const { code, out } = await bench.run('models', 'lint', '--pack', 'mine', '--json');
    expect(code).toBe(0);
    const { models } = JSON.parse(out) as { models: string[] };
    expect(models.slice(-4).sort()).toEqual(['my-activity', 'my-staged', 'my-value', 'our-desk']);
  });

  it('tells the faults of models, overlays and benchmarks at once, those behind an unknown key too', async () => {
    await bench.run('models', 'new', 'three', '--kind', 'staged', '--pack', 'mine');
    const model = readFileSync(join(bench.dir, 'mine/models/three.yaml'), 'utf8');
    write(
      'mine/models/three.yaml',
      model
        .replace(/^title/m, 'bogus_key: 1\ntitle')
        .replace('alpha: 1 }', 'alpha: 1.5 }')
        .replace('largely: 0.5', 'largely: 0.9')
        .replace('id: P2.1', 'id: P1.1'),
    );
    write(
      'mine/overlays/o.yaml',
      'extends: six-stage\nbase_version: 99\nid: our-desk\nversion: 1\nlines: { D33-nope: { full: 0.9 } }\nremove: { criteria: [S9.9] }\n',
    );
    write(
      'mine/benchmarks/b.yaml',
      "id: b\nmodel: activity-score\nedition: '2025'\nn: 1\nlicence: ours\nvalues: { nope: { maturity: 7 } }\n",
    );
    const { code, err } = await bench.run('models', 'lint', '--pack', 'mine', '--json');
    expect(code).toBe(2);
    const { error } = JSON.parse(err) as { error: { problems: string[] } };
    for (const fault of [
      /three\.yaml:\d+: unknown key "bogus_key"/,
      /three\.yaml:\d+: .*alpha: Too big/,
      /three\.yaml:\d+: gate\.largely \(0\.9\) must not exceed/,
      /three\.yaml:\d+: criterion P1\.1 is given twice/,
      /o\.yaml:2: our-desk was written for version 99/,
      /o\.yaml:5: .*\.source:/,
      /o\.yaml:5: .*signal.*D33-nope/,
      /o\.yaml:6: .*S9\.9/,
      /b\.yaml:1: source/,
      /b\.yaml:6: .*"nope"/,
    ])
      expect(
        error.problems.filter((problem) => fault.test(problem)),
        String(fault),
      ).toHaveLength(1);
  });

  it('tells the faults of signals with those of models, of all packs, but not that a signal with faults is missing', async () => {
    const text = readFileSync(`${SHIPPED}.yaml`, 'utf8')
      .replace(/^id: .*$/m, 'id: U1-own')
      .replace(/^title:.*$/m, 'title: Ours');
    const signal = (id: string, more: string) => `${text.replace('U1-own', id)}${more}`;
    write('mine/signals/commitments/U1-own.yaml', signal('U1-own', 'bogus_key: 1\n'));
    write('other/signals/commitments/U2-own.yaml', signal('U2-own', 'second_key: 1\n'));
    await bench.run('models', 'new', 'three', '--kind', 'staged', '--pack', 'other');
    const model = readFileSync(join(bench.dir, 'other/models/three.yaml'), 'utf8');
    const [named = 'none'] = /\b[A-Z]\d+-[a-z][a-z-]+\b/.exec(model) ?? [];
    expect(model).toContain(named);
    write('other/models/three.yaml', model.replace(/^title/m, 'third_key: 1\ntitle').replaceAll(named, 'U2-own'));
    const { code, err } = await bench.run('models', 'lint', '--pack', 'mine', '--pack', 'other', '--json');
    expect(code).toBe(2);
    const { error } = JSON.parse(err) as { error: { problems: string[] } };
    for (const key of ['bogus_key', 'second_key', 'third_key'])
      expect(
        error.problems.filter((one) => one.includes(`"${key}"`)),
        key,
      ).toHaveLength(1);
    expect(error.problems.filter((one) => /three\.yaml.*U2-own/.test(one))).toEqual([]);
  });

  it('says in words what an overlay changes', async () => {
    const file = 'mine/overlays/o.yaml';
    const line = 'lines: { D3-first-reply-target-met: { full: 0.9, source: our contract } }';
    write(file, `extends: six-stage\nbase_version: ${shippedVersion()}\nid: our-desk\nversion: 1\n${line}\n`);
    const { out } = await bench.run('models', 'diff', 'six-stage', 'our-desk', '--pack', 'mine');
    expect(out).toContain('D3-first-reply-target-met: "fully" from 0.9 on instead of 0.85 (our contract)');
  });

  it('is seen from plumbline.yaml beside that file as well', async () => {
    write(
      'conf/mine/overlays/o.yaml',
      `extends: six-stage\nbase_version: ${shippedVersion()}\nid: our-desk\nversion: 1\n`,
    );
    write('conf/plumbline.yaml', 'packs: [mine]\n');
    const { out, err } = await bench.run('models', 'list', '--config', 'conf/plumbline.yaml');
    expect(err).toBe('');
    expect(out).toContain('our-desk version 1');
  });

  it('says what it overrides, and refuses a changed line without a raised version', async () => {
    const text = readFileSync(`${SHIPPED}.yaml`, 'utf8').replace('full: 0.85', 'full: 0.9');
    const file = 'mine/signals/commitments/D3-first-reply-target-met.yaml';
    write(file.replace('.yaml', '.cases.yaml'), readFileSync(`${SHIPPED}.cases.yaml`, 'utf8'));
    write(file, text);
    const refused = await bench.run('rules', 'lint', '--pack', 'mine');
    expect(refused.code).toBe(2);
    expect(refused.err.replace(/\s+/g, ' ')).toContain('write version: 4 or higher');
    write(file, text.replace('version: 3', 'version: 4'));
    const taken = await bench.run('rules', 'list', '--pack', 'mine', '--json');
    expect(taken.err).toContain('mine overrides D3-first-reply-target-met.');
    const rows = JSON.parse(taken.out) as { id: string; lines: { full: number } }[];
    expect(rows.filter(({ id }) => id.startsWith('D3-')).map(({ lines }) => lines.full)).toEqual([0.9]);
  });

  it.each([
    ['a folder that is not there', [], 'is not there'],
    ['a misspelt part', ['mine/signal/own/x.yaml'], 'did you mean signals?'],
  ])('refuses %s', async (_, files, message) => {
    for (const file of files) write(file, '');
    const { code, err } = await bench.run('models', 'list', '--pack', 'mine');
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
