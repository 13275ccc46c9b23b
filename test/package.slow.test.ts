import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const BUILD_MS = 300_000;

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

function run(command: string, args: readonly string[], cwd: string): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, CI: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-package-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let packed: Packed;
  beforeAll(() => {
    if (!existsSync(join(ROOT, 'dist', 'types'))) expect(run('npm', ['run', 'build'], ROOT)).toMatchObject({ code: 0 });
    const { out } = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT);
    packed = JSON.parse(out)[0];
  }, BUILD_MS);
  const paths = (): string[] => packed.files.map(({ path }) => path);

  it.each([
    'dist/src/cli/main.js',
    'dist/rules.json',
    'dist/web/index.html',
    'dist/types/src/shapes.d.ts',
    'docs/man/plumbline.1',
    'docs/catalogue.html',
    'docs/schemas/summary.schema.json',
    'rules/models/six-stage.yaml',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
  ])('holds %s', (path) => {
    expect(paths()).toContain(path);
  });

  it('holds no maps, no tests, no sources', () => {
    expect(paths().filter((path) => /\.map$|\.test\.|^(src|test|web|workers|tools)\//.test(path))).toEqual([]);
  });

  it('has every file that its manifest names', () => {
    const { bin, man, types } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const path of [...Object.values<string>(bin), ...man, types.replace('./', '')])
      expect(paths()).toContain(path);
  });

  describe('installed into an empty folder', () => {
    const home = join(folder, 'home');
    let installed: ReturnType<typeof run>;
    beforeAll(() => {
      mkdirSync(home);
      writeFileSync(join(home, 'package.json'), '{"private":true}');
      const tarball = join(folder, packed.filename);
      installed = run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], home);
    }, BUILD_MS);
    /** A machine without the registry cannot install; everything else that goes wrong is a fault. */
    const isOffline = (): boolean => /EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT/.test(installed.err);
    const plumbline = (...args: string[]) => run(join(home, 'node_modules', '.bin', 'plumbline'), args, home);

    it('needs no override and no newer Node than it says', (context) => {
      context.skip(isOffline(), 'the package registry is not reachable');
      expect(installed.err).not.toContain('EBADENGINE');
      expect(installed.code).toBe(0);
    });

    it('answers', (context) => {
      context.skip(isOffline(), 'the package registry is not reachable');
      expect(plumbline('--version').out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
      expect(plumbline('models', 'list').out).toContain('six-stage');
      expect(plumbline('rules', 'list').out).toContain('D3');
      expect(plumbline('completion', 'bash').out).toContain('complete -F _plumbline plumbline');
      // Nothing was read yet, which is said with a way out.
      expect(plumbline('snapshot').err).toContain('plumbline connect');
    });

    it(
      'takes a snapshot of a simulated desk and writes its report',
      (context) => {
        context.skip(isOffline(), 'the package registry is not reachable');
        const { code, out } = plumbline('demo', '--desk', 'harbor', '--quiet', '--json');
        expect(code).toBe(0);
        expect(existsSync(join(home, JSON.parse(out)[0].report))).toBe(true);
      },
      BUILD_MS,
    );

    it('gives types of what it prints', (context) => {
      context.skip(isOffline(), 'the package registry is not reachable');
      writeFileSync(
        join(home, 'use.ts'),
        "import type { Summary } from 'plumbline';\nexport const step = (s: Summary): string => s.coverage;\n",
      );
      const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
      const flags = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--types', '', 'use.ts'];
      // The one error says that the type is known: a share is no text.
      expect(run(tsc, flags, home).out.match(/error TS\d+/g)).toEqual(['error TS2322']);
    });
  });
});
