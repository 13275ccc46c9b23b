import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './index.ts';

describe('the list of commands', () => {
  it('says of every command what its file says', async () => {
    for (const file of COMMANDS) {
      const program = new Command();
      (await file.load())(program, () => async () => undefined);
      const said = program.commands.map((command) => ({
        name: command.name(),
        args: command.registeredArguments
          .map(
            (one) => `${one.required ? '<' : '['}${one.name()}${one.variadic ? '...' : ''}${one.required ? '>' : ']'}`,
          )
          .join(' '),
        description: command.description(),
        hasOptions: command.options.length > 0,
      }));
      expect(file.heads).toEqual(said);
    }
  });
});
