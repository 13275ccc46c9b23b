import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../commands/index.ts';
import { type CommandEntry, everyCommand } from '../describe-commands.ts';
import { loadProgram } from '../load-program.ts';
import { renderMan } from './render-man.ts';

describe('the manual page', () => {
  let program: CommandEntry;
  let page: string;
  beforeAll(async () => {
    program = await loadProgram(COMMANDS, '1.0.0');
    page = renderMan(program, '1.0.0');
  });

  it('tells of every command and every option', () => {
    const plain = page.replaceAll(String.raw`\-`, '-');
    for (const { path, options, commands } of everyCommand(program)) {
      if (commands.length === 0) expect(plain).toContain(`plumbline ${path}`);
      for (const { long } of options) expect(plain).toContain(long);
    }
  });

  it('lets no text become a request of roff', () => {
    const odd = { ...program, description: ".so /etc/passwd\\n'x" };
    expect(renderMan(odd, '1.0.0')).toContain(String.raw`\&.so /etc/passwd\en'x`);
  });

  it.runIf(spawnSync('mandoc', ['-V']).error === undefined)('is read by mandoc without a warning', () => {
    const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning'], { input: page });
    expect(
      stdout
        .toString()
        .split('\n')
        .filter((line) => !line.includes('missing date')),
    ).toEqual(['']);
  });
});
