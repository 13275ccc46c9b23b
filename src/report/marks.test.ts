import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inAscii, showsUnicode } from './marks.ts';

describe('showsUnicode', () => {
  it.each([
    [{}, true],
    [{ LANG: 'de_DE.UTF-8' }, true],
    [{ LC_CTYPE: 'UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'C' }, false],
    [{ LANG: 'POSIX' }, false],
    [{ LANG: 'de_DE@euro' }, false],
    [{ LANG: 'ru_RU.KOI8-R' }, false],
    // The first that is set decides, and one that is empty is not set.
    [{ LC_ALL: 'C', LC_CTYPE: 'UTF-8', LANG: 'de_DE.UTF-8' }, false],
    [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, true],
  ])('%j: %s', (variables, shows) => {
    expect(showsUnicode(variables)).toBe(shows);
  });
});

describe('inAscii', () => {
  it('moves nothing, tells marks of one legend apart, and leaves letters of names', () => {
    const legend = '■◧□◌░·';
    expect(inAscii(legend)).toHaveLength(legend.length);
    expect(new Set(inAscii(legend)).size).toBe(legend.length);
    expect(inAscii('✓ Zürich – Łódź 東京 …')).toBe('+ Zürich - Łódź 東京 ~');
  });

  it('knows every mark that the terminal draws', () => {
    const sources = ['terminal', 'view', '.'].flatMap((folder) => {
      const path = join(import.meta.dirname, folder);
      return readdirSync(path)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => readFileSync(join(path, name), 'utf8'));
    });
    const texts = sources.join('').replaceAll(/\p{L}/gu, '');
    expect([...new Set(inAscii(texts).match(/[^\u0000-\u007f]/g) ?? [])]).toEqual([]);
  });
});
