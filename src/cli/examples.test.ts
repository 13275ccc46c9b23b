import type { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { createProgram } from './create-program.ts';
import { EXAMPLES } from './examples.ts';
import { liftGlobalFlags } from './program.ts';

/** Words of one command line; quotes hold blanks together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** Command lines of plumbline within a line of the shell. */
function calls(line: string): string[][] {
  return [...line.matchAll(/plumbline ([^&)>]+)/g)].map((match) => liftGlobalFlags(wordsOf(match[1] ?? '')));
}

describe('examples', () => {
  let program: Command;
  const ran: string[] = [];
  beforeAll(async () => {
    program = createProgram('1.0.0').configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    for (const file of COMMANDS)
      (await file.load())(program, () => async (...args) => {
        const command = args.at(-1) as unknown as Command;
        ran.push(command.parent === program ? command.name() : `${command.parent?.name()} ${command.name()}`);
      });
    const strict = (command: Command): void => {
      command.exitOverride();
      command.commands.forEach(strict);
    };
    strict(program);
  });

  it.each(Object.entries(EXAMPLES).flatMap(([path, list]) => list.map(({ line }) => [path, line] as const)))(
    '%s: %s',
    async (path, line) => {
      ran.length = 0;
      const all = calls(line);
      expect(all.length).toBeGreaterThan(0);
      for (const words of all) await program.parseAsync(words, { from: 'user' });
      if (path !== '' && path !== 'completion') expect(ran).toContain(path);
    },
  );
});
