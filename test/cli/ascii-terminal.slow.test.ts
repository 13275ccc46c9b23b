import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const LOADER = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;

/** What the program itself writes, since the marks are chosen where it begins. */
function run(locale: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const { LC_ALL: _all, LC_CTYPE: _type, LANG: _lang, ...rest } = process.env;
  const told = spawnSync(process.execPath, ['--import', LOADER, join(ROOT, 'src/cli/main.ts'), ...argv], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env: { ...rest, ...locale },
  });
  return { out: told.stdout, err: told.stderr };
}

describe('the marks of the program', () => {
  it.each([
    [{ LC_ALL: 'C' }, 'x ', '  > '],
    [{ LANG: 'de_DE.UTF-8' }, '✗ ', '  → '],
    [{}, '✗ ', '  → '],
  ])('with %j', (locale, cross, arrow) => {
    const [first = '', second = ''] = run(locale, 'nonsense').err.split('\n');
    expect([first.slice(0, cross.length), second.slice(0, arrow.length)]).toEqual([cross, arrow]);
  });

  it('are all ASCII in a long screen', () => {
    const marksOf = (locale: string): string[] => [
      ...new Set(run({ LC_ALL: locale }, 'rules', 'list').out.match(/[^\u0000-\u007f]/g) ?? []),
    ];
    // A dash for a signal without lines.
    expect(marksOf('C.UTF-8')).toEqual(['–']);
    expect(marksOf('C')).toEqual([]);
  });

  it('are left whole in JSON, which programs read', () => {
    const [plain, other] = [{ LC_ALL: 'C' }, { LC_ALL: 'C.UTF-8' }].map((locale) =>
      run(locale, 'models', 'show', 'six-stage', '--json'),
    );
    expect(plain?.out.length).toBeGreaterThan(1_000);
    expect(plain?.out).toBe(other?.out);
  });
});
