import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openWorkbench } from '../harness/run-cli.ts';

const GUIDE = readFileSync(resolve(import.meta.dirname, '../../docs/packs.md'), 'utf8');

/** The block of YAML of the guide that begins with this line. */
function example(begin: string): string {
  const found = [...GUIDE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => String(text));
  const block = found.find((text) => text.trimStart().startsWith(begin));
  if (block === undefined) throw new Error(`docs/packs.md shows no ${begin}`);
  return block;
}

const bench = openWorkbench();
afterAll(() => bench.remove());

const PACK = ['--pack', 'my-pack'] as const;
const DESK = ['--workspace', 'demo-harbor', '--quiet'] as const;

async function run(...argv: string[]): Promise<string> {
  const { code, out, err } = await bench.run(...argv, ...PACK);
  expect(code, `${argv.join(' ')}: ${out}${err}`).toBe(0);
  return out.replace(/\s+/g, ' ');
}

it('a newcomer makes a signal, a model of three stages, an overlay of one line and a benchmark by the guide alone', async () => {
  expect((await bench.run('demo', '--desk', 'harbor', '--quiet')).code).toBe(0);
  await run('rules', 'new', 'quick-replies');
  await run('rules', 'test');
  await run('rules', 'lint');
  await run('models', 'new', 'our-stages', '--kind', 'staged');
  const model = join(bench.dir, 'my-pack/models/our-stages.yaml');
  // The family of the guide, in the first statement.
  const family = example('families:').replace(/^ *families:\n/, '');
  writeFileSync(model, readFileSync(model, 'utf8').replace(/^ {4}families:\n/m, `    families:\n${family}`));
  await run('models', 'lint');
  const judged = JSON.parse((await bench.run('models', 'judge', 'our-stages', '--json', ...PACK, ...DESK)).out);
  const [verdict] = judged.verdicts as { headline: { of: number }; ledger: { ref: string; criterion: string }[] }[];
  expect(verdict?.headline.of).toBe(3);
  expect(verdict?.ledger.filter(({ ref }) => ref === 'X1-quick-replies').map(({ criterion }) => criterion)).toEqual([
    'P1.1',
  ]);

  await run('models', 'new', 'our-desk', '--extends', 'six-stage');
  appendFileSync(join(bench.dir, 'my-pack/overlays/our-desk.yaml'), example('lines:'));
  expect(await run('models', 'diff', 'six-stage', 'our-desk')).toContain(
    'D3-first-reply-target-met: "fully" from 0.9 on instead of 0.85',
  );
  expect(await run('models', 'dry-run', 'our-desk', ...DESK)).toContain('six-stage said');

  mkdirSync(join(bench.dir, 'my-pack/benchmarks'));
  writeFileSync(
    join(bench.dir, 'my-pack/benchmarks/survey-2025.yaml'),
    example('# my-pack/benchmarks/survey-2025.yaml'),
  );
  const shown = await run('snapshot', ...DESK);
  expect(shown).toContain('our-desk Formal');
  expect(shown).toContain('activity-score beside survey-2025');
  expect(shown).toMatch(/Digital Service Experience, maturity: [\d.]+ beside 2\.9/);
});
