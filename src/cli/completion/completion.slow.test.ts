import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../commands/index.ts';
import { loadProgram } from '../load-program.ts';
import { renderCompletion, SHELLS } from './index.ts';

/** Asks the shell itself what it would offer behind a line; the last word is the one under way. */
const ASKS = {
  bash: (script: string, words: readonly string[]) =>
    spawnSync('bash', [
      '--norc',
      '-c',
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _plumbline; printf "%s\\n" "${COMPREPLY[@]}"',
      'bash',
      script,
      ...words,
    ]),
  // zsh completes only on a terminal: a pseudo-terminal is opened, the line typed, and what `compadd` is given is written down.
  zsh: (script: string, words: readonly string[]) =>
    spawnSync('zsh', ['-f', join(import.meta.dirname, 'ask-zsh.zsh'), script, words.join(' ')]),
  fish: (script: string, words: readonly string[]) =>
    spawnSync('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, words.join(' ')]),
} as const;

const isThere = (shell: string) => spawnSync(shell, ['--version']).status === 0;

describe.each(SHELLS)('completion of %s', (shell) => {
  const dir = mkdtempSync(join(tmpdir(), 'plumbline-completion-'));
  const script = join(dir, 'script');
  beforeAll(async () => writeFileSync(script, renderCompletion(shell, await loadProgram(COMMANDS, '1.0.0'))));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const offered = (...words: string[]): string[] => {
    const { stdout, stderr } = ASKS[shell](script, words);
    expect(stderr.toString()).toBe('');
    return stdout
      .toString()
      .split('\n')
      .map((line) => line.split('\t')[0]?.trim() ?? '')
      .filter((line) => line !== '');
  };

  it('names every command', async () => {
    const text = renderCompletion(shell, await loadProgram(COMMANDS, '1.0.0'));
    for (const { name } of COMMANDS.flatMap(({ heads }) => heads)) expect(text).toContain(name);
  });

  describe.runIf(isThere(shell))(`as ${shell} itself reads it`, () => {
    it('offers commands that begin so', () => {
      expect(offered('plumbline', 'sna')).toEqual(['snapshot']);
      expect(offered('plumbline', 'disc')).toEqual(['disconnect']);
    });

    it('steps over options and their values, wherever they stand', () => {
      expect(offered('plumbline', '--workspace', 'snapshot', 'rest')).toEqual(['restore']);
      expect(offered('plumbline', '--json', 'models', 'cross')).toEqual(['crosswalk']);
    });

    it('offers the options of the command and those of all', () => {
      expect(offered('plumbline', 'snapshot', '--as')).toEqual(['--as-of']);
      expect(offered('plumbline', 'models', 'new', '--wor')).toEqual(['--workspace']);
    });

    it('offers what an argument may be', () => {
      expect(offered('plumbline', 'completion', 'fi')).toEqual(['fish']);
    });

    it('offers files where a file is wanted', () => {
      expect(offered('plumbline', 'assess', '--answers', `${dir}/scr`)).toEqual([script]);
    });
  });
});
